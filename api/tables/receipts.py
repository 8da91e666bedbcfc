"""Receipts: a secret, told once, by which somebody from the public follows what they handed in.

Only its SHA-256 is kept; it has enough random bits that guessing is hopeless.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from api.identifiers import receipt

if TYPE_CHECKING:
    from datetime import datetime

    from psycopg import Connection
    from psycopg_pool import ConnectionPool


class Receipts:
    """The table ``receipt``."""

    def __init__(self, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool

    def issue(self, stream: str, now: datetime) -> str:
        """A new receipt for a stream. Dying before it is told leaves a thing nobody can follow."""
        secret = receipt()
        with self._pool.connection() as connection:
            connection.execute(
                "INSERT INTO receipt (digest, stream, issued_at) VALUES (%s, %s, %s)",
                (_digest(secret), stream, now),
            )
        return secret

    def stream_of(self, secret: str) -> str | None:
        """The stream that a receipt is for; None where there is no such receipt."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "SELECT stream FROM receipt WHERE digest = %s", (_digest(secret),)
            ).fetchone()
        return None if row is None else str(row[0])


def _digest(secret: str) -> bytes:
    return sha256("".join(secret.upper().split()).encode()).digest()
