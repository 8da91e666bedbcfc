"""What somebody, or an office, did in cases (办理记录): the timeline as a list can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.asking import by_whom, compared, on_days, turned
from projections.case_acts import TOLD, acts
from projections.case_scope import seen
from projections.listing import listing
from projections.reach import among, asked_first, few_cases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.asking import Asked
    from projections.case_acts import Act
    from projections.listing import Condition, Gathered, Listing
    from projections.scope import Scope

_COLUMNS = {
    "act": "topic",
    "org": "organisation",
    "case": '"case"',
    "seat": "seat",
    "stage": "stage",
}


def visible(scope: Scope, asked: Sequence[Asked], *, ascending: bool = False) -> Gathered[Act]:
    """What was done in cases that ``scope`` shows, and is told of any case, the newest first.

    ``ascending``: the oldest first.
    """
    conditions = _conditions(scope, asked)

    def theirs(connection: Connection[Any]) -> Listing[Act]:
        named = among('timeline."case"', few_cases(connection, scope))
        return listing(acts, [named, *conditions], ("position",), ascending=ascending)

    return asked_first(theirs, ("position",))


def following(scope: Scope, asked: Sequence[Asked], last: int) -> Listing[Act]:
    """The same up to a position, the oldest first."""
    up_to = ("timeline.position <= %s", [last])
    return listing(acts, [*_conditions(scope, asked), up_to], ("position",), ascending=True)


def _conditions(scope: Scope, asked: Sequence[Asked]) -> list[Condition]:
    return [
        seen(scope, 'timeline."case"'),
        ("timeline.topic = ANY (%s)", [list(TOLD)]),
        *(turned(each, _condition(each)) for each in asked),
    ]


def _condition(asked: Asked) -> Condition:
    if asked.name == "actor":
        return by_whom(acts.name, "person", "account", asked)
    if asked.name == "day":
        return compared("timeline.at", on_days(asked))
    return compared(f"timeline.{_COLUMNS[asked.name]}", asked)
