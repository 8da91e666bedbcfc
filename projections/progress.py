"""How far each view has followed the record, and whether it had to stop.

Table ``progress`` stands beside the tables of the views and moves in the same transactions.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from psycopg import Connection

    from projections.view import View

CREATE = """
CREATE TABLE IF NOT EXISTS progress (
    view text PRIMARY KEY,
    version integer NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    leaf_hash bytea,
    stopped_at bigint,
    stopped_because text
)
"""


@dataclass(frozen=True)
class Progress:
    """Where one view stands.

    ``position`` is that of the last event applied and ``leaf_hash`` its RFC 6962 hash; where
    the view had to stop, ``stopped_at`` is the event that it can't apply.
    """

    view: str
    version: int
    position: int
    leaf_hash: bytes | None
    stopped_at: int | None
    stopped_because: str | None


def prepare(
    connection: Connection[Any], views: Iterable[View], *, indexes: bool = True
) -> list[str]:
    """Make the tables of views that are new, and make anew those of another version.

    Returns the names of the views that will be caught up from the first event.
    One transaction; running it twice changes nothing.
    """
    begun = []
    with connection.transaction():
        connection.execute(CREATE)
        standing = {each.view: each.version for each in progress(connection)}
        for view in views:
            if standing.get(view.name) == view.version:
                continue
            begun.append(view.name)
            for table in view.tables:
                connection.execute(f"DROP TABLE IF EXISTS {table.name}")
                connection.execute(table.create())
            connection.execute("DELETE FROM progress WHERE view = %s", (view.name,))
            connection.execute(
                "INSERT INTO progress (view, version) VALUES (%s, %s)", (view.name, view.version)
            )
            if indexes:
                create_indexes(connection, [view])
    return begun


def create_indexes(connection: Connection[Any], views: Iterable[View]) -> None:
    """Make the indexes of some views, where they are not there yet."""
    for view in views:
        for table in view.tables:
            for statement in table.create_indexes():
                connection.execute(statement)


_PROGRESS = "SELECT view, version, position, leaf_hash, stopped_at, stopped_because FROM progress"


def progress(connection: Connection[Any]) -> list[Progress]:
    """Where every view stands."""
    return [Progress(*row) for row in connection.execute(f"{_PROGRESS} ORDER BY view")]


def locked(connection: Connection[Any], views: Iterable[View]) -> list[Progress]:
    """Where some views stand; nobody else moves them before the end of the transaction."""
    query = f"{_PROGRESS} WHERE view = ANY (%s) ORDER BY view FOR UPDATE"
    rows = connection.execute(query, ([view.name for view in views],))
    return [Progress(*row) for row in rows]


def move(connection: Connection[Any], views: Iterable[str], to: int, leaf_hash: bytes) -> None:
    """Note that some views have applied everything up to position ``to``."""
    connection.execute(
        "UPDATE progress SET position = %s, leaf_hash = %s, stopped_at = NULL, "
        "stopped_because = NULL WHERE view = ANY(%s)",
        (to, leaf_hash, list(views)),
    )


def stop(connection: Connection[Any], views: Iterable[str], at: int, because: str) -> None:
    """Note for everyone to see that some views can't apply the event at ``at``, and why."""
    connection.execute(
        "UPDATE progress SET stopped_at = %s, stopped_because = %s WHERE view = ANY(%s)",
        (at, because, list(views)),
    )


def wait_for(
    connection: Connection[Any],
    position: int,
    timeout: float,
    *,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> bool:
    """Wait until all views show everything up to ``position``: read your own writes.

    ``timeout`` in seconds; False where they do not get there in time.
    The connection must not be inside a transaction.
    """
    until = clock() + timeout
    step = 0.002
    while True:
        row = connection.execute("SELECT coalesce(min(position), 0) FROM progress").fetchone()
        if row is not None and row[0] >= position:
            return True
        left = until - clock()
        if left <= 0:
            return False
        pause(min(step, left))
        step = min(step * 1.5, 0.05)
