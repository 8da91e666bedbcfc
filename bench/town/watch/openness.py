"""A case goes on and is recognised only after its publicity, and while no objection is open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bench.town.watch.known import Known, person_of, sat
from domain.case.certificate import CertificateIssued
from domain.case.filing import CaseSubmitted
from domain.case.leader_decision import LeaderApproved
from domain.case.next_stage import CaseForwarded, CaseReferredUp, TitleRecognised
from domain.case.publicity import (
    DeviationFlagged,
    PublicityClosed,
    PublicityOpened,
    PublicityVoided,
)
from domain.case.reexamination import OutcomeSetAside
from domain.case.rescission import ActRescinded
from domain.case.resubmission import CaseResubmitted
from domain.objection.events import (
    ObjectionAdmitted,
    ObjectionDismissed,
    ObjectionInvestigated,
    ObjectionNotAdmitted,
    ObjectionRaised,
    ObjectionUpheld,
    ObjectionWithdrawn,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Recorded

OFFICERS_ACTS = (
    ObjectionAdmitted,
    ObjectionNotAdmitted,
    ObjectionInvestigated,
    ObjectionUpheld,
    ObjectionDismissed,
)
ENDED = (ObjectionNotAdmitted, ObjectionUpheld, ObjectionDismissed, ObjectionWithdrawn)
_BEIJING = timedelta(hours=8)


@dataclass
class Posted:
    """What is remembered of the publicity of one case."""

    asked_at: dict[str, str] = field(default_factory=dict)
    """The publicity that each stage needs, by stage."""
    running: PublicityOpened | None = None
    done: set[str] = field(default_factory=set)
    """The stages whose publicity ran its length in the round that counts, or was let off."""


class Openness:
    """Publicity runs its length, and an objection is settled by two, before a case goes on."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._posted: defaultdict[str, Posted] = defaultdict(Posted)
        self._objections: dict[str, str] = {}
        """The case of each objection that is open."""
        self._case: dict[str, str] = {}
        self._investigated: dict[str, str] = {}
        self._officers: defaultdict[str, set[str]] = defaultdict(set)
        """Whoever dealt with an objection to a case."""

    def see(self, recorded: Recorded) -> Iterator[str]:
        """What is wrong with one event, in words."""
        event, stream = recorded.event, recorded.stream
        if isinstance(event, (CaseForwarded, TitleRecognised, CaseReferredUp, CertificateIssued)):
            yield from self._goes_on(recorded)
        if isinstance(event, ObjectionRaised):
            self._objections[stream] = self._case[stream] = event.case
        if isinstance(event, OFFICERS_ACTS):
            yield from self._deals_with(recorded)
        if isinstance(event, ENDED):
            self._objections.pop(stream, None)
        if stream in self._known.applicants:
            if sat(event) and self._known.among(person_of(recorded), self._officers[stream]):
                yield "is reviewed by whoever dealt with an objection to it"
            yield from self._public(recorded, self._posted[stream])

    def close(self, _append: list[Recorded]) -> Iterator[str]:
        """One append says nothing more than its events."""
        yield from ()

    def _goes_on(self, recorded: Recorded) -> Iterator[str]:
        event, stream = recorded.event, recorded.stream
        if stream in self._objections.values():
            yield f"goes on with {event.topic} while an objection is open"
        stage = event.from_stage if isinstance(event, CaseForwarded) else None
        stage = event.stage if isinstance(event, (TitleRecognised, CaseReferredUp)) else stage
        posted = self._posted[stream]
        if stage in posted.asked_at and stage not in posted.done:
            yield f"goes on from {stage} before its publicity has run"

    def _deals_with(self, recorded: Recorded) -> Iterator[str]:
        event, stream, person = recorded.event, recorded.stream, person_of(recorded)
        case = self._case[stream]
        if stream not in self._objections:
            yield "is dealt with after its end"
        if self._known.among(person, [self._known.applicants[case], *self._known.reviewers[case]]):
            yield "is dealt with by a reviewer or the applicant of its case"
        self._officers[case].add(person)
        if isinstance(event, ObjectionInvestigated):
            self._investigated[stream] = person
        if isinstance(event, (ObjectionUpheld, ObjectionDismissed)):
            first = self._investigated.get(stream)
            if first is None or self._known.same(first, person):
                yield "is settled without two persons"

    def _public(self, recorded: Recorded, posted: Posted) -> Iterator[str]:
        event = recorded.event
        match event:
            case CaseSubmitted():
                posted.asked_at = {s.stage: s.publicity for s in event.chain if s.publicity}
            case LeaderApproved():
                posted.done.discard(event.stage)
            case CaseResubmitted() | ActRescinded() | OutcomeSetAside():
                posted.running = None
            case PublicityOpened():
                posted.running = event
            case PublicityVoided():
                posted.running = None
            case DeviationFlagged() if event.code == "PUBLICITY_TOO_SHORT":
                let_off = posted.running is not None and posted.running.on_breach == "flag"
                if not let_off:
                    yield "is let off a publicity that the law insists on"
                posted.done.add(event.stage)
            case PublicityClosed():
                running = posted.running
                today = (recorded.recorded_at + _BEIJING).date()
                if running is None or running.posting != event.posting:
                    yield "closes a publicity that is not running"
                elif today <= max(running.days):
                    yield "closes a publicity before its end"
                else:
                    posted.done.add(running.stage)
            case _:
                pass
