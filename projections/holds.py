"""Holds (暂缓删除): of whom nothing may be erased, at whose request, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.person.hold import HoldLifted, HoldPlaced
from projections import people
from projections.concerned import few_persons
from projections.fact import Sealed
from projections.listing import ALWAYS, listing
from projections.reach import among, asked_first
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Gathered, Listing
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True, kw_only=True)
class Hold:
    """One hold on a person, placed by ``placed_by`` under a mandate (文号).

    ``reason`` is why it was placed; instants are UTC.
    """

    person: str
    hold: str
    mandate: str
    reason: Sealed | None
    placed_by: str | None
    placed_at: datetime
    position: int
    lifted_by: str | None = None
    lifted_at: datetime | None = None


holds = Table(
    "hold",
    Hold,
    key=("person", "hold"),
    indexes=("(position)", "(position) WHERE lifted_at IS NULL"),
)
view = View("holds", 2, (holds,))


@view.on(HoldPlaced)
def _placed(fact: Fact, page: Page) -> None:
    page.rows(holds).put(
        Hold(
            person=fact.stream,
            hold=fact["hold"],
            mandate=fact["mandate"],
            reason=fact.sealed("reason"),
            placed_by=fact.person,
            placed_at=fact.at,
            position=fact.position,
        )
    )


@view.on(HoldLifted)
def _lifted(fact: Fact, page: Page) -> None:
    row = page.rows(holds).get(fact.stream, fact["hold"])
    if row is None:
        msg = "a hold was lifted that was never placed"
        raise LookupError(msg)
    row.lifted_by, row.lifted_at = fact.person, fact.at
    page.rows(holds).put(row)


def visible(scope: Scope, *, standing: bool = True) -> Gathered[Hold]:
    """Holds on persons whom ``scope`` shows, the newest first.

    ``standing`` leaves out those that were lifted.
    """
    asked = ("lifted_at IS NULL", []) if standing else ALWAYS
    conditions = [people.seen(scope, "hold.person"), asked]

    def theirs(connection: Connection[Any]) -> Listing[Hold]:
        named = among("hold.person", few_persons(connection, scope))
        return listing(holds, [named, *conditions], ("position",))

    return asked_first(theirs, ("position",))
