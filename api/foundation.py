"""What must stand before anything runs: the database's shape, and the two key files.

Everything here may be done again, and by several processes at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg.sql import SQL, Identifier

from api.keys import create_front_door_keys
from audit.keys.keyfile import KeyFile, KeyFileError
from audit.migrate import OF_THE_RECORD, Ground, Migration, Migrations, migrate
from audit.record import Record
from projections.schema import OF_THE_VIEWS

if TYPE_CHECKING:
    from datetime import datetime

    from api.settings import Settings

OF_THE_FRONT_DOOR = Migrations("api", Path(__file__).parent / "migrations")
EVERY_MIGRATION = (OF_THE_RECORD, OF_THE_VIEWS, OF_THE_FRONT_DOOR)

MASTER_KEY = "master.key"
"""The file of the keys that seal and blind what the record keeps about people."""


def ground_of(settings: Settings, application: str) -> Ground:
    """Where the record stands in its database; ``application`` is the role that runs."""
    schema = f"mingjian_{settings.record}"
    return Ground(schema=schema, views=f"{schema}_views", application=application)


def open_record(settings: Settings, ground: Ground, connections: int = 2) -> Record:
    """The record as a command uses it; in a new process, too."""
    key_file = KeyFile(settings.key_directory / MASTER_KEY)
    return Record(settings.database_url or "", ground, key_file, connections=connections)


def lay_foundation(
    settings: Settings, owner_url: str, ground: Ground, origin: str, at: datetime
) -> list[Migration]:
    """Migrate as the owner and, for a record that is new, make its keys. Answers what was applied.

    Keys are made only where nothing was ever sealed: a key that is missing beside a record that
    needs it has to come from its backup, and a new one would hide that.
    Raises ``MigrationError``; ``KeyFileError`` if the record's key is missing or open to others.
    """
    applied = migrate(owner_url, ground, origin, at, EVERY_MIGRATION)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        query = SQL("SELECT NOT EXISTS (SELECT FROM {})").format(Identifier(ground.schema, "event"))
        new = connection.execute(query).fetchone() == (True,)
    if new:
        make_keys(settings.key_directory)
    return applied


def make_keys(directory: Path) -> None:
    """Make both key files where they are missing, in a directory that only its owner enters."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        KeyFile.create(directory / MASTER_KEY)
    except KeyFileError:
        KeyFile(directory / MASTER_KEY)  # it stands already; raises again if it is not usable
    create_front_door_keys(directory)
