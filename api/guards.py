"""What ``serve`` refuses to start on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg.sql import SQL, Identifier

from api.foundation import EVERY_MIGRATION
from audit.migrate import pending

if TYPE_CHECKING:
    from api.reach import Reached


class UnfitError(Exception):
    """The database is not one to serve from; the message says why and what to do."""


def refuse_unfit(reached: Reached) -> None:
    """See that the database is migrated, not newer, and holds a record that is no demonstration.

    Raises ``UnfitError``; ``MigrationError`` for a database of a newer or an edited Mingjian.
    """
    with psycopg.connect(reached.settings.database_url or "", autocommit=True) as connection:
        try:
            missing = pending(connection, reached.ground, EVERY_MIGRATION)
        except psycopg.errors.UndefinedTable as error:
            msg = "the database holds no record yet; run `mingjian migrate`"
            raise UnfitError(msg) from error
        if missing:
            msg = f"{len(missing)} migrations are still to be applied; run `mingjian migrate`"
            raise UnfitError(msg)
        query = SQL("SELECT origin FROM {}").format(Identifier(reached.ground.schema, "origin"))
        row = connection.execute(query).fetchone()
    if row is None or row[0] != reached.settings.origin:
        msg = f"the database holds the record {row and row[0]}, not {reached.settings.origin}"
        raise UnfitError(msg)
