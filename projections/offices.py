"""Lists of what belongs to offices: each of few offices is asked for its newest, or all are walked.

A scope of few organisations has few of the rows, so each brings its page by an index; one of many
has many of them, so that whoever walks from the newest soon has a page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from projections import organisations
from projections.listing import ALWAYS, Gathered, both, either, listing
from projections.reach import asked_first, few_offices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from psycopg import Connection

    from projections.listing import Condition, Listing
    from projections.scope import Scope
    from projections.table import Table

Row = TypeVar("Row")


def at_offices(
    table: Table[Row],
    scope: Scope,
    conditions: Sequence[Condition],
    place: tuple[str, ...],
    *,
    ascending: bool = False,
) -> Gathered[Row]:
    """The rows of a table that meet all conditions and whose organisation ``scope`` shows.

    They come as in a ``Listing``; an index leads by ``organisation`` and ``place``.
    """
    column = f"{table.name}.organisation"
    walked = listing(
        table, [organisations.seen(scope, column), *conditions], place, ascending=ascending
    )
    sign, way = (">", "ASC") if ascending else ("<", "DESC")
    columns, marks = ", ".join(place), ", ".join("%s" for _ in place)
    order = ", ".join(f"{each} {way}" for each in place)

    def gather(connection: Connection[Any], behind: Sequence[Any] | None, limit: int) -> list[Row]:
        offices = few_offices(connection, scope)
        if offices is None:
            return walked.page(connection, behind=behind, limit=limit)
        beyond = ALWAYS if behind is None else (f"({columns}) {sign} ({marks})", list(behind))
        where, given = both(*conditions, beyond)
        rest = f"""
            FROM unnest(%s::text[]) AS office (id) CROSS JOIN LATERAL (
                SELECT * FROM {table.source} WHERE {column} = office.id AND {where}
                ORDER BY {order} LIMIT %s
            ) AS {table.name}
            ORDER BY {order} LIMIT %s"""
        return table.rows(
            connection.execute(f"SELECT {table.listed} {rest}", [offices, *given, limit, limit])
        )

    def count(connection: Connection[Any], _most: int) -> int:
        offices = few_offices(connection, scope)
        if offices is None:
            return walked.count(connection)
        theirs = (f"{column} = ANY (%s)", [offices])
        return listing(table, [theirs, *conditions], place).count(connection)

    return Gathered(place=place, gather=gather, counts=count)


def by_offices(
    make: Callable[[Condition], Listing[Row]], scope: Scope, *columns: str, gathered: bool = False
) -> Gathered[Row]:
    """What is listed of what an office in one of the columns has, of all that ``scope`` shows.

    Few of them are named to the database, which then knows how many rows to expect; what they have
    is ``gathered`` before it is ordered, where it is always little.
    """

    def theirs(connection: Connection[Any]) -> Listing[Row]:
        offices = few_offices(connection, scope)
        if offices is None:
            return make(either(*(organisations.seen(scope, each) for each in columns)))
        found = make(either(*((f"{each} = ANY (%s)", [offices]) for each in columns)))
        return found.gathered() if gathered else found

    return asked_first(theirs, make(ALWAYS).place)


def one_by_one(
    make: Callable[[Condition], Listing[Row]], scope: Scope, column: str
) -> Gathered[Row]:
    """What is listed of what the office in a column has, which none has much of.

    Few are asked one by one for all of it, so that it is never sought among what others have.
    """

    def theirs(connection: Connection[Any]) -> Listing[Row]:
        offices = few_offices(connection, scope)
        if offices is None:
            return make(organisations.seen(scope, column))
        of_one = make((f"{column} = office.id", [])).gathered()
        each = f"unnest(%s::text[]) AS office (id) CROSS JOIN LATERAL ({of_one.source}) AS theirs"
        return replace(
            of_one, source=f"SELECT theirs.* FROM {each}", given=[offices, *of_one.given]
        )

    return asked_first(theirs, make(ALWAYS).place)
