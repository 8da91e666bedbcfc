"""A stream as it was read: its events in order, each bound to the one before it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from audit.append.mapper import Recorded
from audit.head import Head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from domain.event import Event

T = TypeVar("T")


class StreamBrokenError(Exception):
    """Versions of a stream are missing, or an event does not name its predecessor's hash."""


@dataclass(frozen=True)
class History:
    """The events of a stream, from version 1; none where the stream does not exist."""

    stream: str
    recorded: tuple[Recorded, ...]

    @classmethod
    def of(cls, stream: str, recorded: Iterable[Recorded]) -> History:
        """The history of these events; raises ``StreamBrokenError`` if they are no chain."""
        return cls(stream, ()).then(recorded)

    def then(self, recorded: Iterable[Recorded]) -> History:
        """The same with the events behind it; raises ``StreamBrokenError``."""
        further = tuple(recorded)
        previous = self.head.leaf_hash
        for version, one in enumerate(further, start=self.version + 1):
            if one.version != version or one.previous != previous:
                msg = f"{self.stream} breaks before version {one.version}, position {one.position}"
                raise StreamBrokenError(msg)
            previous = one.leaf_hash
        longer = History(self.stream, self.recorded + further)
        longer.tells.update(self.tells)
        return longer

    @cached_property
    def tells(self) -> dict[object, tuple[int, Any]]:
        """By what tells it, each state that follows, and from how many of its events."""
        return {}

    def once(self, reckon: Callable[..., T], *given: object) -> T:
        """What follows from these events, and from what is given, reckoned once as long as that is.

        ``reckon`` is a function of a module; what it answers is shared and is not changed.
        ``given`` are states that were folded, which are the same as long as nothing happens, or
        words and days. It is reckoned again as soon as one of them is another.
        """
        version, kept = self.tells.get(reckon, (0, None))
        if version != self.version or not the_same(kept[0], given):
            kept = given, reckon(self, *given)
            self.tells[reckon] = self.version, kept
        reckoned: T = kept[1]
        return reckoned

    def remember(
        self,
        what: object,
        stands: tuple[object, ...],
        told: tuple[object, ...],
        reckon: Callable[[], T],
    ) -> T:
        """What follows from what is given and from nothing else, reckoned once as long as that is.

        No later event makes it another. ``what`` tells the questions apart; ``stands`` are states
        and parts of them, as for ``once``, in which no words are opened to compare them; ``told``
        is compared.
        """
        _, kept = self.tells.get(what, (0, None))
        if kept is None or not the_same(kept[0], stands) or kept[1] != told:
            kept = stands, told, reckon()
            self.tells[what] = self.version, kept
        reckoned: T = kept[2]
        return reckoned

    @property
    def version(self) -> int:
        """How many events the stream has."""
        return len(self.recorded)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events alone, to be folded into a state."""
        return tuple(one.event for one in self.recorded)

    @property
    def head(self) -> Head:
        """What a decision on this history rests on."""
        return self.recorded[-1].head if self.recorded else Head.new(self.stream)

    def as_of(self, position: int) -> History:
        """The history as it was when the record had come to ``position``."""
        known = bisect_right(self.recorded, position, key=attrgetter("position"))
        return self if known == self.version else History(self.stream, self.recorded[:known])


Kept = dict[object, tuple[tuple[object, ...], Any]]
"""By the question: from what its answer follows, and the answer."""


def reckoned_once(
    kept: Kept, what: object, given: tuple[object, ...], reckon: Callable[[], T]
) -> T:
    """What follows from what is given, as it is kept, or reckoned where that was another."""
    known = kept.get(what)
    if known is None or not the_same(known[0], given):
        known = kept[what] = given, reckon()
    reckoned: T = known[1]
    return reckoned


def the_same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    """Whether these are the very same things, or equal words or days: nothing deep is compared."""
    if len(some) != len(others):
        return False
    for one, other in zip(some, others, strict=True):
        if one is not other and (type(one) not in _COMPARED or one != other):
            return False
    return True


_COMPARED = (str, date)
