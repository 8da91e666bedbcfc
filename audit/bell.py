"""The bell of a record: it rings after events have been appended and flushed.

It only wakes up. Rings get lost when a connection breaks, so a follower that hears nothing looks
for itself every second.
"""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Self

import psycopg
from psycopg.sql import SQL, Identifier

from audit.connecting import connect

if TYPE_CHECKING:
    from types import TracebackType

_ANSWER_SECONDS = 10.0
"""Seconds until a server that does not answer is given up; a ring is waited for apart from that."""


class Bell:
    """Listens on a connection of its own, which it makes again when it breaks."""

    def __init__(self, url: str, channel: str) -> None:
        self._url = url
        self._listen = SQL("LISTEN {}").format(Identifier(channel))
        self._connection: psycopg.Connection | None = None
        self._closed = Event()

    def wait(self, seconds: float) -> bool:
        """Wait for a ring, ``seconds`` at most; answers whether there was one.

        The first call, and the first after a broken connection, answers True at once: what rang
        while nobody listened is not known.
        """
        try:
            if self._connection is None:
                self._connection = connect(
                    self._url, "mingjian bell", answer_seconds=_ANSWER_SECONDS
                )
                self._connection.execute(self._listen)
                return True
            rings = list(self._connection.notifies(timeout=seconds, stop_after=1))
        except (psycopg.OperationalError, psycopg.InterfaceError):
            self._drop()
            self._closed.wait(seconds)
            return False
        return bool(rings)

    def close(self) -> None:
        """Stop listening; called by the thread that waits."""
        self._closed.set()
        self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
