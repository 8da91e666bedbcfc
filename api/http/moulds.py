"""Values of the record in the form in which they are answered, made once for each value.

A value of the record never changes, so neither does what is written of it; all but the words about
people, which are looked at anew each time: a key may have been destroyed, and not everybody may
see them. What is made is kept as long as the value itself is at hand, and holds no words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from weakref import ref

from audit.leaf.wire import shape_of
from domain.personal import Personal

if TYPE_CHECKING:
    from audit.leaf.canonical import JSON

Show = Callable[[Personal], str]
"""Says how words are shown to somebody."""
Fill = Callable[[Show], Any]
"""Writes what was made before, with its words."""

_made: dict[int, tuple[ref[object], Fill]] = {}
"""By the address of a value, as long as it lies there."""


def written(value: object, show: Show) -> dict[str, Any]:
    """A dataclass of the record as a JSON object with all its fields, and its words as shown.

    What lies within is shared with whoever asks again, and is not to be changed.
    """
    known = _made.get(id(value))
    if known is None or known[0]() is not value:
        known = _made[id(value)] = (_until_gone(value), _fill_of(value))
    filled: dict[str, Any] = known[1](show)
    return filled


def _until_gone(value: object) -> ref[object]:
    address = id(value)

    def forget(gone: ref[object]) -> None:
        if (known := _made.get(address)) is not None and known[0] is gone:
            del _made[address]

    return ref(value, forget)


def _fill_of(value: object) -> Fill:
    tree = shape_of(type(value)).write(value, "", _left_as_it_is)
    assert isinstance(tree, dict)
    return _filling(tree) or (lambda _: dict(tree))


def _left_as_it_is(_pointer: str, personal: Personal) -> JSON:
    return personal  # type: ignore[return-value] # until it is filled in


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
