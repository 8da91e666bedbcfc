"""Rescission of an official's slip (纠错撤回): proposed by the handler, confirmed by the leader.

Both acts stay visible. Nothing is rescinded once a certificate is issued, or once somebody else has
acted on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.case.acts import seated
from domain.case.remembered import LastAct, Rescission
from domain.case.seats import hand_objections, person_objections
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.seats import not_in_seat
from domain.refusals.two_persons import proposal_first
from domain.replacing import replace
from domain.separation import HANDLER, LEADER, REVIEWING_SEATS, same_reviewer

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class RescissionProposed(Event, topic="case:rescission-proposed:1", chinese="提出纠错撤回"):
    """A handler proposed to rescind the last act of their organisation as a slip."""

    act: int
    act_topic: str
    stage: str
    organisation: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class ActRescinded(Event, topic="case:act-rescinded:1", chinese="纠错撤回"):
    """A leader confirmed it; the case stands where it stood before that act.

    ``act`` is the version of the rescinded event in this stream.
    """

    act: int
    act_topic: str
    stage: str
    organisation: str


def propose_rescission(
    case: Case, reason: Personal, around: Circumstances
) -> tuple[RescissionProposed, ...]:
    """The handler of the organisation whose slip it is proposes to rescind it."""
    last = _rescindable(case)
    _in_seat(case, last, HANDLER, around)
    return (
        RescissionProposed(
            act=last.version,
            act_topic=last.topic,
            stage=last.stage,
            organisation=last.organisation,
            reason=reason,
        ),
    )


def confirm_rescission(case: Case, around: Circumstances) -> tuple[ActRescinded, ...]:
    """The leader confirms; never the person who proposed."""
    last = _rescindable(case)
    if case.rescission is None or case.rescission.act != last.version:
        raise Refused(proposal_first("纠错撤回", "correction"))
    _in_seat(case, last, LEADER, around)
    if around.humans.same(around.actor.person, case.rescission.person):
        raise Refused(same_reviewer(around.law))
    return (
        ActRescinded(
            act=last.version,
            act_topic=last.topic,
            stage=last.stage,
            organisation=last.organisation,
        ),
    )


def rescindable(case: Case) -> LastAct | None:
    """The last act, where it could be a reviewer's slip.

    How an objection was settled is none, whatever that brought for the case.
    """
    last, certified = case.last_act, getattr(case.phase, "certificate", None) is not None
    return None if last is None or certified or last.seat not in REVIEWING_SEATS else last


def _rescindable(case: Case) -> LastAct:
    last = rescindable(case)
    if last is None:
        raise Refused(
            Refusal(
                "NOTHING_TO_RESCIND",
                "没有可以纠错撤回的办理：已发证，或其后已有其他单位办理，或系异议处理结果。",
                "There is nothing to correct: a certificate is issued, others have acted since, or"
                " an objection was settled.",
            )
        )
    return last


def _in_seat(case: Case, last: LastAct, seat: str, around: Circumstances) -> None:
    stage = case.stage(last.stage)
    objections = person_objections(case, stage, seat, around.actor.person, around)
    here = around.organisation.organisation == last.organisation
    if not here or not around.sits(seat):
        objections.insert(0, not_in_seat(seat))
    if here:
        objections += hand_objections(case, stage, seat, around)
    if objections:
        raise Refused(*objections)


Events = RescissionProposed | ActRescinded
"""What happens to a case here."""


def evolve(state: Case, event: Events, by: By) -> Case:
    """The case with an act of it put right."""
    match event:
        case RescissionProposed():
            proposed = seated(state, event, HANDLER, by)
            return replace(proposed, rescission=Rescission(event.act, by.person))
        case ActRescinded():
            assert state.last_act is not None
            return replace(
                seated(state, event, LEADER, by),
                phase=state.last_act.before,
                vouched=state.last_act.vouched,
                votes=state.votes.struck(event.act),
                returns=state.returns.struck(event.act),
                passed=state.passed.struck(event.stage),
                last_act=None,
                rescission=None,
            )
        case _:
            assert_never(event)
