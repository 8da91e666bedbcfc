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
from audit.keys.keyfile import KeyFile, KeyFileError, Use
from audit.keys.keyring import another_file
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
        """The person to whom a normalised document is bound, if any.

        The key file is read again when another process has rotated it; ``KeyFileError`` where it
        is not that of the record.
        """
        person, left_out = self._look_up(document_type, number)
        if left_out:
            self._key_file.reload()
            person, left_out = self._look_up(document_type, number)
        if left_out:
            raise KeyFileError(another_file(self._key_file))
        return person

    def _look_up(self, document_type: str, number: str) -> tuple[str | None, bool]:
        """Whose it is, and whether an epoch that counts was not asked for."""
        digests = self._digests(document_type, number)
        asked = (list(digests), list(digests.values()), list(digests))
        query = SQL(
            "SELECT (SELECT person FROM {}"
            " JOIN unnest(%s::int[], %b::bytea[]) AS asked (epoch, digest) USING (epoch, digest)"
            " LIMIT 1), EXISTS (SELECT FROM {} WHERE retired_at IS NULL AND epoch <> ALL (%s))"
        ).format(
            Identifier(self._datastore.schema, "identity"),
            Identifier(self._datastore.schema, "identity_epoch"),
        )
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            row = cursor.execute(query, asked).fetchone()
        assert row is not None
        return row[0], row[1]

    def forget(self, person: str) -> int:
        """Forget whose documents a person's were, once their key is destroyed; how many rows."""
        query = SQL("SELECT {}(%s)").format(Identifier(self._datastore.schema, "forget_identity"))
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            row = cursor.execute(query, (person,)).fetchone()
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
