"""In which area the things of the record lie, so that a feed shows a watcher what is theirs.

A query over tables that other views keep; it has none of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.accounts import accounts
from projections.organisations import organisations
from projections.refusals import refused
from projections.status import cases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

_WITHIN = f"""
WITH asked (stream) AS (SELECT unnest(%(streams)s::text[])),
inside (organisation) AS (
    SELECT organisation FROM {organisations.stored} WHERE starts_with(area || '/', %(area)s || '/')
)
SELECT stream FROM asked WHERE stream IN (SELECT organisation FROM inside)
UNION
SELECT "case" FROM {cases.stored} JOIN asked ON "case" = stream
WHERE employer IN (SELECT organisation FROM inside)
UNION
SELECT account FROM {accounts.stored} JOIN asked ON account = stream
WHERE organisation IN (SELECT organisation FROM inside)
UNION
SELECT person FROM {accounts.stored} JOIN asked ON person = stream
WHERE organisation IN (SELECT organisation FROM inside)
UNION
SELECT refusal.stream FROM {refused.source} JOIN asked ON refusal.stream = asked.stream
WHERE organisation IN (SELECT organisation FROM inside)
"""


def within(connection: Connection[Any], streams: Iterable[str], area: str) -> frozenset[str]:
    """Those of some streams that are about something in an area.

    A case lies where its employer does, a person where their accounts are.
    What lies nowhere is not among them.
    """
    rows = connection.execute(_WITHIN, {"streams": sorted(set(streams)), "area": area})
    return frozenset(stream for (stream,) in rows)
