"""The list of organisations that a scope shows: few are named, of many a page is soon walked to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.listing import MOST_COUNTED, listing, narrowed
from projections.organisations import organisations, seen
from projections.reach import among, asked_first, few_offices

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.listing import Gathered, Listing
    from projections.organisations import Organisation
    from projections.scope import Scope

_PLACE = ("organisation",)


def visible(scope: Scope, *, name: str | None = None) -> Gathered[Organisation]:
    """The organisations that ``scope`` shows, in the order of their ids.

    ``name`` narrows to names that contain it.
    """

    def theirs(connection: Connection[Any]) -> Listing[Organisation]:
        few = few_offices(connection, scope, most=MOST_COUNTED)
        shown = seen(scope) if few is None else among("organisation.organisation", few)
        conditions = [shown, *narrowed({"strpos(name, %s) > 0": name})]
        return listing(organisations, conditions, _PLACE, ascending=True)

    return asked_first(theirs, _PLACE)
