"""What every verdict owes its reader, whatever the facts."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.law import packs
from api.law.verdicts import plain_verdict
from domain.policy.facts import Facts
from domain.policy.records import Education, Title, Work
from domain.policy.verdict import Outcome, Status, Verdict
from tests.policy.conftest import told

if TYPE_CHECKING:
    from domain.policy.law import Law

LAWS = packs.load_all()
DAYS = st.dates(min_value=date(2005, 1, 1), max_value=date(2025, 12, 31))
EDUCATIONS = st.builds(
    Education,
    level=st.sampled_from(["high_school", "secondary", "college", "bachelor", "master", "doctor"]),
    mode=st.sampled_from(["full_time", "adult"]),
    awarded=DAYS,
)
JOBS = st.builds(
    Work,
    first_day=DAYS,
    last_day=st.none() | DAYS,
    relation=st.sampled_from(["same", "close", "professional", "other"]),
    evidence=st.booleans(),
)
TITLES = st.builds(
    Title,
    level=st.sampled_from(["yuan", "assistant", "intermediate"]),
    via=st.sampled_from(["初定", "考试", "认定"]),
    gained=DAYS,
    appointed=DAYS,
)
FACTS = st.builds(
    Facts,
    submitted_at=st.datetimes(
        min_value=datetime(2019, 12, 1),  # noqa: DTZ001 -- the zone is added
        max_value=datetime(2024, 12, 30),  # noqa: DTZ001 -- the zone is added
        timezones=st.just(UTC),
    ),
    applied=st.sampled_from(["yuan", "assistant", "intermediate", "deputy_senior"]),
    series=st.sampled_from(["林业工程", "会计", "中小学教师", "新闻记者"]),
    education=st.lists(EDUCATIONS, max_size=3).map(tuple),
    work=st.lists(JOBS, max_size=3).map(tuple),
    titles=st.lists(TITLES, max_size=2).map(tuple),
    assessments=st.dictionaries(
        st.integers(2017, 2023), st.sampled_from(["合格", "优秀", "基本合格"]), max_size=4
    ),
    named=st.fixed_dictionaries(
        {
            "unit.type": st.sampled_from(["enterprise", "institution", "government"]),
            "unit.owner": st.sampled_from(["city", "county"]),
        }
    ),
)


def binding(verdict: Verdict) -> list[Status]:
    return [condition.status for top in verdict.root.children for condition in top.walk()]


@given(st.sampled_from(LAWS), FACTS)
def test_a_verdict_says_why_and_rests_on_quoted_words(law: Law, facts: Facts) -> None:
    verdict = law.assess(facts)
    if verdict.outcome is Outcome.INELIGIBLE:
        assert verdict.refusals
    if verdict.outcome is Outcome.ELIGIBLE:
        assert set(binding(verdict)) <= {Status.MET, Status.NOT_AT_ISSUE}
        assert verdict.refusals == ()
    for refusal in verdict.refusals:
        assert refusal.citations
        assert all(citation.quote for citation in refusal.citations)
    json.dumps(plain_verdict(verdict))


@given(st.sampled_from(LAWS), FACTS)
def test_the_same_question_has_the_same_answer(law: Law, facts: Facts) -> None:
    assert law.assess(facts) == law.assess(facts)


@given(st.sampled_from(LAWS), FACTS)
def test_time_alone_cures_on_the_day_that_is_named(law: Law, facts: Facts) -> None:
    """On the day named the years are there; the day before they are not."""
    verdict = law.assess(facts)
    if verdict.next_possible_on is None:
        return
    by_then = [
        each.next_on
        for top in verdict.root.children
        for each in top.walk()
        if each.next_on is not None and each.status is Status.UNMET
    ]
    assert max(by_then) == verdict.next_possible_on
    assert verdict.reference_date is not None
    assert verdict.next_possible_on > verdict.reference_date


def test_all_failures_are_told_at_once(yiyang: Law) -> None:
    verdict = yiyang.assess(
        told(
            series="会计",
            applied="assistant",
            assessment="不合格",
            judgement="different",
            education=[{"level": "bachelor", "date": date(2024, 3, 1)}],
            work=[{"from": date(2024, 3, 10), "relation": "same"}],
            submitted_at="2024-05-20T10:00:00+08:00",
            unit={"type": "enterprise", "owner": "city"},
        )
    )
    assert set(verdict.reasons) == {
        "EXAM_SERIES",
        "ASSESSMENT_BELOW_QUALIFIED",
        "SPECIALTY_MISMATCH",
        "YEARS_SHORT",
    }
    assert verdict.next_possible is None


def test_a_refusal_of_years_says_how_many_there_are_and_when_it_is_over(yiyang: Law) -> None:
    verdict = yiyang.assess(
        told(
            applied="assistant",
            education=[{"level": "bachelor", "date": date(2023, 6, 30)}],
            work=[{"from": date(2023, 7, 3), "relation": "same"}],
            submitted_at="2024-05-20T10:00:00+08:00",
        )
    )
    (refusal,) = verdict.refusals
    assert refusal.chinese == (
        "工作年限不足：须满1年，截至2024-05-20为10个月17天；2024-07-03届满。"
    )
    assert refusal.english == (
        "Too few years: 1 year needed, 10 months 17 days on 2024-05-20;"
        " it is reached on 2024-07-03."
    )


def test_the_way_not_taken_is_shown_and_does_not_bind(huzhou: Law) -> None:
    verdict = huzhou.assess(
        told(
            applied="assistant",
            education=[
                {"level": "college", "date": date(2015, 6, 30)},
                {"level": "bachelor", "date": date(2023, 6, 30)},
            ],
            work=[{"from": date(2015, 7, 3), "relation": "same"}],
            assessments={2023: "合格"},
            submitted_at="2024-05-20T10:00:00+08:00",
        )
    )
    ways = [each for each in verdict.root.children if each.id in {"college", "bachelor"}]
    assert [(each.id, each.binding) for each in ways] == [("college", True), ("bachelor", False)]
    assert verdict.outcome is Outcome.ELIGIBLE


def test_what_is_left_to_a_human_is_asked_under_its_code(
    xunwu: Law, luohe: Law, huzhou: Law
) -> None:
    specialty = xunwu.assess(told(major="园艺", applied_specialty="农艺"))
    exceptional = luohe.assess(
        told(
            education=[{"level": "high_school", "date": date(2000, 7, 1)}],
            achievements=[{"item": "三"}],
            applied="assistant",
        )
    )
    again = huzhou.assess(
        told(titles=[{"level": "assistant", "via": "评审"}], applied="intermediate")
    )
    asked = [(each.outcome, each.reasons) for each in (specialty, exceptional, again)]
    assert asked == [
        (Outcome.MANUAL_REVIEW, ("SPECIALTY_MISMATCH",)),
        (Outcome.MANUAL_REVIEW, ("MANUAL_JUDGEMENT_NEEDED",)),
        (Outcome.MANUAL_REVIEW, ("ALREADY_TITLED",)),
    ]
    assert "人工判断" in specialty.refusals[0].chinese


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_nothing_said_is_nothing_refused(law: Law) -> None:
    assert law.assess(Facts()).refusals == ()


def test_leaving_on_the_reference_date_never_beats_staying(huzhou: Law) -> None:
    """A-01: who leaves on the day of the filing has no day more than who stays."""
    for last_day in (None, date(2024, 6, 30), date(2024, 7, 1)):
        work = [{"from": date(2023, 7, 1), "to": last_day, "relation": "same"}]
        verdict = huzhou.assess(
            told(
                applied="assistant",
                education=[{"level": "bachelor", "date": date(2023, 6, 20)}],
                work=work,
                submitted_at="2024-06-30T10:00:00+08:00",
            )
        )
        assert verdict.reasons == ("YEARS_SHORT",)
        assert str(verdict.total) == "0y11m29d"
