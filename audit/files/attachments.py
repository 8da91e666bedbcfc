"""Attached files: sealed as they arrive, each under a key of its own, and streamed back.

The event that names a file carries what ``Stored`` says, so that the rows here can be checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import IntegrityError
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from audit.files.spool import spooled
from audit.files.stream import opened, sealed
from domain.personal import Purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from psycopg.sql import Composed

    from audit.datastore import RecordDatastore
    from audit.keys.keyring import Keyring
    from audit.keys.sealing import SealingKey


class AttachmentTooLargeError(ValueError):
    """The file is larger than the limit; nothing of it was kept."""


class AttachmentTakenError(ValueError):
    """There is a file under this id already; a file is never replaced."""


class AttachmentErasedError(LookupError):
    """The key of the file was destroyed by a recorded decision: its content is gone."""


@dataclass(frozen=True)
class Stored:
    """What was stored: size of the file in octets, digest of its sealed bytes, media type."""

    attachment: str
    size: int
    digest: bytes
    media_type: str


class Attachments:
    """The files of one record."""

    def __init__(self, datastore: RecordDatastore, keys: Keyring, origin: str) -> None:
        self._datastore = datastore
        self._keys = keys
        self._origin = origin

    def store(
        self,
        attachment: str,
        octets: Iterable[bytes],
        told_by: Callable[[Iterable[bytes]], str],
        *,
        limit: int,
        at: datetime,
    ) -> Stored:
        """Seal a file as it arrives, then store it, all or nothing; returns when the disk has it.

        ``attachment`` is the id of the material, ``limit`` the most octets that it may have,
        ``told_by`` tells the media type of a file that has come whole.
        Raises ``AttachmentTooLargeError`` or ``AttachmentTakenError``, what ``told_by`` raises,
        and ``OSError`` where there is no room for it while it arrives.
        """
        key = self._keys.create(_key_id(attachment))
        passing = _Passing(octets, limit)
        with spooled(sealed(passing, self._origin, attachment, key)) as spool:
            told = told_by(opened(spool(), self._origin, attachment, key))
            return self._keep(attachment, key, passing.size, told, spool(), at)

    def _keep(
        self,
        attachment: str,
        key: SealingKey,
        size: int,
        media_type: str,
        pieces: Iterable[bytes],
        at: datetime,
    ) -> Stored:
        digest, count = sha256(), 0
        insert = self._sql("INSERT INTO {}.attachment_chunk VALUES (%s, %s, %b)")
        try:
            with self._datastore.get_connection() as connection, connection.transaction():
                for piece in pieces:
                    connection.execute(insert, (attachment, count, piece), prepare=True)
                    digest.update(piece)
                    count += 1
                stored = Stored(attachment, size, digest.digest(), media_type)
                connection.execute(
                    self._sql("INSERT INTO {}.attachment VALUES (%s, %s, %s, %s, %s, %s, %s)"),
                    (attachment, key.key_id, media_type, stored.size, count, stored.digest, at),
                )
        except IntegrityError as error:
            msg = f"there is a file {attachment} already"
            raise AttachmentTakenError(msg) from error
        return stored

    def find(self, attachment: str) -> Stored | None:
        """What was stored under this id, if anything."""
        query = "SELECT attachment, size, digest, media_type FROM {}.attachment WHERE attachment=%s"
        row = self._row(query, attachment)
        return None if row is None else Stored(*row)

    def read(self, attachment: str) -> Iterator[bytes]:
        """The octets of a file, chunk by chunk, without holding a transaction meanwhile.

        Raises ``LookupError`` if there is no such file, ``AttachmentErasedError`` if its key was
        destroyed, and ``SealBrokenError`` in the middle if what is stored was altered.
        """
        row = self._row("SELECT chunks FROM {}.attachment WHERE attachment = %s", attachment)
        if row is None:
            msg = f"there is no file {attachment}"
            raise LookupError(msg)
        key = self._keys.find(_key_id(attachment))
        if key is None:
            msg = f"the content of {attachment} was erased"
            raise AttachmentErasedError(msg)
        return self._opened(attachment, int(row[0]), key)

    def purge(self, attachment: str) -> int:
        """Remove the bytes of a file whose key is destroyed; answers how many rows went.

        Raises ``IntegrityError`` of eventsourcing while the key is alive.
        """
        row = self._row("SELECT {}.purge_attachment(%s)", attachment)
        return int(row[0]) if row else 0

    def with_bytes(self, attachments: Iterable[str]) -> set[str]:
        """Those of these files of which bytes are stored, whether or not they open any more."""
        query = "SELECT DISTINCT attachment FROM {}.attachment_chunk WHERE attachment = ANY (%s)"
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            found = cursor.execute(self._sql(query), (list(attachments),)).fetchall()
        return {attachment for (attachment,) in found}

    def _opened(self, attachment: str, count: int, key: SealingKey) -> Iterator[bytes]:
        query = "SELECT sealed FROM {}.attachment_chunk WHERE attachment = %s AND ordinal = %s"
        rows = (self._row(query, attachment, number) for number in range(count))
        pieces = (row[0] for row in rows if row is not None)
        return opened(pieces, self._origin, attachment, key)

    def _row(self, query: str, *parameters: object) -> tuple[Any, ...] | None:
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row, binary=True) as cursor,
        ):
            return cursor.execute(self._sql(query), parameters, prepare=True).fetchone()

    def _sql(self, query: str) -> Composed:
        return SQL(query).format(Identifier(self._datastore.schema))


class _Passing:
    """The octets of a file on their way, measured."""

    def __init__(self, octets: Iterable[bytes], limit: int) -> None:
        self._octets = octets
        self._limit = limit
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for some in self._octets:
            self.size += len(some)
            if self.size > self._limit:
                msg = f"the file has more than {self._limit} octets"
                raise AttachmentTooLargeError(msg)
            yield some


def _key_id(attachment: str) -> str:
    return f"{attachment}/{Purpose.MATERIAL.value}/1"
