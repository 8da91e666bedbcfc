"""Numbered SQL migrations: one file, one SHA-256, one transaction, applied once and for ever.

A file is named ``NNNN_what_it_brings.sql`` and is never edited after it was applied anywhere.
In it ``:"schema"`` stands for the record's schema, ``:"views"`` for the schema of what can be
rebuilt, and ``:"application"`` for the role of the running application.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import psycopg
from psycopg.sql import SQL, Identifier

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from datetime import datetime

_FILE = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_POLL = 0.05
"""Seconds between two looks at the lock: a waiter inside ``pg_advisory_lock`` would hold a
snapshot, for which ``CREATE INDEX CONCURRENTLY`` waits for ever."""


class MigrationError(Exception):
    """The database and the migrations of this program do not fit; the message says how."""


@dataclass(frozen=True)
class Ground:
    """Where a record stands in its database."""

    schema: str
    """Schema of the record itself."""
    views: str
    """Schema of the tables that can be dropped and rebuilt."""
    application: str
    """Role of the running application."""


@dataclass(frozen=True)
class Migrations:
    """The migrations of one floor, in one directory."""

    floor: str
    directory: Path


@dataclass(frozen=True)
class Migration:
    """One file."""

    floor: str
    number: int
    name: str
    text: str

    @property
    def digest(self) -> bytes:
        """SHA-256 of the file."""
        return sha256(self.text.encode()).digest()


OF_THE_RECORD = Migrations("audit", Path(__file__).parent / "migrations")


def migrate(
    owner_url: str,
    ground: Ground,
    origin: str,
    at: datetime,
    sets: Sequence[Migrations] = (OF_THE_RECORD,),
) -> list[Migration]:
    """Bring the database to what this program needs, and give the record its origin.

    ``owner_url`` signs in as the role that will own everything; ``origin`` is
    ``mingjian/<name>``, with ``/demo`` behind it for a demonstration, and never changes.
    Several processes may call this at once. Answers what was applied.

    Raises ``MigrationError`` for an edited file, a newer database or another origin.
    """
    applied = lay(owner_url, ground, at, sets)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(SQL("SET search_path = {}").format(Identifier(ground.schema)))
        _give_origin(connection, origin, at)
    return applied


def lay(
    owner_url: str,
    ground: Ground,
    at: datetime,
    sets: Sequence[Migrations],
    only: Mapping[tuple[str, int], bytes] | None = None,
) -> list[Migration]:
    """As ``migrate``, for a record whose origin is there or comes from a backup.

    ``only`` names the migrations that a backup was made with, by floor and number, with their
    digests: no other is applied. Raises ``MigrationError``, also where one is unknown here.
    """
    wanted = _known(sets)
    if only is not None:
        _refuse_unknown(wanted, only, {migrations.floor for migrations in sets})
    with psycopg.connect(owner_url, autocommit=True) as connection:
        _take_lock(connection)
        _prepare(connection, ground)
        applied = []
        for migration in pending(connection, ground, sets):
            if only is None or (migration.floor, migration.number) in only:
                _apply(connection, ground, migration, at)
                applied.append(migration)
    return applied


def pending(
    connection: psycopg.Connection, ground: Ground, sets: Sequence[Migrations]
) -> list[Migration]:
    """What is still to be applied, in order.

    Raises ``MigrationError`` if an applied file was edited or is unknown here.
    """
    table = Identifier(ground.schema, "migration")
    rows = connection.execute(SQL("SELECT floor, number, digest FROM {}").format(table)).fetchall()
    applied = {(floor, number): bytes(digest) for floor, number, digest in rows}
    known = _known(sets)
    _refuse_unknown(known, applied, {migrations.floor for migrations in sets})
    return [one for place, one in known.items() if place not in applied]


def _known(sets: Sequence[Migrations]) -> dict[tuple[str, int], Migration]:
    return {(one.floor, one.number): one for migrations in sets for one in files_of(migrations)}


def _refuse_unknown(
    known: Mapping[tuple[str, int], Migration],
    applied: Mapping[tuple[str, int], bytes],
    floors: Container[str],
) -> None:
    for floor, number in applied.keys() - known.keys():
        if floor in floors:
            msg = f"the database has migration {number} of {floor}: it needs a newer Mingjian"
            raise MigrationError(msg)
    for place, digest in applied.items():
        if place in known and known[place].digest != digest:
            msg = f"migration {known[place].name} was edited after it was applied; put it back"
            raise MigrationError(msg)


def files_of(migrations: Migrations) -> Iterator[Migration]:
    """The migrations of a directory, numbered from 1 without a gap."""
    for expected, path in enumerate(sorted(migrations.directory.glob("*.sql")), start=1):
        match = _FILE.fullmatch(path.name)
        if match is None or int(match[1]) != expected:
            msg = f"{path.name} of {migrations.floor} should be number {expected:04}"
            raise MigrationError(msg)
        yield Migration(migrations.floor, expected, match[2], path.read_text(encoding="utf-8"))


def _take_lock(connection: psycopg.Connection) -> None:
    """One migrating process at a time; the lock goes with the connection."""
    taking = "SELECT pg_try_advisory_lock(hashtextextended('mingjian migrate', 0))"
    while connection.execute(taking).fetchone() != (True,):
        sleep(_POLL)


def _prepare(connection: psycopg.Connection, ground: Ground) -> None:
    """The two schemas and the list of what was applied."""
    with connection.transaction():
        for schema in (ground.schema, ground.views):
            connection.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(schema)))
        connection.execute(SQL("SET search_path = {}").format(Identifier(ground.schema)))
        connection.execute(
            "CREATE TABLE IF NOT EXISTS migration (floor text, number integer, name text NOT NULL,"
            " digest bytea NOT NULL, applied_at timestamptz NOT NULL, PRIMARY KEY (floor, number))"
        )
        names = {"role": Identifier(ground.application), "views": Identifier(ground.views)}
        connection.execute(SQL("GRANT SELECT ON migration TO {role}").format(**names))
        connection.execute(SQL("GRANT USAGE ON SCHEMA {views} TO {role}").format(**names))


def _apply(
    connection: psycopg.Connection, ground: Ground, migration: Migration, at: datetime
) -> None:
    names = {"schema": ground.schema, "views": ground.views, "application": ground.application}
    text = migration.text
    for placeholder, name in names.items():
        text = text.replace(f':"{placeholder}"', Identifier(name).as_string(connection))
    with connection.transaction():
        connection.execute(text.encode(), prepare=False)
        connection.execute(
            "INSERT INTO migration VALUES (%s, %s, %s, %s, %s)",
            (migration.floor, migration.number, migration.name, migration.digest, at),
        )


def _give_origin(connection: psycopg.Connection, origin: str, at: datetime) -> None:
    connection.execute(
        "INSERT INTO origin (origin, created_at) VALUES (%s, %s) ON CONFLICT DO NOTHING",
        (origin, at),
    )
    standing = connection.execute("SELECT origin FROM origin").fetchone()
    if standing != (origin,):
        msg = f"the record is {standing and standing[0]}, and stays it; {origin} is another record"
        raise MigrationError(msg)
