"""Files that somebody from the public uploads before they say what for.

Each may be handed in once, within an hour. What was not is discarded after a day, long after
whoever could still hand it in: see ``api.jobs.sweeper``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.problems import Problem
from api.tables import retention
from api.tables.upload_limits import MOST_NOT_HANDED_IN

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from psycopg import Connection
    from psycopg_pool import ConnectionPool


class PublicUploads:
    """The table ``public_upload``."""

    def __init__(self, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool

    def begin(self, file: str, now: datetime) -> None:
        """Remember a file before its first octet is stored, so that it is never forgotten.

        Raises the problem ``UPLOADS_FULL`` while too much waits. A file counts when it is stored,
        so those that arrive at the same moment may go beyond that together.
        """
        with self._pool.connection() as connection:
            row = connection.execute("SELECT coalesce(sum(size), 0) FROM public_upload").fetchone()
            if row is not None and int(row[0]) > MOST_NOT_HANDED_IN:
                raise Problem("UPLOADS_FULL", headers={"Retry-After": "3600"})
            connection.execute("INSERT INTO public_upload VALUES (%s, 0, %s)", (file, now))

    def finish(self, file: str, size: int) -> None:
        """The file is stored, with so many octets."""
        with self._pool.connection() as connection:
            connection.execute("UPDATE public_upload SET size = %s WHERE file = %s", (size, file))

    def claim(self, files: Collection[str], by: str, now: datetime) -> None:
        """Let one request alone hand these files in.

        Raises the problem ``UPLOAD_UNKNOWN`` where one of them is too old, or somebody else's.
        """
        with self._pool.connection() as connection, connection.transaction():
            claimed = connection.execute(
                _CLAIM, (by, list(files), now - retention.HANDED_IN_WITHIN)
            ).fetchall()
            if len(claimed) != len(files):
                raise Problem("UPLOAD_UNKNOWN")

    def release(self, by: str) -> None:
        """The request handed nothing in."""
        with self._pool.connection() as connection:
            connection.execute(
                "UPDATE public_upload SET claimed_by = NULL WHERE claimed_by = %s", (by,)
            )

    def left_over(self, now: datetime) -> list[str]:
        """What nobody can hand in any more, if it was not, the oldest first."""
        with self._pool.connection() as connection:
            found = connection.execute(
                "SELECT file FROM public_upload WHERE uploaded_at < %s ORDER BY uploaded_at"
                " LIMIT 500",
                (now - retention.PUBLIC_UPLOADS,),
            ).fetchall()
        return [str(file) for (file,) in found]

    def forget(self, files: Collection[str]) -> None:
        """Forget files that became facts, or were discarded."""
        with self._pool.connection() as connection:
            connection.execute("DELETE FROM public_upload WHERE file = ANY (%s)", (list(files),))


_CLAIM = """
UPDATE public_upload SET claimed_by = %s
WHERE file = ANY (%s) AND uploaded_at > %s AND claimed_by IS NULL AND size > 0
RETURNING file
"""
