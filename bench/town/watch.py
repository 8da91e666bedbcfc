"""The watch: reads the log of a town and says where separation of duties was broken.

Written apart from the deciders on purpose. It keeps its own idea of who is one human being,
of who sat where and of which approvals still count, and asks nothing of ``domain`` but the
classes of its events and, for folding again from nothing, ``evolve``.
People are compared as they were known when they acted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.town.town import evolved
from domain.case.committee import VotesRecorded
from domain.case.correction import ActRescinded, RescissionProposed
from domain.case.events import (
    ApplicantDisqualified,
    CaseLapsed,
    CaseNotAccepted,
    CaseOpened,
    CaseRejected,
    CaseResubmitted,
    CaseReturned,
    CaseSubmitted,
    CaseWithdrawn,
    CertificateIssued,
    HandlerOpinionGiven,
    JudgementRecorded,
    LeaderApproved,
    OverdueFlagged,
    TitleRecognised,
)
from domain.case.publicity import PublicityOpened
from domain.organisation.events import AppointmentClosed, AppointmentOpened
from domain.person.events import PersonsLinked

if TYPE_CHECKING:
    from bench.town.town import Entry, Town
    from domain.event import Event

ENDINGS = (CaseNotAccepted, CaseRejected, CaseWithdrawn, CaseLapsed, ApplicantDisqualified)
AFTER_THE_END = (OverdueFlagged, CertificateIssued, RescissionProposed, ActRescinded)
OTHER = {"handler": "leader", "leader": "handler"}


@dataclass
class Dossier:
    """What the watch remembers of one case."""

    applicant: str
    chain: tuple[str, ...] = ()
    sat: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    opinions: list[tuple[int, str, str]] = field(default_factory=list)
    passed: dict[str, tuple[str, str]] = field(default_factory=dict)
    over: bool = False


class Watch:
    """Follows the log of a town; ``breaches`` is what it has seen go wrong, in words."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.breaches: list[str] = []
        self._read = 0
        self._humans: list[set[str]] = []
        self._dossiers: dict[str, Dossier] = {}
        self._seated: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)

    def look(self) -> None:
        """Read what is new, and fold each stream that it touched again from nothing."""
        new = self.town.log[self._read :]
        self._read = len(self.town.log)
        for entry in new:
            self._see(entry)
        for stream in {entry.stream for entry in new}:
            state: object = None
            for entry in self.town.histories[stream]:
                state = evolved(state, entry)
            if state != self.town.of_kind(stream)[stream]:
                self._breach(stream, "folds from zero to another state")

    def _see(self, entry: Entry) -> None:
        event = entry.event
        if isinstance(event, PersonsLinked):
            self._join(entry.stream, event.other)
        elif isinstance(event, (AppointmentOpened, AppointmentClosed)):
            self._see_seat(entry.stream, event)
        elif isinstance(event, CaseOpened):
            self._dossiers[entry.stream] = Dossier(event.applicant)
        elif entry.stream in self._dossiers:
            self._see_case(entry.stream, self._dossiers[entry.stream], event, _person(entry))

    def _see_seat(self, stream: str, event: AppointmentOpened | AppointmentClosed) -> None:
        seated = self._seated[stream]
        if isinstance(event, AppointmentClosed):
            seated.pop(event.appointment)
            return
        for seat, person in seated.values():
            if seat == OTHER.get(event.seat) and self._same(person, event.person):
                self._breach(stream, "appoints one human being as handler and leader")
        seated[event.appointment] = (event.seat, event.person)

    def _see_case(self, stream: str, dossier: Dossier, event: Event, person: str) -> None:
        if dossier.over and not isinstance(event, AFTER_THE_END):
            self._breach(stream, f"goes on after its end with {event.topic}")
        for organisation, seat in _sat(event):
            self._see_reviewer(stream, dossier, organisation, seat, person)
        match event:
            case CaseSubmitted():
                dossier.chain = tuple(each.stage for each in event.chain)
            case HandlerOpinionGiven():
                dossier.opinions.append((event.round, event.stage, person))
            case LeaderApproved():
                self._see_approval(stream, dossier, event, person)
            case ActRescinded():
                _undo(dossier, event)
            case CaseResubmitted():
                repeated = dossier.chain[dossier.chain.index(event.resume_stage) :]
                for stage in repeated:
                    dossier.passed.pop(stage, None)
            case TitleRecognised():
                self._see_title(stream, dossier)
            case _:
                dossier.over = dossier.over or isinstance(event, ENDINGS)

    def _see_reviewer(
        self, stream: str, dossier: Dossier, organisation: str, seat: str, person: str
    ) -> None:
        if self._same(person, dossier.applicant):
            self._breach(stream, "is reviewed by its applicant")
        across = dossier.sat[organisation, OTHER[seat]] if seat in OTHER else set()
        if any(self._same(person, other) for other in across):
            self._breach(stream, "has one human being as handler and leader")
        dossier.sat[organisation, seat].add(person)

    def _see_approval(
        self, stream: str, dossier: Dossier, event: LeaderApproved, person: str
    ) -> None:
        if not dossier.opinions or dossier.opinions[-1][:2] != (event.round, event.stage):
            self._breach(stream, "is decided by a leader before the handler")
            return
        dossier.passed[event.stage] = (dossier.opinions[-1][2], person)

    def _see_title(self, stream: str, dossier: Dossier) -> None:
        dossier.over = True
        for stage in dossier.chain:
            pair = dossier.passed.get(stage)
            if pair is None or pair[0] == pair[1]:
                self._breach(stream, f"is recognised without two persons at {stage}")

    def _join(self, one: str, other: str) -> None:
        joined = {one, other}
        apart = []
        for each in self._humans:
            if each & joined:
                joined |= each
            else:
                apart.append(each)
        self._humans = [*apart, joined]

    def _same(self, one: str, other: str) -> bool:
        return one == other or any({one, other} <= each for each in self._humans)

    def _breach(self, stream: str, what: str) -> None:
        self.breaches.append(f"{stream} {what}")


def _undo(dossier: Dossier, event: ActRescinded) -> None:
    dossier.over = False
    if event.act_topic == HandlerOpinionGiven.topic:
        dossier.opinions.pop()
    if event.act_topic == LeaderApproved.topic:
        dossier.passed.pop(event.stage)


def _person(entry: Entry) -> str:
    return getattr(entry.actor, "person", "")


def _sat(event: Event) -> tuple[tuple[str, str], ...]:
    """The organisation and seat in which a reviewing event was done."""
    match event:
        case HandlerOpinionGiven() | VotesRecorded() | PublicityOpened() | RescissionProposed():
            return ((event.organisation, "handler"),)
        case LeaderApproved() | CaseNotAccepted() | CaseRejected() | ActRescinded():
            return ((event.organisation, "leader"),)
        case CaseReturned() | JudgementRecorded():
            return ((event.organisation, event.seat),)
        case _:
            return ()
