"""Fingerprints: one forged file handed in with several cases shows itself.

A fingerprint is an HMAC of the content's SHA-256, so that nobody who only has the table can
try out files. It lies outside the record and can be dropped, alone or all together.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from psycopg import Connection
    from psycopg_pool import ConnectionPool

    from api.keys import FrontDoorKeys


class Passing:
    """The octets of a file on their way, digested as they pass."""

    def __init__(self, octets: Iterator[bytes]) -> None:
        self._octets = octets
        self._digest = sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._octets:
            self._digest.update(piece)
            yield piece

    @property
    def digest(self) -> bytes:
        """SHA-256 of what has passed."""
        return self._digest.digest()


class Fingerprints:
    """The table ``fingerprint``."""

    def __init__(self, pool: ConnectionPool[Connection], keys: FrontDoorKeys) -> None:
        self._pool = pool
        self._keys = keys

    def keep(self, material: str, case_id: str, content: bytes, now: datetime) -> None:
        """Keep the fingerprint of a file whose SHA-256 is ``content``."""
        digest = self._keys.digest("fingerprint", content)
        with self._pool.connection() as connection:
            connection.execute(
                "INSERT INTO fingerprint (material, case_id, digest, stored_at)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (material, case_id, digest, now),
            )

    def copies(self, material: str) -> list[tuple[str, str]]:
        """Other materials with the same content, each with its case, the oldest first."""
        with self._pool.connection() as connection:
            found = connection.execute(
                "SELECT other.material, other.case_id FROM fingerprint AS own"
                " JOIN fingerprint AS other USING (digest)"
                " WHERE own.material = %s AND other.material <> own.material"
                " ORDER BY other.material LIMIT 200",
                (material,),
            ).fetchall()
        return [(str(each), str(case)) for each, case in found]

    def kept(self, materials: Iterable[str]) -> set[str]:
        """Those of these files whose fingerprints are kept."""
        with self._pool.connection() as connection:
            found = connection.execute(
                "SELECT material FROM fingerprint WHERE material = ANY (%s)", (list(materials),)
            ).fetchall()
        return {str(material) for (material,) in found}

    def drop(self, material: str) -> None:
        """Forget the fingerprint of a file that was purged."""
        with self._pool.connection() as connection:
            connection.execute("DELETE FROM fingerprint WHERE material = %s", (material,))
