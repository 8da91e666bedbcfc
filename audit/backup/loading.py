"""Putting a backup back, into a database in which this record does not live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.sql import SQL, Identifier

from audit.backup.copying import read_in, read_out, shape_of, tables_of
from audit.backup.manifest import BackupRefusedError, digest_of
from audit.backup.saving import NOT_SAVED, file_of
from audit.migrate import lay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from psycopg import Connection

    from audit.backup.copying import Passed
    from audit.backup.manifest import Manifest, SavedTable
    from audit.migrate import Ground, Migrations

NOT_FINISHED = (
    "a restore into this database was not finished;"
    " run mingjian restore again, with the same backup"
)
_PIECE = 1 << 20


def refuse_living(owner_url: str, ground: Ground) -> None:
    """Raises ``BackupRefusedError`` if anything of this record stands in the database."""
    with psycopg.connect(owner_url) as connection:
        for name in tables_of(connection, ground.schema):
            if name in NOT_SAVED:
                continue
            query = SQL("SELECT EXISTS (SELECT FROM {})").format(Identifier(ground.schema, name))
            if connection.execute(query).fetchone() == (True,):
                msg = (
                    f"a record lives in schema {ground.schema} of this database; nothing is ever"
                    " put over it: name an empty database, or another data directory"
                )
                raise BackupRefusedError(msg)


@dataclass(frozen=True)
class Begun:
    """A restore that was not finished: of which manifest (SHA-256), and whether it was compared."""

    manifest: bytes
    compared: bool


def unfinished(owner_url: str, ground: Ground) -> Begun | None:
    """The restore into this database that was not finished, if there is one."""
    query = SQL("SELECT manifest, compared_at IS NOT NULL FROM {}").format(
        Identifier(ground.schema, "restoration")
    )
    with psycopg.connect(owner_url) as connection:
        if "restoration" not in tables_of(connection, ground.schema):
            return None
        row = connection.execute(query).fetchone()
    return None if row is None else Begun(bytes(row[0]), row[1])


def refuse_unfinished(owner_url: str, ground: Ground) -> None:
    """Raises ``BackupRefusedError`` if a restore into this database was not finished."""
    if unfinished(owner_url, ground) is not None:
        raise BackupRefusedError(NOT_FINISHED)


def compared(owner_url: str, ground: Ground, at: datetime) -> None:
    """Everything was found equal; what comes now are the erasures."""
    query = SQL("UPDATE {} SET compared_at = %s").format(Identifier(ground.schema, "restoration"))
    with psycopg.connect(owner_url) as connection:
        connection.execute(query, (at,))


def finish(owner_url: str, ground: Ground) -> None:
    """The restore is finished: the record may be used."""
    query = SQL("DELETE FROM {}").format(Identifier(ground.schema, "restoration"))
    with psycopg.connect(owner_url) as connection:
        connection.execute(query)


def load(
    owner_url: str,
    ground: Ground,
    directory: Path,
    manifest: Manifest,
    sets: Sequence[Migrations],
    at: datetime,
    *,
    passed: Passed = len,
) -> None:
    """Make the tables as they were, fill them, and see that they give back the same octets.

    One transaction fills them all, and notes that there is more to do: die here, and the next try
    finds them empty. ``passed`` gets each piece that was put in, and then each that was given back.
    Raises ``BackupRefusedError`` for files that are not what the manifest says, ``MigrationError``
    for a backup of a newer Mingjian.
    """
    saved = {(one.floor, one.number): bytes.fromhex(one.digest) for one in manifest.migrations}
    lay(owner_url, ground, at, sets, saved)
    with psycopg.connect(owner_url) as connection:
        connection.execute("SET LOCAL timezone TO 'UTC'")
        for table in manifest.tables:
            _fill(connection, ground, directory, table, passed)
        for table in manifest.tables:
            shape = shape_of(connection, ground.schema, table.name)
            if read_out(connection, shape, passed) != table:
                msg = f"table {table.name} does not give back what was put into it"
                raise BackupRefusedError(msg)
        begun = SQL("INSERT INTO {} (manifest, begun_at) VALUES (%s, %s)").format(
            Identifier(ground.schema, "restoration")
        )
        connection.execute(begun, (digest_of(directory), at))


def size_of(directory: Path, manifest: Manifest) -> int:
    """How many octets ``load`` passes on: all files, once in and once back."""
    files = (file_of(directory, table.name) for table in manifest.tables)
    return 2 * sum(file.stat().st_size for file in files if file.exists())


def _fill(
    connection: Connection[Any], ground: Ground, directory: Path, table: SavedTable, passed: Passed
) -> None:
    pieces = _pieces(file_of(directory, table.name), passed)
    try:
        digest = read_in(connection, ground.schema, table, pieces)
    except (OSError, psycopg.DatabaseError) as error:
        msg = f"{file_of(directory, table.name)} cannot be read in; take another backup"
        raise BackupRefusedError(msg) from error
    if digest != table.digest:
        msg = f"{file_of(directory, table.name)} was altered after the backup; take another one"
        raise BackupRefusedError(msg)


def _pieces(file: Path, passed: Passed) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            yield piece
            passed(piece)
