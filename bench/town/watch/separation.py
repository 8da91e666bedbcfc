"""Handler, leader and applicant are different human beings, and they act in order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.town.watch.known import HANDLER, LEADER, Known, person_of, sat
from domain.case.certificate import CertificateIssued, CertificateVoided
from domain.case.committee import RejectedByVote, VotesRecorded
from domain.case.draft import CaseOpened
from domain.case.ending import ApplicantDisqualified
from domain.case.filing import CaseSubmitted
from domain.case.handler_opinion import HandlerOpinionGiven
from domain.case.lapse import CaseLapsed
from domain.case.leader_decision import CaseNotAccepted, CaseRejected, LeaderApproved
from domain.case.next_stage import CaseReferredUp, OverdueFlagged, TitleRecognised
from domain.case.objections import ObjectionEnded, ObjectionNoted, RejectedOnObjection
from domain.case.recusal import RecusalAppliedFor, RecusalDecided, RecusalDeclared
from domain.case.reexamination import (
    LapseSetAside,
    OutcomeSetAside,
    OutcomeUpheld,
    ReexaminationRequested,
)
from domain.case.rescission import ActRescinded, RescissionProposed
from domain.case.resubmission import CaseResubmitted
from domain.case.suspension import InvestigationNoted
from domain.case.takeover import StageTakenOver
from domain.case.withdrawal import CaseWithdrawn
from domain.organisation.seats import AppointmentClosed, AppointmentOpened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Recorded

ENDINGS = (
    CaseNotAccepted,
    CaseRejected,
    RejectedByVote,
    RejectedOnObjection,
    CaseWithdrawn,
    CaseLapsed,
    ApplicantDisqualified,
)
AFTER_THE_END = (
    OverdueFlagged,
    InvestigationNoted,
    RescissionProposed,
    ActRescinded,
    ObjectionNoted,
    ObjectionEnded,
    ReexaminationRequested,
    OutcomeUpheld,
    OutcomeSetAside,
    LapseSetAside,
)
OTHER = {
    HANDLER: LEADER,
    LEADER: HANDLER,
    "integrity_handler": "integrity_leader",
    "integrity_leader": "integrity_handler",
}


@dataclass
class Dossier:
    """What is remembered of one case."""

    chain: tuple[str, ...] = ()
    seated: frozenset[str] = frozenset()
    """The stages at which two persons sit."""
    voting: frozenset[str] = frozenset()
    carried: set[str] = field(default_factory=set)
    """The stages at which a committee's vote carried in the round that counts."""
    sat: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    former: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The organisations that had each stage, and have it since it was taken over."""
    at_stage: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Who reviewed anything at each stage."""
    opinions: list[tuple[int, str, str]] = field(default_factory=list)
    passed: dict[str, tuple[str, str]] = field(default_factory=dict)
    recused: set[str] = field(default_factory=set)
    said_to_be: set[str] = field(default_factory=set)
    """Whose recusal was applied for and is not decided."""
    proposer: str = ""
    over: bool = False


class Separation:
    """No human being in both seats, none in their own case, no leader before the handler."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._dossiers: defaultdict[str, Dossier] = defaultdict(Dossier)
        self._seated: defaultdict[str, dict[str, AppointmentOpened]] = defaultdict(dict)

    def see(self, recorded: Recorded) -> Iterator[str]:
        """What is wrong with one event, in words."""
        stream, event = recorded.stream, recorded.event
        match event:
            case AppointmentClosed():
                self._seated[stream].pop(event.appointment, None)
            case AppointmentOpened():
                yield from self._appointed(self._seated[stream], event)
            case CaseOpened():
                pass
            case _:
                if stream in self._known.applicants:
                    yield from self._in_case(recorded, self._dossiers[stream])

    def close(self, _append: list[Recorded]) -> Iterator[str]:
        """One append says nothing more than its events."""
        yield from ()

    def _appointed(
        self, seated: dict[str, AppointmentOpened], event: AppointmentOpened
    ) -> Iterator[str]:
        for held in seated.values():
            opposite = held.seat == OTHER.get(event.seat)
            over = held.ends_on is not None and held.ends_on <= event.effective_on
            if opposite and not over and self._known.same(held.person, event.person):
                yield "appoints one human being as handler and leader"
        seated[event.appointment] = event

    def _in_case(self, recorded: Recorded, dossier: Dossier) -> Iterator[str]:
        event, person = recorded.event, person_of(recorded)
        if dossier.over and not isinstance(event, AFTER_THE_END):
            yield f"goes on after its end with {event.topic}"
        for seat in sat(event):
            yield from self._sits(recorded, dossier, seat)
        match event:
            case CaseSubmitted():
                dossier.chain = tuple(each.stage for each in event.chain)
                dossier.seated = frozenset(each.stage for each in event.chain if each.seats)
                dossier.voting = frozenset(each.stage for each in event.chain if each.votes)
            case VotesRecorded(carried=True):
                dossier.carried.add(event.stage)
            case HandlerOpinionGiven():
                dossier.opinions.append((event.round, event.stage, person))
            case LeaderApproved():
                if not dossier.opinions or dossier.opinions[-1][:2] != (event.round, event.stage):
                    yield "is decided by a leader before the handler"
                else:
                    dossier.passed[event.stage] = (dossier.opinions[-1][2], person)
            case RecusalDeclared():
                dossier.recused.add(event.person)
                dossier.said_to_be.discard(event.person)
            case RecusalAppliedFor():
                dossier.said_to_be.add(event.person)
            case RecusalDecided():
                yield from self._decides(recorded, dossier, event)
            case StageTakenOver():
                yield from self._taken_over(recorded, dossier, event)
            case RescissionProposed():
                dossier.proposer = person
            case ActRescinded():
                if self._known.same(dossier.proposer, person):
                    yield "has a slip taken back by who reported it"
                _undo(dossier, event)
            case LapseSetAside():
                dossier.over = False
            case CaseResubmitted() | OutcomeSetAside():
                dossier.over = False
                for stage in dossier.chain[dossier.chain.index(event.resume_stage) :]:
                    dossier.passed.pop(stage, None)
                    dossier.carried.discard(stage)
            case TitleRecognised() | CaseReferredUp():
                yield from self._recognised(dossier)
            case CertificateIssued() | CertificateVoided():
                if self._known.same(person, self._known.applicants[recorded.stream]):
                    yield "is certified by its applicant"
            case _:
                dossier.over = dossier.over or isinstance(event, ENDINGS)

    def _sits(self, recorded: Recorded, dossier: Dossier, seat: str) -> Iterator[str]:
        person = person_of(recorded)
        organisation = getattr(recorded.event, "organisation", "")
        if self._known.same(person, self._known.applicants[recorded.stream]):
            yield "is reviewed by its applicant"
        if self._known.among(person, dossier.recused | dossier.said_to_be):
            yield "is reviewed by somebody whose recusal is declared, granted or undecided"
        stage, across = getattr(recorded.event, "stage", ""), OTHER.get(seat, "")
        houses = {organisation, *dossier.former[stage]}
        if self._known.among(person, set().union(*(dossier.sat[e, across] for e in houses))):
            yield "has one human being as handler and leader"
        dossier.sat[organisation, seat].add(person)
        dossier.at_stage[stage].add(person)

    def _taken_over(
        self, recorded: Recorded, dossier: Dossier, event: StageTakenOver
    ) -> Iterator[str]:
        """Nothing of it counts that was done there; who takes it over had no part in it."""
        person, stage = person_of(recorded), event.stage
        concerned = {self._known.applicants[recorded.stream], *dossier.at_stage[stage]}
        if self._known.among(person, concerned | dossier.recused | dossier.said_to_be):
            yield "is taken over by somebody with a part in it"
        dossier.former[stage] |= {event.from_organisation, event.to_organisation}
        dossier.opinions = [each for each in dossier.opinions if each[:2] != (event.round, stage)]
        dossier.passed.pop(stage, None)
        dossier.carried.discard(stage)

    def _decides(
        self, recorded: Recorded, dossier: Dossier, event: RecusalDecided
    ) -> Iterator[str]:
        """On a recusal somebody else decides, who is not the applicant."""
        person = person_of(recorded)
        concerned = {event.person, self._known.applicants[recorded.stream]}
        if self._known.among(person, concerned | dossier.recused):
            yield "has a recusal decided by somebody concerned"
        dossier.said_to_be.discard(event.person)
        if event.granted:
            dossier.recused.add(event.person)

    def _recognised(self, dossier: Dossier) -> Iterator[str]:
        for stage in dossier.chain:
            if stage in dossier.voting - dossier.carried:
                yield f"is recognised without a vote that carried at {stage}"
            if stage not in dossier.seated:
                continue
            pair = dossier.passed.get(stage)
            if pair is None or pair[0] == pair[1]:
                yield f"is recognised without two persons at {stage}"


def _undo(dossier: Dossier, event: ActRescinded) -> None:
    dossier.over = False
    if event.act_topic == HandlerOpinionGiven.topic:
        dossier.opinions.pop()
    if event.act_topic == LeaderApproved.topic:
        dossier.passed.pop(event.stage)
    if event.act_topic == VotesRecorded.topic:
        dossier.carried.discard(event.stage)
