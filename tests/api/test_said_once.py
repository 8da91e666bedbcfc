"""What contradicts itself is no answer: said twice, found twice, or from before there was a case.

Somebody who states two answers had the last of them counted, whichever suited them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.demo.reviewing import verifications
from tests.api.filings import done, file, opine
from tests.api.provinces import claims, passed_with_posting
from tests.api.test_amendments import codes, entry_of

if TYPE_CHECKING:
    from tests.api.provinces import PublishingCity

GOOD = {"claim": "assessment-2023", "year": 2023, "grade": "合格"}
BAD = {"claim": "again", "year": 2023, "grade": "不合格"}
FOREIGN = {"claim": "abroad", "name": "degree.foreign"}


@pytest.mark.parametrize(
    "told",
    [
        {"assessments": [GOOD, BAD]},
        {"assessments": [BAD, GOOD]},
        {"particulars": [{**FOREIGN, "value": "true"}]},
        {"particulars": [{**FOREIGN, "value": "false"}]},
    ],
    ids=["the worse one last", "the better one last", "so after not so", "not so twice"],
)
def test_two_answers_to_one_question_are_none(
    publishing_city: PublishingCity, told: dict[str, list[dict[str, Any]]]
) -> None:
    city, house = publishing_city, publishing_city.enterprise
    applicant, whole = city.applicant(house), claims("机械", house)
    stated = whole | told
    if "particulars" in told:
        stated["particulars"] = [*whole["particulars"], *told["particulars"]]
    body = {
        "employer": house.organisation,
        "series": "工程",
        "specialty": "机械",
        "level": "assistant",
        "application": stated,
    }
    answer = done(applicant.post("/v1/eligibility-checks", body)).body
    assert "SAID_TWICE" in {each["code"] for each in answer["obstacles"]}
    path = city.drafted(applicant)
    assert codes(applicant.change(path, "/applications", stated)) == {"SAID_TWICE"}
    done(applicant.change(path, "/applications", whole))
    done(file(applicant, path))


def test_a_claim_gets_one_finding(publishing_city: PublishingCity) -> None:
    city, house = publishing_city, publishing_city.enterprise
    path = city.filed(city.applicant(house))
    found = verifications(done(house.handler.get(path)).body, {})
    refuted = {**found[0], "finding": "refuted"}
    for both in ([refuted, *found], [*found, found[0]]):
        answer = opine(house.handler, path, verifications=both)
        assert codes(answer) == {"CLAIM_ID_REPEATED"}
        assert answer.body["refusals"][0]["pointer"] == "/verifications"
    done(opine(house.handler, path))


def test_papers_of_a_case_are_none_from_before_its_filing(publishing_city: PublishingCity) -> None:
    city, house, bureau = publishing_city, publishing_city.enterprise, publishing_city.bureau
    path = city.filed(city.applicant(house))
    today = city.clock.now().date().isoformat()
    passed_with_posting(path, house, today)
    paper = {"received_on": "2020-01-01", "items": ["determination_form"]}
    assert codes(bureau.handler.change(path, "/paper-receipts", paper)) == {"BEFORE_FILING"}
    done(bureau.handler.change(path, "/paper-receipts", {**paper, "received_on": today}))
    entry = entry_of(bureau.handler, path, "case:paper-received:1")
    slip = {**paper, "entry": entry, "reason": "登记时点错"}
    amended = bureau.handler.change(path, "/paper-receipts/amendments", slip)
    assert codes(amended) == {"BEFORE_FILING"}
