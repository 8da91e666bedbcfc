"""Whether an event, as it is told to somebody, is what a query asks for.

The query is put to what is told and to nothing else: of what is withheld it finds nothing out.
"""

from __future__ import annotations

from operator import eq, ge, gt, le, lt
from typing import TYPE_CHECKING, Any

from domain import beijing
from projections.asking import EQUAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from projections.asking import Asked, Bound, Scalar

_HOLDS: Mapping[str, Callable[[Any, Any], bool]] = {EQUAL: eq, ">=": ge, ">": gt, "<=": le, "<": lt}


def fits(event: Mapping[str, Any], asked: Iterable[Asked]) -> bool:
    """Whether every term holds of an event of the feed; of one that is withheld none is asked."""
    values = _values(event)
    return all(
        any(_within(each, bound) for bound in term.bounds for each in values[term.name])
        is not term.negated
        for term in asked
    )


def _values(event: Mapping[str, Any]) -> Mapping[str, tuple[Any, ...]]:
    """By qualifier what an event says; a day is one of Beijing."""
    data, subject = event["data"], event["subject"]
    actor, said = data["actor"], data["fields"]
    return {
        "act": (event["type"],),
        "actor": (actor.get("person"), actor.get("account")),
        "case": (subject,),
        "day": (beijing.day(event["time"]),),
        "org": (actor.get("organisation"),),
        "seat": (actor.get("seat"),),
        "stage": (said.get("stage") or said.get("from_stage"),),
        "subject": (subject,),
    }


def _within(value: Scalar | date | None, bound: Bound) -> bool:
    return value is not None and all(_HOLDS[sign](value, end) for sign, end in bound)
