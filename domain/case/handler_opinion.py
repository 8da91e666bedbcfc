"""A handler's opinion of a case (经办人审查): given, and taken back (撤回意见) by who gave it.

It is checked for separation of duties (XW-22…25, A-14) against all that was done in this case
before, in whatever round, and by persons, not accounts.
One that was taken back counts no more and is told to nobody outside; who gave it stays a handler
of the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.case.acts import reviewed, seated
from domain.case.establishing import knowing, not_here
from domain.case.next_stage import paused
from domain.case.phase import Opinion, UnderReview
from domain.case.reasons import reason_objections
from domain.case.remembered import Assertion
from domain.case.seats import present_stage, seat_objections, word_objections
from domain.case.values import ClaimFinding, EstablishedFact, Reason, Recommendation, Verification
from domain.case.verification import verification_objections
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.entries import reason_missing
from domain.replacing import replace
from domain.separation import HANDLER

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
class OpinionTakenBack(Event, topic="case:opinion-taken-back:1", chinese="撤回审查意见"):
    """A handler took their own opinion back; ``opinion`` is the version of its event."""

    opinion: int
    round: int
    stage: str
    organisation: str


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


def take_back(case: Case, around: Circumstances) -> tuple[OpinionTakenBack, ...]:
    """Only the own opinion, and only while the case waits for the leader with it."""
    stage = present_stage(case)
    assert isinstance(case.phase, UnderReview)
    _, objections = seat_objections(case, stage, HANDLER, around)
    opinion = case.phase.opinion
    if opinion is None or not around.humans.same(around.actor.person, opinion.person):
        objections.append(_none_of_yours())
    if objections or opinion is None:
        raise Refused(*objections)
    return (
        OpinionTakenBack(
            opinion=opinion.version,
            round=case.round,
            stage=stage.stage,
            organisation=stage.organisation,
        ),
    )


def _none_of_yours() -> Refusal:
    return Refusal(
        "NO_OPINION_OF_YOURS",
        "本环节目前没有您本人给出、领导尚未据以决定的审查意见。",
        "No opinion of your own waits for the leader at this stage.",
    )


Events = HandlerOpinionGiven | OpinionTakenBack
"""What happens to a case here."""


def evolve(state: Case, event: Events, by: By) -> Case:
    """The case after a handler's opinion; after one that was taken back it waits for another.

    Nothing is vouched for any more that was by one taken back.
    """
    match event:
        case HandlerOpinionGiven():
            opinion = Opinion(by.person, event.recommendation, state.version + 1)
            acted = replace(
                reviewed(state, event, HANDLER, by),
                phase=UnderReview(event.stage, opinion),
                vouched=state.vouched.joined(*_confirmed(event)),
            )
            return knowing(acted, event.established, event.stage)
        case OpinionTakenBack():
            void = (each for each in state.vouched if each.stage == event.stage)
            return replace(
                seated(state, event, HANDLER, by),
                phase=UnderReview(event.stage),
                vouched=state.vouched.left(*void),
                last_act=None,
                rescission=None,
            )
        case _:
            assert_never(event)


def _confirmed(event: HandlerOpinionGiven) -> Iterator[Assertion]:
    for each in event.verifications:
        if each.finding is ClaimFinding.CONFIRMED:
            yield Assertion(each.claim, event.stage)
