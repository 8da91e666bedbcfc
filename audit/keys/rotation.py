"""Rotating the keys of the key file, as the owner of the database.

Either rotation may be interrupted anywhere and run again: the old epoch goes only when nothing
needs it any more. An erasure is complete when the epoch that wrapped the erased key is gone,
because until then an old dump and the key file together would still open it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from audit.datastore import RecordDatastore
from audit.keys.identity import Identities, IdentityClaim
from audit.keys.keyfile import KeyFile, Use
from audit.keys.keyring import Keyring

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from audit.migrate import Ground

_PAGE = 1000


class StillNeededError(Exception):
    """An old epoch cannot go yet: something in the database still rests on it."""


def rotate_wrapping(
    owner_url: str, ground: Ground, key_file: KeyFile, origin: str, at: datetime
) -> int:
    """Wrap every living sealing key under a new epoch and forget the old ones; answers how many.

    Raises ``StillNeededError`` if a process made keys under an old epoch meanwhile: run it again.
    """
    newest = key_file.rotate(Use.WRAPPING)
    with RecordDatastore(owner_url, ground, connections=1) as datastore:
        keys = Keyring(datastore, key_file, origin)
        with psycopg.connect(owner_url, row_factory=tuple_row) as connection:
            rewrapped = _rewrap(connection, ground, keys, newest)
            _retire(connection, ground, newest, at)
    for epoch in key_file.epochs(Use.WRAPPING):
        if epoch < newest:
            key_file.retire(Use.WRAPPING, epoch)
    return rewrapped


def rotate_identity(
    owner_url: str, ground: Ground, key_file: KeyFile, documents: Iterable[IdentityClaim]
) -> int:
    """Digest every bound document under a new epoch and forget the old ones; answers how many.

    ``documents`` are all documents of the record with their persons, unsealed from its events:
    a digest can't be turned into another one. Appends go on meanwhile and write both epochs.
    Raises ``StillNeededError`` if a person of the old epochs has no document among them.
    """
    newest = key_file.rotate(Use.IDENTITY)
    table = Identifier(ground.schema, "identity")
    insert = SQL("INSERT INTO {} VALUES (%s, %s, %s) ON CONFLICT DO NOTHING").format(table)
    missing = SQL(
        "SELECT count(*) FROM (SELECT person FROM {0} WHERE epoch < %s"
        " EXCEPT SELECT person FROM {0} WHERE epoch = %s) AS left_out"
    ).format(table)
    count = 0
    with (
        RecordDatastore(owner_url, ground, connections=1) as datastore,
        psycopg.connect(owner_url, row_factory=tuple_row) as connection,
    ):
        identities = Identities(datastore, key_file)
        for document in documents:
            digests = {one.epoch: one.digest for one in identities.digests_of(document)}
            connection.execute(insert, (newest, digests[newest], document.person))
            count += 1
        row = connection.execute(missing, (newest, newest)).fetchone()
        if row and row[0]:
            msg = f"{row[0]} persons have a document that was not given"
            raise StillNeededError(msg)
        connection.execute(SQL("DELETE FROM {} WHERE epoch < %s").format(table), (newest,))
    for epoch in key_file.epochs(Use.IDENTITY):
        if epoch < newest:
            key_file.retire(Use.IDENTITY, epoch)
    return count


def _rewrap(
    connection: psycopg.Connection[tuple[Any, ...]], ground: Ground, keys: Keyring, newest: int
) -> int:
    """Page by page, so that no key is locked for long."""
    table = Identifier(ground.schema, "sealing_key")
    epochs = Identifier(ground.schema, "wrapping_epoch")
    select = SQL(
        "SELECT key_id, epoch, wrapped FROM {} WHERE wrapped IS NOT NULL AND epoch < %s"
        " LIMIT %s FOR UPDATE"
    ).format(table)
    update = SQL("UPDATE {} SET epoch = %s, wrapped = %s WHERE key_id = %s").format(table)
    connection.execute(
        SQL("INSERT INTO {} VALUES (%s) ON CONFLICT DO NOTHING").format(epochs), (newest,)
    )
    count = 0
    while rows := connection.execute(select, (newest, _PAGE), binary=True).fetchall():
        for key_id, epoch, wrapped in rows:
            secret = keys.unwrap(key_id, epoch, wrapped)
            connection.execute(update, (*keys.wrap(key_id, secret), key_id))
        connection.commit()
        count += len(rows)
    return count


def _retire(
    connection: psycopg.Connection[tuple[Any, ...]], ground: Ground, newest: int, at: datetime
) -> None:
    """From here on the database refuses keys under the old epochs, also from who knows no newer."""
    names = {
        "keys": Identifier(ground.schema, "sealing_key"),
        "epochs": Identifier(ground.schema, "wrapping_epoch"),
    }
    retire = SQL("UPDATE {epochs} SET retired_at = %s WHERE epoch < %s AND retired_at IS NULL")
    query = SQL("SELECT count(*) FROM {keys} WHERE wrapped IS NOT NULL AND epoch < %s")
    with connection.transaction():
        connection.execute(retire.format(**names), (at, newest))
        row = connection.execute(query.format(**names), (newest,)).fetchone()
        if row and row[0]:
            msg = f"{row[0]} keys were made under an old epoch meanwhile; run the rotation again"
            raise StillNeededError(msg)
