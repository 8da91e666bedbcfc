"""What a later decision needs to remember of an investigation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from domain.growing import Ledger, Several
from domain.investigation.events import (
    AllegationNotified,
    DecisionServed,
    FindingProposed,
    Ground,
    InvestigationClosed,
    InvestigationOpened,
    MisconductFound,
    ReviewDecided,
    ReviewRequested,
    StatementReceived,
)
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.event import Told

Continuing = (
    AllegationNotified
    | StatementReceived
    | FindingProposed
    | MisconductFound
    | InvestigationClosed
    | DecisionServed
    | ReviewRequested
    | ReviewDecided
)
InvestigationEvent = InvestigationOpened | Continuing


@dataclass(frozen=True)
class Proposal:
    """What the first officer proposed to find."""

    person: str
    ground: Ground
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Investigation:
    """A suspicion under investigation; ``ended`` is None, ``found`` or ``closed``."""

    investigation: str
    case: str
    subject: str
    organisation: str
    answer_by: datetime | None = None
    heard: bool = False
    proposal: Proposal | None = None
    ended: str | None = None
    deciders: Ledger[int, str] = field(default_factory=Ledger)
    """Whoever proposed or made the finding; none of them decides its review."""
    officers: Several[str] = field(default_factory=Several)
    """Whoever had any part in it but the person concerned; none of them reviews the case."""
    served: bool = False
    review_open: bool = False


def evolve(state: Investigation | None, event: InvestigationEvent, told: Told) -> Investigation:
    """The investigation after an event of its stream. Never refuses."""
    person = getattr(told.actor, "person", "")
    if isinstance(event, InvestigationOpened):
        opened = Investigation(told.stream, event.case, event.subject, event.organisation)
        return replace(opened, officers=Several([person]))
    assert state is not None
    after = _after(state, event, person)
    if person == state.subject:
        return after
    return replace(after, officers=state.officers.joined(person))


def _after(state: Investigation, event: Continuing, person: str) -> Investigation:
    match event:
        case AllegationNotified():
            return replace(state, answer_by=event.answer_by)
        case StatementReceived():
            return replace(state, heard=True)
        case FindingProposed():
            proposal = Proposal(person, event.ground, event.evidence)
            return replace(state, proposal=proposal, deciders=state.deciders.added(person))
        case MisconductFound():
            return replace(state, ended="found", deciders=state.deciders.added(person))
        case DecisionServed():
            return replace(state, served=True)
        case ReviewRequested():
            return replace(state, review_open=True)
        case ReviewDecided():
            return replace(state, review_open=False)
        case InvestigationClosed():
            return replace(state, ended="closed")
        case _:
            assert_never(event)
