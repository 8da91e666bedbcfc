"""The proof that a backup opens, before it is called one.

From the files alone, and the copy of the key file that goes with them: what the disk gives back is
what was written, every living key unwraps, and under each epoch words open.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from audit.backup.manifest import BackupRefusedError
from audit.backup.rows import CutShortError, rows_of
from audit.backup.saving import file_of
from audit.keys.keyfile import KeyFile, KeyFileError
from audit.keys.sealing import Place, SealBrokenError, Sealed, SealingKey, unseal
from audit.keys.wrapping import Wrapping
from audit.leaf.envelope import from_leaf
from audit.leaf.wire import personal_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audit.backup.manifest import Manifest, SavedTable
    from audit.leaf.canonical import JSON
    from domain.personal import Personal

_SAMPLE = 1000
"""Keys of an epoch under which words are looked for: hardly a key is without any."""
_PIECE = 1 << 20


@dataclass(frozen=True)
class Proof:
    """How many keys unwrap, and under how many epochs words were opened."""

    keys: int
    epochs: int


def prove(directory: Path, manifest: Manifest, key_file: Path) -> Proof:
    """See that a backup gives back what it holds; raises ``BackupRefusedError``."""
    tables = {table.name: table for table in manifest.tables}
    for table in manifest.tables:
        _refuse_other_octets(directory, table)
    try:
        wrapping = Wrapping(KeyFile(key_file), manifest.origin)
        count, by_epoch = _unwrap_all(directory, tables["sealing_key"], wrapping)
        opened = _open_words(directory, tables["event"], manifest.origin, by_epoch)
    except (CutShortError, KeyFileError, SealBrokenError) as error:
        msg = f"the backup does not open, so it is none: {error}"
        raise BackupRefusedError(msg) from error
    return Proof(count, opened)


def _refuse_other_octets(directory: Path, table: SavedTable) -> None:
    digest, path = sha256(), file_of(directory, table.name)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    if digest.hexdigest() != table.digest:
        msg = f"{path} does not give back what was written; look at the disk, take another backup"
        raise BackupRefusedError(msg)


def _unwrap_all(
    directory: Path, table: SavedTable, wrapping: Wrapping
) -> tuple[int, dict[int, dict[str, SealingKey]]]:
    """How many keys are alive, and some of each epoch by id."""
    place = {name: number for number, name in enumerate(table.columns)}
    by_epoch: dict[int, dict[str, SealingKey]] = {}
    count = 0
    for row in rows_of(file_of(directory, table.name)):
        wrapped = row[place["wrapped"]]
        if wrapped is None:
            continue
        key_id = (row[place["key_id"]] or b"").decode()
        epoch = int.from_bytes(row[place["epoch"]] or b"", "big")
        secret = wrapping.unwrap(key_id, epoch, wrapped)
        some = by_epoch.setdefault(epoch, {})
        if len(some) < _SAMPLE:
            some[key_id] = SealingKey(key_id, secret)
        count += 1
    return count, by_epoch


def _open_words(
    directory: Path, table: SavedTable, origin: str, by_epoch: dict[int, dict[str, SealingKey]]
) -> int:
    """Open words under a key of each epoch, where any were recorded; how many epochs."""
    place = {name: number for number, name in enumerate(table.columns)}
    epochs = {key_id: epoch for epoch, some in by_epoch.items() for key_id in some}
    keys = _Found({key_id: key for some in by_epoch.values() for key_id, key in some.items()})
    opened: set[int] = set()
    for row in rows_of(file_of(directory, table.name)):
        if len(opened) == len(by_epoch):
            break
        for words in _words_of(origin, row, place, keys):
            epoch = epochs.get(words.key_id)
            if epoch is not None and epoch not in opened and words.text is not None:
                opened.add(epoch)
    return len(opened)


def _words_of(
    origin: str, row: tuple[bytes | None, ...], place: dict[str, int], keys: _Found
) -> Iterator[Sealed]:
    stream, topic, leaf = (row[place[name]] or b"" for name in ("originator_id", "topic", "state"))
    version = int.from_bytes(row[place["originator_version"]] or b"", "big")
    at = Place(origin, stream.decode(), version, topic.decode())

    def unsealing(pointer: str, stored: JSON) -> Personal:
        return unseal(at, pointer, stored, keys)

    for words in personal_in(from_leaf(leaf, unsealing).event):
        if isinstance(words, Sealed):
            yield words


@dataclass(frozen=True)
class _Found:
    """Keys that are at hand."""

    keys: dict[str, SealingKey]

    def find(self, key_id: str) -> SealingKey | None:
        """The key; None where it is not at hand."""
        return self.keys.get(key_id)
