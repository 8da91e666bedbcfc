"""By what a list of cases could be narrowed further: each word that its cases have, how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from projections.case_scope import seen_here
from projections.case_status import cases
from projections.listing import both

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.listing import Condition
    from projections.scope import Scope

FACETS = {
    "status": "phase",
    "stage": "stage",
    "pack": "pack",
    "series": "series",
    "level": "level",
    "batch": "batch",
}
"""The qualifiers whose words are counted, and the columns that hold them."""
_ALL = 2 ** len(FACETS) - 1
_QUALIFIERS = {_ALL - 2**place: name for place, name in enumerate(reversed(FACETS))}
"""By the columns that a row leaves out, one bit for each, the first the highest (GROUPING)."""
MOST_CASES = 3_000
"""Cases that are looked at; of a longer list it is said that there are more."""


@dataclass(frozen=True)
class Facet:
    """A word that cases have under a qualifier, and how many of those looked at have it."""

    qualifier: str
    word: str
    count: int


def facets(
    connection: Connection[Any], scope: Scope, asked: Sequence[Condition]
) -> tuple[list[Facet], bool]:
    """The words of the cases that ``scope`` shows and that meet what is asked; whether of all."""
    where, given = both(*seen_here(scope), *asked)
    columns, sets = ", ".join(FACETS.values()), ", ".join(f"({each})" for each in FACETS.values())
    rows = connection.execute(
        f"""SELECT grouping({columns}), coalesce({columns}), count(*)
            FROM (SELECT {columns} FROM {cases.source} WHERE {where} LIMIT %s) AS listed
            GROUP BY GROUPING SETS ((), {sets})""",
        [*given, MOST_CASES + 1],
    ).fetchall()
    looked_at = sum(count for left_out, _, count in rows if left_out not in _QUALIFIERS)
    counted = [
        Facet(_QUALIFIERS[left_out], word, count)
        for left_out, word, count in rows
        if left_out in _QUALIFIERS and word is not None
    ]
    counted.sort(key=lambda each: (each.qualifier, -each.count, each.word))
    return counted, looked_at <= MOST_CASES
