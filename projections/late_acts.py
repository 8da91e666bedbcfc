"""What was done late in a case (逾期与补录): decided, entered, or raised in a later return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.case import committee, next_stage, paper, publicity, returning
from domain.case.amendment import EntryAmended
from projections import case_scope
from projections.listing import listing, narrowed
from projections.reach import among, asked_first, few_cases
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Gathered, Listing
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

    ``items`` are the claims and materials that were raised late, ``entry`` the version of the
    entry that it is about.
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
    entry: int | None = None


late_acts = Table(
    "late_act", LateAct, key=("case", "position"), indexes=("(position)", "(kind, position)")
)
view = View("lateness", 3, (late_acts,))

_HAPPENED = {
    publicity.PublicityOpened.topic: "posted_on",
    paper.PaperReceived.topic: "received_on",
    committee.VotesRecorded.topic: "held_on",
}
_AMENDED = {"posted": "posted_on", "handed_in": "received_on", "voted": "held_on"}


@view.on(next_stage.OverdueFlagged)
def _overdue(fact: Fact, page: Page) -> None:
    row = _row(fact, DECISION, fact.day("due_on"))
    row.entry = fact.fields.get("entry")
    page.rows(late_acts).put(row)


@view.on(publicity.PublicityOpened, paper.PaperReceived, committee.VotesRecorded)
def _entered(fact: Fact, page: Page) -> None:
    if fact["late_entry"]:
        row = _row(fact, ENTRY, fact.day(_HAPPENED[fact.topic]))
        row.entry = fact.version
        page.rows(late_acts).put(row)


@view.on(EntryAmended)
def _amended(fact: Fact, page: Page) -> None:
    """An entry is late or not as it stands now; a mark of its papers follows, where it is due."""
    rows, entry = page.rows(late_acts), fact["entry"]
    for each in rows.of(fact.stream):
        if each.entry == entry:
            rows.remove(each.case, each.position)
    for kind, day in _AMENDED.items():
        says = fact["says"][kind]
        if says is not None and says["late"]:
            row = _row(fact, ENTRY, date.fromisoformat(says[day]))
            row.entry = entry
            rows.put(row)


@view.on(returning.CaseReturned)
def _returned(fact: Fact, page: Page) -> None:
    items = tuple(fact.fields.get("raised_late", ()))
    if items:
        page.rows(late_acts).put(_row(fact, ITEM, None, items))


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


def found(scope: Scope, *, kind: str | None = None) -> Gathered[LateAct]:
    """Late acts in cases that ``scope`` shows, of one kind or of all, the newest first."""
    conditions = [case_scope.seen(scope, 'late_act."case"'), *narrowed({"kind = %s": kind})]

    def theirs(connection: Connection[Any]) -> Listing[LateAct]:
        named = among('late_act."case"', few_cases(connection, scope))
        return listing(late_acts, [named, *conditions], ("position",))

    return asked_first(theirs, ("position",))
