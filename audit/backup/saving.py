"""Taking a backup: every table of the record, as of one instant."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.sql import SQL, Identifier

from audit.backup.copying import Passed, read_out, shape_of, tables_of
from audit.backup.manifest import AppliedMigration, BackupRefusedError, Manifest, SavedTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from psycopg import Connection

    from audit.backup.manifest import SeenView
    from audit.migrate import Ground

NOT_SAVED = frozenset({"migration", "restoration"})
"""Tables about the database itself: what was migrated into it, what was restored into it."""


@contextmanager
def snapshot(url: str, of: str | None = None) -> Iterator[Connection[Any]]:
    """A connection that sees the database as of one instant; of another's where one is named."""
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if of is not None:
            connection.execute(SQL("SET TRANSACTION SNAPSHOT {}").format(of))
        connection.execute("SET LOCAL timezone TO 'UTC'")
        yield connection


def exported(connection: Connection[Any]) -> str:
    """The name under which other connections may see what this one sees."""
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None
    return str(row[0])


def position_of(connection: Connection[Any], ground: Ground) -> int:
    """The last position in the snapshot; raises ``BackupRefusedError`` where there is no record."""
    query = SQL("SELECT coalesce(max(notification_id), 0) FROM {}")
    try:
        row = connection.execute(query.format(Identifier(ground.schema, "event"))).fetchone()
    except psycopg.errors.UndefinedTable as error:
        msg = f"there is no record in schema {ground.schema}; see DATABASE_URL and MINGJIAN_RECORD"
        raise BackupRefusedError(msg) from error
    return int(row[0]) if row else 0


def last_order(connection: Connection[Any], ground: Ground) -> int:
    """Where the last order to destroy a key stands in the snapshot; 0 where there is none."""
    query = SQL("SELECT coalesce(max(ordered_by), 0) FROM {}")
    row = connection.execute(query.format(Identifier(ground.schema, "sealing_key"))).fetchone()
    return int(row[0]) if row else 0


def save(
    connection: Connection[Any],
    ground: Ground,
    directory: Path,
    views: tuple[SeenView, ...],
    taken_at: datetime,
    *,
    passed: Passed = len,
) -> Manifest:
    """Write all that a snapshot sees of the record into a directory that is there and empty.

    ``passed`` gets each piece that was written.
    """
    tables = [
        _save(connection, ground, name, directory, passed)
        for name in tables_of(connection, ground.schema)
        if name not in NOT_SAVED
    ]
    origin = connection.execute(
        SQL("SELECT origin FROM {}").format(Identifier(ground.schema, "origin"))
    ).fetchone()
    applied = connection.execute(
        SQL("SELECT floor, number, digest FROM {} ORDER BY floor, number").format(
            Identifier(ground.schema, "migration")
        )
    ).fetchall()
    manifest = Manifest(
        origin=str(origin[0]) if origin else "",
        taken_at=taken_at.isoformat(),
        position=position_of(connection, ground),
        migrations=tuple(AppliedMigration(f, n, bytes(digest).hex()) for f, n, digest in applied),
        tables=tuple(tables),
        views=views,
    )
    manifest.write(directory)
    return manifest


def file_of(directory: Path, table: str) -> Path:
    """Where a table lies in a backup."""
    return directory / f"{table}.copy"


def size_of(connection: Connection[Any], ground: Ground) -> int:
    """About how many octets the files of a backup will take: no fewer than the rows themselves."""
    sizes = [
        connection.execute("SELECT pg_table_size(to_regclass(%s))", (quoted,)).fetchone()
        for name in tables_of(connection, ground.schema)
        for quoted in (Identifier(ground.schema, name).as_string(connection),)
    ]
    return sum(int(size[0]) for size in sizes if size is not None)


def _save(
    connection: Connection[Any], ground: Ground, name: str, directory: Path, passed: Passed
) -> SavedTable:
    with file_of(directory, name).open("xb") as file:

        def take(piece: bytes) -> None:
            file.write(piece)
            passed(piece)

        saved = read_out(connection, shape_of(connection, ground.schema, name), take)
        file.flush()
        os.fsync(file.fileno())
    return saved
