"""A question that is answered in pages: which rows, in which order, and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from psycopg import Cursor

from projections.organisations import organisations
from projections.parties import parties

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.scope import Scope
    from projections.table import Table

Row = TypeVar("Row")

LIES_WITHIN = f"""EXISTS (
    SELECT FROM {organisations.stored} AS o, unnest(%s::text[]) AS wider (area)
    WHERE o.organisation = {{column}} AND starts_with(o.area || '/', wider.area || '/'))"""
"""That the organisation in a column lies in one of the areas that are given."""

Condition = tuple[str, list[Any]]
"""A condition, a constant of the code, and what is given for its placeholders."""


@dataclass(frozen=True, kw_only=True)
class Listing(Generic[Row]):
    """The rows of ``source``, a SELECT that is a constant of the code, the newest first.

    ``place`` are the columns by whose descending order the rows come; together they tell any two
    rows apart. ``read`` makes rows of what a cursor brings.
    """

    source: str
    given: Sequence[Any]
    place: tuple[str, ...]
    read: Callable[[Cursor[Any]], list[Row]]

    def page(
        self, connection: Connection[Any], *, before: Sequence[Any] | None = None, limit: int = 50
    ) -> list[Row]:
        """At most ``limit`` rows, behind the place ``before`` of the last one seen."""
        columns = ", ".join(self.place)
        marks = ", ".join("%s" for _ in self.place)
        behind = "" if before is None else f"WHERE ({columns}) < ({marks})"
        order = ", ".join(f"{column} DESC" for column in self.place)
        query = f"SELECT * FROM ({self.source}) AS listed {behind} ORDER BY {order} LIMIT %s"
        with connection.cursor() as cursor:
            return self.read(cursor.execute(query, [*self.given, *(before or ()), limit]))

    def count(self, connection: Connection[Any]) -> int:
        """How many rows there are on all pages."""
        query = f"SELECT count(*) FROM ({self.source}) AS listed"
        row = connection.execute(query, self.given).fetchone()
        return int(row[0]) if row else 0


def listing(
    table: Table[Row], conditions: Sequence[Condition], place: tuple[str, ...]
) -> Listing[Row]:
    """The rows of a table that meet all conditions."""
    where = " AND ".join(["true", *(condition for condition, _ in conditions)])
    return Listing(
        source=f"SELECT {table.listed} FROM {table.source} WHERE {where}",
        given=[each for _, given in conditions for each in given],
        place=place,
        read=table.rows,
    )


def narrowed(conditions: dict[str, Any]) -> list[Condition]:
    """Conditions with one placeholder each, but for those for which nothing was given."""
    return [(each, [given]) for each, given in conditions.items() if given is not None]


def in_charge(scope: Scope, column: str) -> list[Condition]:
    """That the organisation in a column is one of the scope's, or lies in its areas."""
    if scope.everything or "" in scope.areas:
        return []
    within = LIES_WITHIN.format(column=column)
    given = [sorted(scope.organisations), sorted(scope.areas)]
    return [(f"({column} = ANY (%s) OR {within})", given)]


def concerns(scope: Scope, column: str) -> list[Condition]:
    """That the case in a column concerns somebody in the scope, or lies in its areas."""
    if scope.everything or "" in scope.areas:
        return []
    seen = f"""EXISTS (SELECT FROM {parties.stored} AS seen
        WHERE seen."case" = {column} AND seen.party = ANY (%s))"""
    return [(seen, [scope.parties])]
