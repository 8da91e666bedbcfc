"""Filing: an application is submitted (提交), and the chain of its review fixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.case import refusals
from domain.case.phase import Draft, UnderReview
from domain.case.values import AssessmentResult, ChainStage, LawReference
from domain.event import Event
from domain.refusal import Refusal, Refused
from domain.replacing import replace

if TYPE_CHECKING:
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


def submit(case: Case, command: Submit) -> tuple[CaseSubmitted, ...]:
    """The case is filed: the law's answer and the chain of review are fixed in the event."""
    if not isinstance(case.phase, Draft):
        raise Refused(refusals.wrong_phase(case, "提交", "submitted"))
    objections = declarations(
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


def declarations(*, truthful: bool, unclassified: bool) -> list[Refusal]:
    """What whoever files has not declared of what is filed."""
    objections = []
    if not truthful:
        objections.append(
            declaration_missing(
                "所填内容和材料真实、准确",
                "everything stated and attached is true",
                "/declared_truthful",
            )
        )
    if not unclassified:
        objections.append(
            declaration_missing(
                "材料不含涉密信息", "nothing in it is classified", "/declared_unclassified"
            )
        )
    return objections


def evolve(state: Case, event: CaseSubmitted) -> Case:
    """The case under review at the first stage of its chain."""
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


def declaration_missing(chinese: str, english: str, pointer: str) -> Refusal:
    """A declaration that every filing needs was not made."""
    return Refusal(
        "DECLARATION_MISSING",
        f"提交前须作出声明：{chinese}。",
        f"Before filing you have to declare that {english}.",
        pointer=pointer,
    )
