"""The connections that look at views, for whoever must not see less than was there before.

A process that knows a version of a view which nobody has filled yet shows nothing of the views
until all that the record held when the process began has come to all of them; it says so, and
whoever knows the versions before goes on answering. Once that has come, it never goes.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from psycopg import IsolationLevel
from psycopg.errors import UndefinedTable

from api.problems import Problem
from projections.catalogue import VIEWS
from projections.progress import reached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection
    from psycopg_pool import ConnectionPool

_RETRY_SECONDS = "5"


class Views:
    """Hands out connections of a pool; ``due`` is the position that the views must show first."""

    def __init__(self, pool: ConnectionPool[Connection], due: int) -> None:
        self.pool = pool
        """The same connections, for whoever asks how far the views are."""
        self.due = due
        self._whole = False

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection on which every view shows at least what was due.

        Raises the problem ``NOT_YET_VISIBLE`` while one does not.
        """
        with self.pool.connection() as connection:
            if not self._shown(connection):
                raise Problem("NOT_YET_VISIBLE", headers={"Retry-After": _RETRY_SECONDS})
            yield connection

    @contextmanager
    def instant(self) -> Iterator[Connection]:
        """The same; all that is asked on it is answered as of one instant."""
        with self.connection() as connection:
            connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
            try:
                with connection.transaction():
                    yield connection
            finally:
                if not connection.closed:
                    connection.isolation_level = connection.read_only = None

    def whole(self) -> bool:
        """Whether the views show what was due, for jobs that decide by what they are shown."""
        with self.pool.connection() as connection:
            return self._shown(connection)

    def close(self) -> None:
        """Give the connections back."""
        self.pool.close()

    def _shown(self, connection: Connection) -> bool:
        if not self._whole:
            try:
                position = reached(connection, VIEWS)
            except UndefinedTable:  # nobody has led yet
                return False
            self._whole = position is not None and position >= self.due
        return self._whole
