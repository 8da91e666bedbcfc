"""In which area the things of the record lie, so that a feed shows a watcher what is theirs.

A query over tables that other views keep; it has none of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

_WITHIN = """
WITH asked (stream) AS (SELECT unnest(%(streams)s::text[])),
inside (organisation) AS (
    SELECT organisation FROM organisation WHERE starts_with(area || '/', %(area)s || '/')
)
SELECT stream FROM asked WHERE stream IN (SELECT organisation FROM inside)
UNION
SELECT "case" FROM case_status JOIN asked ON "case" = stream
WHERE employer IN (SELECT organisation FROM inside)
UNION
SELECT account FROM account JOIN asked ON account = stream
WHERE organisation IN (SELECT organisation FROM inside)
UNION
SELECT person FROM account JOIN asked ON person = stream
WHERE organisation IN (SELECT organisation FROM inside)
UNION
SELECT refusal.stream FROM refusal JOIN asked ON refusal.stream = asked.stream
WHERE organisation IN (SELECT organisation FROM inside)
"""


def within(connection: Connection[Any], streams: Iterable[str], area: str) -> frozenset[str]:
    """Those of some streams that are about something in an area.

    A case lies where its employer does, a person where their accounts are.
    What lies nowhere is not among them.
    """
    rows = connection.execute(_WITHIN, {"streams": sorted(set(streams)), "area": area})
    return frozenset(stream for (stream,) in rows)
