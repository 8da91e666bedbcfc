"""What a state remembers without bound: what is added shares all that was there before.

A tuple that is copied with each of ten thousand events is copied ten thousand times. Here what is
said last lies in small layers upon larger ones, and two layers of the same size become one: each
thing is copied once for each doubling, and no layer is ever altered, so that an earlier state
stays what it was, whatever grows from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

K = TypeVar("K")
V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)

_Said = tuple[int, Any] | None
"""What is said of a key: its place with its value, None where it was struck."""
_Layer = dict[Any, _Said]

R = TypeVar("R")

QUESTIONS = 16
"""So many answers are kept beside the values from which they were reckoned."""
THIN = 32
"""A layer of less takes in what is said next."""


class Ledger(Sequence[V_co], Generic[K, V_co]):
    """Values in the order of their entry, each under a key by which it is amended or struck.

    It is read, and compared, like the tuple of its values.
    """

    __slots__ = ("_layers", "_length", "_next", "_reckoned", "_values")

    def __init__(self) -> None:
        """Nothing entered yet."""
        self._reckoned: dict[object, Any] = {}
        self._layers: tuple[_Layer, ...] = ()
        self._length = self._next = 0
        self._values: tuple[V_co, ...] | None = ()

    @classmethod
    def of(cls, *entries: tuple[K, V_co]) -> Ledger[K, V_co]:
        """These values, each behind its key."""
        ledger = cls()
        for key, value in entries:
            ledger = ledger.entered(key, value)
        return ledger

    def entered(self: Ledger[K, V], key: K, value: V) -> Ledger[K, V]:
        """With a value under a key: at the end, or in the place of the one that was there."""
        known = self._find(key)
        if known is not None and known[1] is value:
            return self
        place = self._next if known is None else known[0]
        return self._with(key, (place, value), self._length + (known is None))

    def added(self: Ledger[int, V], *values: V) -> Ledger[int, V]:
        """With values at the end, each under its number."""
        longer = self
        for value in values:
            said = (longer._next, value)
            longer = longer._with(longer._next, said, longer._length + 1)
        return longer

    def struck(self, key: K) -> Ledger[K, V_co]:
        """Without what was under a key; the same where there was nothing."""
        return self if self._find(key) is None else self._with(key, None, self._length - 1)

    def under(self, key: K) -> V_co | None:
        """The value under a key; None where there is none."""
        known = self._find(key)
        return None if known is None else known[1]

    def reckoned(self, what: object, reckon: Callable[[], R]) -> R:
        """What was reckoned from these values alone, once for the last few questions.

        ``what`` tells the questions apart. Nothing changes values, so no answer grows old.
        """
        kept = self._reckoned
        if what not in kept:
            if len(kept) >= QUESTIONS:
                self._reckoned = kept = {}
            kept[what] = reckon()
        answer: R = kept[what]
        return answer

    def _find(self, key: K) -> tuple[int, V_co] | None:
        for layer in reversed(self._layers):
            if key in layer:
                return layer[key]
        return None

    def _with(self, key: K, said: tuple[int, Any] | None, length: int) -> Ledger[K, Any]:
        grown: Ledger[K, Any] = Ledger.__new__(Ledger)
        grown._layers = laid(self._layers, key, said)
        grown._length, grown._next = length, self._next + 1
        grown._values, grown._reckoned = None, {}
        return grown

    def every_key(self) -> tuple[K, ...]:
        """The keys of the values, in the same order."""
        said = self._said()
        places = {key: one[0] for key, one in said.items() if one is not None}
        return tuple(sorted(places, key=places.__getitem__))

    def _said(self) -> _Layer:
        said: _Layer = {}
        for layer in self._layers:
            said.update(layer)
        return said

    def _told(self) -> tuple[V_co, ...]:
        if self._values is None:
            standing = sorted(filter(None, self._said().values()), key=itemgetter(0))
            self._values = tuple(value for _, value in standing)
        return self._values

    @overload
    def __getitem__(self, at: int) -> V_co: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[V_co, ...]: ...
    def __getitem__(self, at: int | slice) -> V_co | tuple[V_co, ...]:
        return self._told()[at]

    def __iter__(self) -> Iterator[V_co]:
        return iter(self._told() if self._values is None else self._values)

    def __len__(self) -> int:
        return self._length

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Ledger, tuple)) and self._told() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._told())

    def __repr__(self) -> str:
        return f"Ledger{self._told()!r}"


class Several(AbstractSet[V_co]):
    """Different things, in the order in which each was first named; read like a frozenset."""

    __slots__ = ("_ledger",)

    def __init__(self, named: Iterable[V_co] = ()) -> None:
        """These things."""
        self._ledger: Ledger[Any, V_co] = Ledger.of(*((each, each) for each in named))

    def joined(self: Several[V], *others: V) -> Several[V]:
        """With others; the same where they are here already."""
        ledger = self._ledger
        for each in others:
            ledger = ledger.entered(each, each)
        return self._of(ledger)

    def left(self: Several[V], *others: V) -> Several[V]:
        """Without others; the same where they are not here."""
        ledger = self._ledger
        for each in others:
            ledger = ledger.struck(each)
        return self._of(ledger)

    def _of(self: Several[V], ledger: Ledger[Any, V]) -> Several[V]:
        if ledger is self._ledger:
            return self
        grown: Several[V] = Several.__new__(Several)
        grown._ledger = ledger
        return grown

    def __contains__(self, one: object) -> bool:
        return self._ledger.under(one) is not None

    def __iter__(self) -> Iterator[V_co]:
        return iter(self._ledger)

    def __len__(self) -> int:
        return len(self._ledger)

    def __eq__(self, other: object) -> bool:
        return AbstractSet.__eq__(self, other)

    def __hash__(self) -> int:
        return self._hash()

    def __repr__(self) -> str:
        return f"Several({list(self)!r})"


def laid(layers: tuple[_Layer, ...], key: object, said: _Said) -> tuple[_Layer, ...]:
    """The layers with what is said of a key: in the last of them, while that is thin."""
    if not layers or len(layers[-1]) >= THIN:
        return (*layers, {key: said})
    top, layers = {**layers[-1], key: said}, layers[:-1]
    if len(top) < THIN:
        return (*layers, top)
    while layers and len(layers[-1]) <= len(top):
        top, layers = {**layers[-1], **top}, layers[:-1]
    if not layers:
        top = {key: said for key, said in top.items() if said is not None}
    return (*layers, top)
