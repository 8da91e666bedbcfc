"""A record that is no demonstration, and how its times come to be wrong."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Database

ORIGIN = "mingjian/main"


def now() -> datetime:
    """What time it is on this machine, whose clock is the database's, too."""
    return datetime.now(UTC)


@contextmanager
def taking_any_time(database: Database, schema: str = "record") -> Iterator[None]:
    """While this lasts, the database's clock allows any time, as one that is wrong itself does."""
    unbounded = (
        f"CREATE OR REPLACE FUNCTION {schema}.latest_time(last_placed timestamptz)"
        " RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz'"
    )
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        name = f"{schema}.latest_time"
        row = connection.execute("SELECT pg_get_functiondef(%s::regproc)", (name,)).fetchone()
        assert row is not None
        connection.execute(unbounded)
        yield
        connection.execute(row[0])
