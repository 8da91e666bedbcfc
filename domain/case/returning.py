"""Returning a case for revision: every item at once, and where it goes on afterwards (A-15).

It is a duty to name at once everything that has to be mended (一次性告知, A-15).

A later return may still raise what was overlooked: the applicant must not be better or worse
off for it. That it was raised late is noted, for those who watch over how reviews are done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain import beijing
from domain.case import refusals
from domain.case.acts import reviewed
from domain.case.phase import Returned
from domain.case.reasons import rule_objections
from domain.case.remembered import EarlierReturn
from domain.case.seats import present_stage, seat_objections, word_objections
from domain.case.values import ReturnItem
from domain.event import Event
from domain.policy.process import ProcessTerm
from domain.refusal import Refusal, Refused
from domain.replacing import replace
from domain.service import Service, service_objections, sooner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class CaseReturned(Event, topic="case:returned:1", chinese="退回修改"):
    """The case was returned with every item to be mended (退回修改).

    ``told`` is how the applicant was told; their term runs from then.
    ``raised_late`` are the subjects of items that had stood there unchanged at a return before.
    """

    round: int
    stage: str
    organisation: str
    seat: str
    items: tuple[ReturnItem, ...]
    return_to: str
    resume_stage: str
    due_at: datetime
    due_rules: tuple[str, ...]
    no_reason_to_recuse: bool
    substitute: bool
    told: Service
    raised_late: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReturnForRevision:
    """A handler or leader returns the case, naming every item at once (A-15).

    ``no_reason_to_recuse`` is their word that there is none.
    ``due_at`` is the end (UTC) of the term to mend it, ``least`` that of the shortest one that the
    law's ``term`` allows. ``asked`` are the materials and facts that the law asks for, of which
    one may be missing.
    """

    items: tuple[ReturnItem, ...]
    resume_stage: str | None
    told: Service
    due_at: datetime
    least: datetime
    term: ProcessTerm
    due_rules: tuple[str, ...]
    no_reason_to_recuse: bool
    asked: frozenset[str] = frozenset()


def return_for_revision(
    case: Case, command: ReturnForRevision, seat: str, around: Circumstances
) -> tuple[CaseReturned, ...]:
    """A return by the handler or the leader of the present stage (LH-59, A-15)."""
    stage = present_stage(case)
    substitute, objections = seat_objections(case, stage, seat, around)
    objections += word_objections(around, given=command.no_reason_to_recuse)
    if not command.items:
        objections.append(items_missing())
    known = case.claims.keys() | {each.material for each in case.materials} | {"application"}
    known |= command.asked
    strange = [each.subject for each in command.items if each.subject not in known]
    if strange:
        objections.append(refusals.unknown_claims(strange, "/items"))
    for number, item in enumerate(command.items):
        objections += rule_objections(item.rules, around.law, f"/items/{number}/rules")
    objections += service_objections(command.told, around.today, around.today)
    if command.due_at < command.least:
        named, least = _last_day(command.due_at), _last_day(command.least)
        objections.append(sooner("/due_on", named, least, command.term))
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
            no_reason_to_recuse=command.no_reason_to_recuse,
            substitute=substitute,
            told=command.told,
            raised_late=raised_late(
                case, stage.organisation, (each.subject for each in command.items)
            ),
        ),
    )


def _last_day(end: datetime) -> str:
    """The day in Beijing that ends at an instant."""
    return str(beijing.day(end - timedelta(microseconds=1)))


def _stages_up_to(case: Case, stage: str) -> tuple[str, ...]:
    ids = [each.stage for each in case.chain]
    return tuple(ids[: ids.index(stage) + 1])


def raised_late(case: Case, organisation: str, subjects: Iterable[str]) -> tuple[str, ...]:
    """What the organisation names only now, though it stood there unchanged at a return before."""
    overlooked: set[str] = set()
    for each in case.returns:
        if each.organisation == organisation:
            unchanged = {claim for claim, _ in case.worded & each.worded}
            there = {material.material for material in each.materials}
            overlooked |= (unchanged | there) - each.named
    return tuple(sorted(overlooked.intersection(subjects)))


def _remembered(case: Case, event: CaseReturned) -> EarlierReturn:
    """What is to be remembered of a return."""
    return EarlierReturn(
        version=case.version + 1,
        organisation=event.organisation,
        named=frozenset(each.subject for each in event.items),
        worded=case.worded,
        materials=case.materials,
    )


def evolve(state: Case, event: CaseReturned, by: By) -> Case:
    """The case in the hands of its applicant again."""
    return replace(
        reviewed(state, event, event.seat, by),
        phase=Returned(event.stage, event.resume_stage, event.due_at, event.due_rules, event.items),
        returns=state.returns.entered(state.version + 1, _remembered(state, event)),
    )


def items_missing() -> Refusal:
    """A return that does not say what to mend."""
    return Refusal(
        "RETURN_ITEMS_MISSING",
        "退回须一次性列明全部需要修改的事项。",
        "A return names every item to be mended, all at once.",
        pointer="/items",
    )
