"""What ``serve`` refuses to start on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg.sql import SQL, Identifier

from api.foundation import EVERY_MIGRATION, MASTER_KEY
from api.keys import open_front_door_keys
from audit.connecting import connect
from audit.guards import check_guards
from audit.keys.keyfile import KeyFile

if TYPE_CHECKING:
    from api.database import Reached


DEMONSTRATION = "/demo"
"""How the origin of every demonstration ends, and of no other record."""


class UnfitError(Exception):
    """The database is not one to serve from; the message says why."""


def refuse_unfit(reached: Reached) -> None:
    """See that the record is guarded, has its keys, and is the one that was asked for.

    A demonstration is never served: its clock could be set.
    Raises ``GuardError``, ``MigrationError``, ``KeyFileError``, ``KeyFileRefusedError`` or
    ``UnfitError``.
    """
    settings = reached.settings
    check_guards(settings.database_url or "", reached.ground, EVERY_MIGRATION)
    open_front_door_keys(settings.key_directory)
    KeyFile(settings.key_directory / MASTER_KEY)
    with connect(settings.database_url or "", "mingjian guards", answer_seconds=60) as connection:
        query = SQL("SELECT origin FROM {}").format(Identifier(reached.ground.schema, "origin"))
        origin = connection.execute(query).fetchone()
    if origin is not None and origin[0].endswith(DEMONSTRATION):
        msg = f"{origin[0]} is a demonstration, whose clock could be set; it is never served"
        raise UnfitError(msg)
    if origin != (settings.origin,):
        msg = f"the database holds the record {origin and origin[0]}, not {settings.origin}"
        raise UnfitError(msg)
