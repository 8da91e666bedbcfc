"""Of which streams a feed tells a watcher: each kind by the condition that its lists are asked by.

A query over tables that other views keep; it has none of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections import case_scope, organisations, people
from projections.accounts import accounts
from projections.listing import ALWAYS, both, either
from projections.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from psycopg import Connection

    from projections.listing import Condition
    from projections.scope import Scope

_OF_EVERYBODY = ("edition", "policy", "record", "text")
_OF_THE_RECORD = (
    "authority",
    "creditcode",
    "decision",
    "link",
    "rolls",
    "rotation",
    "seats",
    "vacancies",
    "windows",
)
"""Kinds that are told to who watches over the whole record, and to nobody else."""


def _kinds(scope: Scope) -> Mapping[str, Condition]:
    """By the kind with which its name begins, how a stream stands that is told; of others none."""
    house, given = organisations.seen(scope, "named.organisation")
    named = (
        f"EXISTS (SELECT FROM {{table}} AS named WHERE named.{{key}} = asked.stream AND {house})"
    )
    kinds = {
        "account": (named.format(table=accounts.stored, key="account"), given),
        "case": case_scope.seen(scope, "asked.stream"),
        "organisation": organisations.seen(scope, "asked.stream"),
        "person": people.seen(scope, "asked.stream"),
        "refusal": (named.format(table=refused.stored, key="stream"), given),
    }
    told = (*_OF_EVERYBODY, *(_OF_THE_RECORD if scope.everything else ()))
    return kinds | dict.fromkeys(told, ALWAYS)


def told(connection: Connection[Any], scope: Scope, streams: Iterable[str]) -> frozenset[str]:
    """Those of some streams that are of a kind that is told, and that ``scope`` shows."""
    where, given = either(
        *(
            both(("split_part(asked.stream, '-', 1) = %s", [kind]), shown)
            for kind, shown in _kinds(scope).items()
        )
    )
    rows = connection.execute(
        f"SELECT stream FROM unnest(%s::text[]) AS asked (stream) WHERE {where}",
        [sorted(set(streams)), *given],
    )
    return frozenset(stream for (stream,) in rows)
