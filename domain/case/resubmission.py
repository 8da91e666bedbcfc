"""Resubmission: a returned case is mended and filed again (重新提交); its next round begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain import beijing
from domain.case import refusals
from domain.case.filing import declarations
from domain.case.phase import Returned, UnderReview
from domain.case.values import AssessmentResult, ItemAnswer, ReturnItem
from domain.event import Event
from domain.refusal import Citation, Refusal, Refused
from domain.refusals.sentences_by_code import refusal
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class CaseResubmitted(Event, topic="case:resubmitted:1", chinese="重新提交"):
    """The applicant filed the mended case; its next round began (重新提交).

    ``answers`` are to the items of the return, each to its own; ``unmended`` the items about which
    nothing has changed since, for the reviewers to see.
    """

    round: int
    resume_stage: str
    materials: tuple[str, ...]
    answers: tuple[ItemAnswer, ...]
    unmended: tuple[str, ...]
    result: AssessmentResult


@dataclass(frozen=True, kw_only=True)
class Resubmit:
    """The applicant files the mended case again, with an answer to each item of the return."""

    answers: tuple[ItemAnswer, ...]
    result: AssessmentResult
    obstacles: tuple[Refusal, ...]
    declared_truthful: bool
    declared_unclassified: bool


def resubmit(case: Case, command: Resubmit, at: datetime) -> tuple[CaseResubmitted, ...]:
    """The mended case comes back in its next round, until the return's due date (A-15)."""
    if not isinstance(case.phase, Returned):
        raise Refused(refusals.wrong_phase(case, "重新提交", "resubmitted"))
    objections = declarations(
        truthful=command.declared_truthful, unclassified=command.declared_unclassified
    )
    if not case.claims:
        objections.append(refusals.application_missing())
    objections += _answer_objections(case.phase.items, command.answers)
    if at >= case.phase.due_at:
        objections.append(past_due(case.phase.due_at))
    objections.extend(command.obstacles)
    if objections:
        raise Refused(*objections)
    return (
        CaseResubmitted(
            round=case.round + 1,
            resume_stage=case.phase.resume_stage,
            materials=tuple(each.material for each in case.materials),
            answers=command.answers,
            unmended=unmended(case),
            result=command.result,
        ),
    )


def unmended(case: Case) -> tuple[str, ...]:
    """The items of the present return about which nothing has changed since it was made."""
    assert isinstance(case.phase, Returned)
    before = next(iter(case.returns[-1:]), None)
    if before is None:
        return ()
    claims, files = case.worded & before.worded, set(case.materials) & set(before.materials)
    same = {claim for claim, _ in claims} | {each.material for each in files}
    known = {claim for claim, _ in before.worded} | {each.material for each in before.materials}
    whole = case.worded == before.worded and set(case.materials) == set(before.materials)
    return tuple(
        each.item
        for each in case.phase.items
        if (each.subject in same if each.subject in known else whole)
    )


def _answer_objections(items: Iterable[ReturnItem], answers: Iterable[ItemAnswer]) -> list[Refusal]:
    asked, given = [each.item for each in items], [each.item for each in answers]
    objections = []
    if unanswered := [each for each in asked if each not in given]:
        objections.append(items_unanswered(unanswered))
    if strange := [each for each in given if each not in asked or given.count(each) > 1]:
        objections.append(items_strange(list(dict.fromkeys(strange))))
    return objections


def evolve(state: Case, event: CaseResubmitted) -> Case:
    """The case under review again, in its next round."""
    return replace(reopened(state, event.resume_stage, event.round), result=event.result)


def reopened(state: Case, stage: str, round_: int) -> Case:
    """The case under review again at a stage, in a further round."""
    return replace(_void_from(state, stage), phase=UnderReview(stage), round=round_)


def _void_from(state: Case, stage: str) -> Case:
    """What a stage that is now repeated vouched for and judged is void in the new round (A-15)."""
    ids = [each.stage for each in state.chain]
    kept = ids[: ids.index(stage)]
    judgements = state.judgements
    for each in state.judgements:
        if each.stage not in kept:
            judgements = judgements.struck((each.question, each.stage))
    void = (each for each in state.vouched if each.stage not in kept)
    return replace(state, vouched=state.vouched.left(*void), judgements=judgements)


def items_unanswered(items: Iterable[str]) -> Refusal:
    """A filing again that says nothing to some items of the return."""
    return Refusal(
        "RETURN_ITEMS_UNANSWERED",
        f"请逐项答复退回所列事项，尚未答复：第{'、'.join(items)}项。",
        f"Answer every item of the return; not answered yet: {', '.join(items)}.",
        pointer="/answers",
    )


def items_strange(items: Iterable[str]) -> Refusal:
    """Answers to what the return does not name, or twice to the same."""
    return Refusal(
        "RETURN_ITEMS_UNKNOWN",
        f"退回没有列出、或者答复了两次的事项：第{'、'.join(items)}项。",
        f"These are no items of the return, or answered twice: {', '.join(items)}.",
        pointer="/answers",
    )


def past_due(due_at: datetime, citations: tuple[Citation, ...] = ()) -> Refusal:
    """A resubmission after the return's due date."""
    return refusal(
        "STAGE_DEADLINE_MISSED",
        citations,
        closed=(f"北京时间 {beijing.told(due_at)} ", f"{beijing.told(due_at)} (Beijing)"),
        next=("可在下一批次重新申报", "file again in a later batch"),
    )
