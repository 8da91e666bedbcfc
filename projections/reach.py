"""How far a scope reaches: the few offices or cases that it shows, to be named in a query.

A list that is scoped row by row would be walked from its newest row to its last to find the few of
a small scope. What is few is therefore asked for first, and named: the database then goes by an
index of it. Who sees much soon has a page by walking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from projections import organisations
from projections.listing import ALWAYS, Gathered
from projections.parties import parties

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from psycopg import Connection

    from projections.listing import Condition, Listing
    from projections.scope import Scope

Row = TypeVar("Row")
FEW_OFFICES, FEW_CASES = 100, 1000
"""So many are named at most."""

_CASES = f'SELECT "case" FROM {parties.stored} WHERE party = ANY (%s) LIMIT %s'


def few_offices(
    connection: Connection[Any], scope: Scope, most: int = FEW_OFFICES
) -> list[str] | None:
    """The organisations that a scope shows; None where they are many."""
    if scope.everything or "" in scope.areas:
        return None
    query, given = organisations.within(scope)
    return few(connection, f"{query} LIMIT %s", given, most)


def few_cases(connection: Connection[Any], scope: Scope) -> list[str] | None:
    """The cases that concern whom a scope names, shown or not; None where they are many."""
    if scope.everything:
        return None
    return few(connection, _CASES, [scope.parties], FEW_CASES)


def few(
    connection: Connection[Any], query: str, given: Sequence[Any], most: int
) -> list[str] | None:
    """What a query finds, which ends with how many it may find; None where it is more than that."""
    rows = connection.execute(query, [*given, most + 1]).fetchall()
    return None if len(rows) > most else sorted({each for (each,) in rows})


def among(column: str, few: Sequence[str] | None) -> Condition:
    """That a column names one of few; always so where they are many, and not asked for."""
    return ALWAYS if few is None else (f"{column} = ANY (%s)", [few])


def asked_first(
    make: Callable[[Connection[Any]], Listing[Row]], place: tuple[str, ...]
) -> Gathered[Row]:
    """A list that is made when it is known how far its scope reaches."""

    def gather(connection: Connection[Any], behind: Sequence[Any] | None, limit: int) -> list[Row]:
        return make(connection).page(connection, behind=behind, limit=limit)

    def count(connection: Connection[Any], _most: int) -> int:
        return make(connection).count(connection)

    return Gathered(place=place, gather=gather, counts=count)
