"""The key file: the only secrets of a record that must never lie beside its data.

It holds, under 0600 and apart from the database and its dumps, one list of epochs for each use:
whoever has the file and the database can read everything; whoever has only one of them, nothing.

A use with several epochs reads with any of them and writes with the newest.
"""

from __future__ import annotations

import json
import os
import secrets
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Use(StrEnum):
    """What a key of the key file is for."""

    WRAPPING = "wrapping"
    """Wraps the sealing keys that are stored in the database."""
    IDENTITY = "identity"
    """Digests identity documents for the table that tells one person from another."""
    SEARCH = "search"
    """Makes the blind index by which sealed words are found."""
    IDEMPOTENCY = "idempotency"
    """Digests request bodies, so that a repeated request is told from another one."""


class KeyFileError(Exception):
    """The key file is missing, unreadable, or readable by others; the message says the remedy."""


class KeyFile:
    """The master keys of one record, by use and epoch."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._keys = _read(path)

    @classmethod
    def create(cls, path: Path) -> KeyFile:
        """A new key file with a first epoch of every use; an existing file is never touched.

        Raises ``KeyFileError`` if there is one already.
        """
        keys = {use: {1: secrets.token_bytes(32)} for use in Use}
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            msg = f"the key file {path} exists already; keep it, or name another place"
            raise KeyFileError(msg) from error
        _write(descriptor, keys)
        _flush_directory(path.parent)
        return cls(path)

    def newest(self, use: Use) -> tuple[int, bytes]:
        """The epoch that writes, and its key of 32 bytes."""
        epoch = max(self._keys[use])
        return epoch, self._keys[use][epoch]

    def epochs(self, use: Use) -> dict[int, bytes]:
        """Every epoch that is still read, with its key."""
        return dict(self._keys[use])

    def key(self, use: Use, epoch: int) -> bytes:
        """The key of one epoch; the file is read again when another process has rotated it.

        Raises ``KeyFileError`` if the epoch is gone.
        """
        if epoch not in self._keys[use]:
            self.reload()
        if epoch not in self._keys[use]:
            msg = f"epoch {epoch} of {use.value} is not in the key file {self.path}"
            raise KeyFileError(msg)
        return self._keys[use][epoch]

    def reload(self) -> None:
        """Read the file again."""
        self._keys = _read(self.path)

    def rotate(self, use: Use) -> int:
        """Add an epoch, which writes from now on; answers its number."""
        with self._lock:
            keys = _read(self.path)
            epoch = max(keys[use]) + 1
            keys[use][epoch] = secrets.token_bytes(32)
            self._replace(keys)
        return epoch

    def retire(self, use: Use, epoch: int) -> None:
        """Forget an epoch for ever: what is still wrapped or digested under it is lost.

        Raises ``KeyFileError`` for the epoch that writes.
        """
        with self._lock:
            keys = _read(self.path)
            if epoch == max(keys[use]):
                msg = f"epoch {epoch} of {use.value} is the one that writes; rotate first"
                raise KeyFileError(msg)
            keys[use].pop(epoch, None)
            self._replace(keys)

    def _replace(self, keys: dict[Use, dict[int, bytes]]) -> None:
        """Put the new file in place of the old one; a crash leaves one of the two, whole."""
        beside = self.path.with_name(f"{self.path.name}.{secrets.token_hex(8)}")
        _write(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), keys)
        beside.replace(self.path)
        _flush_directory(self.path.parent)
        self._keys = keys


def _read(path: Path) -> dict[Use, dict[int, bytes]]:
    try:
        with path.open("rb") as file:
            others = os.fstat(file.fileno()).st_mode & 0o077
            content = file.read()
    except OSError as error:
        msg = f"the key file {path} cannot be read; without it nothing sealed can be shown"
        raise KeyFileError(msg) from error
    if others:
        msg = f"the key file {path} is open to others; run: chmod 600 {path}"
        raise KeyFileError(msg)
    try:
        stored = json.loads(content)
        return {
            use: {int(epoch): bytes.fromhex(key) for epoch, key in stored[use.value].items()}
            for use in Use
        }
    except (ValueError, KeyError, AttributeError, TypeError):
        msg = f"the key file {path} is damaged; put its backup in place"
        raise KeyFileError(msg) from None


def _write(descriptor: int, keys: dict[Use, dict[int, bytes]]) -> None:
    """Write, and come back when the disk has it."""
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(
            {
                use.value: {str(epoch): key.hex() for epoch, key in epochs.items()}
                for use, epochs in keys.items()
            },
            file,
            indent=1,
        )
        file.flush()
        os.fsync(file.fileno())


def _flush_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
