"""How far each version of each view has followed the record, and whether it had to stop.

Table ``progress`` stands beside the tables of the views and moves in the same transactions.
It has a row for every version whose tables are there, those of other programs among them: a
program asks and moves only those that it knows.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from psycopg import Connection

    from projections.view import View

CREATE = """
CREATE TABLE IF NOT EXISTS progress (
    view text,
    version integer,
    tables text[] NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    leaf_hash bytea,
    stopped_at bigint,
    stopped_because text,
    PRIMARY KEY (view, version)
)
"""

NAMED = "(view, version) IN (SELECT * FROM unnest(%s::text[], %s::integer[]))"
"""That a row is of one of some views, in their versions; ``names_of`` is what is given for it."""


@dataclass(frozen=True)
class Progress:
    """Where one version of a view stands.

    ``tables`` are stored under these names; ``position`` is that of the last event applied and
    ``leaf_hash`` its RFC 6962 hash; where the view had to stop, ``stopped_at`` is the event
    that it can't apply.
    """

    view: str
    version: int
    tables: tuple[str, ...]
    position: int
    leaf_hash: bytes | None
    stopped_at: int | None
    stopped_because: str | None


def prepare(
    connection: Connection[Any], views: Iterable[View], *, indexes: bool = True
) -> list[str]:
    """Make the tables of views that are new or of a new version, beside all that there are.

    Returns the names of the views that will be caught up from the first event.
    One transaction; running it twice changes nothing.
    """
    begun = []
    with connection.transaction():
        keep_tables(connection)
        connection.execute(CREATE)
        there = {(each.view, each.version) for each in progress(connection)}
        for view in views:
            if (view.name, view.version) in there:
                continue
            begun.append(view.name)
            for table in view.tables:
                connection.execute(f"DROP TABLE IF EXISTS {table.stored}")
                connection.execute(table.create())
            connection.execute(
                "INSERT INTO progress (view, version, tables) VALUES (%s, %s, %s)",
                (view.name, view.version, [table.stored for table in view.tables]),
            )
            if indexes:
                create_indexes(connection, [view])
    return begun


def keep_tables(connection: Connection[Any]) -> None:
    """Until the end of the transaction nobody else makes or drops tables of views."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('mingjian tables', 0))")


def create_indexes(connection: Connection[Any], views: Iterable[View]) -> None:
    """Make the indexes of some views, where they are not there yet."""
    for view in views:
        for table in view.tables:
            for statement in table.create_indexes():
                connection.execute(statement)


_PROGRESS = (
    "SELECT view, version, tables, position, leaf_hash, stopped_at, stopped_because FROM progress"
)


def progress(connection: Connection[Any]) -> list[Progress]:
    """Where every version of every view stands."""
    return _read(connection, f"{_PROGRESS} ORDER BY view, version")


def standing(connection: Connection[Any], views: Iterable[View]) -> list[Progress]:
    """Where some views stand; those that nobody has made yet are left out."""
    return _read(connection, f"{_PROGRESS} WHERE {NAMED} ORDER BY view", names_of(views))


def locked(connection: Connection[Any], views: Iterable[View]) -> list[Progress]:
    """Where some views stand; nobody else moves them before the end of the transaction."""
    query = f"{_PROGRESS} WHERE {NAMED} ORDER BY view, version FOR UPDATE"
    return _read(connection, query, names_of(views))


def reached(connection: Connection[Any], views: Sequence[View]) -> int | None:
    """The position up to which all of some views show everything; None while one is not there."""
    there = standing(connection, views)
    shown = min((each.position for each in there), default=None)
    return shown if len(there) == len(views) else None


def lacking(connection: Connection[Any], views: Iterable[View]) -> list[View]:
    """Those of some views that nobody has made yet, or that stand behind what others show."""
    prepare(connection, [])
    there = {(each.view, each.version): each.position for each in progress(connection)}
    far = max(there.values(), default=0)
    return [view for view in views if there.get((view.name, view.version), -1) < far]


def move(connection: Connection[Any], views: Iterable[View], to: int, leaf_hash: bytes) -> None:
    """Note that some views have applied everything up to position ``to``."""
    connection.execute(
        "UPDATE progress SET position = %s, leaf_hash = %s, stopped_at = NULL, "
        f"stopped_because = NULL WHERE {NAMED}",
        (to, leaf_hash, *names_of(views)),
    )


def stop(connection: Connection[Any], views: Iterable[View], at: int, because: str) -> None:
    """Note for everyone to see that some views can't apply the event at ``at``, and why."""
    connection.execute(
        f"UPDATE progress SET stopped_at = %s, stopped_because = %s WHERE {NAMED}",
        (at, because, *names_of(views)),
    )


def wait_for(
    connection: Connection[Any],
    views: Sequence[View],
    position: int,
    timeout: float,
    *,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> bool:
    """Wait until all of some views show everything up to ``position``: read your own writes.

    ``timeout`` in seconds; False where they do not get there in time.
    The connection must not be inside a transaction.
    """
    until = clock() + timeout
    step = 0.002
    while True:
        shown = reached(connection, views)
        if shown is not None and shown >= position:
            return True
        left = until - clock()
        if left <= 0:
            return False
        pause(min(step, left))
        step = min(step * 1.5, 0.05)


def names_of(views: Iterable[View]) -> tuple[list[str], list[int]]:
    """What is given for the placeholders of ``NAMED``."""
    named = [(view.name, view.version) for view in views]
    return [name for name, _ in named], [version for _, version in named]


def _read(connection: Connection[Any], query: str, given: Sequence[Any] = ()) -> list[Progress]:
    rows = connection.execute(query, given).fetchall()
    return [Progress(view, version, tuple(tables), *rest) for view, version, tables, *rest in rows]
