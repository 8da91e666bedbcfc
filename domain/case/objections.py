"""What a case knows of objections to it: that there is one and how it ended, not what it says.

The objection itself stands in a stream of its own, see ``domain.objection``.
That a case was returned or rejected because an objection was upheld is a fact of its own, told by
its topic alone: it is an integrity leader's act, and reviews no stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from domain.case import refusals
from domain.case.phase import Ended, Returned, Suspended
from domain.case.suspension import Suspend, suspend
from domain.case.values import ReturnItem
from domain.event import Event
from domain.objection.events import Disposition
from domain.personal import Personal
from domain.refusal import Refused
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class ObjectionNoted(Event, topic="case:objection-noted:1", chinese="异议记入"):
    """An objection was raised while the case was public; the case can't go on meanwhile."""

    objection: str
    posting: str


@dataclass(frozen=True, kw_only=True)
class ObjectionEnded(Event, topic="case:objection-ended:1", chinese="异议办结"):
    """An objection was settled; ``ending`` is not_admitted, withdrawn, dismissed or upheld.

    ``disposition`` is what an upheld one brings: return, reject or investigate.
    """

    objection: str
    ending: str
    disposition: str | None


@dataclass(frozen=True, kw_only=True)
class ReturnedOnObjection(
    Event, topic="case:returned-on-objection:1", chinese="异议成立，退回修改"
):
    """An upheld objection sent the case back to be mended (异议成立，退回修改).

    ``stage`` is where the case was, ``organisation`` whose integrity leader settled it.
    """

    objection: str
    round: int
    stage: str
    organisation: str
    items: tuple[ReturnItem, ...]
    return_to: str
    resume_stage: str
    due_at: datetime
    due_rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RejectedOnObjection(
    Event, topic="case:rejected-on-objection:1", chinese="异议成立，不予通过"
):
    """An upheld objection ended the case (异议成立，不予通过).

    ``stage`` is where the case was, ``organisation`` whose integrity leader settled it.
    """

    objection: str
    round: int
    stage: str
    organisation: str
    notice: str
    rules: tuple[str, ...]
    explanation: Personal


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
) -> tuple[Event, ...]:
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


def _while_held(case: Case, ended: ObjectionEnded, follows: UpheldObjection) -> tuple[Event, ...]:
    """Nothing moves a case that is held still; what holds it has to be over first."""
    if follows.disposition is Disposition.INVESTIGATE:
        return (ended,)
    raise Refused(refusals.wrong_phase(case, "按异议处理", "moved by an objection"))


Events = ObjectionNoted | ObjectionEnded | ReturnedOnObjection | RejectedOnObjection
"""What happens to a case here."""


def evolve(state: Case, event: Events) -> Case:
    """The case while it is objected to, and after."""
    match event:
        case ObjectionNoted():
            return replace(state, objections=state.objections.joined(event.objection))
        case ObjectionEnded():
            return replace(state, objections=state.objections.left(event.objection))
        case ReturnedOnObjection():
            mending = Returned(
                event.stage, event.resume_stage, event.due_at, event.due_rules, event.items
            )
            return replace(state, phase=mending)
        case RejectedOnObjection():
            return replace(state, phase=Ended("rejected"))
        case _:
            assert_never(event)
