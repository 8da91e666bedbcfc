"""The reviewing acts: a handler's opinion, a leader's decision, and going on.

Each is checked for separation of duties (XW-22…25, A-14) against all that was done in this
case before, in whatever round, and by persons, not accounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.case import refusals
from domain.case.acts import reviewed
from domain.case.committee import vote_objections
from domain.case.establishing import knowing, not_here
from domain.case.next_stage import late as overdue
from domain.case.next_stage import onward, paused, unanswered
from domain.case.phase import (
    AwaitingPublicity,
    Ended,
    InPublicity,
    Opinion,
    Publicised,
    UnderPublicity,
    UnderReview,
)
from domain.case.posting_proof import unproven
from domain.case.publicity import close_publicity, publicity_objections
from domain.case.reasons import reason_objections
from domain.case.remembered import Assertion
from domain.case.seats import (
    person_objections,
    present_stage,
    seat_objections,
    standing,
    word_objections,
)
from domain.case.values import (
    ClaimFinding,
    EstablishedFact,
    Reason,
    Recommendation,
    Verification,
)
from domain.case.verification import verification_objections
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.entries import reason_missing
from domain.replacing import replace
from domain.separation import HANDLER, LEADER, handler_first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class HandlerOpinionGiven(Event, topic="case:handler-opinion-given:1", chinese="经办人审查"):
    """A handler verified the claims and gave an opinion (经办人审查)."""

    round: int
    stage: str
    organisation: str
    recommendation: Recommendation
    reasons: tuple[Reason, ...]
    verifications: tuple[Verification, ...]
    established: tuple[EstablishedFact, ...]
    opinion: Personal
    no_reason_to_recuse: bool
    substitute: bool


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
class GiveOpinion:
    """A handler verifies the claims and says what the leader should decide.

    ``established`` are the facts that are for this stage to say, ``obstacles`` what the law has
    against how they are told; ``no_reason_to_recuse`` is the handler's word that there is none.
    """

    recommendation: Recommendation
    reasons: tuple[Reason, ...]
    verifications: tuple[Verification, ...]
    established: tuple[EstablishedFact, ...]
    obstacles: tuple[Refusal, ...]
    opinion: Personal
    no_reason_to_recuse: bool


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


def give_opinion(
    case: Case, command: GiveOpinion, around: Circumstances
) -> tuple[HandlerOpinionGiven, ...]:
    """A handler's opinion of this round, with what was found about each claim."""
    stage = present_stage(case)
    substitute, objections = seat_objections(case, stage, HANDLER, around)
    objections += word_objections(around, given=command.no_reason_to_recuse)
    approving = command.recommendation is Recommendation.APPROVE
    objections += verification_objections(
        case, stage, command.verifications, around, approving=approving
    )
    objections += not_here(each.fact for each in command.established if not each.source)
    objections += command.obstacles
    objections += reason_objections(command.reasons, around.law)
    if command.recommendation is Recommendation.APPROVE:
        objections += paused(case, around)
        objections += around.against
    elif not command.reasons:
        objections.append(reason_missing("/reasons"))
    if objections:
        raise Refused(*objections)
    return (
        HandlerOpinionGiven(
            round=case.round,
            stage=stage.stage,
            organisation=stage.organisation,
            recommendation=command.recommendation,
            reasons=command.reasons,
            verifications=command.verifications,
            established=command.established,
            opinion=command.opinion,
            no_reason_to_recuse=command.no_reason_to_recuse,
            substitute=substitute,
        ),
    )


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


def go_on(case: Case, around: Circumstances) -> tuple[Event, ...]:
    """After a publicity, handler or leader of the stage lets the case go on.

    Whoever is sooner than the timekeeper after the last day closes the publicity with it.
    """
    if not isinstance(case.phase, InPublicity):
        raise Refused(refusals.wrong_phase(case, "上报", "forwarded"))
    stage = case.stage(case.phase.stage)
    _, objections = seat_objections(case, stage, LEADER, around)
    if objections and not goes_on_by_leader(case):
        _, objections = seat_objections(case, stage, HANDLER, around)
    objections += not_over(case, around)
    objections += paused(case, around)
    objections += around.onward
    if objections:
        raise Refused(*objections)
    _, marks = publicity_objections(case, around)
    return (*close_publicity(case, around.at), *marks, *onward(case, stage, around))


def not_over(case: Case, around: Circumstances) -> list[Refusal]:
    """Why a case may not go on from its publicity yet, whoever lets it."""
    objections, _ = publicity_objections(case, around)
    if isinstance(case.phase, (UnderPublicity, Publicised)):
        objections += unproven(case.phase.posting, around.law)
    return objections


def goes_on_by_leader(case: Case) -> bool:
    """Whether only the leader lets a case go on after a publicity, not the handler as well.

    To recognition the leader does, who decided it; and wherever the posting was entered after its
    day, for that it was shown elsewhere takes the leader's word.
    """
    assert isinstance(case.phase, InPublicity)
    late = isinstance(case.phase, (UnderPublicity, Publicised)) and case.phase.posting.late
    return late or case.after(case.phase.stage) is None


def seats_of(case: Case, around: Circumstances) -> tuple[str, ...]:
    """The seats of the present stage that the actor may fill, by appointment or as substitute."""
    if not isinstance(case.phase, (UnderReview, InPublicity)):
        return ()
    stage = case.stage(case.phase.stage)
    return tuple(seat for seat in stage.seats if standing(case, stage, seat, around) is not None)


def barred(case: Case, seat: str, around: Circumstances) -> tuple[Refusal, ...]:
    """Why separation of duties keeps the actor out of a seat of the present stage; else nothing."""
    stage = present_stage(case)
    return tuple(person_objections(case, stage, seat, around.actor.person, around))


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


Events = HandlerOpinionGiven | LeaderApproved | CaseNotAccepted | CaseRejected
"""What happens to a case here."""


def evolve(state: Case, event: Events, by: By) -> Case:
    """The case after a reviewer's act."""
    match event:
        case HandlerOpinionGiven():
            opinion = Opinion(by.person, event.recommendation, state.version + 1)
            acted = replace(
                reviewed(state, event, HANDLER, by),
                phase=UnderReview(event.stage, opinion),
                vouched=state.vouched.joined(*_confirmed(event)),
            )
            return knowing(acted, event.established, event.stage)
        case LeaderApproved():
            acted = reviewed(state, event, LEADER, by)
            if state.stage(event.stage).publicity is None:
                return acted
            return replace(acted, phase=AwaitingPublicity(event.stage))
        case CaseNotAccepted():
            acted = reviewed(state, event, LEADER, by)
            return replace(acted, phase=Ended("not_accepted"))
        case CaseRejected():
            return replace(reviewed(state, event, LEADER, by), phase=Ended("rejected"))
        case _:
            assert_never(event)


def _confirmed(event: HandlerOpinionGiven) -> Iterator[Assertion]:
    for each in event.verifications:
        if each.finding is ClaimFinding.CONFIRMED:
            yield Assertion(each.claim, event.stage)
