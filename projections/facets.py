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
    counts = " UNION ALL ".join(
        f"SELECT '{name}', {column}, count(*) FROM listed WHERE {column} IS NOT NULL GROUP BY 2"
        for name, column in FACETS.items()
    )
    columns = ", ".join(FACETS.values())
    rows = connection.execute(
        f"""WITH listed AS MATERIALIZED (
                SELECT {columns} FROM {cases.source} WHERE {where} LIMIT %s
            )
            SELECT '', '', count(*) FROM listed UNION ALL {counts} ORDER BY 1, 3 DESC, 2""",
        [*given, MOST_CASES + 1],
    ).fetchall()
    (_, _, looked_at), *counted = rows
    return [Facet(*each) for each in counted], looked_at <= MOST_CASES
