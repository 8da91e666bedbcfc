"""Histories that the domain could never have written: true ones, altered in one place.

Nothing here says what to alter: every member of every stored event is given other values that
stand under the same name elsewhere in the record, every event is left out, told twice, told
before its neighbour, or made another kind of event.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from audit.duties.leaf import Leaf

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Sequence

    from audit.record import Row

Stored = dict[str, Any]
Place = tuple[str | int, ...]

_BETWEEN = ("case-", "account-", "organisation-", "person-", "objection-", "investigation-")
_STORED = ("seats-", *_BETWEEN)
_MEMBERS = ("stream", "recorded_at", "actor", "fields")


@dataclass(frozen=True)
class Altered:
    """A history, and in words what is not true of it."""

    told: str
    history: list[Stored]


class Alterations:
    """Alters histories by what is found in a record."""

    def __init__(self, record: Sequence[Stored], chance: random.Random) -> None:
        self._chance = chance
        self._values: defaultdict[str, set[Any]] = defaultdict(set)
        self._samples: dict[str, Stored] = {}
        for stored in record:
            self._samples.setdefault(stored["topic"], stored)
            for place in _places(stored):
                self._values[_name(place)].add(_at(stored, place))

    def of(self, case: str, history: list[Stored], *, beside: float) -> Iterator[Altered]:
        """Alterations of one place each: all of the case, and a share of what stands beside it."""
        for number, stored in enumerate(history):
            if stored["stream"] != case and self._chance.random() > beside:
                continue
            about = f"{stored['topic']} at {stored['version']} of {stored['stream']}"
            yield Altered(f"{about} left out", [*history[:number], *history[number + 1 :]])
            yield Altered(f"{about} twice", [*history[: number + 1], *history[number:]])
            if number:
                before, rest = history[: number - 1], history[number + 1 :]
                swapped = [*before, stored, history[number - 1], *rest]
                yield Altered(f"{about} sooner", swapped)
            for told, other in self._otherwise(stored):
                yield Altered(
                    f"{about}: {told}", [*history[:number], other, *history[number + 1 :]]
                )

    def _otherwise(self, stored: Stored) -> Iterator[tuple[str, Stored]]:
        for place in _places(stored):
            true = _at(stored, place)
            values = sorted(self._values[_name(place)] - {true}, key=repr)
            for value in self._chance.sample(values, min(1, len(values))):
                yield f"{place} is {value!r} for {true!r}", _set(stored, place, value)
        for topic, sample in self._samples.items():
            if topic.split(":")[0] == stored["topic"].split(":")[0] != topic:
                other = copy.deepcopy(stored)
                other["topic"] = topic
                other["fields"] = {**copy.deepcopy(sample["fields"]), **other["fields"]}
                yield f"now {topic}", other


def stored_events(rows: Iterable[Row]) -> list[Stored]:
    """The events of a record on which a verdict can rest, read out of their bytes."""
    return [orjson.loads(row[4]) for row in rows if row[1].startswith(_STORED)]


def about_case(record: Sequence[Stored], case: str) -> list[Stored]:
    """What the record says of a case and of everybody who acted in it, in order."""
    named = _named_in(each for each in record if each["stream"] == case)
    named |= _named_in(each for each in record if each["stream"] in named)
    named |= {each.replace("organisation-", "seats-") for each in named}
    near = {case, *(each for each in named if not each.startswith("case-"))}
    return [each for each in record if each["stream"] in near]


def leaves(history: Sequence[Stored]) -> list[Leaf]:
    """The history as the proof reads it, at positions one after the other."""
    return [
        Leaf(
            position=position,
            stream=each["stream"],
            version=each["version"],
            topic=each["topic"],
            recorded_at=each["recorded_at"],
            actor=each["actor"],
            fields=each["fields"],
        )
        for position, each in enumerate(history, 1)
    ]


def _named_in(events: Iterable[Stored]) -> set[str]:
    return {
        str(_at(stored, place))
        for stored in events
        for place in _places(stored)
        if str(_at(stored, place)).startswith(_BETWEEN)
    }


def _places(stored: Stored) -> Iterator[Place]:
    """Where a scalar stands that says something."""
    for member in _MEMBERS:
        yield from _beneath(stored[member], (member,))


def _beneath(value: object, place: Place) -> Iterator[Place]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _beneath(each, (*place, name))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _beneath(each, (*place, number))
    else:
        yield place


def _name(place: Place) -> str:
    return next(each for each in reversed(place) if isinstance(each, str))


def _at(stored: Stored, place: Place) -> Any:  # noqa: ANN401 -- whatever stands there
    value: Any = stored
    for step in place:
        value = value[step]
    return value


def _set(stored: Stored, place: Place, value: object) -> Stored:
    other = copy.deepcopy(stored)
    _at(other, place[:-1])[place[-1]] = value
    return other
