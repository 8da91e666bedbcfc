"""What is said to the database when a page of a list is asked for, and how many rows there are."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from projections.facets import Facet
from projections.listing import Gathered, Listing, leafed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

    from bench.asking import Found

Statement = tuple[str, Sequence[Any]]
"""A query, and what is given for its placeholders."""


class Overhearing:
    """A connection, or a cursor of it, that keeps what is said to it."""

    def __init__(self, connection: Any, said: list[Statement]) -> None:  # noqa: ANN401 -- or a cursor
        self._connection, self._said = connection, said

    def execute(self, query: str, given: Sequence[Any] = (), **how: bool) -> Any:  # noqa: ANN401 -- as psycopg's
        """Keep it, and say it."""
        self._said.append((query, given))
        return self._connection.execute(query, given, **how)

    @contextmanager
    def cursor(self) -> Iterator[Overhearing]:
        """A cursor of the connection."""
        with self._connection.cursor() as cursor:
            yield Overhearing(cursor, self._said)


@dataclass(frozen=True)
class Told:
    """What was said to bring a page and to count all pages, and where the next page begins.

    ``rows`` are those of the page, of facets the cases that have each word; ``counted`` those of
    all pages, as far as they are counted.
    """

    page: list[Statement]
    count: list[Statement]
    following: Sequence[Any] | None
    rows: int
    counted: int


def told(
    connection: Connection[Any], found: Found, *, behind: Sequence[Any] | None = None, limit: int
) -> Told:
    """Ask for a page, and how many there are where anybody is told."""
    page, count = list[Statement](), list[Statement]()
    hearing: Any = Overhearing(connection, page)
    rows, following = leafed(found, hearing, behind, limit)
    counted = 0
    if isinstance(found, Listing) or (isinstance(found, Gathered) and found.counts is not None):
        counted = found.count(cast("Connection[Any]", Overhearing(connection, count)))
    return Told(page, count, following, sum(map(_weight, rows)), counted)


def _weight(row: object) -> int:
    return row.count if isinstance(row, Facet) else 1
