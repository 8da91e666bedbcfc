"""RFC 6962 §2.1: how a leaf is hashed. The leaf is exactly the bytes stored."""

from __future__ import annotations

from hashlib import sha256


def leaf_hash(leaf: bytes) -> bytes:
    """SHA-256 of 0x00 and the leaf: 32 bytes."""
    return sha256(b"\x00" + leaf).digest()
