"""One step of following: a page of events, all that it does to the views, and the new position.

There is no other way in which a view changes. Start, live running, rebuild and recovery from
a crash are this step, repeated until the record has no more.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from psycopg import Error

from audit.leaf.hashing import leaf_hash
from audit.outage import is_outage
from projections.fact import UnreadableFactError, fact, is_its_own
from projections.page import Page, Words
from projections.progress import locked, move, stop
from projections.table import cursor_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from psycopg import Connection

    from audit.record import Row
    from domain.personal import Personal
    from projections.view import Evolve, View

PAGE = 5_000
"""Events in one transaction: one commit an event would take hours for ten million."""
_UNSEEN = "SET LOCAL synchronous_commit = off"


class Record(Words, Protocol):
    """What following needs of the record: ``audit.record.Record`` has it."""

    def rows(self, after: int, limit: int) -> Sequence[Row]:
        """Up to ``limit`` events behind position ``after``, in order, without a gap."""


@dataclass(frozen=True)
class UpTo:
    """A record as if it ended at ``position``."""

    record: Record
    position: int

    def rows(self, after: int, limit: int) -> Sequence[Row]:
        """The rows behind ``after`` that are not behind the end."""
        return self.record.rows(after, max(0, min(limit, self.position - after)))

    def opened(self, tokens: Sequence[str]) -> list[Personal]:
        """As the record opens them."""
        return self.record.opened(tokens)

    def blind(self, purpose: str, words: str) -> bytes:
        """As the record does."""
        return self.record.blind(purpose, words)


class StoppedError(Exception):
    """A view met an event that it can't apply and stands still before it; none is ever skipped."""

    def __init__(self, position: int, because: str) -> None:
        super().__init__(position, because)  # as they are, so that it travels between processes
        self.position = position
        self.because = because

    def __str__(self) -> str:
        return f"stopped at position {self.position}: {self.because}"


def advance(
    connection: Connection[Any],
    record: Record,
    views: Sequence[View],
    size: int = PAGE,
    *,
    shown: bool = True,
) -> int:
    """Apply the next page of events to the views that stand furthest behind.

    Returns how many events there were; 0 when all views have caught up.
    Where nobody is ``shown`` these views yet, the disk is not waited for. A crash takes rows and
    position together then, from the end, and leaves no row of an event that it took away: the event
    was committed before.
    Raises ``StoppedError`` before an event that can't be applied, having applied all events
    before it and noted in ``progress`` why. Whatever else goes wrong is raised as it is, with
    nothing changed: it stops no view, and ``is_outage`` knows it where the database is at fault.
    If we die here, rows and position are both as they were.
    """
    while True:
        try:
            with collector_at_rest(), connection.transaction():
                return _apply(connection, record, views, size, shown=shown)
        except _UnappliedError as unapplied:
            if size > 1:
                size = (size + 1) // 2
                continue
            error = unapplied.error
            raise _stopped(connection, views, error) from error


class _UnappliedError(Exception):
    """Among the events of a page is one that can't be applied, because of ``error``."""

    def __init__(self, error: Exception) -> None:
        super().__init__(error)
        self.error = error


def _apply(
    connection: Connection[Any],
    record: Record,
    views: Sequence[View],
    size: int,
    *,
    shown: bool,
) -> int:
    with connection.pipeline():
        connection.execute("SET LOCAL synchronous_commit = on" if shown else _UNSEEN)
        standing = locked(connection, views)
    behind = min(each.position for each in standing)
    ahead = [each.position for each in standing if each.position > behind]
    limit = min([size, *(position - behind for position in ahead)])
    rows = record.rows(behind, limit)
    if not rows:
        return 0
    last = {each.view for each in standing if each.position == behind}
    moving = [view for view in views if view.name in last]
    try:
        _evolve(connection, record, moving, behind, rows)
    except Exception as error:
        if is_outage(error) or isinstance(error, MemoryError):
            raise
        raise _UnappliedError(error) from error
    move(connection, moving, rows[-1][0], leaf_hash(rows[-1][4]))
    return len(rows)


def _evolve(
    connection: Connection[Any],
    record: Record,
    views: Sequence[View],
    behind: int,
    rows: Sequence[Row],
) -> None:
    """All that some events behind a position do to some views."""
    effects = _effects(views)
    facts = [fact(row) for row in rows if row[3] in effects or not is_its_own(row)]
    _refuse_gaps(behind, [row[0] for row in rows])
    with cursor_of(connection) as cursor:
        page = Page(cursor, facts, record)
        for each in facts:
            for name, evolve in effects.get(each.topic, ()):
                try:
                    evolve(each, page)
                except (Error, MemoryError):
                    raise
                except Exception as error:
                    if is_outage(error):
                        raise
                    msg = f"view {name} can't apply {each.topic}: {type(error).__name__}"
                    raise UnreadableFactError(msg) from error
        page.write()


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Look for no cycles meanwhile: what is done makes many small objects and few cycles of them.

    Looking at them again and again would take a quarter of a rebuild.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _refuse_gaps(behind: int, positions: list[int]) -> None:
    for expected, position in enumerate(positions, behind + 1):
        if position != expected:
            msg = f"position {expected} is missing from the record"
            raise UnreadableFactError(msg)


def _effects(views: Iterable[View]) -> dict[str, list[tuple[str, Evolve]]]:
    effects: dict[str, list[tuple[str, Evolve]]] = {}
    for view in views:
        for topic, evolve in view.evolve.items():
            effects.setdefault(topic, []).append((view.name, evolve))
    return effects


def _stopped(connection: Connection[Any], views: Sequence[View], error: Exception) -> StoppedError:
    """Note why we stand still; the words of an error may be somebody's, so only its kind."""
    with connection.transaction():
        standing = locked(connection, views)
        behind = min(each.position for each in standing)
        because = str(error) if isinstance(error, UnreadableFactError) else type(error).__name__
        last = {each.view for each in standing if each.position == behind}
        moving = [view for view in views if view.name in last]
        stop(connection, moving, behind + 1, because)
    return StoppedError(behind + 1, because)
