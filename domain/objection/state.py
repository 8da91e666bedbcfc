"""What a later decision needs to remember of an objection, a posting's intake, a complaint."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.objection.events import (
    ComplaintClosed,
    ComplaintReceived,
    ComplaintTakenOver,
    ComplaintTakenUp,
    ObjectionAdmitted,
    ObjectionDismissed,
    ObjectionInvestigated,
    ObjectionNotAdmitted,
    ObjectionRaised,
    ObjectionReceived,
    ObjectionScreened,
    ObjectionTakenOver,
    ObjectionUpheld,
    ObjectionWithdrawn,
    ObjectorIdentified,
    ObjectorVerified,
    ScreeningDated,
    ScreeningOverdue,
)
from domain.objection.kept import (
    FileHandedIn,
    KeptEvent,
    WordsErased,
    WordsErasureAsked,
    WordsErasureCompleted,
    WordsErasureProposed,
)
from domain.replacing import replace
from domain.shared_collections import Ledger

if TYPE_CHECKING:
    from domain.event import Told

ObjectionEvent = (
    ObjectionRaised
    | ObjectionAdmitted
    | ObjectionNotAdmitted
    | ScreeningDated
    | ScreeningOverdue
    | ObjectorIdentified
    | ObjectorVerified
    | ObjectionInvestigated
    | ObjectionUpheld
    | ObjectionDismissed
    | ObjectionWithdrawn
    | ObjectionTakenOver
    | KeptEvent
)
IntakeEvent = ObjectionReceived | ObjectionScreened
ComplaintEvent = (
    ComplaintReceived | ComplaintTakenUp | ComplaintTakenOver | ComplaintClosed | KeptEvent
)


@dataclass(frozen=True)
class Objection:
    """An objection; ``ending`` is None while it is open.

    ``admitted`` is None until it has been screened; ``handlers`` are the persons who had a
    part in settling it; ``screen_by`` is the last day for the screening, ``overdue`` whether
    it was flagged. ``about`` and ``authority`` are as in ``ObjectionRaised``.
    """

    objection: str
    case: str
    posting: str
    about: str | None
    authority: str | None
    real_name: bool
    admitted: bool | None = None
    objector: str | None = None
    investigated_by: str | None = None
    handlers: Ledger[int, str] = field(default_factory=Ledger)
    ending: str | None = None
    screen_by: date | None = None
    overdue: bool = False


@dataclass(frozen=True)
class Complaint:
    """A complaint; ``ending`` is None, ``taken_up`` or ``closed``.

    ``about`` and ``authority`` are as in ``ComplaintReceived``.
    """

    complaint: str
    case: str | None
    about: str | None
    authority: str | None
    origin: str
    ending: str | None = None
    investigation: str | None = None
    """The investigation that took it up."""
    conclude_by: date | None = None


def unscreened(events: tuple[IntakeEvent, ...]) -> frozenset[str]:
    """The objections against a posting that nobody has screened yet."""
    received = {each.objection for each in events if isinstance(each, ObjectionReceived)}
    screened = {each.objection for each in events if isinstance(each, ObjectionScreened)}
    return frozenset(received - screened)


def evolve(state: Objection | None, event: ObjectionEvent, told: Told) -> Objection:
    """The objection after an event of its stream. Never refuses."""
    if isinstance(event, ObjectionRaised):
        return Objection(
            objection=told.stream,
            case=event.case,
            posting=event.posting,
            about=event.about,
            authority=event.authority,
            real_name=event.real_name,
            screen_by=event.screen_by,
        )
    assert state is not None
    person = getattr(told.actor, "person", None)
    handlers = state.handlers if person is None else state.handlers.added(person)
    match event:
        case ObjectionAdmitted():
            return replace(state, admitted=True, handlers=handlers)
        case ObjectionNotAdmitted():
            return replace(state, admitted=False, handlers=handlers, ending="not_admitted")
        case ScreeningDated():
            return replace(state, screen_by=event.screen_by)
        case ScreeningOverdue():
            return replace(state, overdue=True)
        case ObjectorIdentified():
            return replace(state, objector=None, handlers=handlers)
        case ObjectorVerified():
            return replace(state, objector=event.person)
        case ObjectionInvestigated():
            return replace(state, investigated_by=person, handlers=handlers)
        case ObjectionUpheld():
            return replace(state, handlers=handlers, ending="upheld")
        case ObjectionDismissed():
            return replace(state, handlers=handlers, ending="dismissed")
        case ObjectionWithdrawn():
            return replace(state, ending="withdrawn")
        case ObjectionTakenOver():
            return replace(state, authority=event.to_organisation, handlers=handlers)
        case (
            FileHandedIn()
            | WordsErasureAsked()
            | WordsErasureProposed()
            | WordsErased()
            | WordsErasureCompleted()
        ):
            return state
        case _:
            assert_never(event)


def evolve_complaint(state: Complaint | None, event: ComplaintEvent, told: Told) -> Complaint:
    """The complaint after an event of its stream. Never refuses."""
    match event:
        case ComplaintReceived():
            return Complaint(
                complaint=told.stream,
                case=event.case,
                about=event.about,
                authority=event.authority,
                origin=event.origin,
                conclude_by=event.conclude_by,
            )
        case ComplaintTakenUp():
            assert state is not None
            return replace(state, ending="taken_up", investigation=event.investigation)
        case ComplaintTakenOver():
            assert state is not None
            return replace(state, authority=event.to_organisation)
        case ComplaintClosed():
            assert state is not None
            return replace(state, ending="closed")
        case (
            FileHandedIn()
            | WordsErasureAsked()
            | WordsErasureProposed()
            | WordsErased()
            | WordsErasureCompleted()
        ):
            assert state is not None
            return state
        case _:
            assert_never(event)
