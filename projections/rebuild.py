"""Building views anew beside those that people look at, and putting them in their place.

The new rows grow in a schema of their own, by the same step as always, so readers see no gap.
A version that nobody shows yet is built in the same way, and has no place to take.
An interrupted rebuild goes on where it stopped. At the end one transaction catches up with the
old rows and swaps them, so that no reader ever steps back.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from psycopg import sql

from audit.connecting import give_back
from projections.advance import Record, advance
from projections.progress import (
    CREATE,
    NAMED,
    create_indexes,
    keep_tables,
    names_of,
    prepare,
    reached,
)
from projections.retire import use
from projections.schema import look_at, rebuilding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from psycopg import Connection

    from projections.view import View


class RebuildRunningError(Exception):
    """Somebody else is building these views just now."""


def rebuild(
    connection: Connection[Any],
    live: str,
    record: Record,
    views: Sequence[View],
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Rebuild some views of schema ``live``; ``tell`` hears each position that was reached.

    ``connection`` is in autocommit mode, as the application's role, and is left looking at the
    shadow schema. Raises ``RebuildRunningError`` and ``StoppedError``.
    If we die before the swap, the next call goes on; if we die in it, nothing has happened.
    """
    with giving_back(connection):
        look_at(connection, live)
        prepare(connection, [])
        grow(connection, live, record, views, tell)
        create_indexes(connection, views)
        apply_all(connection, record, views, tell)
        with connection.transaction():
            _swap(connection, live, record, views, tell)


@contextmanager
def giving_back(connection: Connection[Any]) -> Iterator[None]:
    """Let others build what this connection kept for itself, as soon as it is through."""
    try:
        yield
    finally:
        give_back(connection)


def grow(
    connection: Connection[Any],
    live: str,
    record: Record,
    views: Sequence[View],
    tell: Callable[[int], None],
) -> None:
    """Build views beside those of schema ``live``, without indexes, as far as there are events.

    Raises ``RebuildRunningError`` and ``StoppedError``.
    """
    begin(connection, live, views)
    apply_all(connection, record, views, tell)


def begin(connection: Connection[Any], live: str, views: Sequence[View]) -> None:
    """Keep some views for this connection to build, and make their tables, or find them made.

    Raises ``RebuildRunningError``.
    """
    _reserve(connection, live, views)
    prepare(connection, views, indexes=False)


def abandon(connection: Connection[Any], live: str, views: Sequence[View]) -> None:
    """Throw away what an interrupted rebuild of some views has built.

    Raises ``RebuildRunningError``.
    """
    _reserve(connection, live, views)
    with connection.transaction():
        connection.execute(CREATE)
        for view in views:
            for table in view.tables:
                connection.execute(f"DROP TABLE IF EXISTS {table.stored}")
        connection.execute(f"DELETE FROM progress WHERE {NAMED}", names_of(views))


def _reserve(connection: Connection[Any], live: str, views: Sequence[View]) -> None:
    """Look at the shadow schema, and keep others from building or retiring these views."""
    look_at(connection, live)
    use(connection, views)
    look_at(connection, rebuilding(live))
    query = "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || %s, 0))"
    for view in views:
        key = f" rebuild {view.name} {view.version}"
        if connection.execute(query, (key,)).fetchone() != (True,):
            msg = f"another rebuild or check of view {view.name} is running"
            raise RebuildRunningError(msg)


def apply_all(
    connection: Connection[Any],
    record: Record,
    views: Sequence[View],
    tell: Callable[[int], None],
    *,
    shown: bool = False,
) -> None:
    """Apply all that the record has to views that are being built, or are ``shown`` at once."""
    while advance(connection, record, views, shown=shown):
        tell(reached(connection, views) or 0)


def _swap(
    connection: Connection[Any],
    live: str,
    record: Record,
    views: Sequence[View],
    tell: Callable[[int], None],
) -> None:
    """Put the new tables in the place of the old; the follower waits meanwhile at the lock."""
    shown = sql.Identifier(live)
    keep_tables(connection)
    keeping = sql.SQL(f"SELECT FROM {{}}.progress WHERE {NAMED} ORDER BY view FOR UPDATE")
    connection.execute(keeping.format(shown), names_of(views))
    apply_all(connection, record, views, tell, shown=True)
    for view in views:
        for table in view.tables:
            name = sql.Identifier(table.stored)
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {}.{}").format(shown, name))
            connection.execute(sql.SQL("ALTER TABLE {} SET SCHEMA {}").format(name, shown))
    connection.execute(
        sql.SQL(
            f"WITH built AS (DELETE FROM progress WHERE {NAMED} RETURNING *) "
            "INSERT INTO {}.progress SELECT * FROM built "
            "ON CONFLICT (view, version) DO UPDATE SET "
            "position = excluded.position, leaf_hash = excluded.leaf_hash, "
            "stopped_at = NULL, stopped_because = NULL"
        ).format(shown),
        names_of(views),
    )
