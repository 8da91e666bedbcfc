"""Who may be recognised in a county whose table of years was not supplied, and by which subject.

Asked of the law itself: what is not mentioned is not at issue, so each story turns on one rule.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from domain.beijing import BEIJING
from domain.case.judgement import JudgementRecorded, record_judgement
from domain.policy.computed import Anniversary, ClosedPeriod, Sum
from domain.policy.facts import Facts
from domain.policy.periods import Length
from domain.policy.records import Education, Value, Work
from domain.separation import HANDLER
from tests.domain.invented import SCHOOL_HANDLER
from tests.domain.story import AT_THE_EMPLOYER, judge, undetermined
from tests.policy.conftest import luohe, xunwu  # noqa: F401 -- the laws

if TYPE_CHECKING:
    from domain.policy.law import Law


def at(moment: str, **named: Value) -> Facts:
    """A filing at an instant in Beijing; ``a__b`` stands for the fact ``a.b``."""
    return Facts(
        submitted_at=datetime.fromisoformat(moment).replace(tzinfo=BEIJING),
        named=MappingProxyType({name.replace("__", "."): each for name, each in named.items()}),
    )


def outcome(law: Law, facts: Facts) -> tuple[str, tuple[str, ...]]:
    verdict = law.assess(facts)
    return verdict.outcome.value, verdict.reasons


@pytest.mark.story("LH-E16")
def test_only_special_subjects_ask_for_the_specialty_studied(luohe: Law) -> None:  # noqa: F811
    def teacher(subject: str) -> Facts:
        named = {"subject": subject, "major": "物理学"}
        return replace(at("2020-01-03T10:00:00", **named), series="中小学教师")

    engineer = replace(
        at("2020-01-03T10:00:00", specialty="机械", specialty__worked="土木", major="机械"),
        series="工程",
    )
    assert outcome(luohe, teacher("音乐")) == ("ineligible", ("SPECIALTY_MISMATCH",))
    assert outcome(luohe, teacher("数学")) == ("eligible", ())
    assert outcome(luohe, engineer) == ("ineligible", ("SPECIALTY_MISMATCH",))


@pytest.mark.story("XW-E08")
@pytest.mark.parametrize(
    ("unit", "ownership", "series", "answer"),
    [
        ("enterprise", "private", "工程", ("ineligible", ("NON_STATE_ENTERPRISE_ENGINEERING",))),
        ("enterprise", "state", "工程", ("eligible", ())),
        ("enterprise", "private", "农业", ("eligible", ())),
        ("non_enterprise", "private", "工程", ("eligible", ())),
    ],
)
def test_engineering_is_closed_to_non_state_enterprises_alone(
    xunwu: Law,  # noqa: F811 -- the fixture
    unit: str,
    ownership: str,
    series: str,
    answer: tuple[str, tuple[str, ...]],
) -> None:
    facts = at("2024-05-20T10:00:00", unit__type=unit, unit__ownership=ownership)
    assert outcome(xunwu, replace(facts, series=series)) == answer


@pytest.mark.story("XW-E09")
def test_what_an_examination_has_replaced_is_not_recognised(xunwu: Law) -> None:  # noqa: F811
    for facts in (
        replace(at("2024-05-20T10:00:00"), series="经济"),
        replace(at("2024-05-20T10:00:00", exam_series=True), series="某某"),
    ):
        assert outcome(xunwu, facts) == ("ineligible", ("EXAM_SERIES",))


@pytest.mark.story("XW-E20")
def test_earlier_work_without_evidence_is_not_added(xunwu: Law) -> None:  # noqa: F811
    earlier = Work(first_day=date(2021, 3, 1), last_day=date(2023, 2, 28), evidence=False)
    present = Work(first_day=date(2023, 3, 1))
    facts = replace(at("2024-11-01T10:00:00"), batch="B2", stated_years=3, work=(earlier, present))
    verdict = xunwu.assess(facts)
    assert (verdict.outcome.value, verdict.reasons) == ("ineligible", ("YEARS_SHORT",))
    assert verdict.remedy == "upload evidence of earlier job under 其它"
    assert verdict.reference_date == date(2024, 12, 31)
    assert ClosedPeriod(date(2021, 3, 1), date(2023, 2, 28), Length(2)) in verdict.computed
    assert Anniversary(date(2023, 3, 1), 3, 0, date(2026, 3, 1)) in verdict.computed
    proven = replace(facts, work=(replace(earlier, evidence=True), present))
    assert outcome(xunwu, proven) == ("eligible", ())
    (added,) = (each for each in xunwu.assess(proven).computed if isinstance(each, Sum))
    assert added.total == Length(3, 10, 0)


@pytest.mark.story("XW-E24")
def test_without_the_table_of_years_nothing_is_guessed(xunwu: Law) -> None:  # noqa: F811
    facts = replace(
        at("2024-05-20T10:00:00"),
        series="图书资料",
        education=(Education(level="bachelor", awarded=date(2022, 6, 30)),),
        work=(Work(first_day=date(2022, 7, 15)),),
    )
    assert outcome(xunwu, facts) == ("undetermined", ("TABLE_NOT_SUPPLIED",))
    assert xunwu.assess(facts).batch == "B1"


@pytest.mark.story("XW-E26")
def test_a_close_specialty_by_a_recorded_judgement_will_do(xunwu: Law) -> None:  # noqa: F811
    facts = at("2024-05-20T10:00:00", major="园艺", specialty="农艺", specialty__worked="农艺")
    unjudged = xunwu.assess(facts)
    assert unjudged.outcome.value == "manual_review"
    judged = replace(facts, named=MappingProxyType({**facts.named, "judgement": "close"}))
    assert outcome(xunwu, judged) == ("eligible", ())
    (question,) = unjudged.reasons
    asked = undetermined(AT_THE_EMPLOYER, question)
    (recorded,) = record_judgement(
        asked, judge(question, satisfied=True), HANDLER, SCHOOL_HANDLER.around
    )
    assert isinstance(recorded, JudgementRecorded)
    assert (recorded.question, recorded.satisfied, recorded.seat) == (question, True, HANDLER)
    assert recorded.grounds.text
