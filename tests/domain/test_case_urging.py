"""Whose turn it is is told that a case waits, once, and once more with the office above."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.calendar import Calendar
from domain.case.phase import Publicised
from domain.case.urging import CaseUrged, Urge, turn_of, urge
from domain.policy.process import ProcessTerm
from domain.refusal import Citation
from domain.shared_collections import Several
from tests.domain.invented import BUREAU, GAO, TODAY
from tests.domain.story import (
    AT_THE_BUREAU,
    AT_THE_EMPLOYER,
    BEFORE_THE_LEADER,
    DUE,
    RETURNED,
    SUSPENDED,
    after,
    opinion_at,
)
from tests.domain.test_case_publicity import POSTING

if TYPE_CHECKING:
    from datetime import date

    from domain.case.state import Case

PATIENCE = ProcessTerm(
    id="urging",
    chinese="催办期限",
    english="of waiting",
    days=5,
    working_days=None,
    citations=(Citation("ZZ-1", "甲条", "虚构的规定", "invented-2024"),),
)
CALENDAR = Calendar()


def asked(due_on: date | None = None, above: str | None = "organisation-above") -> Urge:
    return Urge(patience=PATIENCE, due_on=due_on, above=above)


def told(case: Case, days: int, due_on: date | None = None) -> list[str | None]:
    """Whom the timekeeper tells, so many days after today: None is whose turn it is."""
    on = TODAY + timedelta(days=days)
    return [each.above for each in urge(case, asked(due_on), on, CALENDAR)]


def urged(case: Case, days: int) -> Case:
    """The case after what was told then."""
    return after(case, *((e, "") for e in urge(case, asked(), TODAY + timedelta(days), CALENDAR)))


@pytest.mark.parametrize(("days", "whom"), [(5, []), (6, [None]), (60, [None])])
def test_a_case_waits_for_a_term_before_anybody_is_told(days: int, whom: list[str | None]) -> None:
    assert told(AT_THE_BUREAU, days) == whom


@pytest.mark.parametrize(
    ("left", "days", "whom"), [(5, 1, [None]), (6, 1, []), (0, 1, [None]), (-1, 1, []), (5, 0, [])]
)
def test_a_near_end_is_told_sooner(left: int, days: int, whom: list[str | None]) -> None:
    due_on = TODAY + timedelta(days=days + left)
    assert told(AT_THE_BUREAU, days, due_on) == whom


def test_the_office_above_is_told_once_after_as_long_again_or_before_the_end() -> None:
    once = urged(AT_THE_BUREAU, 6)
    assert told(once, 10) == []
    assert told(once, 11) == ["organisation-above"]
    tomorrow = TODAY + timedelta(days=8)
    assert told(once, 7, tomorrow) == ["organisation-above"]
    assert told(urged(once, 11), 99) == []
    assert urge(once, asked(above=None), TODAY + timedelta(days=99), CALENDAR) == ()


def test_it_names_the_seat_and_since_when() -> None:
    (event,) = urge(AT_THE_BUREAU, asked(), TODAY + timedelta(days=6), CALENDAR)
    assert event == CaseUrged(
        round=1,
        stage="bureau",
        organisation=BUREAU,
        seat="handler",
        since=TODAY,
        due_on=None,
        above=None,
        rules=("ZZ-1",),
    )


def test_a_returned_case_is_told_of_before_its_day_and_not_for_waiting() -> None:
    back = replace(RETURNED, stage="bureau", organisation=BUREAU, due_at=DUE + timedelta(days=20))
    returned = after(AT_THE_BUREAU, (back, GAO))
    last = (back.due_at.date() - TODAY).days
    assert turn_of(returned) == ("bureau", "applicant")
    assert told(returned, last - 6) == []
    assert told(returned, last - 5) == [None]
    assert told(urged(returned, last - 5), last) == []


def test_nobody_is_told_of_a_case_that_is_held_still() -> None:
    assert told(after(BEFORE_THE_LEADER, (SUSPENDED, "")), 99) == []
    objected_to = Several(["objection-1"])
    public = replace(AT_THE_BUREAU, phase=Publicised("bureau", POSTING))
    assert told(public, 99) == [None]
    assert told(replace(public, objections=objected_to), 99) == []
    assert told(replace(AT_THE_BUREAU, objections=objected_to), 99) == [None]


def test_what_was_posted_elsewhere_before_waits_for_the_leader() -> None:
    for late, seat in ((False, "handler"), (True, "leader")):
        posting = replace(POSTING, late=late)
        public = replace(AT_THE_EMPLOYER, phase=Publicised("employer", posting))
        assert turn_of(public) == ("employer", seat)


def test_whoever_it_comes_to_next_has_the_whole_term() -> None:
    once = urged(AT_THE_BUREAU, 6)
    then = after(once, (opinion_at("bureau"), GAO))
    assert (once.urged, then.urged) == (1, 0)
    assert turn_of(then) == ("bureau", "leader")
