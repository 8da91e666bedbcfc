"""By what a list could be narrowed further: each word that its rows have, how often."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from projections.case_scope import seen_here
from projections.case_status import cases
from projections.listing import both

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
MOST_ROWS = 1_000
"""Rows of another list that are looked at, the first ones, likewise."""


@dataclass(frozen=True)
class Facet:
    """A word that rows have under a qualifier, and how many of those looked at have it."""

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
    return _sorted(counted), looked_at <= MOST_CASES


def of_rows(rows: Iterable[object], words: Mapping[str, str]) -> list[Facet]:
    """The words of some rows; ``words`` says which attribute holds those of a qualifier."""
    counted = Counter(
        (qualifier, word)
        for row in rows
        for qualifier, attribute in words.items()
        for word in _several(getattr(row, attribute))
    )
    return _sorted([Facet(*each, count) for each, count in counted.items()])


def _several(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _sorted(found: list[Facet]) -> list[Facet]:
    return sorted(found, key=lambda each: (each.qualifier, -each.count, each.word))
