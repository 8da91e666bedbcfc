"""Which person an identity document belongs to.

The database holds a keyed digest of the document and the person, never the document; no digest
enters an event, because the numbers are few enough to be tried out once a key leaks.
A document counts as normalised by the domain: upper-case X, 18 digits.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from audit.append.plan import IdentityDigest
from audit.keys.keyfile import KeyFile, Use
from audit.leaf import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.datastore import RecordDatastore


@dataclass(frozen=True)
class IdentityClaim:
    """A document that a command binds to a person.

    ``holder`` names the person who may hold it until now, when a wrong binding is corrected.
    """

    document_type: str
    number: str
    person: str
    holder: str | None = None

    def __repr__(self) -> str:
        """Never the number: reprs end up in logs."""
        return f"IdentityClaim({self.document_type!r}, …, person={self.person!r})"


class Identities:
    """Table identity of one record."""

    def __init__(self, datastore: RecordDatastore, key_file: KeyFile) -> None:
        self._datastore = datastore
        self._key_file = key_file

    def person_of(self, document_type: str, number: str) -> str | None:
        """The person to whom a normalised document is bound, if any."""
        digests = list(self._digests(document_type, number).items())
        query = SQL(
            "SELECT person FROM {} JOIN unnest(%s::int[], %b::bytea[]) AS asked (epoch, digest)"
            " USING (epoch, digest) LIMIT 1"
        ).format(Identifier(self._datastore.schema, "identity"))
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            asked = ([epoch for epoch, _ in digests], [digest for _, digest in digests])
            row = cursor.execute(query, asked).fetchone()
        return None if row is None else str(row[0])

    def forget(self, person: str, key_id: str) -> int:
        """Forget whose documents a person's were, once their key is destroyed; how many rows."""
        query = SQL("SELECT {}(%s, %s)").format(
            Identifier(self._datastore.schema, "forget_identity")
        )
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            row = cursor.execute(query, (person, key_id)).fetchone()
        return int(row[0]) if row else 0

    def remembered(self, persons: Iterable[str]) -> set[str]:
        """Those of these persons to whom some document is bound."""
        query = SQL("SELECT DISTINCT person FROM {} WHERE person = ANY (%s)").format(
            Identifier(self._datastore.schema, "identity")
        )
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            return {person for (person,) in cursor.execute(query, (list(persons),)).fetchall()}

    def digests_of(self, claim: IdentityClaim) -> list[IdentityDigest]:
        """The rows that a claim writes: one for each epoch that is still read."""
        digests = self._digests(claim.document_type, claim.number)
        return [
            IdentityDigest(epoch, digest, claim.person, claim.holder)
            for epoch, digest in digests.items()
        ]

    def _digests(self, document_type: str, number: str) -> dict[int, bytes]:
        document = canonical.encode([document_type, number])
        epochs = self._key_file.epochs(Use.IDENTITY)
        return {epoch: hmac.digest(key, document, "sha256") for epoch, key in epochs.items()}
