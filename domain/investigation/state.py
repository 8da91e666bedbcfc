"""What a later decision needs to remember of an investigation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, assert_never

from domain import beijing
from domain.investigation.events import (
    AllegationNotified,
    DecisionServed,
    FindingProposed,
    Ground,
    InvestigationClosed,
    InvestigationOpened,
    InvestigationTakenOver,
    MisconductFound,
    ReviewDecided,
    ReviewRequested,
    StatementReceived,
    TermExtended,
)
from domain.replacing import replace
from domain.shared_collections import Ledger, Several

if TYPE_CHECKING:
    from domain.event import Told

Continuing = (
    TermExtended
    | InvestigationTakenOver
    | AllegationNotified
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
    """A suspicion under investigation; ``ended`` is None, ``found`` or ``closed``.

    ``opened_on`` is the day in Beijing on which it began, ``due_on`` the one by which it is to be
    concluded, ``ended_on`` the one on which it was. ``heard`` says that the person spoke for
    themself to what they were last told; words that an officer enters for them end no term.
    """

    investigation: str
    case: str
    subject: str
    organisation: str
    opened_on: date
    due_on: date
    extended: bool = False
    answer_by: datetime | None = None
    hearing_on: date | None = None
    heard: bool = False
    proposal: Proposal | None = None
    ended: str | None = None
    ended_on: date | None = None
    deciders: Ledger[int, str] = field(default_factory=Ledger)
    """Whoever proposed or made the finding; none of them decides its review."""
    officers: Several[str] = field(default_factory=Several)
    """Whoever had any part in it but the person concerned; none of them reviews the case."""
    served: bool = False
    review_by: date | None = None
    """The last day for asking for a re-examination; None while its term does not run."""
    decide_by: date | None = None
    """The day by which an open re-examination is to be decided."""

    @property
    def review_open(self) -> bool:
        """Whether somebody asked for a re-examination that nobody has decided yet."""
        return self.decide_by is not None

    @property
    def told(self) -> bool:
        """Whether the person was told what is alleged."""
        return self.answer_by is not None

    @property
    def known_to_subject(self) -> bool:
        """Whether the person knows of it: told what is alleged, or of what was found."""
        return self.told or self.ended == "found"


def evolve(state: Investigation | None, event: InvestigationEvent, told: Told) -> Investigation:
    """The investigation after an event of its stream. Never refuses."""
    person = getattr(told.actor, "person", "")
    if isinstance(event, InvestigationOpened):
        opened = Investigation(
            investigation=told.stream,
            case=event.case,
            subject=event.subject,
            organisation=event.organisation,
            opened_on=beijing.day(told.recorded_at),
            due_on=event.due_on,
        )
        return replace(opened, officers=Several([person]))
    assert state is not None
    after = _after(state, event, person)
    if isinstance(event, (MisconductFound, InvestigationClosed)):
        after = replace(after, ended_on=beijing.day(told.recorded_at))
    if person == state.subject:
        return after
    return replace(after, officers=state.officers.joined(person))


def _after(state: Investigation, event: Continuing, person: str) -> Investigation:
    match event:
        case TermExtended():
            return replace(state, due_on=event.due_on, extended=True)
        case InvestigationTakenOver():
            return replace(state, organisation=event.to_organisation)
        case AllegationNotified():
            hearing_on = event.hearing_on or state.hearing_on
            return replace(state, answer_by=event.answer_by, hearing_on=hearing_on, heard=False)
        case StatementReceived():
            return replace(state, heard=state.heard or person == state.subject)
        case FindingProposed():
            proposal = Proposal(person, event.ground, event.evidence)
            return replace(state, proposal=proposal, deciders=state.deciders.added(person))
        case MisconductFound():
            return replace(state, ended="found", deciders=state.deciders.added(person))
        case DecisionServed():
            return replace(state, served=True, review_by=event.review_by)
        case ReviewRequested():
            return replace(state, decide_by=event.decide_by)
        case ReviewDecided():
            return replace(state, decide_by=None)
        case InvestigationClosed():
            return replace(state, ended="closed")
        case _:
            assert_never(event)
