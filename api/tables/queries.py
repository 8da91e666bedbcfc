"""Queries that accounts keep: terms of the query language under an id that tells nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from psycopg.rows import class_row

from api.identifiers import untimed_stream

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool

MOST_KEPT = 200
"""Queries that one account keeps."""


@dataclass(frozen=True, kw_only=True)
class StoredQuery:
    """What is asked of which list, and who keeps it."""

    query: str
    account: str
    list: str
    asked: str
    stored_at: datetime


class Queries:
    """The table ``stored_query``."""

    def __init__(self, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool

    def keep(self, account: str, about: str, asked: str, now: datetime) -> StoredQuery | None:
        """Keep what is asked of a list, or find it where it is kept already; None if too many."""
        with self._pool.connection() as connection:
            connection.execute(
                "INSERT INTO stored_query (query, account, list, asked, stored_at)"
                " SELECT %s, %s, %s, %s, %s"
                " WHERE (SELECT count(*) FROM stored_query WHERE account = %s) < %s"
                " ON CONFLICT DO NOTHING",
                (untimed_stream("query"), account, about, asked, now, account, MOST_KEPT),
            )
        kept = (one for one in self.of(account) if (one.list, one.asked) == (about, asked))
        return next(kept, None)

    def find(self, query: str) -> StoredQuery | None:
        """A query by its id, whoever keeps it."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(StoredQuery)) as cursor,
        ):
            cursor.execute("SELECT * FROM stored_query WHERE query = %s", (query,))
            return cursor.fetchone()

    def of(self, account: str) -> list[StoredQuery]:
        """What an account keeps, the newest first."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(StoredQuery)) as cursor,
        ):
            return cursor.execute(
                "SELECT * FROM stored_query WHERE account = %s ORDER BY stored_at DESC, query",
                (account,),
            ).fetchall()

    def let_go(self, query: str, account: str) -> bool:
        """Keep a query no more; whether the account kept it."""
        with self._pool.connection() as connection:
            gone = connection.execute(
                "DELETE FROM stored_query WHERE query = %s AND account = %s", (query, account)
            )
            return gone.rowcount == 1
