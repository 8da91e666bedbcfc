"""Files that an applicant uploads for a case before saying what they are evidence of.

Each may be attached within six days. What was not is discarded a day later, when nobody can
attach it any more: see ``api.jobs.discarding``.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from api.problems import too_large

if TYPE_CHECKING:
    from collections.abc import Collection

    from psycopg import Connection
    from psycopg_pool import ConnectionPool

_GOOD_FOR = timedelta(days=6)
"""For how long an upload may be attached."""
_DISCARDED_AFTER = timedelta(days=7)
_MOST_WAITING = 400 << 20
"""Octets that one person may let wait for being attached: eight of the largest files."""


class CaseUploads:
    """The table ``case_upload``."""

    def __init__(self, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool

    def begin(self, file: str, case: str, person: str, now: datetime) -> None:
        """Remember a file before its first octet is stored, so that it is never forgotten.

        Raises the problem ``UPLOADS_WAITING`` while too much of this person waits. A file counts
        when it is stored, so those that arrive at the same moment may go beyond that together.
        """
        with self._pool.connection() as connection:
            row = connection.execute(
                "SELECT coalesce(sum(size), 0) FROM case_upload WHERE person = %s", (person,)
            ).fetchone()
            if row is not None and int(row[0]) >= _MOST_WAITING:
                raise too_large("UPLOADS_WAITING", _MOST_WAITING)
            connection.execute(
                "INSERT INTO case_upload VALUES (%s, %s, %s, 0, %s)", (file, case, person, now)
            )

    def finish(self, file: str, size: int) -> None:
        """The file is stored, with so many octets."""
        with self._pool.connection() as connection:
            connection.execute("UPDATE case_upload SET size = %s WHERE file = %s", (size, file))

    def left_over(self, now: datetime) -> list[tuple[str, str]]:
        """Files that can't be attached any more, with their cases, the oldest first.

        Among them are those that were attached when we died before forgetting them.
        """
        with self._pool.connection() as connection:
            return connection.execute(
                'SELECT file, "case" FROM case_upload WHERE uploaded_at < %s'
                " ORDER BY uploaded_at LIMIT 500",
                (now - _DISCARDED_AFTER,),
            ).fetchall()

    def forget(self, files: Collection[str]) -> None:
        """Forget files that became facts, or were discarded."""
        with self._pool.connection() as connection:
            connection.execute("DELETE FROM case_upload WHERE file = ANY (%s)", (list(files),))


def still_good(file: str, now: datetime) -> bool:
    """Whether a file, whose id says when it was uploaded, may be attached at an instant."""
    milliseconds = UUID(file.partition("-")[2]).int >> 80
    return now - datetime.fromtimestamp(milliseconds / 1000, UTC) <= _GOOD_FOR
