"""Values of the record in the form in which they are answered, made once for each value.

A value of the record never changes, so neither does what is written of it; all but the words about
people, which are looked at anew each time: a key may have been destroyed, and not everybody may
see them. What is made is kept as long as the value itself is at hand, unless it becomes too much,
and holds no words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import ref

import orjson

from audit.leaf.wire import shape_of
from domain.personal import Personal

if TYPE_CHECKING:
    from audit.leaf.canonical import JSON

T = TypeVar("T")
Show = Callable[[Personal], str]
"""Says how words are shown to somebody."""
Fill = Callable[[Show], Any]
"""Writes what was made before, with its words."""

OCTETS_MADE = 3 * 2**20
"""After so many octets of JSON everything is made anew; they take 5.4 times as much as objects."""
OCTETS_OF_A_VALUE = 140
"""What a value counts for beside its JSON."""


class _Made:
    """What was made of values since it was begun anew, by the address of each while it lies there.

    Safe to use from several threads; what another has just dropped is made once more.
    """

    def __init__(self) -> None:
        self.known: dict[int, tuple[ref[object], Fill]] = {}
        self.octets = 0

    def of(self, value: T, tell: Callable[[T], dict[str, Any]]) -> Fill:
        """What writes a value, of which there is one way to ``tell`` by its kind."""
        known = self.known.get(id(value))
        if known is not None and known[0]() is value:
            return known[1]
        tree = tell(value)
        fill = _filling(tree) or (lambda _: dict(tree))
        self._keep(value, fill, OCTETS_OF_A_VALUE + len(orjson.dumps(tree, default=_unsaid)))
        return fill

    def _keep(self, value: object, fill: Fill, octets: int) -> None:
        if self.octets + octets > OCTETS_MADE:
            self.known.clear()
            self.octets = 0
        self.known[id(value)] = (self._until_gone(value), fill)
        self.octets += octets

    def _until_gone(self, value: object) -> ref[object]:
        address = id(value)

        def forget(gone: ref[object]) -> None:
            if (known := self.known.get(address)) is not None and known[0] is gone:
                del self.known[address]

        return ref(value, forget)


_made = _Made()


def written(value: object, show: Show) -> dict[str, Any]:
    """A dataclass of the record as a JSON object with all its fields, and its words as shown.

    What lies within is shared with whoever asks again, and is not to be changed.
    """
    filled: dict[str, Any] = _made.of(value, _as_recorded)(show)
    return filled


def written_event(event: object, show: Show) -> dict[str, Any]:
    """The same of an event, of which nobody reads more than its plain members.

    A member that is an object or a list without words is JSON already.
    """
    filled: dict[str, Any] = _made.of(event, _laid_down)(show)
    return filled


def described(value: T, tell: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
    """What is told of a value of the record in which there are no words.

    There is one way to ``tell`` of its kind. What lies within is shared, as above.
    """
    told: dict[str, Any] = _made.of(value, tell)(_nobody)
    return told


def _as_recorded(value: object) -> dict[str, Any]:
    tree = shape_of(type(value)).write(value, "", _left_as_it_is)
    assert isinstance(tree, dict)
    return tree


def _laid_down(event: object) -> dict[str, Any]:
    return {name: _as_json(member) for name, member in _as_recorded(event).items()}


def _as_json(node: Any) -> Any:  # noqa: ANN401 -- anything within JSON
    if isinstance(node, (dict, list)) and node and _filling(node) is None:
        written = bytearray(orjson.dumps(node))  # orjson's own octets hold on to 4 kB
        return orjson.Fragment(bytes(written))
    return node


def _left_as_it_is(_pointer: str, personal: Personal) -> JSON:
    return personal  # type: ignore[return-value] # until it is filled in


def _nobody(personal: Personal) -> str:
    raise AssertionError(personal)


def _unsaid(_personal: object) -> None:
    """Words, where octets are counted without them."""


def _filling(node: Any) -> Fill | None:  # noqa: ANN401 -- anything within JSON
    """Writes something with its words; None where there are none in it."""
    if isinstance(node, Personal):
        return lambda show: show(node)
    if isinstance(node, dict):
        members = [(name, fill) for name, each in node.items() if (fill := _filling(each))]
        if members:
            return lambda show: node | {name: fill(show) for name, fill in members}
    if isinstance(node, list):
        places = {at: fill for at, each in enumerate(node) if (fill := _filling(each))}
        if places:
            return lambda show: [
                places[at](show) if at in places else each for at, each in enumerate(node)
            ]
    return None
