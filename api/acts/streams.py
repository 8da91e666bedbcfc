"""The streams that one act reads and continues: one attempt at a decision.

Whatever was read is checked when the act is appended, so a decision never rests on what
has changed meanwhile: nothing that is read is exempt. So that this makes nobody wait for what
does not concern them, a stream tells of what is decided together, and of nothing else.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Self, TypeVar

from audit.history import Kept, reckoned_once
from audit.record import History, Write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from audit.record import Head, Record, Recorded
    from domain.event import Event

T = TypeVar("T")


class Streams:
    """Reads streams, remembers how far they had come, and gathers what is to be written."""

    def __init__(
        self,
        record: Record,
        *,
        caught_up: bool = False,
        stands: Mapping[str, History] | None = None,
    ) -> None:
        """``caught_up``: what this process has at hand is new enough to rest on.

        ``stands`` is what was read already, and needs no second look.
        """
        self.record = record
        self._caught_up = caught_up or stands is not None
        self._read: dict[str, History] = dict(stands or {})
        self._written: dict[str, list[Event]] = {}
        self._beside: dict[str, tuple[Event, ...]] = {}
        self._reckoned: Kept = {}

    def knowing_what(self, other: Self) -> Self:
        """The same, with what another look at the very same histories has reckoned."""
        self._reckoned = dict(other._reckoned)
        return self

    def once(self, reckon: Callable[..., T], *given: object) -> T:
        """What follows from what stands here and from what is given, reckoned once for that.

        ``reckon`` is a function of a module, given this and the rest: states that were folded,
        laws, words. It is reckoned again as soon as one of them is another.
        """
        return reckoned_once(self._reckoned, reckon, given, lambda: reckon(self, *given))

    @property
    def at_hand(self) -> Mapping[str, History]:
        """All that was read so far."""
        return self._read

    def history(self, stream: str) -> History:
        """The events of a stream, read once, and none older than its first look."""
        if not self._caught_up:
            self.record.catch_up()
            self._caught_up = True
        if stream not in self._read:
            self._read[stream] = self.record.at_hand(stream)
        return self._read[stream]

    def read_together(self, streams: Iterable[str]) -> None:
        """Read many streams at once, each of which ``history`` then has."""
        if not self._read:
            self.record.catch_up()
        lacking = [each for each in streams if each not in self._read]
        self._read |= self.record.at_hand_together(lacking)

    def write(self, stream: str, *events: Event) -> None:
        """Continue a stream by these events when the act is appended."""
        if events:
            self.history(stream)
            if stream not in self._written:
                self._written[stream] = list(self.ahead(stream))
            self._written[stream].extend(events)

    def write_beside(self, stream: str, *events: Event) -> None:
        """Begin a stream beside the act itself, such as to make known on which law it rests."""
        self._beside[stream] = events

    def is_new(self, stream: str) -> bool:
        """Whether nothing was ever said in a stream, nor is to be said beside the act."""
        return stream not in self._beside and self.history(stream).version == 0

    def ahead(self, _stream: str) -> Iterable[Event]:
        """What is said in a stream before it is continued."""
        return ()

    def after(self, recorded: Iterable[Recorded]) -> dict[str, History]:
        """All that was read, with what was appended of what was to be written; to be expected."""
        stands = dict(self._read)
        for stream, events in groupby(recorded, attrgetter("stream")):
            stands[stream] = stands.get(stream, History(stream, ())).then(events)
            self.record.expect(stands[stream])
        return stands

    @property
    def writes(self) -> tuple[Write, ...]:
        """What is to be written, in the order in which it was gathered."""
        return tuple(
            Write(self.history(stream).head, tuple(events))
            for stream, events in (*self._written.items(), *self._beside.items())
        )

    @property
    def checks(self) -> tuple[Head, ...]:
        """The heads of what was read but is not written."""
        written = {*self._written, *self._beside}
        return tuple(
            history.head for stream, history in self._read.items() if stream not in written
        )
