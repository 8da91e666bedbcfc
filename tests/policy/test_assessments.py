"""Assessments: which years are asked for, which can exist, and what is said of those that fail."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.policy.checks.assessments import Concluded, YearlyGraded
from domain.policy.condition import Finding, unsaid
from tests.policy.conftest import told
from tests.policy.occasions import occasion

GOOD = ("合格", "优秀")
MISSING, BELOW = "ASSESSMENT_MISSING", "ASSESSMENT_BELOW_QUALIFIED"


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        ({}, unsaid("assessment")),
        ({"assessment": None}, Finding(met=False, code=MISSING)),
        (
            {"assessment": "合格"},
            Finding(met=True, facts=("合格",), code=BELOW, specifics={"condition": "合格"}),
        ),
        (
            {"assessment": "不合格"},
            Finding(met=False, facts=("不合格",), code=BELOW, specifics={"condition": "不合格"}),
        ),
    ],
)
def test_a_conclusion_may_be_missing_or_too_low(facts: dict[str, Any], finding: Finding) -> None:
    assert Concluded(GOOD).find(told(**facts), occasion()) == finding


def graded(**changed: Any) -> YearlyGraded:  # noqa: ANN401 -- any field
    return YearlyGraded(**{"grades": GOOD, "last": 2, "since_post": False, **changed})


def find(check: YearlyGraded, **facts: Any) -> Finding:  # noqa: ANN401 -- whatever may be said
    return check.find(told(**facts), occasion())


SINCE_2015 = [{"from": date(2015, 1, 1)}]


def test_the_latest_years_are_looked_at_and_shown_in_order() -> None:
    years = {2021: "不合格", 2023: "合格", 2022: "优秀"}
    shown = ("2022: 优秀", "2023: 合格")
    assert find(graded(), assessments=years, work=SINCE_2015) == Finding(met=True, facts=shown)


def test_every_stated_year_is_looked_at_where_none_are_asked_for() -> None:
    years = {2021: "不合格", 2023: "合格", 2022: "不定等次"}
    assert find(graded(last=0), assessments=years, work=SINCE_2015) == Finding(
        met=False,
        facts=("2021: 不合格", "2022: 不定等次", "2023: 合格"),
        code=BELOW,
        specifics={"condition": "2021年不合格、2022年不定等次"},
    )
    assert find(graded(last=0), assessments={}, work=SINCE_2015) == Finding(met=True)


def test_a_year_that_was_worked_and_not_assessed_is_missing() -> None:
    years = {2023: "合格"}
    shown = ("2023: 合格",)
    missing = Finding(met=False, facts=shown, code=MISSING)
    assert find(graded(), assessments=years, work=SINCE_2015) == missing
    assert find(graded(), assessments=years) == missing
    assert find(graded(), assessments=years, work=[{"from": date(2023, 1, 1)}]) == Finding(
        met=True, facts=shown, flags=(MISSING,)
    )
    assert find(graded()) == unsaid("assessments")


def test_an_older_year_does_not_stand_in_for_a_later_one() -> None:
    found = find(graded(), assessments={2022: "合格"}, work=[{"from": date(2022, 1, 1)}])
    assert found == Finding(met=False, facts=("2022: 合格",), code=MISSING)


@pytest.mark.parametrize(
    ("first_day", "last_day", "asked_for"),
    [
        (date(2023, 7, 1), None, True),
        (date(2023, 7, 2), None, False),
        (date(2023, 1, 1), date(2023, 6, 30), True),
        (date(2023, 1, 2), date(2023, 6, 30), False),
        (date(2022, 12, 31), date(2023, 6, 1), True),
        (date(2022, 12, 31), date(2023, 5, 31), False),
        (date(2024, 1, 1), None, False),
    ],
)
def test_a_year_of_six_months_of_work_is_assessed(
    first_day: date, last_day: date | None, asked_for: object
) -> None:
    work = [{"from": first_day, "to": last_day}]
    found = find(graded(last=1), assessments={}, work=work)
    assert found.code == (MISSING if asked_for else None)
    assert found.met is (not asked_for)


def test_the_year_of_the_reference_date_is_not_over() -> None:
    found = find(graded(last=1), assessments={2023: "合格"}, work=[{"from": date(2023, 1, 1)}])
    assert found == Finding(met=True, facts=("2023: 合格",))


@pytest.mark.parametrize(
    "post",
    [
        {"current_post": {"since": date(2022, 5, 1)}},
        {
            "titles": [
                {"level": "assistant", "appointed": date(2020, 1, 1)},
                {"level": "assistant", "appointed": date(2022, 5, 1)},
                {"level": "assistant"},
                {"level": "assistant", "appointed": date(2023, 5, 1), "revoked": True},
            ]
        },
        {
            "current_post": {"since": date(2022, 5, 1)},
            "titles": [{"level": "assistant", "appointed": date(2023, 1, 1)}],
        },
        {
            "current_post": {"series": "会计"},
            "titles": [{"level": "a", "appointed": date(2022, 5, 1)}],
        },
    ],
)
def test_years_before_the_present_post_may_be_left_out(post: dict[str, Any]) -> None:
    years = {2021: "不合格", 2022: "合格", 2023: "合格"}
    check = graded(last=0, since_post=True)
    assert find(check, assessments=years, **post).facts == ("2022: 合格", "2023: 合格")
    assert find(graded(last=0), assessments=years, **post).met is False


def test_without_a_post_or_an_appointment_every_year_is_looked_at() -> None:
    check = graded(last=0, since_post=True)
    silent: list[dict[str, Any]] = [
        {},
        {"current_post": None},
        {"titles": []},
        {"titles": [{"level": "assistant"}]},
    ]
    for nothing in silent:
        assert find(check, assessments={2021: "不合格"}, **nothing).met is False
