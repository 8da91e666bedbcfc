"""How a sealing key is wrapped under an epoch of the key file.

AES-256-GCM, nonce before ciphertext, associated data [origin, key id].
"""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from audit.keys.keyfile import Use
from audit.keys.sealing import SealBrokenError, derive
from audit.leaf import canonical

if TYPE_CHECKING:
    from audit.keys.keyfile import KeyFile


class Wrapping:
    """Wraps and unwraps the sealing keys of one record; needs its key file and no database."""

    def __init__(self, key_file: KeyFile, origin: str) -> None:
        self.key_file = key_file
        self._origin = origin

    def wrap(self, key_id: str, secret: bytes) -> tuple[int, bytes]:
        """The secret of a key wrapped under the newest epoch, and that epoch."""
        epoch, master = self.key_file.newest(Use.WRAPPING)
        nonce = secrets.token_bytes(12)
        return epoch, nonce + _wrapper(master).encrypt(nonce, secret, self._associated(key_id))

    def unwrap(self, key_id: str, epoch: int, wrapped: bytes) -> bytes:
        """The secret of a wrapped key; raises ``SealBrokenError``, ``KeyFileError``."""
        master = self.key_file.key(Use.WRAPPING, epoch)
        try:
            return _wrapper(master).decrypt(wrapped[:12], wrapped[12:], self._associated(key_id))
        except InvalidTag as error:
            msg = f"key {key_id} does not unwrap under epoch {epoch} of the key file"
            raise SealBrokenError(msg) from error

    def _associated(self, key_id: str) -> bytes:
        return canonical.encode([self._origin, key_id])


def fingerprint(master: bytes) -> bytes:
    """By which the database knows the key of an epoch, without being told it."""
    return derive(master, b"mingjian/wrapping/fingerprint/1")


@lru_cache(maxsize=8)
def _wrapper(master: bytes) -> AESGCM:
    return AESGCM(derive(master, b"mingjian/wrapping/1"))
