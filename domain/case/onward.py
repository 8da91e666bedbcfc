"""Where a case goes from a stage that has approved it: to the next, or to recognition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case import refusals
from domain.case.events import CaseForwarded, OverdueFlagged
from domain.case.outcome import TitleRecognised

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.case.values import ChainStage
    from domain.refusal import Refusal


def onward(
    case: Case, stage: ChainStage, around: Circumstances
) -> tuple[CaseForwarded | TitleRecognised | OverdueFlagged, ...]:
    """Forwarded to the next stage; after the last, recognised."""
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
    return [refusals.classified_suspected(case.pausing, cited)]


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


def unanswered(case: Case, stage: ChainStage) -> list[Refusal]:
    """Why the stage that decides can't approve: questions open, or answered with no."""
    if not stage.decides and case.after(stage.stage) is not None:
        return []
    objections = []
    if questions := case.open_questions():
        objections.append(refusals.judgement_missing(questions))
    if denied := case.denied():
        objections.append(refusals.judged_unsatisfied(denied))
    return objections
