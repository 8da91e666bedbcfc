"""A handler takes the own opinion back (撤回意见) until somebody else has acted upon it.

It counts no more and is told to nobody outside; who gave it stays a handler of the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.case.acts import seated
from domain.case.phase import UnderReview
from domain.case.seats import present_stage, seat_objections
from domain.event import Event
from domain.refusal import Refusal, Refused
from domain.replacing import replace
from domain.separation import HANDLER

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class OpinionTakenBack(Event, topic="case:opinion-taken-back:1", chinese="撤回审查意见"):
    """A handler took their own opinion back; ``opinion`` is the version of its event."""

    opinion: int
    round: int
    stage: str
    organisation: str


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


def evolve(state: Case, event: OpinionTakenBack, by: By) -> Case:
    """The case waits for an opinion again; nothing that it vouched for is vouched for."""
    void = (each for each in state.vouched if each.stage == event.stage)
    return replace(
        seated(state, event, HANDLER, by),
        phase=UnderReview(event.stage),
        vouched=state.vouched.left(*void),
        last_act=None,
        rescission=None,
    )
