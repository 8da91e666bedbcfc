"""The yearly roll of an office: filed once, by its handler, when the year is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.organisation.events import Kind, Ownership
from domain.organisation.roll import (
    FileRoll,
    RollDue,
    RollFiled,
    RollOverdue,
    file_roll,
    flag_overdue,
)
from domain.organisation.state import Appointment, Organisation, evolve
from tests.domain.given import given

IN_TIME = date(2021, 3, 31)
DUE = RollDue(receiver="organisation-city", due_on=IN_TIME, rules=("LH-07",))
FILE = FileRoll(year=2020, cases=("case-1", "case-2"), due=DUE)
FILED = RollFiled(
    year=2020,
    receiver="organisation-city",
    cases=("case-1", "case-2"),
    filed_on=IN_TIME,
    due_on=IN_TIME,
    late=False,
    rules=("LH-07",),
)


@pytest.fixture
def an_office() -> Organisation:
    """A county's title office with its handler."""
    return Organisation(
        organisation="organisation-office",
        name="某县职改办",
        kind=Kind.GOVERNMENT,
        ownership=Ownership.STATE,
        level="county",
        area="省/市/县",
        bodies=("county_title_office",),
        traits=(),
        superior="organisation-city",
        bureau="organisation-city",
        appointments=(
            Appointment("appointment-1", "handler", "person-1", "account-1", date(2020, 1, 1)),
        ),
    )


def test_the_handler_files_the_roll_of_the_year_before(an_office: Organisation) -> None:
    given(an_office).when(file_roll, FILE, "account-1", IN_TIME).then(FILED)


def test_a_late_roll_is_taken_and_marked(an_office: Organisation) -> None:
    day_after = date(2021, 4, 1)
    late = replace(FILED, filed_on=day_after, late=True)
    given(an_office).when(file_roll, FILE, "account-1", day_after).then(late)


def test_a_year_that_is_not_over_has_no_roll(an_office: Organisation) -> None:
    within = date(2020, 12, 31)
    outcome = given(an_office).when(file_roll, FILE, "account-1", within)
    outcome.refused_at("ROLL_YEAR_NOT_OVER", "/year")


def test_a_roll_is_filed_once(an_office: Organisation) -> None:
    after = evolve(an_office, FILED, an_office.organisation)
    given(after).when(file_roll, FILE, "account-1", IN_TIME).refused_at(
        "ROLL_FILED_ALREADY", "/year"
    )


def test_only_the_handler_files_it(an_office: Organisation) -> None:
    given(an_office).when(file_roll, FILE, "account-2", IN_TIME).refused("ROLL_BY_HANDLER")


def test_no_roll_is_filed_where_the_notice_asks_for_none(an_office: Organisation) -> None:
    unasked = replace(FILE, due=None)
    given(an_office).when(file_roll, unasked, "account-1", IN_TIME).refused("ROLL_NOT_ASKED")


def test_a_roll_that_is_not_there_is_noted_once_after_its_day(an_office: Organisation) -> None:
    after = date(2021, 4, 1)
    noted = RollOverdue(year=2020, receiver="organisation-city", due_on=IN_TIME, rules=("LH-07",))
    given(an_office).when(flag_overdue, 2020, DUE, IN_TIME).then_nothing()
    given(an_office).when(flag_overdue, 2020, None, after).then_nothing()
    given(an_office).when(flag_overdue, 2020, DUE, after).then(noted)
    for event in (noted, FILED):
        later = evolve(an_office, event, an_office.organisation)
        given(later).when(flag_overdue, 2020, DUE, after).then_nothing()
