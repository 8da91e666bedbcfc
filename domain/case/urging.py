"""Urging (催办): whose turn it is, and who does nothing, is told so; then the office above is.

No right hangs on it: what is late stays what it is. But nobody loses a case without having been
told before, nor by the delay of an office that nobody told (A-17).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain import beijing
from domain.calendar import Calendar, CalendarNotPublishedError
from domain.case.going_on import goes_on_by_leader
from domain.case.phase import AwaitingPublicity, Publicised, Returned, UnderReview
from domain.event import Event
from domain.policy.process import ProcessTerm
from domain.replacing import replace
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from domain.case.state import Case

APPLICANT = "applicant"
"""Whose turn a returned case is."""
OFFICE, ABOVE = 1, 2
"""Who was told: whose turn it is; the office above, too."""


@dataclass(frozen=True, kw_only=True)
class CaseUrged(Event, topic="case:urged:1", chinese="催办"):
    """A case has waited for a seat since a day in Beijing, and whoever it waits for was told.

    ``above`` is the organisation above that was told then; ``due_on`` the last day on which the
    case can still go on from there, where the law sets one.
    """

    round: int
    stage: str
    organisation: str
    seat: str
    since: date
    due_on: date | None
    above: str | None
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Urge:
    """Tell whose turn it is after ``patience``, or once the end is no further away than that.

    ``due_on`` is the last day of the stage, ``above`` the organisation above it; None for none.
    """

    patience: ProcessTerm
    due_on: date | None
    above: str | None


def turn_of(case: Case) -> tuple[str, str] | None:
    """The stage at which a case waits, and for which seat; None where it waits for nobody.

    From its publicity it goes on only once no objection is open: until then it waits for nobody.
    """
    match case.phase:
        case Returned(stage=stage):
            return stage, APPLICANT
        case UnderReview(stage=stage, opinion=None) | AwaitingPublicity(stage=stage):
            return stage, HANDLER
        case UnderReview(stage=stage):
            return stage, LEADER
        case Publicised(stage=stage) if not case.objections:
            return stage, LEADER if goes_on_by_leader(case) else HANDLER
        case _:
            return None


def urge(case: Case, command: Urge, today: date, calendar: Calendar) -> tuple[CaseUrged, ...]:
    """What the timekeeper tells of a case that waits; nothing, where it was told, or is in time."""
    turn = turn_of(case)
    if turn is None or case.waiting_since is None:
        return ()
    stage, seat = turn
    above = command.above if case.urged == OFFICE and seat != APPLICANT else None
    if case.urged and above is None:
        return ()
    due_on = returned_until(case) or command.due_on
    try:
        late = _is_late(case, command.patience, due_on, today, calendar)
    except CalendarNotPublishedError:
        return ()
    if not late:
        return ()
    return (
        CaseUrged(
            round=case.round,
            stage=stage,
            organisation=case.employer if seat == APPLICANT else case.stage(stage).organisation,
            seat=seat,
            since=case.waiting_since,
            due_on=due_on,
            above=above,
            rules=command.patience.rules,
        ),
    )


def _is_late(
    case: Case, patience: ProcessTerm, due_on: date | None, today: date, calendar: Calendar
) -> bool:
    """Whether it is time to tell: it waited too long, or its end is near.

    An applicant who has a day to keep is told of that day alone.
    """
    assert case.waiting_since is not None
    near = due_on is not None and today <= due_on <= patience.last_day(today, calendar)
    if isinstance(case.phase, Returned):
        return near
    patient = patience.last_day(case.waiting_since, calendar)
    if case.urged == OFFICE:
        ends = due_on is not None and today <= due_on <= today + timedelta(days=1)
        return ends or today > patience.last_day(patient, calendar)
    return today > patient or (near and today > case.waiting_since)


def returned_until(case: Case) -> date | None:
    """The last day on which a returned case can be filed again; None where it is not returned."""
    if not isinstance(case.phase, Returned):
        return None
    return beijing.day(case.phase.due_at - timedelta(microseconds=1))


def waiting(before: Case, after: Case, on: date) -> Case:
    """The case after an event, with the day since which it waits for somebody else."""
    if (turn_of(before), before.round) == (turn_of(after), after.round):
        return after
    return replace(after, waiting_since=on, urged=0)


def evolve(state: Case, event: CaseUrged) -> Case:
    """The case of which somebody was told."""
    return replace(state, urged=OFFICE if event.above is None else ABOVE)
