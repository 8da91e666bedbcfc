"""The one clock. Whatever needs the time is handed a clock or an instant; nothing else asks.

Instants are UTC and aware; Beijing days are reckoned by ``domain.beijing``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Lock
from typing import Protocol


class Clock(Protocol):
    """Whatever can say what time it is."""

    def now(self) -> datetime:
        """The present instant, in UTC."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


class SteadyClock:
    """A clock that never goes back: where the one behind it is set back, it stands still.

    Otherwise whoever left a seat would hold it again, and a block that was entered would not
    have begun, while the record's own times stay where they are.
    ``since`` is the last instant of the record, as far as it can be right.
    Safe to read from several threads.
    """

    def __init__(self, clock: Clock, since: datetime) -> None:
        self._lock = Lock()
        self._clock = clock
        self._last = since

    def now(self) -> datetime:
        """The present instant, in UTC, or the last one that was given where that is later."""
        with self._lock:
            self._last = max(self._last, self._clock.now())
            return self._last


class ClockSetBackError(ValueError):
    """A settable clock was asked to go back; a record's times never do."""


class SettableClock:
    """A clock that stands still until it is set, for tests and demonstrations.

    Only forwards: what happened later has a later time.
    Safe to read and set from several threads.
    """

    def __init__(self, start: datetime) -> None:
        self._lock = Lock()
        self._now = _in_utc(start)

    def now(self) -> datetime:
        """The instant to which the clock was last set, in UTC."""
        with self._lock:
            return self._now

    def set(self, instant: datetime) -> None:
        """Set the clock forward to an aware instant.

        Raises ``ClockSetBackError`` if that lies in the past of this clock.
        """
        with self._lock:
            if (utc := _in_utc(instant)) < self._now:
                msg = f"the clock stands at {self._now.isoformat()} and goes only forward"
                raise ClockSetBackError(msg)
            self._now = utc


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        msg = "an instant without a time zone is no instant"
        raise ValueError(msg)
    return instant.astimezone(UTC)
