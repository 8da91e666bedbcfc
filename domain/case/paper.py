"""Papers of a case, received at a place as it happened, and until when the law wants them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, assert_never

from domain import beijing
from domain.calendar import Calendar, CalendarNotPublishedError
from domain.case import refusals
from domain.case.next_stage import OverdueFlagged
from domain.case.remembered import PaperReceipt
from domain.case.seats import kept_out
from domain.event import Event
from domain.refusal import Citation, Refusal, Refused
from domain.refusals.entries import occurred_later
from domain.replacing import replace
from domain.separation import self_review

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.policy.facts import Facts
    from domain.policy.law import Law


@dataclass(frozen=True, kw_only=True)
class PaperReceived(Event, topic="case:paper-received:1", chinese="纸质材料接收"):
    """Papers of the case were handed in.

    ``leg`` is the hand-over of the pack (None where there is only one), ``received_on`` the
    day it happened, ``items`` the materials by the pack's ids. ``reached_on`` is the day on which
    the period for them ended, under ``due_rules``, where the working days that may move it were
    not published; ``PaperDated`` says then which day was the last. ``originals`` are the materials
    whose original was shown, compared with the copy, and handed back at once; ``sealed`` those on
    which every seal and signature was seen that the notice asks for.
    """

    receipt: str
    leg: str | None
    place: str | None
    organisation: str
    received_on: date
    items: tuple[str, ...]
    late_entry: bool
    rules: tuple[str, ...]
    reached_on: date | None = None
    due_rules: tuple[str, ...] = ()
    originals: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PaperDated(Event, topic="case:paper-dated:1", chinese="纸质材料期限补记"):
    """The last day for papers that were received became known, once its year was published."""

    receipt: str
    due_on: date
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReceivePaper:
    """Enter that papers were handed in; ``obstacles`` are the law's, about place and time.

    ``due_on`` is the last day for these papers, where the law sets one whose breach is marked;
    ``reached_on`` the day on which their period ends, before a day of rest moves it. Where only
    that is known, the year's working days are not published.
    """

    receipt: str
    leg: str | None
    place: str | None
    received_on: date
    items: tuple[str, ...]
    obstacles: tuple[Refusal, ...]
    rules: tuple[str, ...]
    reached_on: date | None = None
    due_on: date | None = None
    due_rules: tuple[str, ...] = ()
    originals: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()


def receive_paper(
    case: Case, command: ReceivePaper, around: Circumstances
) -> tuple[PaperReceived | OverdueFlagged, ...]:
    """Papers are received by an organisation of the chain; late ones are taken and marked."""
    objections = [*entering_objections(case, around), *command.obstacles]
    objections += out_of_time(case, command.received_on, around.today, "/received_on")
    if not (command.items or command.originals or command.sealed):
        objections.append(_items_missing())
    objections += copies_missing(case.papers, command.items, command.originals)
    if objections:
        raise Refused(*objections)
    undated = (
        command.due_on is None
        and command.reached_on is not None
        and command.received_on > command.reached_on
    )
    received = PaperReceived(
        receipt=command.receipt,
        leg=command.leg,
        place=command.place,
        organisation=around.organisation.organisation,
        received_on=command.received_on,
        items=command.items,
        late_entry=command.received_on < around.today,
        rules=command.rules,
        reached_on=command.reached_on if undated else None,
        due_rules=command.due_rules if undated else (),
        originals=command.originals,
        sealed=command.sealed,
    )
    if command.due_on is None:
        return (received,)
    entry, rules = case.version + 1, command.due_rules
    return (received, *overdue(entry, command.received_on, command.due_on, rules))


def out_of_time(case: Case, day: date, today: date, pointer: str) -> list[Refusal]:
    """Nothing of a case comes in before it was filed in Beijing, nor on a day to come."""
    if day > today:
        return [occurred_later(day, pointer)]
    filed = None if case.filed_at is None else beijing.day(case.filed_at)
    if filed is None or day >= filed:
        return []
    return [
        Refusal(
            "BEFORE_FILING",
            f"日期 {day} 早于本案申报之日 {filed}。申报之前收到的材料、款项，以申报之日登记。",
            f"{day} is earlier than the filing of this case on {filed}. What came before it is"
            " entered with the day of the filing.",
            pointer=pointer,
        )
    ]


def date_paper(
    received: PaperReceived, entry: int, due_on: date
) -> tuple[PaperDated | OverdueFlagged, ...]:
    """What Mingjian adds once the last day for papers can be known; late is told at once."""
    rules = received.due_rules
    dated = PaperDated(receipt=received.receipt, due_on=due_on, rules=rules)
    return (dated, *overdue(entry, received.received_on, due_on, rules))


def overdue(
    entry: int, received_on: date, due_on: date | None, rules: tuple[str, ...]
) -> tuple[OverdueFlagged, ...]:
    """The mark of papers that came after their last day."""
    if due_on is None or received_on <= due_on:
        return ()
    late = OverdueFlagged(
        what="paper", due_on=due_on, happened_on=received_on, rules=rules, entry=entry
    )
    return (late,)


def copies_missing(
    papers: frozenset[str], items: tuple[str, ...], originals: tuple[str, ...]
) -> list[Refusal]:
    """An original is compared with its copy: with this receipt it comes, or with one before."""
    alone = [each for each in originals if each not in papers.union(items)]
    if not alone:
        return []
    named = "、".join(alone)
    return [
        Refusal(
            "ORIGINAL_WITHOUT_COPY",
            f"原件核验后当场退还，本机关留存复印件；尚未收到复印件：{named}。请一并登记收到的复印件。",
            f"Originals are compared with their copies and handed back; no copy of {named} is here."
            " Enter the copy that was received, too.",
            pointer="/originals",
        )
    ]


def _items_missing() -> Refusal:
    return Refusal(
        "PAPER_ITEMS_MISSING",
        "请列明收到的纸质材料，或者核验后退还的原件、核对过盖章的材料。",
        "Name the papers that were received, or the originals or the seals that were seen.",
        pointer="/items",
    )


def entering_objections(case: Case, around: Circumstances) -> list[Refusal]:
    """Why somebody enters neither papers nor payments: no part in the case, or too much of one."""
    if not case.is_open and not case.in_outcome:
        return [refusals.wrong_phase(case, "登记纸质材料或缴费", "given papers or payments")]
    if around.organisation.organisation not in {each.organisation for each in case.chain}:
        return [refusals.not_in_chain()]
    own = around.humans.same(around.actor.person, case.applicant)
    return [
        *([self_review(around.law)] if own else []),
        *kept_out(case, around.actor.person, around),
    ]


@dataclass(frozen=True)
class PaperDue:
    """Until when forms are due; ``reached_on`` is that day before a day of rest moves it.

    ``due_on`` is None where the working days of its year are not published.
    """

    reached_on: date
    due_on: date | None
    citations: tuple[Citation, ...]


def paper_due(
    law: Law, facts: Facts, case: Case, calendar: Calendar, items: Collection[str]
) -> PaperDue | None:
    """The last day for forms that are due so long after a publicity or a stage (HZ-38, A-18).

    None where no such form is among the items, or what it is due after has not come.
    """
    ran, passed = dict(case.ran), dict(case.passed)
    due: list[tuple[date, tuple[Citation, ...]]] = []
    for form in law.paper_forms(facts):
        begins = form.begins(ran, passed)
        if form.id in items and begins is not None:
            due.append((form.reached(begins), form.citations))
    if not due:
        return None
    reached_on, citations = min(due, key=itemgetter(0))
    return PaperDue(reached_on, last_day(reached_on, calendar), citations)


def last_day(reached_on: date | None, calendar: Calendar) -> date | None:
    """The day itself or the next working day; None where nobody can know that yet."""
    try:
        return None if reached_on is None else calendar.moved_to_working_day(reached_on)
    except CalendarNotPublishedError:
        return None


Events = PaperReceived | PaperDated
"""What happens to a case here."""


def evolve(state: Case, event: Events) -> Case:
    """The case with what was handed over."""
    match event:
        case PaperReceived():
            receipt = PaperReceipt(
                event.leg, event.items, event.organisation, event.originals, event.sealed
            )
            return replace(state, receipts=state.receipts.entered(state.version + 1, receipt))
        case PaperDated():
            return state
        case _:
            assert_never(event)
