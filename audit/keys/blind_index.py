"""The blind index: how sealed words are found without being opened.

A view keeps the digest beside the sealed words and deletes both when their key is destroyed.
Only whole words are found: equal words have equal digests, and nothing else is told.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from audit.keys.keyfile import Use
from audit.leaf import canonical

if TYPE_CHECKING:
    from audit.keys.keyfile import KeyFile


def blind(key_file: KeyFile, purpose: str, words: str) -> bytes:
    """HMAC-SHA-256 of words under the newest search key, apart for each purpose of searching.

    ``purpose`` names the index, such as ``person-name``; after a rotation views are rebuilt.
    """
    _, key = key_file.newest(Use.SEARCH)
    return hmac.digest(key, canonical.encode([purpose, words]), "sha256")
