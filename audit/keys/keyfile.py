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
        self._keys = _read(path)

    @classmethod
    def create(cls, path: Path) -> KeyFile:
        """A new key file with a first epoch of every use; an existing file is never touched.

        Raises ``KeyFileError`` if there is one already.
        """
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        _write(draft, {use: {1: secrets.token_bytes(32)} for use in Use})
        try:
            path.hardlink_to(draft)  # whole, or not there: no crash leaves a part of it
        except FileExistsError as error:
            msg = f"the key file {path} exists already; keep it, or name another place"
            raise KeyFileError(msg) from error
        finally:
            draft.unlink()
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

    def rotate(self, *uses: Use) -> None:
        """Add an epoch to each of these uses, which writes from now on.

        Only under the lock of ``audit.keys.custody``, as ``forget_older``: two who replace the
        file at once lose what one of them added.
        """
        keys = _read(self.path)
        for use in uses:
            keys[use][max(keys[use]) + 1] = secrets.token_bytes(32)
        self._replace(keys)

    def forget_older(self, *uses: Use) -> None:
        """Forget all epochs but the newest of these uses, for ever.

        What is still wrapped or digested under them is lost.
        """
        keys = _read(self.path)
        self._replace(
            {
                use: {max(epochs): epochs[max(epochs)]} if use in uses else epochs
                for use, epochs in keys.items()
            }
        )

    def _replace(self, keys: dict[Use, dict[int, bytes]]) -> None:
        """Put the new file in place of the old one; a crash leaves one of the two, whole.

        What a crash leaves beside it goes with the next one, so that no epoch lies about that was
        forgotten.
        """
        beside = self.path.with_name(f"{self.path.name}.new")
        beside.unlink(missing_ok=True)
        _write(beside, keys)
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


def _write(path: Path, keys: dict[Use, dict[int, bytes]]) -> None:
    """Write, for the owner's eyes alone, and come back when the disk has it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
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
