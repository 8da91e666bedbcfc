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

    from projections.scope import Scope

_WITHIN = f"""
WITH asked (stream) AS (SELECT unnest(%(streams)s::text[])),
inside (organisation) AS (
    SELECT organisation FROM {organisations.stored} AS house
    WHERE organisation = ANY (%(organisations)s) OR EXISTS (
        SELECT FROM unnest(%(areas)s::text[]) AS wider (area)
        WHERE starts_with(house.area || '/', wider.area || '/'))
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


def within(connection: Connection[Any], streams: Iterable[str], scope: Scope) -> frozenset[str]:
    """Those of some streams that are about something in the areas or organisations of a scope.

    A case lies where its employer does, a person where their accounts are.
    What lies nowhere is not among them.
    """
    given = {
        "streams": sorted(set(streams)),
        "areas": sorted(scope.areas),
        "organisations": sorted(scope.organisations),
    }
    rows = connection.execute(_WITHIN, given)
    return frozenset(stream for (stream,) in rows)
