"""The key by which this archive signs what it hands to others, and the keys of those it trusts.

``archive.key`` holds 32 octets in hexadecimal, readable by its owner only, made when first needed.
``trusted-archives`` holds one archive a line: its public key in hexadecimal, then its name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api.keys import KeyFileRefusedError, create_key
from api.law.texts import TextUnreadableError, read_text

if TYPE_CHECKING:
    from pathlib import Path

FILE = "archive.key"
TRUSTED = "trusted-archives"
_KEY = re.compile(r"[0-9a-f]{64}")


def signing_key(directory: Path) -> Ed25519PrivateKey:
    """The key of this archive itself; raises ``KeyFileRefusedError``."""
    path = directory / FILE
    if not path.exists():
        create_key(path)
    if path.stat().st_mode & 0o077:
        msg = f"{path} can be read by others than its owner; run: chmod 600 {path}"
        raise KeyFileRefusedError(msg)
    line = path.read_text(encoding="ascii").strip()
    if not _KEY.fullmatch(line):
        msg = f"{path} must hold 64 hexadecimal digits; put its backup in place"
        raise KeyFileRefusedError(msg)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(line))


def trusted_archives(directory: Path) -> dict[str, str]:
    """The archives whose deliveries are taken: name by public key; none where there is no file.

    Raises ``KeyFileRefusedError``.
    """
    path = directory / TRUSTED
    if not path.exists():
        return {}
    trusted = {}
    for line in _lines(path):
        key, _, name = line.strip().partition(" ")
        if not _KEY.fullmatch(key) or not name.strip():
            msg = f"{path} must hold a public key in hexadecimal and a name in each line"
            raise KeyFileRefusedError(msg)
        trusted[key] = name.strip()
    return trusted


def _lines(path: Path) -> list[str]:
    try:
        return read_text(path).splitlines()
    except TextUnreadableError as error:
        raise KeyFileRefusedError(str(error)) from error
