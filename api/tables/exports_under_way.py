"""Lists that are being taken out just now, for whoever waits for the file or wants it no more.

Any process may be asked, so this stands in the database. Of a file whose maker died nothing is
heard any more, and after ``SECONDS_SILENT`` it is not told of.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from psycopg.rows import class_row

from api.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection
    from psycopg_pool import ConnectionPool

    from api.acts.acting import Promise

SECONDS_SILENT = 60
SECONDS_BETWEEN = 0.5
"""So often is told how far a file has come, and looked whether it is still wanted."""


@dataclass(frozen=True, kw_only=True)
class UnderWay:
    """One list on its way to a file; instants are UTC, ``read`` and ``written`` rows so far."""

    key: str
    list: str
    begun_at: datetime
    read: int
    written: int
    cancelled: bool


class ExportsUnderWay:
    """The table ``export_under_way``."""

    def __init__(self, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool

    @contextmanager
    def going_on(self, promise: Promise, about: str, now: datetime) -> Iterator[Progress]:
        """A file is being made meanwhile; afterwards nothing is told of it any more."""
        named = (promise.account, promise.key)
        with self._pool.connection() as connection:
            connection.execute(
                "DELETE FROM export_under_way WHERE (account, key) = (%s, %s)"
                " OR told_at < clock_timestamp() - make_interval(secs => %s)",
                (*named, SECONDS_SILENT),
            )
            connection.execute(
                "INSERT INTO export_under_way (account, key, list, begun_at)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (*named, about, now),
            )
        try:
            yield Progress(self, promise)
        finally:
            with self._pool.connection() as connection:
                connection.execute(
                    "DELETE FROM export_under_way WHERE (account, key) = (%s, %s)", named
                )

    def told(self, promise: Promise, read: int, written: int) -> bool:
        """Say how far a file has come; whether it is still wanted."""
        with self._pool.connection() as connection:
            found = connection.execute(
                "UPDATE export_under_way SET read = %s, written = %s, told_at = clock_timestamp()"
                " WHERE (account, key) = (%s, %s) RETURNING NOT cancelled",
                (read, written, promise.account, promise.key),
            ).fetchone()
        return found is None or bool(found[0])

    def of(self, account: str) -> list[UnderWay]:
        """What somebody is taking out just now, the latest first."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(UnderWay)) as cursor,
        ):
            return cursor.execute(
                "SELECT key, list, begun_at, read, written, cancelled FROM export_under_way"
                " WHERE account = %s AND told_at >= clock_timestamp() - make_interval(secs => %s)"
                " ORDER BY begun_at DESC, key",
                (account, SECONDS_SILENT),
            ).fetchall()

    def cancel(self, account: str, key: str) -> bool:
        """Want a file no more; whether the account was taking it out."""
        with self._pool.connection() as connection:
            found = connection.execute(
                "UPDATE export_under_way SET cancelled = true WHERE (account, key) = (%s, %s)"
                " AND told_at >= clock_timestamp() - make_interval(secs => %s)",
                (account, key, SECONDS_SILENT),
            )
            return found.rowcount == 1


class Progress:
    """How far one file has come, as its maker tells."""

    def __init__(self, table: ExportsUnderWay, promise: Promise) -> None:
        self._table, self._promise = table, promise
        self._read = self._written = 0
        self._last = monotonic()

    def read(self, rows: int) -> None:
        """So many more rows were found; raises the problem ``EXPORT_CANCELLED``."""
        self._read += rows
        self._tell()

    def wrote(self) -> None:
        """One more row is in the file; raises the problem ``EXPORT_CANCELLED``."""
        self._written += 1
        self._tell()

    def _tell(self) -> None:
        now = monotonic()
        if now - self._last < SECONDS_BETWEEN:
            return
        self._last = now
        if not self._table.told(self._promise, self._read, self._written):
            raise Problem("EXPORT_CANCELLED")
