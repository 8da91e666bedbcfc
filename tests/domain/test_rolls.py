"""The yearly roll of an office: filed once, by its handler, when the year is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.organisation.roll import (
    FileRoll,
    RollDue,
    RollFiled,
    RollOverdue,
    Rolls,
    evolve,
    file_roll,
    flag_overdue,
)
from domain.organisation.seats import Appointment, Officer, Seats
from domain.separation import Humans
from domain.shared_collections import Ledger
from tests.domain.given import given
from tests.domain.telling import told

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


APPOINTED = Appointment("appointment-1", "handler", "person-1", "account-1", date(2020, 1, 1))
SEATS = Seats("organisation-office", Ledger.of(("appointment-1", APPOINTED)))


def officer(today: date, account: str = "account-1") -> Officer:
    """Somebody of a county's title office; the first account is its handler's."""
    return Officer(person="person-1", account=account, seats=SEATS, humans=Humans({}), today=today)


@pytest.fixture
def no_rolls() -> Rolls:
    """The office has filed no roll yet."""
    return Rolls(SEATS.organisation)


def test_the_handler_files_the_roll_of_the_year_before(no_rolls: Rolls) -> None:
    given(no_rolls).when(file_roll, FILE, officer(IN_TIME)).then(FILED)


def test_a_late_roll_is_taken_and_marked(no_rolls: Rolls) -> None:
    day_after = date(2021, 4, 1)
    late = replace(FILED, filed_on=day_after, late=True)
    given(no_rolls).when(file_roll, FILE, officer(day_after)).then(late)


def test_a_year_that_is_not_over_has_no_roll(no_rolls: Rolls) -> None:
    within = date(2020, 12, 31)
    outcome = given(no_rolls).when(file_roll, FILE, officer(within))
    outcome.refused_at("ROLL_YEAR_NOT_OVER", "/year")


def test_a_roll_is_filed_once(no_rolls: Rolls) -> None:
    after = evolve(no_rolls, FILED, told("rolls-office"))
    given(after).when(file_roll, FILE, officer(IN_TIME)).refused_at("ROLL_FILED_ALREADY", "/year")


def test_only_the_handler_files_it(no_rolls: Rolls) -> None:
    given(no_rolls).when(file_roll, FILE, officer(IN_TIME, "account-2")).refused("ROLL_BY_HANDLER")


def test_no_roll_is_filed_where_the_notice_asks_for_none(no_rolls: Rolls) -> None:
    unasked = replace(FILE, due=None)
    given(no_rolls).when(file_roll, unasked, officer(IN_TIME)).refused("ROLL_NOT_ASKED")


def test_a_roll_that_is_not_there_is_noted_once_after_its_day(no_rolls: Rolls) -> None:
    after = date(2021, 4, 1)
    noted = RollOverdue(year=2020, receiver="organisation-city", due_on=IN_TIME, rules=("LH-07",))
    given(no_rolls).when(flag_overdue, 2020, DUE, IN_TIME).then_nothing()
    given(no_rolls).when(flag_overdue, 2020, None, after).then_nothing()
    given(no_rolls).when(flag_overdue, 2020, DUE, after).then(noted)
    for event in (noted, FILED):
        later = evolve(no_rolls, event, told("rolls-office"))
        given(later).when(flag_overdue, 2020, DUE, after).then_nothing()
