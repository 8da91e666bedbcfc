"""Where a case stands and whose turn it is, as event follows event: what status and queue share.

An official's slip can be rescinded, and the case then stands where it stood before that act;
so with each reviewing act the stand before it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from domain import beijing
from domain.case import (
    amendment,
    committee,
    ending,
    filing,
    handler_opinion,
    lapse,
    leader_decision,
    next_stage,
    objections,
    publicity,
    reexamination,
    rescission,
    resubmission,
    returning,
    suspension,
    takeover,
    withdrawal,
)
from domain.case.phase import PhaseName
from projections.chain import Stage, handed_on, stage_of
from projections.seats import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Callable

    from projections.fact import Fact

APPLICANT = "applicant"

_REVIEWED = (PhaseName.UNDER_REVIEW, PhaseName.AWAITING_PUBLICITY, PhaseName.PUBLICISED)


@dataclass(unsafe_hash=True)
class Stand:
    """One stand of a case. Nobody changes one; not frozen, for the sake of a rebuild.

    ``phase`` is one of ``PhaseName``. ``before`` is the phase in which a suspended case goes on,
    or to which a revoked one comes back.
    ``seat`` has to act, None where nobody has; ``due_at`` is an instant as stored, by which a
    returned case is due, or a publicity ends; ``late`` says that what is public, or was, was
    entered after the day on which it was put up: only the leader lets the case go on from there.
    """

    phase: str = PhaseName.DRAFT
    round: int = 0
    stage: str | None = None
    organisation: str | None = None
    seat: str | None = APPLICANT
    due_at: str | None = None
    before: str | None = None
    late: bool = False

    def turned(self, phase: str, seat: str | None, due_at: str | None = None) -> Stand:
        """At the same stage in another phase, and somebody else's turn."""
        return Stand(phase, self.round, self.stage, self.organisation, seat, due_at)

    @property
    def turn(self) -> tuple[str, int, str | None, str | None, str | None]:
        """Where it stands, and whose turn it is there."""
        return self.phase, self.round, self.stage, self.organisation, self.seat

    @property
    def waits(self) -> bool:
        """Whether the case waits for somebody in a reviewing seat."""
        return self.phase in _REVIEWED and self.seat is not None


DRAFT = Stand()
"""Where every case begins."""


class Course(NamedTuple):
    """The stand now, and the one before the last reviewing act."""

    chain: tuple[Stage, ...]
    stand: Stand
    undo: Stand | None

    def follow(self, fact: Fact) -> Course:
        """The course after an event of the case that is one of ``CHANGES``."""
        return CHANGES[fact.topic](self, fact)

    def acted(self, stand: Stand) -> Course:
        """A reviewing act led to ``stand``."""
        return Course(self.chain, stand, self.stand)

    def went(self, stand: Stand) -> Course:
        """Something that is no reviewing act led to ``stand``."""
        return Course(self.chain, stand, self.undo)

    def over(self, phase: str) -> Stand:
        """The case is over, or granted."""
        return self.stand.turned(phase, None)


def _at(stage: Stage, round_: int) -> Stand:
    return Stand(PhaseName.UNDER_REVIEW, round_, stage.stage, stage.organisation, stage.first_seat)


def _submitted(course: Course, fact: Fact) -> Course:
    return course.went(_at(course.chain[0], fact["round"]))


def _resubmitted(course: Course, fact: Fact) -> Course:
    stage = stage_of(course.chain, fact["resume_stage"])
    return course._replace(stand=_at(stage, fact["round"]), undo=None)


def _forwarded(course: Course, fact: Fact) -> Course:
    return course.went(_at(stage_of(course.chain, fact["to_stage"]), fact["round"]))


def _opinion_given(course: Course, fact: Fact) -> Course:
    seat = stage_of(course.chain, fact["stage"]).seat_after(HANDLER)
    return course.acted(course.stand.turned(course.stand.phase, seat))


def _approved(course: Course, fact: Fact) -> Course:
    stage = stage_of(course.chain, fact["stage"])
    if stage.publicity is not None:
        return course.acted(course.stand.turned(PhaseName.AWAITING_PUBLICITY, HANDLER))
    return course.acted(course.stand.turned(course.stand.phase, stage.seat_after(LEADER)))


def _returned(course: Course, fact: Fact) -> Course:
    return course.acted(course.stand.turned(PhaseName.RETURNED, APPLICANT, fact["due_at"]))


def _returned_on_objection(course: Course, fact: Fact) -> Course:
    return _returned(course, fact)._replace(undo=None)


def _rejected_on_objection(course: Course, _: Fact) -> Course:
    return course._replace(stand=course.over(PhaseName.REJECTED), undo=None)


def _posted(course: Course, fact: Fact) -> Course:
    day = fact.day("ends_on")
    due_at = None if day is None else _written(beijing.end(day))
    return _public(course, due_at, late=fact["late_entry"])


def _public(course: Course, due_at: str | None, *, late: bool) -> Course:
    stand = course.stand.turned(PhaseName.UNDER_PUBLICITY, None, due_at)
    return course.went(replace(stand, late=late))


def _amended(course: Course, fact: Fact) -> Course:
    """A posting that runs, be it again, ends on another day; of one that ran, it may be late."""
    posted = fact["says"]["posted"]
    if posted is None:
        return course
    if not (posted["runs"] or course.stand.phase == PhaseName.UNDER_PUBLICITY):
        return _publicised(course, late=posted["late"])
    ends = beijing.end(date.fromisoformat(posted["ends_on"]))
    return _public(course, _written(ends), late=posted["late"])


def _taken_back(course: Course, _: Fact) -> Course:
    stand = course.stand.turned(PhaseName.UNDER_REVIEW, HANDLER)
    return course._replace(stand=stand, undo=None)


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _ran_out(course: Course, _: Fact) -> Course:
    if course.stand.phase != PhaseName.UNDER_PUBLICITY:
        return course
    return _publicised(course, late=course.stand.late)


def _publicised(course: Course, *, late: bool) -> Course:
    last = course.stand.stage == course.chain[-1].stage
    seat = LEADER if last or late else HANDLER
    return course.went(replace(course.stand.turned(PhaseName.PUBLICISED, seat), late=late))


def _taken_down(course: Course, _: Fact) -> Course:
    return course.went(course.stand.turned(PhaseName.AWAITING_PUBLICITY, HANDLER))


def _set_aside(phase: str) -> Callable[[Course, Fact], Course]:
    """The case is held still, or its title revoked; either can be undone by another event.

    An investigation that takes over a case which is held still goes on from the same stand.
    """

    def change(course: Course, _: Fact) -> Course:
        before = course.stand.before or course.stand.phase
        return course.went(replace(course.stand, phase=phase, before=before))

    return change


def _resumed(course: Course, fact: Fact) -> Course:
    taken_up = _taken_up(course, fact)
    due_at = fact.fields.get("due_at")
    if due_at is None:
        return taken_up
    return taken_up.went(replace(taken_up.stand, due_at=due_at))


def _taken_up(course: Course, _: Fact) -> Course:
    phase = course.stand.before or course.stand.phase
    return course.went(replace(course.stand, phase=phase, before=None))


def _taken_over(course: Course, fact: Fact) -> Course:
    """Another organisation acts at a stage: at the present one it begins anew."""
    chain, stand = handed_on(course.chain, fact), course.stand
    if stand.stage == fact["stage"]:
        if stand.phase in _REVIEWED:
            stand = _at(stage_of(chain, fact["stage"]), stand.round)
        else:
            stand = replace(stand, organisation=fact["to_organisation"])
    return Course(chain, stand, None)


def _over(phase: PhaseName) -> Callable[[Course, Fact], Course]:
    return lambda course, _: course.went(course.over(phase))


def _rescinded(course: Course, _: Fact) -> Course:
    return course._replace(stand=course.undo or course.stand, undo=None)


CHANGES: dict[str, Callable[[Course, Fact], Course]] = {
    filing.CaseSubmitted.topic: _submitted,
    resubmission.CaseResubmitted.topic: _resubmitted,
    reexamination.OutcomeSetAside.topic: _resubmitted,
    reexamination.LapseSetAside.topic: _returned_on_objection,
    next_stage.CaseForwarded.topic: _forwarded,
    handler_opinion.HandlerOpinionGiven.topic: _opinion_given,
    leader_decision.LeaderApproved.topic: _approved,
    returning.CaseReturned.topic: _returned,
    suspension.CaseSuspended.topic: _set_aside(PhaseName.SUSPENDED),
    objections.ReturnedOnObjection.topic: _returned_on_objection,
    objections.RejectedOnObjection.topic: _rejected_on_objection,
    committee.VotesRecorded.topic: lambda course, _: course.acted(course.stand),
    committee.RejectedByVote.topic: _over(PhaseName.REJECTED),
    suspension.CaseResumed.topic: _resumed,
    ending.TitleRevoked.topic: _set_aside(PhaseName.REVOKED),
    ending.RevocationAnnulled.topic: _taken_up,
    publicity.PublicityOpened.topic: _posted,
    publicity.PublicityClosed.topic: _ran_out,
    publicity.PublicityVoided.topic: _taken_down,
    rescission.ActRescinded.topic: _rescinded,
    amendment.EntryAmended.topic: _amended,
    handler_opinion.OpinionTakenBack.topic: _taken_back,
    takeover.StageTakenOver.topic: _taken_over,
    leader_decision.CaseNotAccepted.topic: lambda course, _: course.acted(
        course.over(PhaseName.NOT_ACCEPTED)
    ),
    leader_decision.CaseRejected.topic: lambda course, _: course.acted(
        course.over(PhaseName.REJECTED)
    ),
    next_stage.TitleRecognised.topic: _over(PhaseName.RECOGNISED),
    next_stage.CaseReferredUp.topic: _over(PhaseName.REFERRED_UP),
    withdrawal.CaseWithdrawn.topic: _over(PhaseName.WITHDRAWN),
    lapse.CaseLapsed.topic: _over(PhaseName.LAPSED),
    ending.ApplicantDisqualified.topic: _over(PhaseName.DISQUALIFIED),
}
"""What changes the course, by topic; all other events of a case leave it as it is."""
