"""Where a case goes from a stage that has approved it: to the next, or to recognition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.case.phase import Ended, Recognised, UnderReview
from domain.case.values import ChainStage, LawReference
from domain.event import Event
from domain.policy.authority import REFER_UP
from domain.refusal import Citation, Refusal
from domain.refusals.sentences_by_code import refusal
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.shared_collections import Ledger


@dataclass(frozen=True, kw_only=True)
class CaseForwarded(Event, topic="case:forwarded:1", chinese="上报"):
    """The case went on to the next stage on a day in Beijing (上报).

    Older events leave ``forwarded_on`` to the time at which they were recorded.
    """

    round: int
    from_stage: str
    to_stage: str
    organisation: str
    forwarded_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class TitleRecognised(Event, topic="case:recognised:1", chinese="认定"):
    """The title was recognised (认定).

    ``label`` is the pack's word for the outcome (认定, 初定, 初聘, 评审通过).
    """

    round: int
    stage: str
    organisation: str
    label: str
    series: str
    specialty: str
    level: str
    effective_on: date
    law: LawReference


@dataclass(frozen=True, kw_only=True)
class CaseReferredUp(Event, topic="case:referred-up:1", chinese="上报上级决定"):
    """The last authority of the chain is for it, and sends it to who decides above (上报上级决定).

    Where the law names no authority here that decides, nothing is recognised here (A-17).
    """

    round: int
    stage: str
    organisation: str
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OverdueFlagged(Event, topic="case:overdue-flagged:1", chinese="逾期标记"):
    """An act came later than the law asks; it stays valid and is marked (逾期标记).

    ``entry`` is the version of the entry of papers that it marks.
    """

    what: str
    due_on: date
    happened_on: date
    rules: tuple[str, ...]
    entry: int | None = None


def onward(case: Case, stage: ChainStage, around: Circumstances) -> tuple[Events, ...]:
    """Forwarded to the next stage; after the last, recognised, or referred to who decides above."""
    following = case.after(stage.stage)
    if following is not None:
        forwarded = CaseForwarded(
            round=case.round,
            from_stage=stage.stage,
            to_stage=following.stage,
            organisation=following.organisation,
            forwarded_on=around.today,
        )
        return (forwarded,)
    if case.result is not None and case.result.action == REFER_UP:
        referred = CaseReferredUp(
            round=case.round,
            stage=stage.stage,
            organisation=stage.organisation,
            rules=stage.rules,
        )
        return (referred, *late(case, around))
    recognised = TitleRecognised(
        round=case.round,
        stage=stage.stage,
        organisation=stage.organisation,
        label=around.outcome_label,
        series=case.series,
        specialty=case.specialty,
        level=case.level,
        effective_on=around.today,
        law=case.law,
    )
    return (recognised, *late(case, around))


def paused(case: Case, around: Circumstances) -> list[Refusal]:
    """Why nobody speaks in favour of a case with a file that may be classified (YY-29, YU-11).

    It may be returned, so that the applicant takes the file out, and it may end.
    """
    if not case.pausing:
        return []
    cited = around.law.behind("CLASSIFIED_SUSPECTED")
    return [classified_suspected(case.pausing, cited)]


def late(case: Case, around: Circumstances) -> tuple[OverdueFlagged, ...]:
    """A decision after the day by which the notice wants all work done is marked (XW-35)."""
    if case.complete_by is None or around.today <= case.complete_by:
        return ()
    flagged = OverdueFlagged(
        what="completion",
        due_on=case.complete_by,
        happened_on=around.today,
        rules=case.complete_by_rules,
    )
    return (flagged,)


def unanswered(case: Case, stage: ChainStage, around: Circumstances) -> list[Refusal]:
    """Why the stage that decides can't approve: questions open, or answered with no."""
    if not stage.decides and case.after(stage.stage) is not None:
        return []
    objections = []
    cite = around.law.cite
    if questions := case.open_questions():
        objections.append(judgement_missing(questions, cite(*_asked(case, questions))))
    if denied := case.denied():
        objections.append(judged_unsatisfied(denied, cite(*_asked(case, denied))))
    return objections


def _asked(case: Case, questions: tuple[str, ...]) -> dict[str, None]:
    """The rules that leave these questions to human judgement, each once."""
    reasons = () if case.result is None else case.result.reasons
    return dict.fromkeys(rule for each in reasons if each.code in questions for rule in each.rules)


Events = CaseForwarded | TitleRecognised | CaseReferredUp | OverdueFlagged
"""What happens to a case here."""


def evolve(state: Case, event: Events) -> Case:
    """The case at its next stage, or recognised."""
    match event:
        case CaseForwarded():
            return replace(
                state,
                phase=UnderReview(event.to_stage),
                forwarded=state.forwarded.joined(event.from_stage),
                passed=_passed(state, event.from_stage, event.forwarded_on),
            )
        case TitleRecognised():
            on = event.effective_on
            passed = _passed(state, event.stage, on)
            return replace(state, phase=Recognised(event.stage), passed=passed)
        case CaseReferredUp():
            return replace(state, phase=Ended("referred_up"))
        case OverdueFlagged():
            return state
        case _:
            assert_never(event)


def _passed(state: Case, stage: str, on: date | None) -> Ledger[str, tuple[str, date]]:
    """The stages with the day on which each was passed last."""
    others = state.passed.struck(stage)
    return others if on is None else others.entered(stage, (stage, on))


def judgement_missing(questions: Iterable[str], cited: tuple[Citation, ...]) -> Refusal:
    """The law left something to human judgement, and nobody has answered."""
    return Refusal(
        "JUDGEMENT_MISSING",
        f"以下事项通知未给出标准，须先作出并记录人工判断：{'、'.join(questions)}。",
        f"The notice leaves these to human judgement; record one first: {', '.join(questions)}.",
        cited,
    )


def judged_unsatisfied(questions: Iterable[str], cited: tuple[Citation, ...]) -> Refusal:
    """The recorded human judgement says that a condition is not met."""
    return Refusal(
        "JUDGED_UNSATISFIED",
        f"已记录的人工判断认为以下条件不具备：{'、'.join(questions)}，不能通过。",
        f"The recorded judgement is that these conditions are not met: {', '.join(questions)}.",
        cited,
    )


def classified_suspected(materials: Iterable[str], citations: tuple[Citation, ...]) -> Refusal:
    """A file may be classified; the case pauses until it is released or removed."""
    listed = ("、".join(materials), ", ".join(materials))
    return refusal("CLASSIFIED_SUSPECTED", citations, pointer="/materials", materials=listed)
