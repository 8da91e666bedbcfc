"""The loop that makes the views follow the record, one process at a time.

Whoever holds the advisory lock leads; the others try again every second, so when the leader
dies, even by ``kill -9``, another takes over as soon as PostgreSQL sees its connection gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from psycopg import Connection, OperationalError

from audit.leaf.hashing import leaf_hash
from projections.advance import PAGE, Record, StoppedError, advance
from projections.progress import prepare, progress, stop
from projections.view import View

if TYPE_CHECKING:
    from threading import Event

PAUSE = 1.0
"""Seconds between two looks at the record when nothing rings, and between two tries to lead."""


class Bell(Protocol):
    """Rings when events were appended; ``audit.record.Record.bell`` makes one."""

    def wait(self, seconds: float) -> bool:
        """Wait for a ring, ``seconds`` at most."""


class Watcher(Protocol):
    """Is told what the loop does, to log and to count it; nothing personal ever comes here."""

    def began(self, views: Sequence[str]) -> None:
        """Some views are new or of another shape, and are caught up from the first event."""

    def led(self) -> None:
        """Leading has begun in this process."""

    def advanced(self, events: int) -> None:
        """A page of events was applied."""

    def faltered(self, error: OperationalError) -> None:
        """The database could not be used; the loop tries again."""


@dataclass(frozen=True)
class Follower:
    """Makes ``views`` follow ``record`` on connections whose search path is theirs.

    ``connect`` makes such a connection in autocommit mode, as the application's role.
    """

    connect: Callable[[], Connection[Any]]
    record: Record
    bell: Bell
    views: Sequence[View]
    watcher: Watcher
    page: int = PAGE

    def run(self, until: Event) -> None:
        """Follow until ``until`` is set.

        Raises ``StoppedError`` when a view met an event that it can't apply, or when the record
        ends before what a view has applied. Nothing is skipped; everybody can read why in table
        ``progress``.
        """
        while not until.is_set():
            try:
                with self.connect() as connection:
                    self._try_to_lead(connection, until)
            except OperationalError as error:
                self.watcher.faltered(error)
            until.wait(PAUSE)

    def _try_to_lead(self, connection: Connection[Any], until: Event) -> None:
        """Lead on this connection until told to stop; come back at once if another one leads."""
        if not take_lead(connection):
            return
        self.watcher.led()
        begun = prepare(connection, self.views)
        if begun:
            self.watcher.began(begun)
        refuse_lost_tail(connection, self.record, self.views)
        while not until.is_set():
            events = advance(connection, self.record, self.views, self.page)
            if events:
                self.watcher.advanced(events)
            else:
                self.bell.wait(PAUSE)


def catch_up(connection: Connection[Any], record: Record, views: Sequence[View]) -> int:
    """Make what is not there yet, and apply what the record has; answers how many events.

    For whoever needs the views once, without a loop. The same steps as the loop takes.
    """
    prepare(connection, views)
    refuse_lost_tail(connection, record, views)
    applied = 0
    while events := advance(connection, record, views):
        applied += events
    return applied


def take_lead(connection: Connection[Any]) -> bool:
    """Lead the following of this schema for the life of the connection, if nobody else does."""
    row = connection.execute(
        "SELECT pg_try_advisory_lock(hashtextextended('mingjian views ' || current_schema(), 0))"
    ).fetchone()
    return row is not None and bool(row[0])


def refuse_lost_tail(connection: Connection[Any], record: Record, views: Sequence[View]) -> None:
    """See that the record still holds the last event that each view has applied.

    A view commits with the disk, behind the event, so a crash alone can't bring them apart; a
    record restored from an older dump can. Then the views must be rebuilt.
    Raises ``StoppedError``.
    """
    names = {view.name for view in views}
    known: dict[int, bytes | None] = {0: None}
    for each in progress(connection):
        if each.view not in names:
            continue
        if each.position not in known:
            rows = record.rows(each.position - 1, 1)
            there = bool(rows) and rows[0][0] == each.position
            known[each.position] = leaf_hash(rows[0][4]) if there else b""
        if known[each.position] != each.leaf_hash:
            because = "the record no longer holds the event that was applied here; rebuild"
            stop(connection, [each.view], each.position, because)
            raise StoppedError(each.position, because)
