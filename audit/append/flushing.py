"""The flush barrier: visible is not durable.

An event can be seen as soon as its transaction has committed, and be lost until the disk has it;
after a crash its position is given to another. Whatever tells the outside world (feed, export,
receipt, checkpoint, the replay of an answer) passes here first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import DictRow

    from audit.datastore import RecordDatastore

FLUSH = "SELECT pg_logical_emit_message(true, 'mingjian', '')"
"""Writes nothing that anybody reads, and commits behind everything that others see."""


class PositionLostError(LookupError):
    """The record ends before that position: a crash took the event away before it was told."""


class FlushBarrier:
    """Knows how far the disk has the record."""

    def __init__(self, datastore: RecordDatastore) -> None:
        self._datastore = datastore
        self._flushed = 0
        """Position that the disk certainly has; what is flushed stays flushed."""
        self._head = SQL("SELECT coalesce(max(notification_id), 0) FROM {}").format(
            Identifier(datastore.schema, "event")
        )

    def head(self) -> int:
        """The last position that can be seen, 0 before the first; a crash may take it away."""
        with self._datastore.get_connection() as connection:
            return self._seen(connection)

    def flushed_head(self) -> int:
        """The last position that no crash takes away."""
        with self._datastore.get_connection() as connection:
            seen = self._seen(connection)
            if seen > self._flushed:
                # The same connection: had the server crashed in between, it would be broken.
                connection.execute(FLUSH)
                self._flushed = max(seen, self._flushed)
        return seen

    def wait_until_flushed(self, position: int) -> None:
        """Come back when the disk has everything up to a position; ``PositionLostError``."""
        if position > self._flushed and position > self.flushed_head():
            msg = f"the record ends before position {position}"
            raise PositionLostError(msg)

    def _seen(self, connection: Connection[DictRow]) -> int:
        with connection.cursor(row_factory=tuple_row) as cursor:
            row = cursor.execute(self._head).fetchone()
        return int(row[0]) if row else 0
