"""Files that an applicant uploads for a case before saying what they are evidence of.

Each may be attached within six days. What was not is discarded a day later, when nobody can
attach it any more: see ``api.jobs.discarding``. What was attached is kept with the record, so an
applicant adds no more than so much to it in thirty days, also where it was withdrawn again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from api.problems import too_large
from api.tables import retention
from api.tables.upload_limits import MONTH, MOST_IN_A_MONTH, MOST_UNATTACHED

if TYPE_CHECKING:
    from collections.abc import Collection

    from psycopg import Connection
    from psycopg_pool import ConnectionPool


class CaseUploads:
    """The table ``case_upload``."""

    def __init__(self, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool

    def begin(
        self, file: str, case: str, person: str, now: datetime, applicant: str | None = None
    ) -> None:
        """Remember a file before its first octet is stored, so that it is never forgotten.

        ``person`` uploads it, ``applicant`` is whose evidence it is, where it is somebody's.
        Raises the problem ``UPLOADS_WAITING`` while too much of this person waits, and
        ``UPLOADS_OF_A_MONTH`` where too much was taken for the applicant. A file counts when it
        is stored, so those that arrive at the same moment may go beyond that together.
        """
        with self._pool.connection() as connection:
            waiting = connection.execute(_WAITING, (person,)).fetchone()
            if waiting is not None and int(waiting[0]) >= MOST_UNATTACHED:
                raise too_large("UPLOADS_WAITING", MOST_UNATTACHED)
            taken = connection.execute(_TAKEN, (applicant, now - MONTH)).fetchone()
            if taken is not None and int(taken[0]) >= MOST_IN_A_MONTH:
                raise too_large("UPLOADS_OF_A_MONTH", MOST_IN_A_MONTH)
            row = (file, case, person, now, applicant)
            connection.execute("INSERT INTO case_upload VALUES (%s, %s, %s, 0, %s, %s)", row)

    def finish(self, file: str, size: int) -> None:
        """The file is stored, with so many octets."""
        with self._pool.connection() as connection:
            connection.execute("UPDATE case_upload SET size = %s WHERE file = %s", (size, file))

    def attached(self, files: Collection[str], now: datetime) -> None:
        """Files became facts."""
        with self._pool.connection() as connection:
            connection.execute(
                "UPDATE case_upload SET attached_at = %s WHERE file = ANY (%s)", (now, list(files))
            )

    def left_over(self, now: datetime) -> list[tuple[str, str]]:
        """Files that can't be attached any more, with their cases, the oldest first.

        Among them are those that were attached when we died before taking that down.
        """
        with self._pool.connection() as connection:
            return connection.execute(
                'SELECT file, "case" FROM case_upload WHERE uploaded_at < %s'
                " AND attached_at IS NULL ORDER BY uploaded_at LIMIT 500",
                (now - retention.UNATTACHED_UPLOADS,),
            ).fetchall()

    def forget(self, files: Collection[str]) -> None:
        """Forget files that were discarded."""
        with self._pool.connection() as connection:
            connection.execute("DELETE FROM case_upload WHERE file = ANY (%s)", (list(files),))

    def sweep(self, now: datetime) -> None:
        """Forget what was attached and counts against nobody any more."""
        with self._pool.connection() as connection:
            connection.execute(
                "DELETE FROM case_upload WHERE attached_at IS NOT NULL AND uploaded_at <= %s",
                (now - MONTH,),
            )


_WAITING = """
SELECT coalesce(sum(size), 0) FROM case_upload WHERE person = %s AND attached_at IS NULL
"""
_TAKEN = """
SELECT coalesce(sum(size), 0) FROM case_upload WHERE applicant = %s AND uploaded_at > %s
"""


def still_good(file: str, now: datetime) -> bool:
    """Whether a file, whose id says when it was uploaded, may be attached at an instant."""
    milliseconds = UUID(file.partition("-")[2]).int >> 80
    return now - datetime.fromtimestamp(milliseconds / 1000, UTC) <= retention.ATTACHED_WITHIN
