"""Returning a case for revision: every item at once, and where it goes on afterwards (A-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case import refusals
from domain.case.events import CaseReturned
from domain.case.notice import raised_late
from domain.case.reasons import rule_objections
from domain.case.standing import present_stage, seat_objections
from domain.refusal import Refused
from domain.refusals import due_in_the_past

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.commands import ReturnForRevision
    from domain.case.evolve import CaseEvent
    from domain.case.state import Case


def return_for_revision(
    case: Case, command: ReturnForRevision, seat: str, around: Circumstances
) -> tuple[CaseEvent, ...]:
    """A return by the handler or the leader of the present stage (LH-59, A-15)."""
    stage = present_stage(case)
    substitute, objections = seat_objections(case, stage, seat, around)
    if not command.items:
        objections.append(refusals.items_missing())
    known = case.claims.keys() | {each.material for each in case.materials} | {"application"}
    strange = [each.subject for each in command.items if each.subject not in known]
    if strange:
        objections.append(refusals.unknown_claims(strange, "/items"))
    for number, item in enumerate(command.items):
        objections += rule_objections(item.rules, around.law, f"/items/{number}/rules")
    if command.due_at <= around.at:
        objections.append(due_in_the_past(command.due_at, "/due_at"))
    resume = command.resume_stage or case.chain[0].stage
    reached = _stages_up_to(case, stage.stage)
    if resume not in reached:
        objections.append(refusals.unknown_stage(resume))
    if objections:
        raise Refused(*objections)
    return (
        CaseReturned(
            round=case.round,
            stage=stage.stage,
            organisation=stage.organisation,
            seat=seat,
            items=command.items,
            return_to="applicant",
            resume_stage=resume,
            due_at=command.due_at,
            due_rules=command.due_rules,
            substitute=substitute,
            raised_late=raised_late(
                case, stage.organisation, (each.subject for each in command.items)
            ),
        ),
    )


def _stages_up_to(case: Case, stage: str) -> tuple[str, ...]:
    ids = [each.stage for each in case.chain]
    return tuple(ids[: ids.index(stage) + 1])
