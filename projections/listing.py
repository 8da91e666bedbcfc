"""A question that is answered in pages: which rows, in which order, and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from psycopg import Connection, Cursor

if TYPE_CHECKING:
    from projections.table import Columns

Row = TypeVar("Row")

MOST_COUNTED = 1000
"""Rows that are counted; of a longer list it is said that there are more."""

Condition = tuple[str, list[Any]]
"""A condition, a constant of the code, and what is given for its placeholders."""
ALWAYS: Condition = ("true", [])
"""What every row meets."""


@dataclass(frozen=True, kw_only=True)
class Listing(Generic[Row]):
    """The rows of ``source``, a SELECT that is a constant of the code, the newest first.

    ``place`` are the columns by whose descending order the rows come; together they tell any two
    rows apart. ``read`` makes rows of what a cursor brings. ``ascending``: the oldest first.
    """

    source: str
    given: Sequence[Any]
    place: tuple[str, ...]
    read: Callable[[Cursor[Any]], list[Row]]
    ascending: bool = False
    begins: ClassVar[None] = None
    """See ``Gathered``."""

    def gathered(self) -> Listing[Row]:
        """The same, where few rows may meet it: all of them are found first, and then ordered.

        Otherwise it may be looked for from the newest row of all, in the hope that a page of them
        comes soon, and what belongs to few does not lie evenly among the rest.
        """
        return replace(self, source=f"{self.source} OFFSET 0")

    def page(
        self, connection: Connection[Any], *, behind: Sequence[Any] | None = None, limit: int = 50
    ) -> list[Row]:
        """At most ``limit`` rows, behind the place of the last one seen."""
        columns = ", ".join(self.place)
        marks = ", ".join("%s" for _ in self.place)
        sign, way = (">", "ASC") if self.ascending else ("<", "DESC")
        where = "" if behind is None else f"WHERE ({columns}) {sign} ({marks})"
        order = ", ".join(f"{column} {way}" for column in self.place)
        query = f"SELECT * FROM ({self.source}) AS listed {where} ORDER BY {order} LIMIT %s"
        with connection.cursor() as cursor:
            return self.read(cursor.execute(query, [*self.given, *(behind or ()), limit]))

    def count(self, connection: Connection[Any]) -> int:
        """How many rows there are on all pages; of more, one beyond ``MOST_COUNTED``."""
        query = f"SELECT count(*) FROM (SELECT FROM ({self.source}) AS listed LIMIT %s) AS counted"
        row = connection.execute(query, [*self.given, MOST_COUNTED + 1]).fetchone()
        return int(row[0]) if row else 0


@dataclass(frozen=True, kw_only=True)
class Gathered(Generic[Row]):
    """Rows gathered from many beginnings, a page from each: the time does not grow with the rows.

    ``gather`` brings at most so many rows behind a place, in the order of ``place``; ``counts``
    tells how many there are, of at most so many; None where nobody is told. ``begins`` brings the
    first rows with that number by one statement, where one can.
    """

    place: tuple[str, ...]
    gather: Callable[[Connection[Any], Sequence[Any] | None, int], list[Row]]
    counts: Callable[[Connection[Any], int], int] | None = None
    begins: Callable[[Connection[Any], int, int], tuple[list[Row], int]] | None = None

    def page(
        self, connection: Connection[Any], *, behind: Sequence[Any] | None = None, limit: int = 50
    ) -> list[Row]:
        """At most ``limit`` rows, behind the place of the last one seen."""
        return self.gather(connection, behind, limit)

    def count(self, connection: Connection[Any]) -> int:
        """How many rows there are on all pages; of more, one beyond ``MOST_COUNTED``."""
        assert self.counts is not None
        return self.counts(connection, MOST_COUNTED + 1)


@dataclass(frozen=True, kw_only=True)
class Sifted(Generic[Row]):
    """Rows of which perhaps none is found among many: so much is looked at for a page, no more.

    ``sift`` brings at most so many rows behind a place, in the order of ``place``, and the place up
    to which it looked; None, where nothing is left to be looked at. A page may hold fewer rows
    than were asked for, or none, and another follow it. Nobody is told how many there are.
    """

    place: tuple[str, ...]
    sift: Callable[
        [Connection[Any], Sequence[Any] | None, int], tuple[list[Row], Sequence[Any] | None]
    ]


Listed = Listing[Row] | Gathered[Row] | Sifted[Row]
"""A question, however its pages are found."""


Leaf = tuple[list[Row], Sequence[Any] | None]
"""The rows of a page, and the place behind which the next begins; None, behind the last page."""


def leafed(
    listed: Listed[Row], connection: Connection[Any], behind: Sequence[Any] | None, limit: int
) -> Leaf[Row]:
    """A page of at most so many rows behind a place.

    One more row is asked for, to know whether another page follows.
    """
    if isinstance(listed, Sifted):
        found, reached = listed.sift(connection, behind, limit + 1)
    else:
        found, reached = listed.page(connection, behind=behind, limit=limit + 1), None
    return _cut(listed, found, limit, reached)


def counted_from_the_first(
    listed: Listing[Row] | Gathered[Row], connection: Connection[Any], limit: int
) -> tuple[Leaf[Row], int]:
    """The first page, and how many rows there are on all, as ``count`` says.

    What does not fill a page is counted with it.
    """
    if listed.begins is not None:
        found, count = listed.begins(connection, limit + 1, MOST_COUNTED + 1)
    else:
        found = listed.page(connection, limit=limit + 1)
        count = len(found) if len(found) <= limit else listed.count(connection)
    return _cut(listed, found, limit), count


def _cut(
    listed: Listed[Row], found: list[Row], limit: int, reached: Sequence[Any] | None = None
) -> Leaf[Row]:
    if len(found) > limit:
        reached = [getattr(found[limit - 1], each) for each in listed.place]
    return found[:limit], reached


def merged(*lists: Listing[Row] | Gathered[Row], ascending: bool = False) -> Gathered[Row]:
    """Several lists as one, all in the same order: each brings a page of its own by an index."""
    place = lists[0].place
    by = attrgetter(*place)

    def gather(connection: Connection[Any], behind: Sequence[Any] | None, limit: int) -> list[Row]:
        pages = (each.page(connection, behind=behind, limit=limit) for each in lists)
        return list(islice(merge(*pages, key=by, reverse=not ascending), limit))

    def count(connection: Connection[Any], _most: int) -> int:
        return sum(each.count(connection) for each in lists)

    return Gathered(place=place, gather=gather, counts=count)


def listing(
    table: Columns[Row],
    conditions: Sequence[Condition],
    place: tuple[str, ...],
    *,
    ascending: bool = False,
) -> Listing[Row]:
    """The rows of a table that meet all conditions."""
    where, given = both(*conditions)
    return Listing(
        source=f"SELECT {table.listed} FROM {table.source} WHERE {where}",
        given=given,
        place=place,
        read=table.rows,
        ascending=ascending,
    )


def narrowed(conditions: dict[str, Any]) -> list[Condition]:
    """Conditions with one placeholder each, but for those for which nothing was given."""
    return [(each, [given]) for each, given in conditions.items() if given is not None]


def both(*conditions: Condition) -> Condition:
    """That all of these conditions are met; what is said twice is asked once."""
    return _joined(" AND ", "true", conditions)


def either(*conditions: Condition) -> Condition:
    """That one of these conditions is met, at least."""
    return _joined(" OR ", "false", conditions)


def _joined(word: str, of_none: str, conditions: Sequence[Condition]) -> Condition:
    once = [each for n, each in enumerate(conditions) if each not in conditions[:n]]
    joined = word.join(condition for condition, _ in once) or of_none
    return f"({joined})", [each for _, given in once for each in given]
