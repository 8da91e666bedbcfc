"""Rotating the keys of the key file, as the owner of the database, under the lock of the keys.

May be interrupted anywhere and run again: the old epochs go only when nothing rests on them any
more, and until then the file and the database hold both. An erasure is complete when the epoch
that wrapped the erased key is gone, because until then an old dump and the key file together
would still open it; and when the epoch under which the documents of the erased were digested is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from audit.keys.identity import IdentityClaim
from audit.keys.keyfile import KeyFileError, Use
from audit.keys.keyring import another_file
from audit.keys.wrapping import fingerprint
from domain.person.events import BindingCorrected, DocumentBound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from psycopg.sql import Composed

    from audit.history import History
    from audit.keys.custody import Custody
    from audit.keys.keyfile import KeyFile
    from audit.migrate import Ground
    from audit.record import Record

    Connection = psycopg.Connection[tuple[Any, ...]]

_PAGE = 1000
_USES = (Use.WRAPPING, Use.IDENTITY)


class StillNeededError(Exception):
    """The old epochs cannot go yet: something in the database still rests on them."""


@dataclass(frozen=True)
class Rotated:
    """The epochs that count now, the keys that were wrapped and the documents digested anew."""

    wrapping: int
    identity: int
    rewrapped: int
    documents: int


def rotate(
    owner_url: str,
    ground: Ground,
    record: Record,
    key_file: KeyFile,
    held: Custody,
    at: datetime,
) -> Rotated:
    """Bring everything under new epochs, and forget the old ones. Processes go on meanwhile.

    ``record`` is one over ``key_file``. Raises ``KeyFileError`` for a file that is not that of
    this record, ``StillNeededError``, ``CustodyLostError``.
    """
    with psycopg.connect(owner_url, row_factory=tuple_row, autocommit=True) as connection:
        _refuse_another_file(connection, ground, key_file)
        # First the file: whoever meets a new epoch in the database finds its key there.
        key_file.rotate(*_USES)
        wrapping, master = key_file.newest(Use.WRAPPING)
        identity, _ = key_file.newest(Use.IDENTITY)
        _begin(connection, ground, wrapping, fingerprint(master), identity, at)
        rewrapped = _rewrap(connection, ground, record, wrapping)
        documents = _digest_anew(connection, ground, record, identity)
        _end(connection, ground, identity, at)
    held.confirm()
    key_file.forget_older(*_USES)
    return Rotated(wrapping, identity, rewrapped, documents)


def _refuse_another_file(connection: Connection, ground: Ground, key_file: KeyFile) -> None:
    """See that the file is the record's own, before anything is made under it."""
    query = _of(ground, "SELECT epoch, fingerprint FROM {wrapping_epoch} WHERE retired_at IS NULL")
    epochs = key_file.epochs(Use.WRAPPING)
    for epoch, known in connection.execute(query).fetchall():
        if epoch not in epochs or fingerprint(epochs[epoch]) != known:
            raise KeyFileError(another_file(key_file))


def _begin(
    connection: Connection,
    ground: Ground,
    wrapping: int,
    known: bytes,
    identity: int,
    at: datetime,
) -> None:
    """From here on keys are made under the new epoch alone, documents digested under it too.

    Under the lock of the append: no claim stands between its check of the epochs and its commit.
    """
    retire = "UPDATE {wrapping_epoch} SET retired_at = %s WHERE epoch < %s AND retired_at IS NULL"
    with connection.transaction():
        connection.execute(
            _of(ground, "INSERT INTO {wrapping_epoch} VALUES (%s, %s)"), (wrapping, known)
        )
        connection.execute(_of(ground, retire), (at, wrapping))
    with connection.transaction():
        _hold_appends(connection, ground)
        connection.execute(_of(ground, "INSERT INTO {identity_epoch} VALUES (%s)"), (identity,))


def _rewrap(connection: Connection, ground: Ground, record: Record, newest: int) -> int:
    """Page by page, so that no key is locked for long."""
    select = _of(
        ground,
        "SELECT key_id, epoch, wrapped FROM {sealing_key}"
        " WHERE wrapped IS NOT NULL AND epoch < %s LIMIT %s FOR UPDATE",
    )
    update = _of(ground, "UPDATE {sealing_key} SET epoch = %s, wrapped = %s WHERE key_id = %s")
    count = 0
    while True:
        with connection.transaction():
            rows = connection.execute(select, (newest, _PAGE), binary=True).fetchall()
            for key_id, epoch, wrapped in rows:
                secret = record.keys.unwrap(key_id, epoch, wrapped)
                connection.execute(update, (*record.keys.wrap(key_id, secret), key_id))
        if not rows:
            return count
        count += len(rows)


def _digest_anew(connection: Connection, ground: Ground, record: Record, newest: int) -> int:
    """Digest every document that is bound; a digest can't be turned into another one."""
    insert = _of(ground, "INSERT INTO {identity} VALUES (%s, %s, %s) ON CONFLICT DO NOTHING")
    persons = "SELECT DISTINCT person FROM {identity} WHERE epoch < %s"
    count = 0
    for (person,) in connection.execute(_of(ground, persons), (newest,)).fetchall():
        for document in documents_of(record.load(person)):
            digests = {one.epoch: one.digest for one in record.identities.digests_of(document)}
            connection.execute(insert, (newest, digests[newest], person))
            count += 1
    return count


def documents_of(history: History) -> Iterator[IdentityClaim]:
    """The documents that are bound to a person now; none that can't be read any more."""
    corrected = {each.bound for each in history.events if isinstance(each, BindingCorrected)}
    for version, event in enumerate(history.events, start=1):
        if isinstance(event, DocumentBound) and version not in corrected:
            number = event.number.text
            if number is not None:
                yield IdentityClaim(event.kind, number, history.stream)


def _end(connection: Connection, ground: Ground, newest: int, at: datetime) -> None:
    """From here on documents are digested and found under the new epoch alone.

    Of somebody whose erasure is ordered no number could be read, and none is to be known.
    """
    forget = (
        "DELETE FROM {identity} USING {sealing_key}"
        " WHERE key_id = person || '/official/1' AND ordered_by IS NOT NULL"
    )
    missing = (
        "SELECT count(*) FROM"
        " (SELECT person, count(*) AS documents FROM {identity} WHERE epoch < %s"
        "  GROUP BY epoch, person) AS before"
        " LEFT JOIN (SELECT person, count(*) AS documents FROM {identity} WHERE epoch = %s"
        "  GROUP BY person) AS now USING (person)"
        " WHERE coalesce(now.documents, 0) < before.documents"
    )
    retire = "UPDATE {identity_epoch} SET retired_at = %s WHERE epoch < %s AND retired_at IS NULL"
    with connection.transaction():
        _hold_appends(connection, ground)
        connection.execute(_of(ground, forget))
        row = connection.execute(_of(ground, missing), (newest, newest)).fetchone()
        if row and row[0]:
            msg = (
                f"{row[0]} persons have a document that their events do not name; nothing was"
                " forgotten: run mingjian audit check, then rotate again"
            )
            raise StillNeededError(msg)
        connection.execute(_of(ground, retire), (at, newest))
        connection.execute(_of(ground, "DELETE FROM {identity} WHERE epoch < %s"), (newest,))


def _hold_appends(connection: Connection, ground: Ground) -> None:
    table = Identifier(ground.schema, "event").as_string(connection)
    connection.execute("SELECT pg_advisory_xact_lock((%s::regclass)::oid::bigint)", (table,))


def _of(ground: Ground, statement: str) -> Composed:
    tables = ("wrapping_epoch", "sealing_key", "identity_epoch", "identity")
    return SQL(statement).format(**{one: Identifier(ground.schema, one) for one in tables})
