"""Sealing keys: made when words of a new owner are first recorded, unwrapped when they are shown.

A key belongs to one owner and one purpose. It is random, and stored wrapped under the newest
wrapping epoch of the key file; AES-256-GCM, nonce before ciphertext, associated data
[origin, key id].
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from audit.append.errors import KeyDestroyedError
from audit.keys.keyfile import KeyFileError, Use
from audit.keys.sealing import SealBrokenError, SealingKey, derive
from audit.leaf import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from audit.datastore import RecordDatastore
    from audit.keys.keyfile import KeyFile
    from domain.personal import Personal

KEYS_KEPT = 4096
SECONDS_KEPT = 60.0
"""How long an unwrapped key may be used for showing before it is looked up again.

So much later, at most, another process still shows words whose key was destroyed. Nothing is
sealed under such a key: the append looks for itself.
"""

_EPOCH_RETIRED = "MJ001"


class KeyMissingError(Exception):
    """A key has neither a secret nor a tombstone: rows were lost. It is no erasure."""


class Keyring:
    """The sealing keys of one record."""

    def __init__(
        self,
        datastore: RecordDatastore,
        key_file: KeyFile,
        origin: str,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._datastore = datastore
        self._key_file = key_file
        self._origin = origin
        self._clock = clock
        self._kept: OrderedDict[str, tuple[SealingKey | None, float]] = OrderedDict()
        self._lock = Lock()

    def find(self, key_id: str) -> SealingKey | None:
        """The key; None if it was destroyed.

        Raises ``KeyMissingError``, and ``SealBrokenError`` if it does not unwrap.
        """
        self.fetch([key_id])
        return self._kept_now(key_id)[0]

    def fetch(self, key_ids: Iterable[str]) -> None:
        """Look up all keys that are not kept, in one query; raises as ``find`` does."""
        unknown = {key_id for key_id in key_ids if self._stale(key_id)}
        if not unknown:
            return
        found = self._look_up(unknown)
        lost = unknown - found.keys()
        if lost:
            msg = f"{len(lost)} keys have neither secret nor tombstone, {min(lost)} among them"
            raise KeyMissingError(msg)
        for key_id, key in found.items():
            self._keep(key_id, key)

    def keys_for(self, words: Iterable[Personal]) -> dict[str, SealingKey]:
        """A key for the owner and purpose of each, by key id; made where there was none.

        Raises ``KeyDestroyedError``: of somebody who was erased nothing more is recorded.
        """
        key_ids = {key_id_of(one) for one in words}
        unknown = {key_id for key_id in key_ids if self._stale(key_id)}
        if unknown:
            missing = unknown - self._look_up(unknown).keys()
            if missing:
                self._create(sorted(missing))
            self.fetch(unknown)
        keys = {}
        for key_id in key_ids:
            key = self._kept_now(key_id)[0]
            if key is None:
                raise KeyDestroyedError(key_id)
            keys[key_id] = key
        return keys

    def create(self, key_id: str) -> SealingKey:
        """The key of this id, made if there is none; raises ``KeyDestroyedError``."""
        self._create([key_id])
        key = self.find(key_id)
        if key is None:
            raise KeyDestroyedError(key_id)
        return key

    def destroy(self, key_ids: list[str], by_position: int, at: datetime) -> int:
        """Destroy keys by order of the event at a position; answers how many were alive.

        May be repeated: after a restore, and when it is not known whether it happened.
        """
        destroying = SQL("SELECT {}(%s, %s, %s)").format(self._name("destroy_keys"))
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            row = cursor.execute(destroying, (key_ids, by_position, at)).fetchone()
        with self._lock:
            for key_id in key_ids:
                self._kept.pop(key_id, None)
        return int(row[0]) if row else 0

    def wrap(self, key_id: str, secret: bytes) -> tuple[int, bytes]:
        """The secret of a key wrapped under the newest epoch, and that epoch."""
        epoch, master = self._key_file.newest(Use.WRAPPING)
        nonce = secrets.token_bytes(12)
        return epoch, nonce + _wrapper(master).encrypt(nonce, secret, self._associated(key_id))

    def unwrap(self, key_id: str, epoch: int, wrapped: bytes) -> bytes:
        """The secret of a wrapped key; raises ``SealBrokenError``."""
        master = self._key_file.key(Use.WRAPPING, epoch)
        try:
            return _wrapper(master).decrypt(wrapped[:12], wrapped[12:], self._associated(key_id))
        except InvalidTag as error:
            msg = f"key {key_id} does not unwrap under epoch {epoch} of the key file"
            raise SealBrokenError(msg) from error

    def _create(self, key_ids: list[str]) -> None:
        """Make keys where there are none; read the key file again if another process rotated it."""
        if not self._try_create(key_ids):
            self._key_file.reload()
            if not self._try_create(key_ids):
                msg = f"the newest epoch of {self._key_file.path} is retired: it is an old copy"
                raise KeyFileError(msg)

    def _try_create(self, key_ids: list[str]) -> bool:
        """Answers False if the database has retired the epoch."""
        creating = SQL("SELECT {}(%s, %s, %b)").format(self._name("create_keys"))
        made = [self.wrap(key_id, secrets.token_bytes(32)) for key_id in key_ids]
        wrapped = [secret for _, secret in made]
        with self._datastore.get_connection() as connection:
            try:
                connection.execute(creating, (key_ids, made[0][0], wrapped))
            except psycopg.DatabaseError as error:
                if error.sqlstate != _EPOCH_RETIRED:
                    raise
                return False
        return True

    def _look_up(self, key_ids: set[str]) -> dict[str, SealingKey | None]:
        query = SQL("SELECT key_id, epoch, wrapped FROM {} WHERE key_id = ANY(%s)")
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row, binary=True) as cursor,
        ):
            rows = cursor.execute(query.format(self._name("sealing_key")), (list(key_ids),))
            return {
                key_id: None
                if wrapped is None
                else SealingKey(key_id, self.unwrap(key_id, epoch, wrapped))
                for key_id, epoch, wrapped in rows
            }

    def _kept_now(self, key_id: str) -> tuple[SealingKey | None, float]:
        """What ``fetch`` has just made sure of, even if others have crowded it out since."""
        with self._lock:
            kept = self._kept.get(key_id)
        return kept or (self._look_up({key_id})[key_id], 0.0)

    def _stale(self, key_id: str) -> bool:
        """A tombstone stands for ever; a key may have been destroyed meanwhile."""
        with self._lock:
            key, since = self._kept.get(key_id, (None, None))
        return since is None or (key is not None and self._clock() - since > SECONDS_KEPT)

    def _keep(self, key_id: str, key: SealingKey | None) -> None:
        with self._lock:
            self._kept[key_id] = (key, self._clock())
            self._kept.move_to_end(key_id)
            while len(self._kept) > KEYS_KEPT:
                self._kept.popitem(last=False)

    def _associated(self, key_id: str) -> bytes:
        return canonical.encode([self._origin, key_id])

    def _name(self, thing: str) -> Identifier:
        return Identifier(self._datastore.schema, thing)


def key_id_of(words: Personal) -> str:
    """The id of the key that seals some words: owner, purpose and generation."""
    return f"{words.owner}/{words.purpose.value}/1"


def _wrapper(master: bytes) -> AESGCM:
    return AESGCM(derive(master, b"mingjian/wrapping/1"))
