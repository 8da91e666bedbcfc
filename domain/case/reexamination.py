"""Re-examination (复查) of how a case ended: asked for in time, decided by who had no part in it.

Not accepted, rejected and lapsed cases are re-examined; for misconduct, the finding is. Set aside,
the case goes back to the stage that decided and begins a further round there, as a resubmission
does; what had lapsed is the applicant's to mend once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from domain.case import refusals
from domain.case.phase import Ended, Returned
from domain.case.resubmission import reopened
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.reexamination import (
    decided_before,
    no_review_asked,
    review_too_late,
    review_under_way,
)
from domain.refusals.seats import not_above, not_in_seat
from domain.refusals.two_persons import own_affair
from domain.replacing import replace
from domain.separation import INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.case.circumstances import Circumstances
    from domain.case.remembered import Ending
    from domain.case.state import Case

REVIEWABLE = frozenset({"not_accepted", "rejected", "lapsed"})
"""The outcomes of a case that can be re-examined."""


class Reexamined(StrEnum):
    """What a re-examination ends in."""

    UPHELD = "upheld"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, kw_only=True)
class ReexaminationRequested(Event, topic="case:reexamination-requested:1", chinese="申请复查"):
    """The applicant asked for a re-examination of the outcome, to be decided by ``decide_by``."""

    outcome: str
    grounds: Personal
    decide_by: date
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OutcomeUpheld(Event, topic="case:outcome-upheld:1", chinese="复查维持"):
    """The outcome stands, by a numbered decision of ``organisation``; ``late``: after its term."""

    outcome: str
    organisation: str
    decision: str
    reason: Personal
    late: bool


@dataclass(frozen=True, kw_only=True)
class OutcomeSetAside(Event, topic="case:outcome-set-aside:1", chinese="复查撤销，恢复办理"):
    """The outcome was set aside: the case is reviewed again, in round ``round``, where it ended."""

    outcome: str
    round: int
    resume_stage: str
    organisation: str
    decision: str
    reason: Personal
    late: bool


@dataclass(frozen=True, kw_only=True)
class LapseSetAside(Event, topic="case:lapse-set-aside:1", chinese="复查撤销逾期终结"):
    """The lapse was set aside: the applicant may mend the case until ``due_at`` (UTC)."""

    round: int
    organisation: str
    decision: str
    due_at: datetime
    due_rules: tuple[str, ...]
    reason: Personal
    late: bool


@dataclass(frozen=True, kw_only=True)
class RequestReexamination:
    """Ask for it; ``ask_by`` is the last day in Beijing for asking, ``decide_by`` for deciding."""

    grounds: Personal
    ask_by: date
    decide_by: date
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DecideReexamination:
    """Decide it; ``due_at`` ends the time to mend a case whose lapse is set aside (UTC).

    ``in_the_way`` is why the case can't go on, such as another one that is under way.
    """

    outcome: Reexamined
    decision: str
    reason: Personal
    due_at: datetime
    due_rules: tuple[str, ...]
    in_the_way: tuple[Refusal, ...]


def request(
    case: Case, command: RequestReexamination, around_today: date
) -> tuple[ReexaminationRequested, ...]:
    """The applicant asks, once for each outcome, within the term."""
    ending = _ending(case)
    objections = []
    if ending.decide_by is not None:
        objections.append(review_under_way())
    if ending.upheld:
        objections.append(
            Refusal(
                "REVIEWED_BEFORE",
                "该结果已经复查维持，不再重复复查。仍有异议的，可以投诉举报。",
                "This outcome was re-examined and upheld, and is not re-examined again."
                " You can still hand in a complaint.",
            )
        )
    if around_today > command.ask_by:
        objections.append(review_too_late(command.ask_by))
    if objections:
        raise Refused(*objections)
    return (
        ReexaminationRequested(
            outcome=_outcome(case),
            grounds=command.grounds,
            decide_by=command.decide_by,
            rules=command.rules,
        ),
    )


def decide(
    case: Case,
    command: DecideReexamination,
    around: Circumstances,
    *,
    forum: Collection[str],
    involved: Collection[str],
) -> tuple[OutcomeUpheld | OutcomeSetAside | LapseSetAside, ...]:
    """An integrity leader of one of the organisations of the ``forum`` decides.

    ``involved`` is whoever had a part in the case: none of them does.
    """
    ending = _ending(case)
    objections = []
    if ending.decide_by is None:
        objections.append(no_review_asked())
    if around.organisation.organisation not in forum:
        objections.append(not_above())
    if not around.sits(INTEGRITY_LEADER):
        objections.append(not_in_seat(INTEGRITY_LEADER))
    if around.humans.among(around.actor.person, involved):
        objections.append(decided_before(around.law.behind("REVIEWER_INVESTIGATES")))
    if around.humans.same(around.actor.person, case.applicant):
        objections.append(own_affair("涉及本人的复查", "a re-examination of their own case"))
    if command.outcome is Reexamined.SET_ASIDE:
        objections += command.in_the_way
    if objections:
        raise Refused(*objections)
    return (_decided(case, ending, command, around),)


def _decided(
    case: Case, ending: Ending, command: DecideReexamination, around: Circumstances
) -> OutcomeUpheld | OutcomeSetAside | LapseSetAside:
    own = around.organisation.organisation
    late = ending.decide_by is not None and around.today > ending.decide_by
    if command.outcome is Reexamined.UPHELD:
        return OutcomeUpheld(
            outcome=_outcome(case),
            organisation=own,
            decision=command.decision,
            reason=command.reason,
            late=late,
        )
    if isinstance(ending.before, Returned):
        return LapseSetAside(
            round=case.round,
            organisation=own,
            decision=command.decision,
            due_at=command.due_at,
            due_rules=command.due_rules,
            reason=command.reason,
            late=late,
        )
    return OutcomeSetAside(
        outcome=_outcome(case),
        round=case.round + 1,
        resume_stage=ending.stage,
        organisation=own,
        decision=command.decision,
        reason=command.reason,
        late=late,
    )


def _outcome(case: Case) -> str:
    assert isinstance(case.phase, Ended)
    return case.phase.outcome


def _ending(case: Case) -> Ending:
    """How the case ended, where that can be re-examined."""
    if not reviewable(case):
        raise Refused(refusals.wrong_phase(case, "申请复查", "re-examined"))
    assert case.ending is not None
    return case.ending


def reviewable(case: Case) -> bool:
    """Whether the case ended in a way that can be re-examined."""
    ended = isinstance(case.phase, Ended) and case.phase.outcome in REVIEWABLE
    return ended and case.ending is not None


def may_be_asked_for(case: Case) -> bool:
    """Whether a re-examination can be asked for, as long as its term runs."""
    ending = case.ending
    return reviewable(case) and ending is not None and not (ending.decide_by or ending.upheld)


Events = ReexaminationRequested | OutcomeUpheld | OutcomeSetAside | LapseSetAside
"""What happens to a case here."""


def evolve(state: Case, event: Events) -> Case:
    """The case whose outcome is asked about, stands, or is set aside."""
    assert state.ending is not None
    match event:
        case ReexaminationRequested():
            return replace(state, ending=replace(state.ending, decide_by=event.decide_by))
        case OutcomeUpheld():
            return replace(state, ending=replace(state.ending, decide_by=None, upheld=True))
        case OutcomeSetAside():
            return replace(reopened(state, event.resume_stage, event.round), ending=None)
        case LapseSetAside():
            before = state.ending.before
            assert isinstance(before, Returned)
            due = replace(before, due_at=event.due_at, due_rules=event.due_rules)
            return replace(state, phase=due, ending=None)
        case _:
            assert_never(event)
