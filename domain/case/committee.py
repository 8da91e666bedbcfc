"""The committee stage (评审): a vote held by a committee, entered by its office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.case import refusals
from domain.case.acts import reviewed
from domain.case.next_stage import (
    late,
    onward,
    paused,
    unanswered,
)
from domain.case.phase import Ended, UnderReview
from domain.case.remembered import Vote
from domain.case.seats import fills, person_objections, seat_objections, word_objections
from domain.event import Event
from domain.personal import Personal, Purpose
from domain.refusal import Refusal, Refused
from domain.refusals.entries import occurred_later
from domain.refusals.seats import not_in_seat
from domain.replacing import replace
from domain.separation import HANDLER

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.entries import Voted
    from domain.case.remembered import By
    from domain.case.state import Case
    from domain.case.values import ChainStage


@dataclass(frozen=True, kw_only=True)
class VotesRecorded(Event, topic="case:votes-recorded:1", chinese="表决"):
    """A committee voted on the case; ``carried`` is the law's answer to the numbers."""

    round: int
    stage: str
    organisation: str
    held_on: date
    members: int
    present: int
    in_favour: int
    against: int
    abstained: int
    carried: bool
    minutes: Personal | None
    no_reason_to_recuse: bool
    late_entry: bool
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RejectedByVote(Event, topic="case:rejected-by-vote:1", chinese="表决未通过"):
    """A committee that decides alone at its stage did not carry the case, which ends (表决未通过).

    No leader's act: who entered the vote decided nothing.
    """

    round: int
    stage: str
    organisation: str
    notice: str
    rules: tuple[str, ...]
    explanation: Personal


@dataclass(frozen=True, kw_only=True)
class RecordVotes:
    """Enter the vote as it was held; ``carried`` and ``rules`` are the law's answer.

    ``notice`` is the number of the notice where the vote itself ends the case;
    ``no_reason_to_recuse`` the word of who enters it that there is none.
    """

    held_on: date
    members: int
    present: int
    in_favour: int
    against: int
    abstained: int
    carried: bool
    minutes: Personal | None
    no_reason_to_recuse: bool
    rules: tuple[str, ...]
    notice: str


def record_votes(case: Case, command: RecordVotes, around: Circumstances) -> tuple[Event, ...]:
    """The handler of a stage at which a committee votes enters the vote, once a round.

    Where the stage has no seats besides the vote, the vote decides: the case goes on, or is
    rejected.
    """
    if not isinstance(case.phase, UnderReview):
        raise Refused(refusals.wrong_phase(case, "登记表决", "voted on"))
    stage = case.stage(case.phase.stage)
    objections = _secretary_objections(case, stage, around)
    objections += word_objections(around, given=command.no_reason_to_recuse)
    if command.carried and not stage.seats:
        objections += unanswered(case, stage, around)
        objections += paused(case, around)
        objections += around.against
    if not stage.votes:
        objections.append(_no_vote(stage.label))
    if case.vote_of(stage.stage) is not None:
        objections.append(_voted())
    objections += held_objections(command, around)
    if objections:
        raise Refused(*objections)
    recorded = VotesRecorded(
        round=case.round,
        stage=stage.stage,
        organisation=stage.organisation,
        held_on=command.held_on,
        members=command.members,
        present=command.present,
        in_favour=command.in_favour,
        against=command.against,
        abstained=command.abstained,
        carried=command.carried,
        minutes=command.minutes,
        no_reason_to_recuse=command.no_reason_to_recuse,
        late_entry=command.held_on < around.today,
        rules=command.rules,
    )
    if stage.seats:
        return (recorded,)
    if command.carried:
        return (recorded, *onward(case, stage, around))
    return (recorded, _rejected(case, stage, command), *late(case, around))


def held_objections(vote: RecordVotes | Voted, around: Circumstances) -> list[Refusal]:
    """What can't be of a vote that was held: numbers that don't add up, a day to come."""
    objections = []
    if (
        vote.in_favour + vote.against + vote.abstained != vote.present
        or vote.present > vote.members
    ):
        objections.append(_numbers())
    if vote.held_on > around.today:
        objections.append(occurred_later(vote.held_on, "/held_on"))
    return objections


def vote_objections(case: Case, around: Circumstances) -> list[Refusal]:
    """Why a leader can't approve a stage at which a committee votes."""
    assert isinstance(case.phase, UnderReview)
    stage = case.stage(case.phase.stage)
    if not stage.votes:
        return []
    vote = case.vote_of(stage.stage)
    if vote is None:
        return [
            Refusal(
                "VOTE_MISSING",
                "本环节须由评审委员会表决，尚未登记表决结果。",
                "A committee votes at this stage, and no vote has been entered.",
                around.law.behind("VOTE_MISSING"),
            )
        ]
    if not vote.carried:
        return [
            Refusal(
                "VOTE_NOT_CARRIED",
                "评审委员会表决未达到规定票数，不能通过。",
                "The committee's vote did not carry, so the case can't be approved.",
                around.law.behind("VOTE_NOT_CARRIED"),
            )
        ]
    return []


def votes_alone(case: Case, around: Circumstances) -> bool:
    """Whether a committee is alone at the present stage, and the actor enters its vote."""
    if not isinstance(case.phase, UnderReview):
        return False
    stage = case.stage(case.phase.stage)
    return stage.votes and not stage.seats and fills(case, stage, HANDLER, around)


def _secretary_objections(case: Case, stage: ChainStage, around: Circumstances) -> list[Refusal]:
    """Where a committee is alone at its stage, the handler of its organisation enters its vote."""
    if stage.seats:
        return seat_objections(case, stage, HANDLER, around)[1]
    objections = list(around.onward) + person_objections(
        case, stage, HANDLER, around.actor.person, around
    )
    here = around.organisation.organisation == stage.organisation
    if not here or not around.sits(HANDLER):
        objections.insert(0, not_in_seat(HANDLER))
    return objections


def _rejected(case: Case, stage: ChainStage, command: RecordVotes) -> RejectedByVote:
    numbers = f"应到{command.members}人，实到{command.present}人，赞成{command.in_favour}票"
    return RejectedByVote(
        round=case.round,
        stage=stage.stage,
        organisation=stage.organisation,
        notice=command.notice,
        rules=command.rules,
        explanation=Personal(numbers, case.applicant, Purpose.APPLICANT),
    )


def _no_vote(label: str) -> Refusal:
    return Refusal(
        "NO_VOTE_AT_STAGE",
        f"「{label}」环节不由委员会表决。",
        "No committee votes at this stage.",
    )


def _voted() -> Refusal:
    return Refusal(
        "ALREADY_VOTED",
        "本轮已登记表决结果；登记有误的，请办理纠错。",
        "The vote of this round has been entered; have a slip corrected instead.",
    )


def _numbers() -> Refusal:
    return Refusal(
        "VOTES_DO_NOT_ADD_UP",
        "赞成、反对、弃权之和须等于出席人数，出席人数不得超过委员总数。",
        "Votes for, against and abstained must add up to those present, at most all members.",
        pointer="/present",
    )


Events = VotesRecorded | RejectedByVote
"""What happens to a case here."""


def evolve(state: Case, event: Events, by: By) -> Case:
    """The case after a committee's vote."""
    match event:
        case VotesRecorded():
            entry = state.version + 1
            vote = Vote(event.round, event.stage, event.carried, entry)
            acted = reviewed(state, event, HANDLER, by)
            return replace(acted, votes=state.votes.entered(entry, vote))
        case RejectedByVote():
            return replace(state, phase=Ended("rejected"))
        case _:
            assert_never(event)
