"""The histories that a process has at hand, each with the states that were folded from it.

Nobody should read and fold ten thousand events anew for each act, and nobody does: of what is at
hand only the tail is read. It is memory, bounded, and never a table: a state that is stored would
have to be as permanent as the code that folded it.

It is right because positions are given in the order of commits. Before anybody is told anything,
one query asks for the last row that is known and for what was appended behind it, of whatever
stream. Where that row does not stand there, octet by octet, a crash took it away before the disk
had it, and nothing at hand is believed any more. And nothing is decided by memory alone: the
append compares version and hash of each stream that was read, and what did not stand is dropped.

What this process has appended itself, it knows; but what it keeps of that it believes only once
the rows have come that say so, octet by octet.

Words stay sealed in it. Where an event that was appended elsewhere speaks of keys, what this
process has opened is looked up anew, so that what was erased there is shown by nobody here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from audit.history import History
from audit.leaf.hashing import leaf_hash
from domain.event import topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.append.mapper import Recorded

Row = tuple[int, str, int, str, bytes, datetime]
"""Position, stream, version, topic, leaf, time of the position: an event before it is read."""

Rows = Callable[[int, int], "Sequence[Row]"]
"""The rows behind a position, so many at most."""

OCTETS_AT_HAND = 32 * 2**20
"""The leaves of which a process has the events at hand; of one larger stream, all of it.

As objects they take 2.4 times as much, 80 MB: some 44,000 events, four streams of ten thousand.
"""
OCTETS_OF_A_STREAM = 500
"""What a stream counts for beside its leaves, also one that was looked for in vain."""
ROWS_BEHIND = 1_000
"""Who is further behind begins anew."""


@dataclass
class _Kept:
    history: History
    behind: list[Row]
    """Rows that were appended behind it, not read before somebody asks."""
    octets: int
    """What both count for."""
    expected: History | None = None
    """How it goes on by what this process appended, as long as that was not seen on record."""


class Shelf:
    """What one process knows of streams; safe to use from several threads."""

    def __init__(
        self,
        rows: Rows,
        last: Callable[[], Sequence[Row]],
        read: Callable[[Row], Recorded],
        forget_keys: Callable[[], None],
        octets_at_hand: int = OCTETS_AT_HAND,
    ) -> None:
        """``last`` is the last row of all."""
        self.octets_at_hand = octets_at_hand
        self._rows, self._last, self._read = rows, last, read
        self._forget_keys = forget_keys
        self._known: Row | None = None
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._octets = 0
        self._lock = Lock()

    def catch_up(self, behind: Rows | None = None) -> None:
        """See everything that has been appended up to now; ``behind`` finds it in another way."""
        known, find = self._known, behind or self._rows
        rows = () if known is None else find(known[0] - 1, ROWS_BEHIND + 2)
        if known is None or not rows or rows[0] != known or len(rows) > ROWS_BEHIND + 1:
            rows = self._last()
            with self._lock:
                self._begin_anew(rows)
            return
        with self._lock:
            self._see([row for row in rows[1:] if self._known and row[0] > self._known[0]])

    def find(self, stream: str) -> tuple[History | None, Row | None]:
        """The history of a stream if it is at hand, and what is known just now."""
        with self._lock:
            kept = self._kept.get(stream)
            if kept is None:
                return None, self._known
            self._kept.move_to_end(stream)
            if kept.behind:
                self._grow(kept)
            return kept.history, self._known

    def keep(self, history: History, known: Row | None) -> None:
        """Have a history at hand that was read when no more was ``known`` than is now."""
        with self._lock:
            if known is None or known is not self._known or history.stream in self._kept:
                return
            octets = OCTETS_OF_A_STREAM + sum(one.octets for one in history.recorded)
            self._kept[history.stream] = _Kept(history, [], octets)
            self._octets += octets
            self._make_room()

    def expect(self, history: History) -> None:
        """Know how a stream that is at hand goes on, by an append of this process.

        Nothing is believed that was not seen on record: its rows are compared when they come, and
        need not be read.
        """
        with self._lock:
            if (kept := self._kept.get(history.stream)) is not None:
                kept.expected = history

    def drop(self, streams: Iterable[str]) -> None:
        """Read these anew when somebody asks for them."""
        with self._lock:
            for stream in streams:
                self._drop(stream)

    def _begin_anew(self, rows: Sequence[Row]) -> None:
        self._kept.clear()
        self._octets = 0
        self._known = rows[0] if rows else None
        self._forget_keys()

    def _see(self, rows: Sequence[Row]) -> None:
        for row in rows:
            kept = self._kept.get(row[1])
            if kept is not None and row[2] > kept.history.version:
                kept.behind.append(row)
                kept.octets += len(row[4])
                self._octets += len(row[4])
        if rows:
            self._known = rows[-1]
            self._make_room()
        if not _speaking_of_keys().isdisjoint(row[3] for row in rows):
            self._forget_keys()

    def _grow(self, kept: _Kept) -> None:
        """Raises ``StreamBrokenError`` and what a leaf is refused for; then nothing has changed."""
        history, rows = _gone_on(kept.history, kept.expected, kept.behind)
        kept.history = history.then(map(self._read, rows)) if rows else history
        kept.behind, kept.expected = [], None

    def _make_room(self) -> None:
        while self._octets > self.octets_at_hand and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def _drop(self, stream: str) -> None:
        kept = self._kept.pop(stream, None)
        if kept is not None:
            self._octets -= kept.octets


def _gone_on(
    history: History, expected: History | None, rows: list[Row]
) -> tuple[History, list[Row]]:
    """The history that was expected, where that is what the first rows say, and those behind it."""
    at = history.version
    if expected is None or _hash_at(expected, at) != history.head.leaf_hash:
        return history, rows
    further = expected.recorded[at:]
    if list(map(_row_of, further)) != list(map(_compared, rows[: len(further)])):
        return history, rows
    return expected, rows[len(further) :]


def _hash_at(history: History, version: int) -> bytes | None:
    """By which hash the next event names the one of a version, and with it all before."""
    return history.recorded[version - 1].leaf_hash if 0 < version <= history.version else None


def _row_of(one: Recorded) -> tuple[object, ...]:
    return one.position, one.stream, one.version, one.event.topic, one.leaf_hash, one.placed_at


def _compared(row: Row) -> tuple[object, ...]:
    position, stream, version, topic, leaf, at = row
    return position, stream, version, topic, leaf_hash(leaf), at


@cache
def _speaking_of_keys() -> frozenset[str]:
    """The topics of events that may order keys to be destroyed."""
    return frozenset(
        topic
        for topic, kind in topics().items()
        if any(each.name == "keys" for each in fields(kind))  # type: ignore[arg-type] # each is one
    )
