"""Nobody is found guilty unheard or by a reviewer, and a finding brings all that it has to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bench.town.watch.known import Known, person_of, sat
from domain.beijing import day
from domain.case.ending import ApplicantDisqualified, RevocationAnnulled, TitleRevoked
from domain.investigation.events import (
    AllegationNotified,
    DecisionServed,
    FindingProposed,
    InvestigationClosed,
    InvestigationOpened,
    MisconductFound,
    ReviewDecided,
    ReviewOutcome,
    ReviewRequested,
    StatementReceived,
)
from domain.person.integrity import IntegrityRecordAnnulled, IntegrityRecordEntered
from domain.person.titles import TitleLost, TitleRestored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Recorded

OFFICERS_ACTS = (
    InvestigationOpened,
    AllegationNotified,
    FindingProposed,
    MisconductFound,
    InvestigationClosed,
    ReviewDecided,
)


LEAST_DAYS = 5


@dataclass
class File:
    """What is remembered of one investigation."""

    case: str
    subject: str
    answer_by: datetime | None = None
    heard: bool = False
    proposer: str | None = None
    deciders: list[str] = field(default_factory=list)
    found: bool = False
    revoked: bool = False
    asked: bool = False
    closed: bool = False
    over: bool = False
    """Whether its case had ended before the finding."""


class Misconduct:
    """Heard first, found by two who reviewed nothing, and entered in the same append."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._files: dict[str, File] = {}
        self._investigators: defaultdict[str, set[str]] = defaultdict(set)

    def see(self, recorded: Recorded) -> Iterator[str]:
        """What is wrong with one event, in words."""
        event, stream = recorded.event, recorded.stream
        if isinstance(event, InvestigationOpened):
            self._files[stream] = File(event.case, event.subject)
        file = self._files.get(stream)
        if file is not None:
            if isinstance(event, OFFICERS_ACTS):
                yield from self._officer(recorded, file)
            yield from self._conducted(recorded, file)
        reviewing = stream in self._known.applicants and bool(sat(event))
        if reviewing and self._known.among(person_of(recorded), self._investigators[stream]):
            yield "is reviewed by whoever investigated it"

    def close(self, append: list[Recorded]) -> Iterator[str]:
        """What one append should have brought and did not."""
        for recorded in append:
            match recorded.event:
                case MisconductFound():
                    yield from _of_finding(recorded.stream, self._files[recorded.stream], append)
                case TitleRevoked() | ApplicantDisqualified():
                    investigation = recorded.event.investigation
                    if not _has(append, MisconductFound, investigation):
                        yield f"has {recorded.event.topic} without a finding in the same append"
                case IntegrityRecordEntered(source=None, investigation=investigation):
                    if not _has(append, MisconductFound, investigation or ""):
                        yield "has an integrity entry without a finding in the same append"
                case RevocationAnnulled():
                    if not _annulled(append, recorded.event.investigation):
                        yield "annuls a revocation without its entry and title"
                case _:
                    pass

    def _officer(self, recorded: Recorded, file: File) -> Iterator[str]:
        person = person_of(recorded)
        if self._known.same(person, self._known.applicants[file.case]):
            yield "is conducted by the applicant of its case"
        if self._known.among(person, self._known.reviewers[file.case]):
            yield "is conducted by a reviewer of its case"
        self._investigators[file.case].add(person)

    def _conducted(self, recorded: Recorded, file: File) -> Iterator[str]:
        event, person = recorded.event, person_of(recorded)
        match event:
            case AllegationNotified():
                if (day(event.answer_by) - event.told.counted_from).days < LEAST_DAYS:
                    yield "tells of a term that is shorter than five days"
                if file.answer_by is not None and event.answer_by < file.answer_by:
                    yield "shortens the term for a statement"
                file.answer_by, file.heard = event.answer_by, False
            case StatementReceived():
                file.heard = file.heard or person == file.subject
            case FindingProposed():
                yield from _heard(recorded, file)
                file.proposer = person
                file.deciders.append(person)
            case MisconductFound():
                yield from _heard(recorded, file)
                if file.proposer is None or self._known.same(file.proposer, person):
                    yield "finds misconduct without two persons"
                file.found = True
                file.over = file.case in self._known.over
                file.deciders.append(person)
            case InvestigationClosed():
                file.closed = True
            case DecisionServed() if not (file.found or (file.closed and file.answer_by)):
                yield "serves a decision that there is not"
            case ReviewRequested():
                if not self._known.same(person, file.subject):
                    yield "is asked to be reviewed by somebody else"
                file.asked = True
            case ReviewDecided():
                if not file.asked or self._known.among(person, file.deciders):
                    yield "is reviewed unasked, or by who found"
                file.asked = False
            case _:
                pass


def _heard(recorded: Recorded, file: File) -> Iterator[str]:
    expired = file.answer_by is not None and recorded.recorded_at >= file.answer_by
    if not file.heard and not expired:
        yield "finds misconduct before the statement or its expiry"


def _of_finding(investigation: str, file: File, append: list[Recorded]) -> Iterator[str]:
    found = next(r.event for r in append if isinstance(r.event, MisconductFound))
    assert isinstance(found, MisconductFound)
    ended = _has(append, TitleRevoked, investigation, file.case)
    disqualified = _has(append, ApplicantDisqualified, investigation, file.case)
    if [ended, disqualified, file.over].count(True) != 1:
        yield "finds misconduct without revoking or disqualifying, or does so once it is over"
    if ended and not _has(append, TitleLost, investigation, file.subject):
        yield "revokes a title that the person keeps"
    entered = [
        r.event
        for r in append
        if isinstance(r.event, IntegrityRecordEntered) and r.stream == file.subject
    ]
    if [(e.investigation, e.decision) for e in entered] != [(investigation, found.decision)]:
        yield "finds misconduct without an entry on the integrity record"


def _annulled(append: list[Recorded], investigation: str) -> bool:
    decided = any(
        isinstance(r.event, ReviewDecided) and r.event.outcome is ReviewOutcome.ANNULLED
        for r in append
    )
    entry = any(isinstance(r.event, IntegrityRecordAnnulled) for r in append)
    return decided and entry and _has(append, TitleRestored, investigation)


def _has(append: list[Recorded], kind: type, investigation: str, stream: str | None = None) -> bool:
    """Whether an append has an event of a kind about that investigation, in that stream."""
    return any(
        isinstance(r.event, kind)
        and investigation in (getattr(r.event, "investigation", None), r.stream)
        and stream in (None, r.stream)
        for r in append
    )
