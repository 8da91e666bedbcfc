"""Whom a search by name or document found: ids alone, for whoever searched, for some days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.tables import retention

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from psycopg import Connection
    from psycopg_pool import ConnectionPool


class Searches:
    """The table ``search``."""

    def __init__(self, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool

    def keep(self, search: str, account: str, persons: Sequence[str], now: datetime) -> None:
        """Remember what a search found, and forget those of which it has been long enough."""
        with self._pool.connection() as connection:
            connection.execute(
                "DELETE FROM search WHERE searched_at < %s", (now - retention.SEARCHES,)
            )
            connection.execute(
                "INSERT INTO search VALUES (%s, %s, %s, %s)", (search, account, list(persons), now)
            )

    def found(self, search: str, account: str) -> list[str] | None:
        """Whom a search of an account found; None where it has no such search (any more)."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "SELECT persons FROM search WHERE consultation = %s AND account = %s",
                (search, account),
            ).fetchone()
        return None if row is None else list(row[0])
