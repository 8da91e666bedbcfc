"""In which PostgreSQL schemas the views of a record live.

What people look at is in the schema that the migrations made for views; a rebuild grows in a
second one and takes its place at the end.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg import sql

from audit.migrate import Migrations

if TYPE_CHECKING:
    from psycopg import Connection

OF_THE_VIEWS = Migrations("projections", Path(__file__).parent / "migrations")
"""The migrations that give the application its schemas; the tables it makes there itself."""


def rebuilding(views: str) -> str:
    """The schema in which a rebuild of the views in schema ``views`` grows."""
    return f"{views}_rebuild"


def look_at(connection: Connection[Any], schema: str) -> None:
    """Make unqualified table names on this connection those of ``schema``.

    Every query of a view is written for such a connection.
    The connection must not be inside a transaction, and keeps this for its life.
    """
    connection.execute(sql.SQL("SET search_path = {}, pg_temp").format(sql.Identifier(schema)))
    if not connection.autocommit:
        connection.commit()
