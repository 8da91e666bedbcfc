"""Filing: submitted, filed again after a return, withdrawn, or lapsed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, assert_never

from domain.case import refusals
from domain.case.phase import Draft, Ended, Returned, Suspended, UnderReview
from domain.case.values import AssessmentResult, ChainStage, ItemAnswer, LawReference, ReturnItem
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class CaseSubmitted(Event, topic="case:submitted:1", chinese="提交"):
    """The application was filed and the chain of its review fixed (提交).

    ``extensions`` are those of a window without which it would not have been in time. Where the
    actor files for the applicant (帮办), what is declared rests on the form that they signed.
    """

    law: LawReference
    round: int
    result: AssessmentResult
    chain: tuple[ChainStage, ...]
    materials: tuple[str, ...]
    declared_truthful: bool
    declared_unclassified: bool
    complete_by: date | None
    complete_by_rules: tuple[str, ...]
    extensions: tuple[str, ...] = ()


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
class CaseWithdrawn(Event, topic="case:withdrawn:1", chinese="撤回"):
    """The applicant withdrew the case (撤回)."""

    reason: Personal | None


@dataclass(frozen=True, kw_only=True)
class CaseLapsed(Event, topic="case:lapsed:1", chinese="视为放弃"):
    """The due date of a return passed without a resubmission (视为放弃)."""

    round: int
    due_at: datetime
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Submit:
    """The applicant files; ``result`` and ``obstacles`` are the law's answer at ``at``.

    ``obstacles`` are all reasons outside the case for which it can't be filed: window,
    eligibility, missing materials, integrity record, an open case.
    """

    result: AssessmentResult
    obstacles: tuple[Refusal, ...]
    chain: tuple[ChainStage, ...]
    declared_truthful: bool
    declared_unclassified: bool
    complete_by: date | None
    complete_by_rules: tuple[str, ...]
    extensions: tuple[str, ...] = ()
    law: LawReference | None = None


@dataclass(frozen=True, kw_only=True)
class Resubmit:
    """The applicant files the mended case again, with an answer to each item of the return."""

    answers: tuple[ItemAnswer, ...]
    result: AssessmentResult
    obstacles: tuple[Refusal, ...]
    declared_truthful: bool
    declared_unclassified: bool


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The applicant gives the case up."""

    reason: Personal | None


@dataclass(frozen=True, kw_only=True)
class Lapse:
    """The timekeeper ends a returned case whose due date has passed."""

    round: int


def submit(case: Case, command: Submit) -> tuple[CaseSubmitted, ...]:
    """The case is filed: the law's answer and the chain of review are fixed in the event."""
    if not isinstance(case.phase, Draft):
        raise Refused(refusals.wrong_phase(case, "提交", "submitted"))
    objections = _declarations(
        truthful=command.declared_truthful, unclassified=command.declared_unclassified
    )
    if not case.claims:
        objections.append(refusals.application_missing())
    objections.extend(command.obstacles)
    if objections:
        raise Refused(*objections)
    return (
        CaseSubmitted(
            law=command.law or case.law,
            round=1,
            result=command.result,
            chain=command.chain,
            materials=tuple(each.material for each in case.materials),
            declared_truthful=command.declared_truthful,
            declared_unclassified=command.declared_unclassified,
            complete_by=command.complete_by,
            complete_by_rules=command.complete_by_rules,
            extensions=command.extensions,
        ),
    )


def resubmit(case: Case, command: Resubmit, at: datetime) -> tuple[CaseResubmitted, ...]:
    """The mended case comes back in its next round, until the return's due date (A-15)."""
    if not isinstance(case.phase, Returned):
        raise Refused(refusals.wrong_phase(case, "重新提交", "resubmitted"))
    objections = _declarations(
        truthful=command.declared_truthful, unclassified=command.declared_unclassified
    )
    if not case.claims:
        objections.append(refusals.application_missing())
    objections += _answer_objections(case.phase.items, command.answers)
    if at >= case.phase.due_at:
        objections.append(refusals.past_due(case.phase.due_at))
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


def withdraw(case: Case, command: Withdraw) -> tuple[CaseWithdrawn, ...]:
    """The applicant gives the case up before a title is recognised.

    Not while it is held still: nobody walks out of an investigation.
    """
    if isinstance(case.phase, Suspended) or not case.is_open:
        raise Refused(refusals.wrong_phase(case, "撤回", "withdrawn"))
    return (CaseWithdrawn(reason=command.reason),)


def lapse(case: Case, command: Lapse, at: datetime) -> tuple[CaseLapsed, ...]:
    """A returned case whose due date has passed ends by itself; nothing, where it has moved on."""
    if not isinstance(case.phase, Returned) or case.round != command.round:
        return ()
    if at < case.phase.due_at:
        return ()
    return (CaseLapsed(round=case.round, due_at=case.phase.due_at, rules=case.phase.due_rules),)


def _answer_objections(items: Iterable[ReturnItem], answers: Iterable[ItemAnswer]) -> list[Refusal]:
    asked, given = [each.item for each in items], [each.item for each in answers]
    objections = []
    if unanswered := [each for each in asked if each not in given]:
        objections.append(refusals.items_unanswered(unanswered))
    if strange := [each for each in given if each not in asked or given.count(each) > 1]:
        objections.append(refusals.items_strange(list(dict.fromkeys(strange))))
    return objections


def _declarations(*, truthful: bool, unclassified: bool) -> list[Refusal]:
    objections = []
    if not truthful:
        objections.append(
            refusals.declaration_missing(
                "所填内容和材料真实、准确",
                "everything stated and attached is true",
                "/declared_truthful",
            )
        )
    if not unclassified:
        objections.append(
            refusals.declaration_missing(
                "材料不含涉密信息", "nothing in it is classified", "/declared_unclassified"
            )
        )
    return objections


Events = CaseSubmitted | CaseResubmitted | CaseWithdrawn | CaseLapsed
"""What happens to a case here."""


def evolve(state: Case, event: Events) -> Case:
    """The case after it was filed or given up."""
    match event:
        case CaseSubmitted():
            return replace(
                state,
                phase=UnderReview(event.chain[0].stage),
                law=event.law,
                filed_under=event.law,
                round=event.round,
                result=event.result,
                filed_at=event.result.assessed_at,
                chain=event.chain,
                complete_by=event.complete_by,
                complete_by_rules=event.complete_by_rules,
            )
        case CaseResubmitted():
            return replace(reopened(state, event.resume_stage, event.round), result=event.result)
        case CaseWithdrawn():
            return replace(state, phase=Ended("withdrawn"))
        case CaseLapsed():
            return replace(state, phase=Ended("lapsed"))
        case _:
            assert_never(event)


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
