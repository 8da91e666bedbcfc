"""What every law needs to know of the town: who is one human being, who applied, who reviewed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.case.committee import RejectedByVote, VotesRecorded
from domain.case.draft import CaseOpened
from domain.case.ending import ApplicantDisqualified, RevocationAnnulled, TitleRevoked
from domain.case.handler_opinion import HandlerOpinionGiven
from domain.case.judgement import JudgementRecorded
from domain.case.lapse import CaseLapsed
from domain.case.leader_decision import CaseNotAccepted, CaseRejected, LeaderApproved
from domain.case.next_stage import CaseReferredUp
from domain.case.objections import RejectedOnObjection
from domain.case.publicity import PublicityOpened
from domain.case.reexamination import LapseSetAside, OutcomeSetAside
from domain.case.rescission import ActRescinded, RescissionProposed
from domain.case.returning import CaseReturned
from domain.case.withdrawal import CaseWithdrawn
from domain.organisation.events import OrganisationRegistered
from domain.person.events import PersonsLinked, PersonsUnlinked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.record import Recorded
    from domain.event import Event

ENDS = (
    CaseWithdrawn,
    CaseLapsed,
    CaseRejected,
    CaseNotAccepted,
    RejectedByVote,
    CaseReferredUp,
    RejectedOnObjection,
    ApplicantDisqualified,
    TitleRevoked,
)
HANDLER, LEADER = "handler", "leader"


@dataclass
class Known:
    """What was known when the event that is looked at happened."""

    areas: dict[str, str] = field(default_factory=dict)
    """The area of each organisation."""
    applicants: dict[str, str] = field(default_factory=dict)
    employers: dict[str, str] = field(default_factory=dict)
    reviewers: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Whoever did anything in a reviewing seat of a case, in whatever round."""
    over: set[str] = field(default_factory=set)
    """The cases that have ended without a title that stands."""
    _links: set[frozenset[str]] = field(default_factory=set)

    def hear(self, recorded: Recorded) -> None:
        """Learn from an event, after the laws have looked at it."""
        event, stream = recorded.event, recorded.stream
        if isinstance(event, ENDS):
            self.over.add(stream)
        elif isinstance(event, (ActRescinded, RevocationAnnulled, OutcomeSetAside, LapseSetAside)):
            self.over.discard(stream)
        match event:
            case PersonsLinked():
                self._links.add(frozenset((stream, event.other)))
            case PersonsUnlinked():
                self._links.discard(frozenset((stream, event.other)))
            case OrganisationRegistered():
                self.areas[stream] = event.area
            case CaseOpened():
                self.applicants[stream] = event.applicant
                self.employers[stream] = event.employer
            case _:
                if sat(event):
                    self.reviewers[stream].add(person_of(recorded))

    def circle(self, person: str) -> set[str]:
        """Everybody who is the same human being."""
        found, grown = {person}, True
        while grown:
            joined = [pair for pair in self._links if pair & found and not pair <= found]
            found.update(*joined)
            grown = bool(joined)
        return found

    def same(self, one: str, other: str) -> bool:
        """Whether two persons are one human being."""
        return one == other or other in self.circle(one)

    def among(self, person: str, others: Iterable[str]) -> bool:
        """Whether one of ``others`` is the same human being."""
        return bool(self.circle(person) & set(others))


def person_of(recorded: Recorded) -> str:
    """Who acted; empty for the public and for the house itself."""
    return getattr(recorded.actor, "person", "")


def sat(event: Event) -> set[str]:
    """The seat in which a reviewing act was done; none for what is no such act."""
    match event:
        case HandlerOpinionGiven() | VotesRecorded() | PublicityOpened() | RescissionProposed():
            return {HANDLER}
        case LeaderApproved() | CaseNotAccepted() | CaseRejected() | ActRescinded():
            return {LEADER}
        case CaseReturned() | JudgementRecorded():
            return {event.seat} & {HANDLER, LEADER}
        case _:
            return set()
