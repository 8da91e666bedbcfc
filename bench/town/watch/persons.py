"""What stands in a person's own stream agrees with their cases, and a block blocks."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from bench.town.watch.known import Known, person_of
from domain.case.committee import RejectedByVote
from domain.case.ending import ApplicantDisqualified, RevocationAnnulled, TitleRevoked
from domain.case.filing import CaseSubmitted
from domain.case.lapse import CaseLapsed
from domain.case.leader_decision import CaseNotAccepted, CaseRejected
from domain.case.next_stage import CaseReferredUp, TitleRecognised
from domain.case.objections import RejectedOnObjection
from domain.case.reexamination import LapseSetAside, OutcomeSetAside
from domain.case.rescission import ActRescinded
from domain.case.resubmission import CaseResubmitted
from domain.case.withdrawal import CaseWithdrawn
from domain.criticism.events import (
    CircularCriticismIssued,
    CriticismAnswered,
    CriticismDropped,
    CriticismNotified,
    CriticismProposed,
)
from domain.erasure.events import ErasureApproved, ErasureOrdered, ErasureRequested
from domain.person.binding_correction import RebindingConfirmed, RebindingProposed
from domain.person.events import FilingBegun, FilingEnded, PersonErased
from domain.person.integrity import (
    Effect,
    IntegrityRecordAnnulled,
    IntegrityRecordCorrected,
    IntegrityRecordEntered,
)
from domain.person.link import LinkConfirmed, LinkProposed, LinkSevered, SeveranceProposed
from domain.person.titles import TitleGained, TitleLost, TitleRescinded, TitleRestored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from audit.record import Recorded

ENDINGS = (
    CaseNotAccepted,
    CaseRejected,
    RejectedByVote,
    CaseReferredUp,
    RejectedOnObjection,
    CaseWithdrawn,
    CaseLapsed,
    ApplicantDisqualified,
)
FIRST = (CriticismProposed, LinkProposed, RebindingProposed, SeveranceProposed, ErasureApproved)
SECOND = (
    CircularCriticismIssued,
    CriticismDropped,
    LinkConfirmed,
    LinkSevered,
    RebindingConfirmed,
    ErasureOrdered,
)
_BEIJING = timedelta(hours=8)


class Persons:
    """Filings, titles and entries follow the cases in the same append; nobody files barred."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._entries: dict[str, tuple[str, IntegrityRecordEntered, date]] = {}
        self._filings: defaultdict[str, set[str]] = defaultdict(set)
        self._titles: defaultdict[str, set[str]] = defaultdict(set)
        self._under_review: set[str] = set()
        self._granted: set[str] = set()
        self._first: dict[str, str] = {}
        self._answer_by: dict[str, datetime] = {}
        self._heard: set[str] = set()
        self._about: dict[str, str] = {}

    def see(self, recorded: Recorded) -> Iterator[str]:
        """What is wrong with one event, in words."""
        if recorded.stream in self._known.applicants:
            yield from self._in_case(recorded)
        else:
            self._in_person(recorded)
            yield from self._by_two(recorded)

    def close(self, append: list[Recorded]) -> Iterator[str]:
        """Where a person's stream does not say what their case says."""
        for stream in {each.stream for each in append} & self._known.applicants.keys():
            applicant = self._known.applicants[stream]
            if (stream in self._filings[applicant]) != (stream in self._under_review):
                yield f"{stream} is under review, or over, and its applicant's stream differs"
            if (stream in self._titles[applicant]) != (stream in self._granted):
                yield f"{stream} is granted, or not, and its applicant's titles differ"
        ordered = any(isinstance(each.event, ErasureOrdered) for each in append)
        if ordered != any(isinstance(each.event, PersonErased) for each in append):
            yield "orders an erasure without its keys, or destroys keys without an order"

    def _in_case(self, recorded: Recorded) -> Iterator[str]:
        event, stream = recorded.event, recorded.stream
        match event:
            case CaseSubmitted() | CaseResubmitted():
                yield from self._filed(recorded)
                self._under_review.add(stream)
            case TitleRecognised():
                self._under_review.discard(stream)
                self._granted.add(stream)
            case TitleRevoked():
                self._granted.discard(stream)
            case RevocationAnnulled():
                self._granted.add(stream)
            case OutcomeSetAside() | LapseSetAside():
                self._under_review.add(stream)
            case ActRescinded():
                self._under_review.add(stream)
                self._granted.discard(stream)
            case _:
                if isinstance(event, ENDINGS):
                    self._under_review.discard(stream)

    def _filed(self, recorded: Recorded) -> Iterator[str]:
        applicant = self._known.applicants[recorded.stream]
        area = self._known.areas[self._known.employers[recorded.stream]]
        today = (recorded.recorded_at + _BEIJING).date()
        circle = self._known.circle(applicant)
        for person, entry, ends_on in self._entries.values():
            covered = entry.area == "" or f"{area}/".startswith(f"{entry.area}/")
            barred = entry.effect is Effect.BLOCK and entry.starts_on <= today <= ends_on
            if person in circle and covered and barred:
                yield f"is filed under an active block until {ends_on}"
        if isinstance(recorded.event, CaseSubmitted):
            others = set().union(*(self._filings[each] for each in circle)) - {recorded.stream}
            if others:
                yield "is filed while another case of the same human being is under way"

    def _in_person(self, recorded: Recorded) -> None:
        event, stream = recorded.event, recorded.stream
        match event:
            case IntegrityRecordEntered():
                self._entries[event.entry] = (stream, event, event.ends_on)
            case IntegrityRecordCorrected():
                person, entry, _ = self._entries[event.entry]
                self._entries[event.entry] = (person, entry, event.ends_on)
            case IntegrityRecordAnnulled():
                del self._entries[event.entry]
            case FilingBegun():
                self._filings[stream].add(event.case)
            case FilingEnded():
                self._filings[stream].discard(event.case)
            case TitleGained() | TitleRestored():
                self._titles[stream].add(event.case)
            case TitleLost() | TitleRescinded():
                self._titles[stream].discard(event.case)
            case _:
                pass

    def _by_two(self, recorded: Recorded) -> Iterator[str]:
        event, stream, person = recorded.event, recorded.stream, person_of(recorded)
        if isinstance(event, SECOND):
            first = self._first.get(stream)
            if first is not None and self._known.same(first, person):
                yield f"has {event.topic} by who proposed it"
        if isinstance(event, FIRST):
            self._first[stream] = person
        match event:
            case CriticismProposed():
                self._about[stream] = event.about
            case CriticismNotified():
                self._answer_by[stream] = event.answer_by
            case CriticismAnswered():
                if person == self._about[stream]:
                    self._heard.add(stream)
            case CircularCriticismIssued():
                expired = stream in self._answer_by and (
                    recorded.recorded_at >= self._answer_by[stream]
                )
                if stream not in self._heard and not expired:
                    yield "is issued unheard"
            case ErasureRequested():
                self._about[stream] = event.person
            case ErasureOrdered():
                yield from self._erased(recorded)
            case _:
                pass

    def _erased(self, recorded: Recorded) -> Iterator[str]:
        circle = self._known.circle(self._about[recorded.stream])
        today = (recorded.recorded_at + _BEIJING).date()
        if any(self._filings[each] or self._titles[each] for each in circle):
            yield "erases somebody with an open case or a title in force"
        for person, entry, ends_on in self._entries.values():
            if person in circle and entry.starts_on <= today <= ends_on:
                yield "erases somebody with an active integrity record"
