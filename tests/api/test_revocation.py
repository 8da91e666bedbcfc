"""Fraud found after a grant: heard, revoked, recorded, barred in the whole province, reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.api.actor import Actor
from tests.api.client import Answer, Client
from tests.api.filings import done, file

if TYPE_CHECKING:
    from tests.api.provinces import Province

PROPOSAL = {
    "ground": "弄虚作假",
    "evidence": ["学信系统查无此证"],
    "finding": "学位证书系伪造",
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One who cheated and one who was wronged, and what was answered on the way."""

    cheat: Actor
    case: str
    certificate: str
    investigation: str
    found: Answer
    wronged: Actor
    wronged_case: str
    wrongly_found: Answer
    own_officers_on_review: Answer
    annulled: Answer
    elsewhere: Answer
    three_years_later: Answer
    in_the_last_second: Answer
    after_the_last_second: Answer


def investigated(
    province: Province, suspect: Actor, path: str, decision: str
) -> tuple[str, Answer]:
    """An investigation of a granted title, from suspicion to finding."""
    officer, leader = province.bureau.integrity_handler, province.bureau.integrity_leader
    opened = done(officer.change(path, "/investigations", {"suspicion": "学位证书疑似伪造"}))
    investigation = f"/v1/investigations/{opened.body['stream']}"
    told = {"allegation": "所交学位证书查无此证"}
    done(officer.change(investigation, "/allegations", told))
    done(suspect.change(investigation, "/statements", {"statement": "无话可说"}))
    done(officer.change(investigation, "/proposals", PROPOSAL))
    found = {"decision": decision, "finding": "证书系伪造，撤销职称"}
    return investigation, done(leader.change(investigation, "/findings", found))


@pytest.fixture(scope="module")
def told(province: Province) -> Told:
    """The story from May 2024 to June 2027."""
    cheat, wronged = (
        province.applicant(province.enterprise, name) for name in ("某造假者", "某受屈者")
    )
    case, wronged_case = province.granted(cheat), province.granted(wronged)
    issued = [
        done(province.bureau.handler.change(path, "/certificates", {}))
        for path in (case, wronged_case)
    ]
    assert issued
    certificate = done(cheat.get(case)).body["standing"]["certificate"]

    province.at("2024-06-18T10:00:00")
    investigation, found = investigated(province, cheat, case, "益人社处〔2024〕1号")
    wronged_by, wrongly_found = investigated(province, wronged, wronged_case, "益人社处〔2024〕2号")
    served = {"remedy": "六十日内可申请复核"}
    done(province.bureau.integrity_handler.change(wronged_by, "/services", served))
    done(wronged.change(wronged_by, "/review-requests", {"grounds": "证书由学校补办，编号有误"}))

    province.at("2024-09-02T10:00:00")
    again, draft = province.moved(cheat)
    elsewhere = file(again, draft)
    province.at("2024-09-10T10:00:00")
    review = {"outcome": "annulled", "decision": "湘人社复〔2024〕1号", "reason": "证书属实"}
    own = province.bureau.integrity_leader.change(wronged_by, "/review-decisions", review)
    annulled = province.superior.integrity_leader.change(wronged_by, "/review-decisions", review)

    province.at("2027-05-20T09:00:00")
    three_years_later = file(again, draft)
    province.at("2027-06-18T23:59:59")
    in_the_last_second = file(again, draft)
    province.at("2027-06-19T00:00:00")
    return Told(
        cheat=cheat,
        case=case,
        certificate=certificate,
        investigation=investigation,
        found=found,
        wronged=wronged,
        wronged_case=wronged_case,
        wrongly_found=wrongly_found,
        own_officers_on_review=own,
        annulled=annulled,
        elsewhere=elsewhere,
        three_years_later=three_years_later,
        in_the_last_second=in_the_last_second,
        after_the_last_second=file(again, draft),
    )


def codes(answer: Answer) -> set[str]:
    return {each["code"] for each in answer.body.get("refusals", ())}


def topics(answer: Answer) -> list[str]:
    return [each["topic"] for each in answer.body["events"]]


def entry(province: Province, person: str, query: str) -> dict[str, object]:
    """The only entry of a person, as an inspector reads it."""
    body = {"person": person, "reason": "核查线索"}
    consulted = done(province.inspector.post("/v1/integrity-consultations", body)).body
    path = f"/v1/integrity-records?{query}&{province.everything()}"
    seen = province.inspector.get(path, Consultation=consulted["consultation"])
    (only,) = done(seen).body["records"]
    assert isinstance(only, dict)
    return only


def test_a_revocation_and_its_record_are_one_append(told: Told) -> None:
    assert topics(told.found) == [
        "investigation:misconduct-found:1",
        "case:title-revoked:1",
        "person:title-revoked:1",
        "integrity:entered:1",
    ]
    positions = [each["position"] for each in told.found.body["events"]]
    assert positions == list(range(positions[0], positions[0] + 4))


def test_a_certificate_says_that_it_is_revoked(province: Province, told: Told) -> None:
    province.catch_up()
    nobody = Client(province.address)
    assert nobody.get(f"/v1/certificates/{told.certificate}").body["status"] == "revoked"
    assert "职称已于2024年06月18日撤销" in done(told.cheat.get(f"{told.case}/certificate")).body
    assert "撤销" not in done(told.wronged.get(f"{told.wronged_case}/certificate")).body


def test_a_record_of_one_city_bars_filing_in_another_of_the_province_by_a_second_account(
    told: Told,
) -> None:
    assert "INTEGRITY_BLOCK" in codes(told.elsewhere)
    (block,) = (e for e in told.elsewhere.body["refusals"] if e["code"] == "INTEGRITY_BLOCK")
    assert "2027-06-18 24 时" in block["detail"]


@pytest.mark.story("YY-E25")
def test_a_record_of_june_2024_bars_filing_in_may_2027(province: Province, told: Told) -> None:
    assert "INTEGRITY_BLOCK" in codes(told.three_years_later)
    found = entry(province, told.cheat.person, "effective_at=2027-05-20")
    assert (found["state"], found["ends_on"], found["months"]) == ("active", "2027-06-18", 36)
    assert (found["scope"], found["term_source"]) == ("province", "notice")
    assert {"YY-50", "YY-51", "YY-52"} <= set(found["rules"])  # type: ignore[call-overload] # a list


def test_a_record_expires_with_the_last_second_of_its_last_day(
    province: Province, told: Told
) -> None:
    assert "INTEGRITY_BLOCK" in codes(told.in_the_last_second)
    assert "INTEGRITY_BLOCK" not in codes(told.after_the_last_second)
    assert entry(province, told.cheat.person, "state=expired")["state"] == "expired"


@pytest.mark.story("ALL-E11")
def test_an_annulled_record_is_annulled_and_was_active_as_it_was_known_before(
    province: Province, told: Told
) -> None:
    known = "as_of=2024-09-09T04:00:00Z&effective_at=2024-09-09"
    assert entry(province, told.wronged.person, known)["state"] == "active"
    known = "as_of=2024-09-11T04:00:00Z&effective_at=2024-09-11"
    assert entry(province, told.wronged.person, known)["state"] == "annulled"
    assert "integrity:entered:1" in topics(told.wrongly_found)
    assert "integrity:annulled:1" in topics(told.annulled)


def test_a_review_is_decided_by_nobody_who_found_and_gives_the_title_back(told: Told) -> None:
    assert codes(told.own_officers_on_review) == {"DECIDED_BEFORE"}
    assert topics(told.annulled) == [
        "investigation:review-decided:1",
        "integrity:annulled:1",
        "person:title-restored:1",
        "case:revocation-annulled:1",
    ]
    assert done(told.wronged.get(told.wronged_case)).body["standing"]["phase"] == "recognised"


def test_what_a_review_annulled_is_listed_as_not_found(province: Province, told: Told) -> None:
    def listed(found: str) -> set[tuple[str, str, str | None]]:
        address = f"/v1/investigations?q=found:{found}&{province.shown(told.annulled)}"
        rows = done(province.inspector.get(address)).body["investigations"]
        return {(each["subject"], each["phase"], each["review"]) for each in rows}

    assert listed("yes") == {(told.cheat.person, "found", None)}
    assert listed("no") == {(told.wronged.person, "reviewed", "annulled")}


def test_the_chain_of_responsibility_names_who_verified_what(
    province: Province, told: Told
) -> None:
    chain = done(province.inspector.get(f"{told.case}/responsibility")).body
    seats = [(each["stage"], each["seat"]) for each in chain["acts"]]
    assert seats == [
        (stage, seat)
        for stage in ("employer", "department", "city_hr")
        for seat in ("handler", "leader")
    ]
    first = chain["acts"][0]
    assert first["person"] == province.enterprise.handler.person
    assert ("degree", "confirmed") in {(e["claim"], e["finding"]) for e in first["verified"]}
    wronged_case = told.wronged_case.rsplit("/", 1)[-1]
    assert [each["cases"] for each in chain["pairs"]] == [[wronged_case]] * 3
    assert province.bureau.handler.get(f"{told.case}/responsibility").code == "FORBIDDEN"


def test_the_form_of_the_notice_is_printed_with_a_box_for_each_seal(told: Told) -> None:
    page = done(told.wronged.get(f"{told.wronged_case}/form")).body
    for shown in ("初任专业技术职称呈报表", "某受屈者", "农业", "作物学", "一式2份", "YY-35"):
        assert shown in page
    assert page.count('class="box"') == page.count("盖章签字</p>")
    assert "“基层单位”栏：单位人事盖章签字" in page
