"""The loop that makes the views follow the record, one process at a time.

Whoever holds the advisory lock leads; the others try again every second, so when the leader
dies, even by ``kill -9``, another takes over as soon as PostgreSQL sees its connection gone.

A view that is new, or of a new version, is caught up from the first event beside all others,
which meanwhile go on; whoever leads for a program that knows the version before keeps that one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from psycopg import Connection

from audit.leaf.hashing import leaf_hash
from audit.outage import is_outage
from projections.advance import PAGE, Record, StoppedError, UpTo, advance
from projections.progress import prepare, standing, stop
from projections.retire import use
from projections.view import View

if TYPE_CHECKING:
    from threading import Event

PAUSE = 1.0
"""Seconds between two looks at the record when nothing rings, and between two tries to lead."""
SOON = 0.1
"""The same behind events: an append may leave it to the next one to ring, which may not come."""


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

    def stopped(self, error: StoppedError) -> None:
        """Some views met an event that they can't apply; the others go on."""

    def faltered(self, error: Exception) -> None:
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

        Raises ``StoppedError`` when the last view that went on met an event that it can't
        apply, or when the record ends before what a view has applied. Nothing is skipped;
        everybody can read why in table ``progress``.
        """
        while not until.is_set():
            try:
                with self.connect() as connection:
                    self._stand_by(connection, until)
            except Exception as error:
                if not is_outage(error):
                    raise
                self.watcher.faltered(error)
            until.wait(PAUSE)

    def _stand_by(self, connection: Connection[Any], until: Event) -> None:
        """Use the views for the life of the connection, and lead as soon as nobody else does."""
        use(connection, self.views)
        while not take_lead(connection, self.views):
            if until.wait(PAUSE):
                return
        self.watcher.led()
        self._lead(connection, until)

    def _lead(self, connection: Connection[Any], until: Event) -> None:
        begun = prepare(connection, self.views)
        if begun:
            self.watcher.began(begun)
        refuse_lost_tail(connection, self.record, self.views)
        going: Sequence[View] = self.views
        while not until.is_set():
            try:
                events = advance_each(connection, self.record, going, self.page)
            except StoppedError as error:
                self.watcher.stopped(error)
                going = going_on(connection, self.views)
                if not going:
                    raise
                continue
            if events:
                self.watcher.advanced(events)
            if events < self.page:  # that was all, and what has come since has rung, or soon will
                self.bell.wait(SOON if events else PAUSE)
                if len(going) < len(self.views):  # somebody may have rebuilt what had stopped
                    going = going_on(connection, self.views)


def advance_each(
    connection: Connection[Any], record: Record, views: Sequence[View], size: int = PAGE
) -> int:
    """Apply a page to the views that show most, then one to those behind them, and so on.

    So nobody waits for a view that is being caught up, and none is brought past those before it.
    Returns how many events there were; raises as ``advance`` does.
    """
    behind: dict[int, list[View]] = {}
    by_name = {view.name: view for view in views}
    for each in standing(connection, views):
        behind.setdefault(each.position, []).append(by_name[each.view])
    applied = 0
    known = record
    for position in sorted(behind, reverse=True):
        events = advance(connection, known, behind[position], size)
        known = UpTo(record, position + events)
        applied += events
    return applied


def going_on(connection: Connection[Any], views: Sequence[View]) -> list[View]:
    """Those of some views that have not stopped."""
    stopped = {each.view for each in standing(connection, views) if each.stopped_at is not None}
    return [view for view in views if view.name not in stopped]


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


def take_lead(connection: Connection[Any], views: Sequence[View]) -> bool:
    """Lead the following of these views for the life of the connection, if nobody else does.

    A program that knows other versions has a leader of its own; what both know, both move, one
    after the other.
    """
    known = " ".join(f"{view.name} {view.version}" for view in views)
    row = connection.execute(
        "SELECT pg_try_advisory_lock(hashtextextended(%s || current_schema(), 0))",
        (f"mingjian views {known} in ",),
    ).fetchone()
    return row is not None and bool(row[0])


def refuse_lost_tail(connection: Connection[Any], record: Record, views: Sequence[View]) -> None:
    """See that the record still holds the last event that each view has applied.

    A view commits with the disk, behind the event, so a crash alone can't bring them apart; a
    record restored from an older dump can. Then the views must be rebuilt.
    Raises ``StoppedError``.
    """
    known: dict[int, bytes | None] = {0: None}
    by_name = {view.name: view for view in views}
    for each in standing(connection, views):
        if each.position not in known:
            rows = record.rows(each.position - 1, 1)
            there = bool(rows) and rows[0][0] == each.position
            known[each.position] = leaf_hash(rows[0][4]) if there else b""
        if known[each.position] != each.leaf_hash:
            because = "the record no longer holds the event that was applied here; rebuild"
            stop(connection, [by_name[each.view]], each.position, because)
            raise StoppedError(each.position, because)
