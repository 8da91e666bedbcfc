"""What somebody, or an office, did in cases (办理记录): the timeline as a list can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.asking import by_whom, compared, on_days, turned
from projections.case_scope import seen
from projections.listing import listing
from projections.timeline import TOLD, acts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projections.asking import Asked
    from projections.listing import Condition, Listing
    from projections.scope import Scope
    from projections.timeline import Act

_COLUMNS = {
    "act": "topic",
    "org": "organisation",
    "case": '"case"',
    "seat": "seat",
    "stage": "stage",
}


def visible(scope: Scope, asked: Sequence[Asked]) -> Listing[Act]:
    """What was done in cases that ``scope`` shows, and is told of any case, the newest first."""
    return listing(acts, _conditions(scope, asked), ("position",))


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
