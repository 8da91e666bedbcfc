"""What the law leaves to human judgement (人工判断), answered by a reviewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.case.phase import UnderReview
from domain.case.remembered import Act, Judgement
from domain.case.seats import present_stage, seat_objections
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class JudgementRecorded(Event, topic="case:judgement-recorded:1", chinese="人工判断"):
    """A person answered a question that the law leaves to human judgement (人工判断).

    ``question`` is the code that asked for it, such as ``TABLE_NOT_SUPPLIED``.
    """

    judgement: str
    question: str
    satisfied: bool
    organisation: str
    seat: str
    grounds: Personal
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RecordJudgement:
    """A reviewer answers a question that the law leaves to human judgement."""

    judgement: str
    question: str
    satisfied: bool
    grounds: Personal
    rules: tuple[str, ...]


def record_judgement(
    case: Case, command: RecordJudgement, seat: str, around: Circumstances
) -> tuple[JudgementRecorded, ...]:
    """A reviewer of the present stage answers what the law leaves to human judgement.

    Nothing else: an answer to what nobody asked would bind whatever is asked later.
    """
    stage = present_stage(case)
    _, objections = seat_objections(case, stage, seat, around)
    if command.question not in case.questions():
        objections.append(not_asked(command.question, case.questions()))
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


def evolve(state: Case, event: JudgementRecorded, by: By) -> Case:
    """A judgement is an act of its seat: whoever gave it can't fill the opposite one."""
    assert isinstance(state.phase, UnderReview)
    stage = state.phase.stage
    act = Act(state.round, stage, event.organisation, event.seat, by)
    judged = Judgement(event.question, event.satisfied, stage)
    judgements = state.judgements.entered((event.question, stage), judged)
    return replace(state, acts=state.acts.added(act), judgements=judgements)


def not_asked(question: str, asked: Iterable[str]) -> Refusal:
    """A judgement on what the law did not leave to anybody's judgement in this case."""
    chinese, english = "、".join(asked) or "无", ", ".join(asked) or "none"
    return Refusal(
        "UNKNOWN_QUESTION",
        f"本案没有「{question}」这一待判断事项。现有：{chinese}。",
        f"The law asks no {question!r} in this case. It asks: {english}.",
        pointer="/question",
    )
