"""A file sealed in chunks, so that it can be written and read without ever being held as a whole.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over AES-256-GCM::

    header     commitment of the key (32) ‖ prefix (7 random octets)
    chunk i    AES-256-GCM of at most 65,536 octets
               nonce = prefix ‖ i as 4 octets ‖ 1 if it is the last chunk, else 0

so chunks can be neither reordered nor left out, and an end that was cut off is noticed.
The key is HKDF(sealing key, "mingjian/attachment/1"); associated data is the canonical array
[origin, attachment, key id].
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from audit.keys.sealing import SealBrokenError
from audit.leaf import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit.keys.sealing import SealingKey

CHUNK = 65_536
PREFIX = 7
HEADER = 32 + PREFIX


def sealed(
    octets: Iterable[bytes], origin: str, attachment: str, key: SealingKey
) -> Iterator[bytes]:
    """The header, then the chunks; an empty file has one empty chunk."""
    prefix = secrets.token_bytes(PREFIX)
    cipher, associated = _cipher(origin, attachment, key)
    yield bytes.fromhex(key.commitment) + prefix
    for number, (chunk, last) in enumerate(_chunks(octets)):
        yield cipher.encrypt(_nonce(prefix, number, last=last), chunk, associated)


def opened(
    pieces: Iterable[bytes], origin: str, attachment: str, key: SealingKey
) -> Iterator[bytes]:
    """The octets behind the header and chunks of ``sealed``, as these come.

    Raises ``SealBrokenError`` where something was altered, moved or cut off; what came before
    was whole.
    """
    coming = iter(pieces)
    header = next(coming, b"")
    commitment, prefix = header[:32], header[32:]
    if len(header) != HEADER or not hmac.compare_digest(commitment, bytes.fromhex(key.commitment)):
        raise _broken(attachment)
    cipher, associated = _cipher(origin, attachment, key)
    piece = next(coming, None)
    number = 0
    while piece is not None:
        following = next(coming, None)
        try:
            nonce = _nonce(prefix, number, last=following is None)
            yield cipher.decrypt(nonce, piece, associated)
        except InvalidTag as error:
            raise _broken(attachment) from error
        piece, number = following, number + 1
    if number == 0:
        raise _broken(attachment)


def _chunks(octets: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Chunks of the full size, the last one marked and perhaps shorter."""
    waiting = bytearray()
    for some in octets:
        waiting += some
        while len(waiting) > CHUNK:
            yield bytes(waiting[:CHUNK]), False
            del waiting[:CHUNK]
    yield bytes(waiting), True


def _cipher(origin: str, attachment: str, key: SealingKey) -> tuple[AESGCM, bytes]:
    associated = canonical.encode([origin, attachment, key.key_id])
    return AESGCM(key.derived(b"mingjian/attachment/1")), associated


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + last.to_bytes(1, "big")


def _broken(attachment: str) -> SealBrokenError:
    return SealBrokenError(f"attachment {attachment} was altered or cut off")
