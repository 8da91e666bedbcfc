"""A leader's decision on a stage (领导审查), after the handler's opinion of the same round.

It is checked for separation of duties (XW-22…25, A-14) against all that was done in this case
before, in whatever round, and by persons, not accounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.case.acts import reviewed
from domain.case.committee import vote_objections
from domain.case.next_stage import late as overdue
from domain.case.next_stage import onward, paused, unanswered
from domain.case.phase import AwaitingPublicity, Ended, UnderReview
from domain.case.reasons import reason_objections
from domain.case.seats import present_stage, seat_objections, word_objections
from domain.case.values import Reason, Recommendation
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refused
from domain.refusals.entries import reason_missing
from domain.replacing import replace
from domain.separation import LEADER, handler_first

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class LeaderApproved(Event, topic="case:leader-approved:1", chinese="领导审查通过"):
    """A leader approved the case at a stage (领导审查通过).

    ``departs`` says that the handler had recommended otherwise.
    """

    round: int
    stage: str
    organisation: str
    opinion: Personal | None
    no_reason_to_recuse: bool
    departs: bool
    substitute: bool


@dataclass(frozen=True, kw_only=True)
class CaseNotAccepted(Event, topic="case:not-accepted:1", chinese="不予受理"):
    """An authority's two persons did not accept the filing (不予受理)."""

    round: int
    stage: str
    organisation: str
    notice: str
    reasons: tuple[Reason, ...]
    explanation: Personal
    no_reason_to_recuse: bool
    departs: bool
    substitute: bool


@dataclass(frozen=True, kw_only=True)
class CaseRejected(Event, topic="case:rejected:1", chinese="审核不通过"):
    """An authority's two persons rejected the case on its merits (审核不通过)."""

    round: int
    stage: str
    organisation: str
    notice: str
    reasons: tuple[Reason, ...]
    explanation: Personal
    no_reason_to_recuse: bool
    departs: bool
    substitute: bool


@dataclass(frozen=True, kw_only=True)
class DecideAsLeader:
    """A leader decides a stage; ``notice`` is the number of a negative decision's notice.

    ``no_reason_to_recuse`` is the leader's word that there is none.
    """

    decision: Recommendation
    reasons: tuple[Reason, ...]
    opinion: Personal | None
    no_reason_to_recuse: bool
    notice: str


def decide_as_leader(
    case: Case, command: DecideAsLeader, around: Circumstances
) -> tuple[Event, ...]:
    """A leader's decision on a stage, after the handler's opinion of the same round."""
    stage = present_stage(case)
    assert isinstance(case.phase, UnderReview)
    substitute, objections = seat_objections(case, stage, LEADER, around)
    objections += word_objections(around, given=command.no_reason_to_recuse)
    opinion = case.phase.opinion
    if opinion is None:
        objections.append(handler_first(around.law))
    objections += reason_objections(command.reasons, around.law)
    negative = command.decision is not Recommendation.APPROVE
    if negative and not (command.reasons and command.opinion):
        objections.append(reason_missing("/reasons"))
    if not negative:
        objections += vote_objections(case, around)
        objections += unanswered(case, stage, around)
        objections += paused(case, around)
        objections += around.against
        if stage.publicity is None:
            objections += around.onward
    if objections or opinion is None:
        raise Refused(*objections)
    departs = opinion.recommendation is not command.decision
    if negative:
        return _negative(case, command, around, _Marks(departs, substitute))
    approved = LeaderApproved(
        round=case.round,
        stage=stage.stage,
        organisation=stage.organisation,
        opinion=command.opinion,
        no_reason_to_recuse=command.no_reason_to_recuse,
        departs=departs,
        substitute=substitute,
    )
    if stage.publicity is not None:
        return (approved,)
    return (approved, *onward(case, stage, around))


@dataclass(frozen=True)
class _Marks:
    """What a decision is marked with: against the handler's opinion; by a substitute."""

    departs: bool
    substitute: bool


def _negative(
    case: Case, command: DecideAsLeader, around: Circumstances, marks: _Marks
) -> tuple[Event, ...]:
    assert command.opinion is not None
    stage = present_stage(case)
    kind = CaseRejected if command.decision is Recommendation.REJECT else CaseNotAccepted
    ended = kind(
        round=case.round,
        stage=stage.stage,
        organisation=stage.organisation,
        notice=command.notice,
        reasons=command.reasons,
        explanation=command.opinion,
        no_reason_to_recuse=command.no_reason_to_recuse,
        departs=marks.departs,
        substitute=marks.substitute,
    )
    return (ended, *overdue(case, around))


Events = LeaderApproved | CaseNotAccepted | CaseRejected
"""What happens to a case here."""


def evolve(state: Case, event: Events, by: By) -> Case:
    """The case after a leader's decision."""
    acted = reviewed(state, event, LEADER, by)
    match event:
        case LeaderApproved():
            if state.stage(event.stage).publicity is None:
                return acted
            return replace(acted, phase=AwaitingPublicity(event.stage))
        case CaseNotAccepted():
            return replace(acted, phase=Ended("not_accepted"))
        case CaseRejected():
            return replace(acted, phase=Ended("rejected"))
        case _:
            assert_never(event)
