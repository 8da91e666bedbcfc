"""Where the notice is silent and another document has the answer, in one form for all of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from api.http.pack_document import pack_document
from api.law import packs
from api.pages.pack.page import pack_page
from domain.policy.admission import Timeliness
from domain.policy.faults import PackError
from domain.policy.loader import Document, load_law
from domain.policy.silent import ABOUT
from domain.policy.verdict import Outcome
from tests.policy.conftest import beijing, told
from tests.policy.sample import BATCHES, DEFAULT, HEAD, ROUTES, cited, sample

if TYPE_CHECKING:
    from domain.policy.verdict import Verdict

D = date
SENIOR = """
[[silent]]
id = "senior"
about = "years"
document = "省里的副高级办法"
en = "the province's measure for senior titles"
when = { level = "senior" }
rule = "S-MASTER"
"""
DATES = """
[[silent]]
id = "counties"
about = "dates"
document = "各县通知"
when = { "unit.owner" = "county" }
rule = "S-TIME"
"""
TEXT = """
[[silent]]
id = "basis"
about = "text"
document = "省职称条例"
rule = "S-GOOD"
"""


def asked(applied: str | None, *parts: str, **more: Any) -> Verdict:  # noqa: ANN401 -- of a case
    facts: dict[str, Any] = {
        "education": [{"level": "bachelor", "date": D(2020, 7, 1)}],
        "work": [{"from": D(2020, 7, 2), "relation": "same"}],
        "submitted_at": "2025-05-20T10:00:00+08:00",
        **({} if applied is None else {"applied": applied}),
        **more,
    }
    return sample(ROUTES, *parts).assess(told(**facts))


def test_years_may_stand_elsewhere_for_one_level_alone() -> None:
    senior = asked("deputy_senior", SENIOR)
    assert (senior.outcome, senior.reasons) == (Outcome.UNDETERMINED, ("TABLE_NOT_SUPPLIED",))
    assert "省里的副高级办法" in senior.refusals[0].chinese
    assert "the province's measure" in senior.refusals[0].english
    assert senior.refusals[0].citations == (cited("S-MASTER"),)
    assert asked("assistant", SENIOR).outcome is Outcome.ELIGIBLE
    assert asked("intermediate", SENIOR).reasons == ("NO_ROUTE",)
    assert asked("deputy_senior").reasons == ("NO_ROUTE",)


def test_what_is_not_known_of_the_case_is_no_ground_to_refuse_it() -> None:
    hospitals = SENIOR.replace('level = "senior"', '"unit.kind" = "hospital"')
    assert asked("intermediate", hospitals).outcome is Outcome.UNDETERMINED
    elsewhere = asked("intermediate", hospitals, unit={"kind": "school"})
    assert elsewhere.reasons == ("NO_ROUTE",)


def test_the_first_silence_that_fits_names_its_document() -> None:
    everybody = TEXT.replace('about = "text"', 'about = "years"')
    assert "省里的副高级办法" in asked("deputy_senior", SENIOR, everybody).refusals[0].chinese
    assert "省职称条例" in asked("intermediate", SENIOR, everybody).refusals[0].chinese


def test_years_that_a_competent_document_states_are_reckoned() -> None:
    verdict = asked("deputy_senior", SENIOR, required_years=3)
    assert verdict.outcome is Outcome.ELIGIBLE
    assert asked("deputy_senior", SENIOR, required_years=9).reasons == ("YEARS_SHORT",)


def test_a_silence_about_one_thing_is_none_about_another() -> None:
    everybody = DATES.replace('when = { "unit.owner" = "county" }\n', "")
    law = sample(ROUTES, BATCHES, everybody, TEXT)
    at = beijing("2025-05-20 10:00:00")
    assert law.admission("applicant", at, told()).timeliness is Timeliness.UNDETERMINED
    assert asked("assistant", everybody, TEXT).outcome is Outcome.ELIGIBLE
    years = sample(ROUTES, BATCHES, SENIOR.replace('when = { level = "senior" }\n', ""), TEXT)
    assert years.admission("applicant", at, told()).timeliness is Timeliness.OPEN


@pytest.mark.parametrize(
    ("old", "new", "key", "chinese"),
    [
        ('about = "years"', 'about = "year"', "about", "您是不是想写 years？"),
        ('about = "years"\n', "", "about", "缺少这一项"),
        ("document", "documnet", "documnet", "您是不是想写 document？"),
        ('level = "senior"', 'lvel = "senior"', "when.lvel", "您是不是想写 level？"),
        ('rule = "S-MASTER"', 'rule = "S-MASTR"', "rule", "您是不是想写 S-MASTER？"),
    ],
)
def test_what_is_wrong_with_a_silence_is_told_by_key(
    old: str, new: str, key: str, chinese: str
) -> None:
    with pytest.raises(PackError) as refused:
        load_law(DEFAULT, Document("sample.toml", HEAD + SENIOR.replace(old, new)))
    (fault,) = [each for each in refused.value.faults if each.key == f"silent[senior].{key}"]
    assert chinese in fault.told("zh")


def test_each_silence_is_printed_where_it_belongs_and_among_what_people_judge() -> None:
    page = pack_page(sample(ROUTES, BATCHES, SENIOR, DATES, TEXT), "zh")
    assert "学历与年限表在“省里的副高级办法”中，该文件未提供。" in page
    assert "学历与年限表（省里的副高级办法）未提供：" in page
    assert "下列情形的时间由“各县通知”规定，该文件未提供" in page
    assert "提到的“省职称条例”未提供：" in page
    assert "另见的文件：省职称条例。" in page


def test_a_silence_answers_the_question_of_which_it_says_where_the_answer_is() -> None:
    page = pack_page(sample(SENIOR), "zh")
    untold = page[page.index("也没有默认规则，系统不作要求的") :]
    assert "学历与年限" not in untold
    assert "申报和上报时间" in untold


def test_the_packs_name_every_document_that_was_not_supplied() -> None:
    for law in packs.load_all():
        assert law.silent(), law.id
        assert {each.about for each in law.silent()} <= set(ABOUT)
        told_of = [each["document"] for each in pack_document(law)["silent"]]
        assert told_of == [each.document for each in law.silent()]
