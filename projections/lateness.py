"""What was done late in a case (逾期与补录): decided, entered, or raised in a later return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.case import committee, onward, paper, publicity, returning
from projections import parties
from projections.listing import listing, narrowed
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from projections.fact import Fact
    from projections.listing import Listing
    from projections.page import Page
    from projections.scope import Scope

DECISION = "decision"
"""A decision after the day by which the notice wants all work done."""
ENTRY = "entry"
"""Something that was entered on a later day than it happened."""
ITEM = "item"
"""A return that named what had stood there unchanged at a return before (一次性告知)."""
KINDS = (DECISION, ENTRY, ITEM)


@dataclass(slots=True)
class LateAct:
    """One late act; ``due_on`` is the day (Beijing) on which it was due, or on which it happened.

    ``items`` are the claims and materials that were raised late.
    """

    position: int
    case: str
    kind: str
    act: str
    organisation: str | None
    person: str | None
    account: str | None
    at: datetime
    due_on: date | None
    items: tuple[str, ...] = ()


late_acts = Table(
    "late_act", LateAct, key=("position",), indexes=("(kind, position)", '("case", position)')
)
view = View("lateness", 1, (late_acts,))

_HAPPENED = {
    publicity.PublicityOpened.topic: "posted_on",
    paper.PaperReceived.topic: "received_on",
    committee.VotesRecorded.topic: "held_on",
}


@view.on(onward.OverdueFlagged)
def _overdue(fact: Fact, page: Page) -> None:
    page.rows(late_acts).add(_row(fact, DECISION, fact.day("due_on")))


@view.on(publicity.PublicityOpened, paper.PaperReceived, committee.VotesRecorded)
def _entered(fact: Fact, page: Page) -> None:
    if fact["late_entry"]:
        page.rows(late_acts).add(_row(fact, ENTRY, fact.day(_HAPPENED[fact.topic])))


@view.on(returning.CaseReturned)
def _returned(fact: Fact, page: Page) -> None:
    items = tuple(fact.fields.get("raised_late", ()))
    if items:
        page.rows(late_acts).add(_row(fact, ITEM, None, items))


def _row(fact: Fact, kind: str, due_on: date | None, items: tuple[str, ...] = ()) -> LateAct:
    return LateAct(
        position=fact.position,
        case=fact.stream,
        kind=kind,
        act=fact.topic,
        organisation=fact.fields.get("organisation"),
        person=fact.person,
        account=fact.account,
        at=fact.at,
        due_on=due_on,
        items=items,
    )


def found(scope: Scope, *, kind: str | None = None) -> Listing[LateAct]:
    """Late acts in cases that ``scope`` shows, of one kind or of all, the newest first."""
    conditions = [parties.seen(scope, 'late_act."case"'), *narrowed({"kind = %s": kind})]
    return listing(late_acts, conditions, ("position",))
