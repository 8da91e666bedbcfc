"""What each question of the desk takes in the database of a filled record, case by case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.asking import CALLERS, LISTS
from bench.overhearing import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

    from bench.asking import Sample
    from bench.overhearing import Statement

PAGE = 50
"""Rows that a page of the API shows, unless it is asked for others."""
PARTS = ("page", "next page", "count")
_TRIES = 9


@dataclass(frozen=True)
class Cost:
    """What some statements took together: milliseconds, planning included, and blocks touched.

    ``rows`` were told of, or counted.
    """

    ms: float = 0.0
    blocks: int = 0
    rows: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.ms + other.ms, self.blocks + other.blocks, self.rows + other.rows)

    def lesser(self, other: Cost) -> Cost:
        """The same by whichever try was faster."""
        return min(self, other, key=lambda each: each.ms)


@dataclass(frozen=True)
class Of:
    """A question: the operation that lists, how it is narrowed or ordered, and for whom."""

    list: str
    asked: str
    caller: str


Costs = Mapping[str, Sequence[Cost]]
"""By the parts of a question, what each took of every case that was asked about."""


def questions(only: str = "") -> Iterator[Of]:
    """Everything that everybody can ask, of lists whose name contains ``only``."""
    for operation, asked in LISTS.items():
        if only in operation:
            yield from (Of(operation, each, caller) for each in asked for caller in CALLERS)


def costs(connection: Connection[Any], of: Of, drawn: Sequence[Sample]) -> Costs:
    """Of a question, the least of several tries for each case that was drawn."""
    found = [_of_one(connection, of, each) for each in drawn]
    return {part: [each[number] for each in found] for number, part in enumerate(PARTS)}


def lesser(one: Costs, other: Costs) -> Costs:
    """Of a question that was asked twice, case by case the faster."""
    return {
        part: [a.lesser(b) for a, b in zip(one[part], other[part], strict=True)] for part in PARTS
    }


def _of_one(connection: Connection[Any], of: Of, it: Sample) -> tuple[Cost, Cost, Cost]:
    """The first page, the one behind it where there is one, and the count."""
    found = LISTS[of.list][of.asked](it, CALLERS[of.caller](it))
    first = told(connection, found, limit=PAGE)
    following: list[Statement] = []
    rows = 0
    if first.following:
        second = told(connection, found, behind=first.following, limit=PAGE)
        following, rows = second.page, second.rows
    return (
        _cost(connection, first.page, first.rows),
        _cost(connection, following, rows),
        _cost(connection, first.count, first.counted),
    )


def _cost(connection: Connection[Any], statements: Sequence[Statement], rows: int) -> Cost:
    tries = [[_run(connection, *each) for each in statements] for _ in range(_TRIES)]
    least = min(sum(each.ms for each in one) for one in tries)
    return Cost(round(least, 3), sum(each.blocks for each in tries[-1]), rows)


def _run(connection: Connection[Any], query: str, given: Sequence[Any]) -> Cost:
    ((said,),) = connection.execute(
        f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {query}", given
    ).fetchall()
    plan = said[0]
    blocks = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
    return Cost(plan["Planning Time"] + plan["Execution Time"], blocks)
