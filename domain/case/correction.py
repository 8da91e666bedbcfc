"""Correction of an official's slip (纠错撤回), extension of a window, material withheld.

Both acts of a correction stay visible: the handler proposes, the leader confirms.
Nothing is corrected once a certificate is issued, or once somebody else has acted on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from domain import beijing
from domain.case import refusals
from domain.case.acts import seated
from domain.case.remembered import LastAct, Rescission
from domain.case.seats import hand_objections, kept_out, officer_objections, person_objections
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.seats import not_above, not_in_seat
from domain.refusals.two_persons import own_affair, proposal_first
from domain.replacing import replace
from domain.separation import HANDLER, LEADER, REVIEWING_SEATS, same_reviewer

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class RescissionProposed(Event, topic="case:rescission-proposed:1", chinese="提出纠错撤回"):
    """A handler proposed to rescind the last act of their organisation as a slip."""

    act: int
    act_topic: str
    stage: str
    organisation: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class ActRescinded(Event, topic="case:act-rescinded:1", chinese="纠错撤回"):
    """A leader confirmed it; the case stands where it stood before that act.

    ``act`` is the version of the rescinded event in this stream.
    """

    act: int
    act_topic: str
    stage: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class WindowExtended(Event, topic="case:window-extended:1", chinese="延期"):
    """A window was extended for this case; ``bound`` is the actor or stage that it binds."""

    bound: str
    until: date
    organisation: str
    reason: Personal


class WithholdingCause(StrEnum):
    """Why a material is shown to nobody for now."""

    CLASSIFIED_SUSPECTED = "CLASSIFIED_SUSPECTED"
    """It may be classified: its case pauses (YY-29, YU-11)."""
    WRONG_FILE = "WRONG_FILE"
    UNREADABLE = "UNREADABLE"


@dataclass(frozen=True, kw_only=True)
class MaterialWithheld(Event, topic="case:material-withheld:1", chinese="材料停止显示"):
    """A material is shown to nobody for now."""

    material: str
    cause: WithholdingCause
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MaterialReleased(Event, topic="case:material-released:1", chinese="材料恢复显示"):
    """A withheld material may be shown again."""

    material: str
    cause: str


def propose_rescission(
    case: Case, reason: Personal, around: Circumstances
) -> tuple[RescissionProposed, ...]:
    """The handler of the organisation whose slip it is proposes to rescind it."""
    last = _rescindable(case)
    _in_seat(case, last, HANDLER, around)
    return (
        RescissionProposed(
            act=last.version,
            act_topic=last.topic,
            stage=last.stage,
            organisation=last.organisation,
            reason=reason,
        ),
    )


def confirm_rescission(case: Case, around: Circumstances) -> tuple[ActRescinded, ...]:
    """The leader confirms; never the person who proposed."""
    last = _rescindable(case)
    if case.rescission is None or case.rescission.act != last.version:
        raise Refused(proposal_first("纠错撤回", "correction"))
    _in_seat(case, last, LEADER, around)
    if around.humans.same(around.actor.person, case.rescission.person):
        raise Refused(same_reviewer(around.law))
    return (
        ActRescinded(
            act=last.version,
            act_topic=last.topic,
            stage=last.stage,
            organisation=last.organisation,
        ),
    )


def extend_window(
    case: Case,
    bound: str,
    until: date,
    reason: Personal,
    around: Circumstances,
    *,
    above: Collection[str],
) -> tuple[WindowExtended, ...]:
    """A leader of an authority above lets this one case be in time until a later day.

    ``above`` are the organisations above the employer, and the one that decides the case.
    """
    refused = []
    if around.organisation.organisation not in above:
        refused.append(not_above())
    if around.seats.holder(around.actor.account, LEADER, around.today) is None:
        refused.append(not_in_seat(LEADER))
    if around.humans.same(around.actor.person, case.applicant):
        cited = around.law.behind("SELF_REVIEW")
        refused.append(own_affair("涉及本人的延期", "an extension for themselves", cited))
    refused += kept_out(case, around.actor.person, around)
    if until < around.today:
        refused.append(due_in_the_past(until, "/until"))
    if refused:
        raise Refused(*refused)
    return (
        WindowExtended(
            bound=bound,
            until=until,
            organisation=around.organisation.organisation,
            reason=reason,
        ),
    )


def withhold_material(
    case: Case,
    material: str,
    cause: WithholdingCause,
    rules: tuple[str, ...],
    around: Circumstances,
) -> tuple[MaterialWithheld, ...]:
    """Somebody of an organisation of the chain suspects that a file must not be here."""
    objections = []
    if material not in {each.material for each in case.materials}:
        objections.append(refusals.unknown_materials([material], "/material"))
    if around.organisation.organisation not in {each.organisation for each in case.chain}:
        objections.append(refusals.not_in_chain())
    objections += kept_out(case, around.actor.person, around)
    if objections:
        raise Refused(*objections)
    if material in case.withheld:
        return ()
    return (MaterialWithheld(material=material, cause=cause, rules=rules),)


def release_material(
    case: Case, material: str, around: Circumstances
) -> tuple[MaterialReleased, ...]:
    """A leader of an organisation of the chain releases a file that was withheld."""
    objections = []
    if material not in case.withheld:
        objections.append(refusals.unknown_materials([material], "/material"))
    objections += officer_objections(case, LEADER, around)
    if objections:
        raise Refused(*objections)
    return (MaterialReleased(material=material, cause="released"),)


def rescindable(case: Case) -> LastAct | None:
    """The last act, where it could be a reviewer's slip.

    How an objection was settled is none, whatever that brought for the case.
    """
    last, certified = case.last_act, getattr(case.phase, "certificate", None) is not None
    return None if last is None or certified or last.seat not in REVIEWING_SEATS else last


def _rescindable(case: Case) -> LastAct:
    last = rescindable(case)
    if last is None:
        raise Refused(
            Refusal(
                "NOTHING_TO_RESCIND",
                "没有可以纠错撤回的办理：已发证，或其后已有其他单位办理，或系异议处理结果。",
                "There is nothing to correct: a certificate is issued, others have acted since, or"
                " an objection was settled.",
            )
        )
    return last


def _in_seat(case: Case, last: LastAct, seat: str, around: Circumstances) -> None:
    stage = case.stage(last.stage)
    objections = person_objections(case, stage, seat, around.actor.person, around)
    here = around.organisation.organisation == last.organisation
    if not here or around.seats.holder(around.actor.account, seat, around.today) is None:
        objections.insert(0, not_in_seat(seat))
    if here:
        objections += hand_objections(case, stage, seat, around)
    if objections:
        raise Refused(*objections)


Events = RescissionProposed | ActRescinded | WindowExtended | MaterialWithheld | MaterialReleased
"""What happens to a case here."""


def evolve(state: Case, event: Events, by: By) -> Case:
    """The case with an act of it put right."""
    match event:
        case RescissionProposed():
            proposed = seated(state, event, HANDLER, by)
            return replace(proposed, rescission=Rescission(event.act, by.person))
        case ActRescinded():
            assert state.last_act is not None
            return replace(
                seated(state, event, LEADER, by),
                phase=state.last_act.before,
                vouched=state.last_act.vouched,
                votes=state.votes.struck(event.act),
                returns=state.returns.struck(event.act),
                passed=state.passed.struck(event.stage),
                last_act=None,
                rescission=None,
            )
        case WindowExtended():
            return replace(state, extensions=state.extensions.added((event.bound, event.until)))
        case MaterialWithheld():
            classified = event.cause is WithholdingCause.CLASSIFIED_SUSPECTED
            suspected = (event.material,) if classified else ()
            return replace(
                state,
                withheld=state.withheld.joined(event.material),
                suspected=state.suspected.joined(*suspected),
            )
        case MaterialReleased():
            return replace(
                state,
                withheld=state.withheld.left(event.material),
                suspected=state.suspected.left(event.material),
            )
        case _:
            assert_never(event)


def due_in_the_past(due: date, pointer: str) -> Refusal:
    """A term, to the last day or to the moment, that has passed already."""
    told = beijing.told(due) if isinstance(due, datetime) else str(due)
    return Refusal(
        "DUE_IN_THE_PAST",
        f"期限（北京时间 {told}）已过，请另定期限。",
        f"The term {told} (Beijing) has passed already; set a later one.",
        pointer=pointer,
    )
