"""The front door's own key: it signs tokens, seals cursors and blinds logins.

The keys that seal personal data belong to the record (``audit``) and are others.

The file ``front-door.key`` holds one key a line, 32 bytes in hexadecimal, the newest first.
A line put on top rotates the key: tokens, cursors and logins under the older lines stay good
until these are taken out. From each line HKDF derives a key for each use.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from pathlib import Path

Use = Literal[
    "access token", "cursor", "device", "fingerprint", "login", "subject", "throttle", "upload"
]

FILE = "front-door.key"
_LINE = re.compile(r"[0-9a-f]{64}")


class KeyFileRefusedError(Exception):
    """The key file can't be relied on; the message says why and names the remedy."""


@dataclass(frozen=True)
class FrontDoorKeys:
    """The keys of the file, the newest first. Their repr shows nothing of them."""

    lines: tuple[bytes, ...] = field(repr=False)

    def newest(self, use: Use) -> bytes:
        """The key under which whatever is made now is made."""
        return _derive(self.lines[0], use)

    def accepted(self, use: Use) -> tuple[bytes, ...]:
        """Every key under which what was made before is still good, the newest first."""
        return tuple(_derive(line, use) for line in self.lines)

    def digest(self, use: Use, *parts: str | bytes) -> bytes:
        """HMAC-SHA-256 of the parts under the newest key; each part is delimited by its length."""
        return keyed_digest(self.newest(use), *parts)


def keyed_digest(key: bytes, *parts: str | bytes) -> bytes:
    """HMAC-SHA-256 of the parts, each preceded by its length in eight bytes."""
    mac = hmac.new(key, digestmod=sha256)
    for part in parts:
        octets = part.encode() if isinstance(part, str) else part
        mac.update(len(octets).to_bytes(8, "big") + octets)
    return mac.digest()


def open_front_door_keys(directory: Path) -> FrontDoorKeys:
    """The keys in the directory's file.

    Raises ``KeyFileRefusedError`` if it is missing, others can read it, or a line is no key.
    """
    path = directory / FILE
    try:
        with path.open(encoding="ascii") as file:
            others = os.fstat(file.fileno()).st_mode & 0o077
            lines = file.read().split()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path} cannot be read; put its backup in place"
        raise KeyFileRefusedError(msg) from error
    if others:
        msg = f"{path} can be read by others than its owner; run: chmod 600 {path}"
        raise KeyFileRefusedError(msg)
    if not lines or not all(_LINE.fullmatch(line) for line in lines):
        msg = f"{path} must hold 64 hexadecimal digits in each line; put its backup in place"
        raise KeyFileRefusedError(msg)
    return FrontDoorKeys(tuple(bytes.fromhex(line) for line in lines))


def create_front_door_keys(directory: Path) -> None:
    """Write a file with a first key; an existing file stays."""
    create_key(directory / FILE)


def create_key(path: Path) -> None:
    """Write a file with one new key, readable by its owner only; an existing file stays.

    Written beside its place and linked there whole: no reader sees a part of it, and of two
    processes that make it at once both find the same key.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # another process was first, and its key counts
    finally:
        draft.unlink()


@cache
def _derive(line: bytes, use: Use) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"mingjian front door: {use}".encode()).derive(line)
