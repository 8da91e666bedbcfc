"""What each check finds, on both sides of its boundary, and what it shows of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.policy.checks.plain import AtLeast, Compared
from domain.policy.comparing import Bounds, Equal
from domain.policy.condition import Finding, unsaid
from domain.policy.when import When
from tests.policy.conftest import told
from tests.policy.occasions import REFERENCE, occasion

Answer = bool | None

STATE = When((Equal("unit.ownership", ("state",)),))
PRIVATE = When((Equal("unit.ownership", ("private",)),))
AGREE = Compared(When(bounds=(Bounds(name="unit.name", same_as="unit.county"),)), None)
JUNIOR = When((Equal("level", ("assistant",)),))


@pytest.mark.parametrize(
    ("require", "forbid", "facts", "met"),
    [
        (STATE, None, {"unit": {"ownership": "state"}}, True),
        (STATE, None, {"unit": {"ownership": "private"}}, False),
        (STATE, None, {}, None),
        (None, STATE, {"unit": {"ownership": "state"}}, False),
        (None, STATE, {"unit": {"ownership": "private"}}, True),
        (None, STATE, {}, None),
        (STATE, JUNIOR, {"unit": {"ownership": "state"}, "applied": "intermediate"}, True),
        (STATE, JUNIOR, {"unit": {"ownership": "state"}, "applied": "assistant"}, False),
        (STATE, JUNIOR, {"unit": {"ownership": "state"}}, None),
        (STATE, JUNIOR, {"applied": "intermediate"}, None),
        (STATE, JUNIOR, {"applied": "assistant"}, False),
        (STATE, JUNIOR, {"unit": {"ownership": "private"}}, False),
    ],
)
def test_a_comparison_is_met_unless_a_mentioned_fact_says_otherwise(
    require: When | None, forbid: When | None, facts: dict[str, Any], met: Answer
) -> None:
    assert Compared(require, forbid).find(told(**facts), occasion()).met is met


@pytest.mark.parametrize("ownership", ["state", "private"])
def test_a_comparison_shows_what_it_looked_at_and_only_what_is_mentioned(ownership: str) -> None:
    both = Compared(STATE, JUNIOR)
    facts = told(unit={"ownership": ownership}, applied="intermediate")
    assert both.find(facts, occasion()).facts == (
        "level=intermediate",
        f"unit.ownership={ownership}",
    )
    unknown = both.find(told(applied="intermediate", assume="door"), occasion())
    assert (unknown.facts, unknown.open_on) == (
        ("level=intermediate",),
        frozenset({"unit.ownership"}),
    )


@pytest.mark.parametrize(
    ("facts", "met"),
    [
        ({"unit": {"name": "甲", "county": "甲"}}, True),
        ({"unit": {"name": "甲", "county": "乙"}}, False),
        ({"unit": {"name": "甲"}}, None),
        ({"unit": {"county": "乙"}}, None),
    ],
)
def test_two_facts_that_must_agree_differ_only_where_both_are_mentioned(
    facts: dict[str, Any], met: Answer
) -> None:
    assert AGREE.find(told(**facts), occasion()).met is met


def test_where_two_facts_differ_the_true_one_is_told() -> None:
    facts = told(unit={"name": "甲", "county": "乙"})
    found = AGREE.find(facts, occasion())
    assert (found.met, found.specifics) == (False, {"had": "甲", "needed": "乙", "authority": "乙"})


@pytest.mark.parametrize(
    ("at_least", "at_most", "hours", "met"),
    [
        (90, None, 89, False),
        (90, None, 90, True),
        (None, 120, 120, True),
        (None, 120, 121, False),
        (90, 120, 89, False),
        (90, 120, 121, False),
        (90, 120, 100, True),
        (0, None, None, False),
        (1, None, None, False),
    ],
)
def test_a_number_may_be_the_bound_itself(
    at_least: int | None, at_most: int | None, hours: int | None, met: Answer
) -> None:
    bounds = Bounds(name="training.hours", at_least=at_least, at_most=at_most)
    found = Compared(When(bounds=(bounds,)), None).find(
        told(**{"training.hours": hours}), occasion()
    )
    assert found.met is met


def test_a_number_that_is_not_mentioned_is_open() -> None:
    check = Compared(When(bounds=(Bounds(name="training.hours", at_least=90),)), None)
    found = check.find(told(assume="door"), occasion())
    assert (found.met, found.open_on) == (None, frozenset({"training.hours"}))


@pytest.mark.parametrize(
    ("education", "met", "shown"),
    [
        ([{"level": "bachelor", "date": REFERENCE}], True, ("bachelor",)),
        ([{"level": "bachelor", "date": date(2024, 7, 1)}], False, ()),
        ([{"level": "bachelor"}], True, ("bachelor",)),
        ([{"level": "bachelor", "entered": date(2022, 9, 1)}], False, ()),
        ([{"level": "master", "date": date(2020, 6, 1)}], True, ("master",)),
        ([{"level": "college", "date": date(2020, 6, 1)}], False, ("college",)),
        ([{"level": "college"}, {"level": "bachelor"}], True, ("college", "bachelor")),
        ([{"level": "unheard_of"}], False, ("unheard_of",)),
        ([], False, ()),
    ],
)
def test_a_minimum_of_education_is_reached_by_what_is_gained_by_the_reference_date(
    education: list[dict[str, Any]], met: Answer, shown: tuple[str, ...]
) -> None:
    assert AtLeast("bachelor").find(told(education=education), occasion()) == Finding(
        met=met, facts=shown, specifics={"minimum": occasion().educations["bachelor"].words}
    )


def test_an_unheard_of_education_is_below_the_lowest() -> None:
    lowest = min(occasion().ranks.educations, key=lambda level: occasion().ranks.educations[level])
    facts = told(education=[{"level": "unheard_of"}])
    assert AtLeast(lowest).find(facts, occasion()).met is False
    assert AtLeast(lowest).find(told(), occasion()) == unsaid("education")


@pytest.mark.parametrize(
    ("held", "met"),
    [(REFERENCE, True), (date(2024, 7, 1), False), (True, None), (False, False), (None, False)],
)
def test_a_day_may_be_compared_with_that_of_the_filing(held: date | Answer, met: Answer) -> None:
    check = Compared(When(bounds=(Bounds(name="licence", at_most="filing.day"),)), None)
    facts = told(**{"licence": held, "filing.day": REFERENCE})
    assert check.find(facts, occasion()).met is met
