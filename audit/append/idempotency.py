"""What was answered to a request that carried an Idempotency-Key."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from audit.append.flushing import FLUSH
from audit.keys.keyfile import KeyFile, Use

if TYPE_CHECKING:
    from audit.datastore import RecordDatastore


CLAIMED = "SELECT true FROM {schema}.idempotency WHERE account = %s AND key = %s"
"""What asks whether an idempotency key was used before."""


@dataclass(frozen=True)
class Outcome:
    """The answer that was given: status, the positions of its events, and what else it needs."""

    body_digest: bytes
    status: int
    first_position: int
    last_position: int
    replay: str | None
    claimed_at: datetime


class Claims:
    """Table idempotency of one record."""

    def __init__(self, datastore: RecordDatastore, key_file: KeyFile) -> None:
        self._datastore = datastore
        self._key_file = key_file

    def outcome_of(self, account: str, key: str) -> Outcome | None:
        """What was answered, None if the key is new; an answer is given when the disk has it."""
        query = SQL(
            "SELECT body_digest, status, first_position, last_position, replay, claimed_at"
            " FROM {} WHERE account = %s AND key = %s"
        ).format(Identifier(self._datastore.schema, "idempotency"))
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            row = cursor.execute(query, (account, key), prepare=True).fetchone()
            if row is None:
                return None
            # The same connection: had the server crashed in between, it would be broken.
            cursor.execute(FLUSH)
        return Outcome(*row)

    def digest_of_body(self, body: bytes) -> bytes:
        """HMAC-SHA-256 of a request body, by which a repeated key with another body is told.

        Keyed, because the body may be short and personal.
        """
        return hmac.digest(self._key_file.key(Use.IDEMPOTENCY, 1), body, "sha256")

    def sweep(self, before: datetime) -> int:
        """Forget what was claimed before an instant; answers how many."""
        sweeping = SQL("SELECT {}(%s)").format(
            Identifier(self._datastore.schema, "sweep_idempotency")
        )
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            row = cursor.execute(sweeping, (before,)).fetchone()
        return int(row[0]) if row else 0
