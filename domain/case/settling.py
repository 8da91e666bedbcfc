"""What the end of an objection brings for the case: nothing, a return, a rejection, a hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from domain.case import refusals
from domain.case.commands import Suspend
from domain.case.ending import suspend
from domain.case.objections import RejectedOnObjection, ReturnedOnObjection
from domain.case.phase import Suspended
from domain.case.values import ReturnItem
from domain.objection.events import Disposition
from domain.personal import Personal
from domain.refusal import Refused

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.evolve import CaseEvent
    from domain.case.objections import ObjectionEnded
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class UpheldObjection:
    """What an upheld objection brings, with what the applicant is told and until when to mend."""

    disposition: Disposition
    summary: Personal
    due_at: datetime
    notice: str
    rules: tuple[str, ...]


def settle_objection(
    case: Case, ended: ObjectionEnded, follows: UpheldObjection | None, around: Circumstances
) -> tuple[CaseEvent, ...]:
    """An admitted objection is settled; an upheld one returns, rejects or holds the case."""
    if follows is None or not case.is_open:
        return (ended,)
    if isinstance(case.phase, Suspended):
        return _while_held(case, ended, follows)
    stage = case.stage(getattr(case.phase, "stage", case.chain[0].stage))
    match follows.disposition:
        case Disposition.RETURN:
            returned = ReturnedOnObjection(
                objection=ended.objection,
                round=case.round,
                stage=stage.stage,
                organisation=around.organisation.organisation,
                items=(
                    ReturnItem(
                        item="1",
                        subject="application",
                        problem=follows.summary,
                        rules=follows.rules,
                    ),
                ),
                return_to="applicant",
                resume_stage=case.chain[0].stage,
                due_at=follows.due_at,
                due_rules=follows.rules,
            )
            return (ended, returned)
        case Disposition.REJECT:
            rejected = RejectedOnObjection(
                objection=ended.objection,
                round=case.round,
                stage=stage.stage,
                organisation=around.organisation.organisation,
                notice=follows.notice,
                rules=follows.rules,
                explanation=follows.summary,
            )
            return (ended, rejected)
        case Disposition.INVESTIGATE:
            held = Suspend(cause="objection", investigation=None)
            return (ended, *suspend(case, held, around.at))
        case _:
            assert_never(follows.disposition)


def _while_held(
    case: Case, ended: ObjectionEnded, follows: UpheldObjection
) -> tuple[CaseEvent, ...]:
    """Nothing moves a case that is held still; what holds it has to be over first."""
    if follows.disposition is Disposition.INVESTIGATE:
        return (ended,)
    raise Refused(refusals.wrong_phase(case, "按异议处理", "moved by an objection"))
