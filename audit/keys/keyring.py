"""Sealing keys: made when words of a new owner are first recorded, unwrapped when they are shown.

A key belongs to one owner and one purpose. It is random, and stored wrapped under the newest
wrapping epoch of the key file.

Generations: whoever asked that their words be erased may come again, and what is said of them
then is sealed under a key of the next generation. Only of a person whom the record still knows;
whoever was forgotten, name and documents, comes again as somebody new.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from math import inf
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

import psycopg
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from audit.append.errors import KeyDestroyedError
from audit.keys.keyfile import KeyFileError, Use
from audit.keys.sealing import SealingKey
from audit.keys.wrapping import Wrapping, fingerprint
from domain.personal import Purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from audit.datastore import RecordDatastore
    from audit.keys.keyfile import KeyFile
    from domain.personal import Personal

_Kept = tuple["SealingKey | None", float]
"""A key, None if it was destroyed, and until when it need not be looked up again."""
_UNKNOWN: _Kept = (None, -inf)
KEYS_KEPT = 4096
SECONDS_KEPT = 60.0
"""How long an unwrapped key may be used for showing before it is looked up again.

So much later, at most, another process still shows words whose key was destroyed, and only while
it reads nothing of the record (``audit.shelf``). Nothing is sealed under such a key: the append
looks for itself.
"""

_EPOCH_RETIRED, _EPOCH_OF_ANOTHER_KEY = "MJ001", "MJ002"
RENEWED = frozenset({Purpose.APPLICANT, Purpose.DISCIPLINE})
"""Purposes for which a known person gets a key of the next generation after an erasure."""


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
        self._wrapping = Wrapping(key_file, origin)
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, key_id: str) -> SealingKey | None:
        """The key; None if it was destroyed.

        Raises ``KeyMissingError``, and ``SealBrokenError`` if it does not unwrap.
        """
        key, until = self._kept.get(key_id, _UNKNOWN)
        return key if self._clock() <= until else self.fetch([key_id])[key_id]

    def fetch(self, key_ids: Iterable[str]) -> dict[str, SealingKey | None]:
        """All these keys, of which those that are not kept are looked up in one query.

        Raises as ``find`` does.
        """
        kept, unknown = self._kept_of(key_ids)
        if not unknown:
            return kept
        found = self._look_up(unknown)
        lost = unknown - found.keys()
        if lost:
            msg = f"{len(lost)} keys have neither secret nor tombstone, {min(lost)} among them"
            raise KeyMissingError(msg)
        for key_id, key in found.items():
            self._keep(key_id, key)
        return kept | found

    def keys_for(self, words: Iterable[Personal]) -> dict[str, SealingKey]:
        """A key for the owner and purpose of each, by ``slot_of``; made where there was none.

        Raises ``KeyDestroyedError``: of somebody who was forgotten nothing more is recorded.
        """
        keys: dict[str, SealingKey] = {}
        wanted = {slot_of(one): 1 for one in words}
        while wanted:
            found = self._found_or_made([f"{slot}/{number}" for slot, number in wanted.items()])
            keys |= {
                slot: key for slot, number in wanted.items() if (key := found[f"{slot}/{number}"])
            }
            wanted = {slot: number + 1 for slot, number in wanted.items() if slot not in keys}
            for slot, number in wanted.items():
                if not self._renewed(slot):
                    raise KeyDestroyedError(f"{slot}/{number - 1}")
        return keys

    def create(self, key_id: str) -> SealingKey:
        """The key of this id, made if there is none; raises ``KeyDestroyedError``."""
        self._create([key_id])
        key = self.find(key_id)
        if key is None:
            raise KeyDestroyedError(key_id)
        return key

    def destroy(self, by_position: int, at: datetime) -> int:
        """Destroy the keys that the event at a position orders; answers how many were alive.

        May be repeated: after a restore, and when it is not known whether it happened.
        """
        destroying = SQL("SELECT {}(%s, %s)").format(self._name("destroy_keys"))
        with (
            self._datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row) as cursor,
        ):
            row = cursor.execute(destroying, (by_position, at)).fetchone()
        self.forget()
        return int(row[0]) if row else 0

    def forget(self) -> None:
        """Look up anew whatever is asked for next."""
        with self._lock:
            self._kept.clear()

    def wrap(self, key_id: str, secret: bytes) -> tuple[int, bytes]:
        """The secret of a key wrapped under the newest epoch, and that epoch."""
        return self._wrapping.wrap(key_id, secret)

    def unwrap(self, key_id: str, epoch: int, wrapped: bytes) -> bytes:
        """The secret of a wrapped key; raises ``SealBrokenError``."""
        return self._wrapping.unwrap(key_id, epoch, wrapped)

    def _found_or_made(self, key_ids: list[str]) -> dict[str, SealingKey | None]:
        """The keys of these ids; None for one that was destroyed, or is ordered to be."""
        _, unknown = self._kept_of(key_ids)
        if unknown and (missing := unknown - self._look_up(unknown).keys()):
            self._create(sorted(missing))
        return self.fetch(key_ids)

    def _renewed(self, slot: str) -> bool:
        """Whether somebody who was erased gets another key: not who was forgotten altogether."""
        owner, _, purpose = slot.rpartition("/")
        official = f"{owner}/{Purpose.OFFICIAL.value}/1"
        return purpose in RENEWED and self._look_up({official}).get(official, True) is not None

    def _create(self, key_ids: list[str]) -> None:
        """Make keys where there are none; read the key file again if another process rotated it."""
        if not self._try_create(key_ids):
            self._key_file.reload()
            if not self._try_create(key_ids):
                msg = f"the newest epoch of {self._key_file.path} is retired: it is an old copy"
                raise KeyFileError(msg)

    def _try_create(self, key_ids: list[str]) -> bool:
        """Answers False if the database has retired the epoch."""
        creating = SQL("SELECT {}(%s, %s, %b, %b)").format(self._name("create_keys"))
        made = [self.wrap(key_id, secrets.token_bytes(32)) for key_id in key_ids]
        epoch, wrapped = made[0][0], [secret for _, secret in made]
        known = fingerprint(self._key_file.key(Use.WRAPPING, epoch))
        with self._datastore.get_connection() as connection:
            try:
                connection.execute(creating, (key_ids, epoch, known, wrapped))
            except psycopg.DatabaseError as error:
                if error.sqlstate == _EPOCH_OF_ANOTHER_KEY:
                    raise KeyFileError(another_file(self._key_file)) from error
                if error.sqlstate != _EPOCH_RETIRED:
                    raise
                return False
        return True

    def _look_up(self, key_ids: set[str]) -> dict[str, SealingKey | None]:
        query = SQL(
            "SELECT key_id, epoch, CASE WHEN ordered_by IS NULL THEN wrapped END"
            " FROM {} WHERE key_id = ANY(%s)"
        )
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

    def _kept_of(self, key_ids: Iterable[str]) -> tuple[dict[str, SealingKey | None], set[str]]:
        """Those that are kept, and those to be looked up.

        A tombstone stands for ever, a key may have been destroyed.
        """
        now = self._clock()
        with self._lock:
            kept = {key_id: self._kept.get(key_id, _UNKNOWN) for key_id in key_ids}
        known = {key_id: key for key_id, (key, until) in kept.items() if now <= until}
        return known, kept.keys() - known.keys()

    def _keep(self, key_id: str, key: SealingKey | None) -> None:
        until = inf if key is None else self._clock() + SECONDS_KEPT
        with self._lock:
            self._kept[key_id] = (key, until)
            self._kept.move_to_end(key_id)
            while len(self._kept) > KEYS_KEPT:
                self._kept.popitem(last=False)

    def _name(self, thing: str) -> Identifier:
        return Identifier(self._datastore.schema, thing)


def slot_of(words: Personal) -> str:
    """Whose key seals some words, whatever its generation: owner and purpose."""
    return f"{words.owner}/{words.purpose.value}"


def another_file(key_file: KeyFile) -> str:
    """What to say of a key file whose epochs are not those of the record."""
    return (
        f"the key file {key_file.path} went another way than that of this record: it was rotated"
        " as a copy; put the true one in its place"
    )
