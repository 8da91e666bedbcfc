"""A case held still (暂停) and going on again (恢复)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from domain import beijing
from domain.case import refusals
from domain.case.phase import InPublicity, Returned, Suspended, UnderReview
from domain.event import Event
from domain.refusal import Refused
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class CaseSuspended(Event, topic="case:suspended:1", chinese="中止审核"):
    """The case was held still while something else is clarified (暂停).

    ``days_left`` are the days in Beijing after this one that a return still had.
    """

    cause: str
    investigation: str | None
    days_left: int | None = None


@dataclass(frozen=True, kw_only=True)
class CaseResumed(Event, topic="case:resumed:1", chinese="恢复审核"):
    """A suspended case went on where it stood (恢复).

    ``due_at`` is by when a return is due now (UTC), where that changed.
    """

    cause: str
    investigation: str | None
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class InvestigationNoted(Event, topic="case:investigation-noted:1", chinese="核查记入"):
    """An investigation began after the title was recognised; no act is a mere slip from then on."""

    investigation: str


@dataclass(frozen=True, kw_only=True)
class Suspend:
    """An investigation holds the case still."""

    cause: str
    investigation: str | None


@dataclass(frozen=True, kw_only=True)
class Resume:
    """What held the case still is over."""

    cause: str
    investigation: str | None


def suspend(case: Case, command: Suspend, at: datetime) -> tuple[CaseSuspended, ...]:
    """The case is held still where it stands; an investigation takes over from an objection."""
    awaited = isinstance(case.phase, Suspended) and case.phase.investigation is None
    if not awaited and not isinstance(case.phase, (UnderReview, Returned, InPublicity)):
        raise Refused(refusals.wrong_phase(case, "中止审核", "suspended"))
    return (
        CaseSuspended(
            cause=command.cause,
            investigation=command.investigation,
            days_left=_days_left(case, at),
        ),
    )


def resume(case: Case, command: Resume, at: datetime) -> tuple[CaseResumed, ...]:
    """The case goes on where it was held; a return has at least the days that it had left."""
    if not isinstance(case.phase, Suspended):
        raise Refused(refusals.wrong_phase(case, "恢复", "resumed"))
    due_at = None
    if isinstance(case.phase.before, Returned) and case.phase.days_left is not None:
        again = beijing.end(beijing.day(at) + timedelta(days=case.phase.days_left))
        due_at = again if again > case.phase.before.due_at else None
    return (CaseResumed(cause=command.cause, investigation=command.investigation, due_at=due_at),)


def _days_left(case: Case, at: datetime) -> int | None:
    """The days after today that a return has; None for one that is overdue, and for no return."""
    if isinstance(case.phase, Suspended):
        return case.phase.days_left
    if not isinstance(case.phase, Returned) or at >= case.phase.due_at:
        return None
    last = beijing.day(case.phase.due_at - timedelta(microseconds=1))
    return (last - beijing.day(at)).days


Events = CaseSuspended | CaseResumed | InvestigationNoted
"""What happens to a case here."""


def evolve(state: Case, event: Events) -> Case:
    """The case held still, or going on."""
    match event:
        case CaseSuspended():
            held = state.phase.before if isinstance(state.phase, Suspended) else state.phase
            assert isinstance(held, (UnderReview, Returned, InPublicity))
            by = () if event.investigation is None else (event.investigation,)
            return replace(
                state,
                phase=Suspended(held, event.cause, event.investigation, event.days_left),
                investigations=state.investigations.added(*by),
            )
        case CaseResumed():
            assert isinstance(state.phase, Suspended)
            goes_on = state.phase.before
            if isinstance(goes_on, Returned) and event.due_at is not None:
                goes_on = replace(goes_on, due_at=event.due_at)
            return replace(state, phase=goes_on)
        case InvestigationNoted():
            return replace(state, investigations=state.investigations.added(event.investigation))
        case _:
            assert_never(event)
