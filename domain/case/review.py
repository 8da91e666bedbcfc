"""The reviewing acts: opinion, decision, substitute, human judgement.

Each is checked for separation of duties (XW-22…25, A-14) against all that was done in this
case before, in whatever round, and by persons, not accounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.case import refusals
from domain.case.committee import vote_objections
from domain.case.events import (
    CaseNotAccepted,
    CaseRejected,
    HandlerOpinionGiven,
    JudgementRecorded,
    LeaderApproved,
    SubstituteDesignated,
)
from domain.case.onward import late, onward, paused, unanswered
from domain.case.phase import InPublicity, UnderReview
from domain.case.publicity import close_publicity, publicity_objections
from domain.case.reasons import reason_objections
from domain.case.standing import person_objections, present_stage, seat_objections, standing
from domain.case.values import ChainStage, ClaimFinding, Recommendation
from domain.refusal import Refusal, Refused
from domain.refusals import own_affair, reason_missing, unknown_seat
from domain.separation import (
    HANDLER,
    LEADER,
    WATCHING_ROLES,
    handler_first,
    watcher_seated,
)

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.commands import (
        DecideAsLeader,
        DesignateSubstitute,
        GiveOpinion,
        RecordJudgement,
    )
    from domain.case.evolve import CaseEvent
    from domain.case.state import Case


def give_opinion(case: Case, command: GiveOpinion, around: Circumstances) -> tuple[CaseEvent, ...]:
    """A handler's opinion of this round, with what was found about each claim."""
    stage = present_stage(case)
    substitute, objections = seat_objections(case, stage, HANDLER, around)
    objections += _verification_objections(case, stage, command, around)
    objections += reason_objections(command.reasons, around.law)
    if command.recommendation is Recommendation.APPROVE:
        objections += paused(case, around)
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
            opinion=command.opinion,
            substitute=substitute,
        ),
    )


def decide_as_leader(
    case: Case, command: DecideAsLeader, around: Circumstances
) -> tuple[CaseEvent, ...]:
    """A leader's decision on a stage, after the handler's opinion of the same round."""
    stage = present_stage(case)
    assert isinstance(case.phase, UnderReview)
    substitute, objections = seat_objections(case, stage, LEADER, around)
    opinion = case.phase.opinion
    if opinion is None:
        objections.append(handler_first(around.law))
    objections += reason_objections(command.reasons, around.law)
    negative = command.decision is not Recommendation.APPROVE
    if negative and not (command.reasons and command.opinion):
        objections.append(reason_missing("/reasons"))
    if not negative:
        objections += vote_objections(case, around)
        objections += unanswered(case, stage)
        objections += paused(case, around)
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
        departs=departs,
        substitute=substitute,
    )
    if stage.publicity is not None:
        return (approved,)
    return (approved, *onward(case, stage, around))


def go_on(case: Case, around: Circumstances) -> tuple[CaseEvent, ...]:
    """After a publicity, handler or leader of the stage lets the case go on.

    To the next stage by either; to recognition by the leader, who decided it.
    Whoever is sooner than the timekeeper after the last day closes the publicity with it.
    """
    if not isinstance(case.phase, InPublicity):
        raise Refused(refusals.wrong_phase(case, "上报", "forwarded"))
    stage = case.stage(case.phase.stage)
    last = case.after(stage.stage) is None
    _, objections = seat_objections(case, stage, LEADER, around)
    if objections and not last:
        _, as_handler = seat_objections(case, stage, HANDLER, around)
        objections = as_handler
    blocking, marks = publicity_objections(case, around)
    objections += blocking
    objections += paused(case, around)
    objections += around.onward
    if objections:
        raise Refused(*objections)
    return (*close_publicity(case, around.at), *marks, *onward(case, stage, around))


def designate_substitute(
    case: Case, command: DesignateSubstitute, around: Circumstances
) -> tuple[CaseEvent, ...]:
    """Who stands in for a seat of a stage in this one case (A-14).

    A substitute is held to the same rules as the one whose place is taken, and no applicant
    chooses who reviews them.
    """
    if not case.is_open or not case.chain:
        raise Refused(refusals.wrong_phase(case, "指定代行审查人", "given a substitute"))
    if command.stage not in {each.stage for each in case.chain}:
        raise Refused(refusals.unknown_stage(command.stage))
    stage = case.stage(command.stage)
    objections = person_objections(case, stage, command.seat, command.person, around)
    if command.roles_of_person & WATCHING_ROLES:
        objections.append(watcher_seated("/account"))
    if around.humans.same(around.actor.person, case.applicant):
        cited = around.law.behind("SELF_REVIEW")
        objections.append(
            own_affair("本人申报的代行审查人指定", "substitutes in their own case", cited)
        )
    if command.seat not in stage.seats:
        objections.append(unknown_seat(command.seat, stage.seats))
    if objections:
        raise Refused(*objections)
    return (
        SubstituteDesignated(
            designation=command.designation,
            stage=command.stage,
            organisation=stage.organisation,
            seat=command.seat,
            person=command.person,
            account=command.account,
            home=command.home,
            reason=command.reason,
        ),
    )


def record_judgement(
    case: Case, command: RecordJudgement, seat: str, around: Circumstances
) -> tuple[CaseEvent, ...]:
    """A reviewer of the present stage answers what the law leaves to human judgement.

    Nothing else: an answer to what nobody asked would bind whatever is asked later.
    """
    stage = present_stage(case)
    _, objections = seat_objections(case, stage, seat, around)
    if command.question not in case.questions():
        objections.append(refusals.not_asked(command.question, case.questions()))
    if objections:
        raise Refused(*objections)
    return (
        JudgementRecorded(
            judgement=command.judgement,
            question=command.question,
            satisfied=command.satisfied,
            organisation=stage.organisation,
            seat=seat,
            grounds=command.grounds,
            rules=command.rules,
        ),
    )


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


def _verification_objections(
    case: Case, stage: ChainStage, command: GiveOpinion, around: Circumstances
) -> list[Refusal]:
    objections = []
    claims = case.claims
    found = {each.claim: each.finding for each in command.verifications}
    strange = sorted(found.keys() - claims.keys())
    if strange:
        objections.append(refusals.unknown_claims(strange, "/verifications"))
    materials = {each.material for each in case.materials}
    unseen = sorted({m for each in command.verifications for m in each.materials} - materials)
    if unseen:
        objections.append(refusals.unknown_materials(unseen, "/verifications"))
    if command.recommendation is Recommendation.APPROVE:
        unverified = sorted(claims.keys() - found.keys() - case.asserted)
        if unverified:
            objections.append(refusals.unverified_claims(unverified))
        doubted = sorted(
            claim for claim, finding in found.items() if finding is not ClaimFinding.CONFIRMED
        )
        if doubted:
            objections.append(refusals.refuted_claims(doubted))
    first = sorted(
        claim
        for claim, finding in found.items()
        if finding is ClaimFinding.CONFIRMED
        and claim in claims.keys() - case.asserted
        and claims[claim] not in stage.first_to_assert
    )
    if first:
        objections.append(refusals.first_assertion(first, around.law.behind("FIRST_ASSERTION")))
    return objections


@dataclass(frozen=True)
class _Marks:
    """What a decision is marked with: against the handler's opinion; by a substitute."""

    departs: bool
    substitute: bool


def _negative(
    case: Case, command: DecideAsLeader, around: Circumstances, marks: _Marks
) -> tuple[CaseEvent, ...]:
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
        departs=marks.departs,
        substitute=marks.substitute,
    )
    return (ended, *late(case, around))
