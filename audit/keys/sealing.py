"""Words about people, sealed inside the leaf: destroying the key removes them, no hash changes.

What stands in the leaf instead of the words::

    cipher      base64 of the AES-256-GCM ciphertext and tag of the words in UTF-8
    commitment  hex of k_com: this key and no other opens the envelope
    key         key id, "{owner}/{purpose}/{generation}"
    nonce       hex of 12 random bytes

``k_enc, k_com = HKDF-SHA-256(key, "mingjian/sealing/enc/1" | "mingjian/sealing/commit/1")``.
AES-GCM is not key-committing: without ``k_com`` one ciphertext could be made that opens to two
different texts under two keys.
Associated data is the canonical array [origin, stream, version, topic, pointer, key id], so that
an envelope can't be moved to another place.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from audit.leaf import canonical
from audit.leaf.wire import UnreadableError, UnstorableError
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from audit.leaf.canonical import JSON

_purposes = {each.value: each for each in Purpose}
WORDS_KEPT = 256
"""Of so many envelopes a key remembers the words that it has opened."""
_MEMBERS = {"cipher", "commitment", "key", "nonce"}


class SealBrokenError(Exception):
    """An envelope does not open under the key that it names: it was altered or moved."""


class SealingKey:
    """An opened key: encrypts, decrypts, and commits to itself.

    A process keeps thousands, so a key is its octets: the cipher, of 3 kB once it was used, is made
    when it is.
    """

    def __init__(self, key_id: str, secret: bytes) -> None:
        self.key_id = key_id
        self.commitment = derive(secret, b"mingjian/sealing/commit/1").hex()
        self._encrypting = derive(secret, b"mingjian/sealing/enc/1")
        self._secret = secret
        self.opened: dict[tuple[object, ...], str] = {}
        """The words that it has opened, by envelope and place: they go when the key goes."""

    def derived(self, label: bytes) -> bytes:
        """32 bytes for another use of this key."""
        return derive(self._secret, label)

    def encrypt(self, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
        """The ciphertext with its tag."""
        return AESGCM(self._encrypting).encrypt(nonce, plain, associated)

    def decrypt(self, nonce: bytes, cipher: bytes, associated: bytes) -> bytes:
        """The plain bytes; raises ``SealBrokenError``."""
        try:
            return AESGCM(self._encrypting).decrypt(nonce, cipher, associated)
        except InvalidTag as error:
            msg = f"what is sealed under {self.key_id} does not open"
            raise SealBrokenError(msg) from error


class Keys(Protocol):
    """Where sealing keys are found."""

    def find(self, key_id: str) -> SealingKey | None:
        """The key; None if it was destroyed; raises if it is missing without a tombstone."""


class Place(NamedTuple):
    """Where in the record an event stands, as far as its envelopes are bound to it."""

    origin: str
    stream: str
    version: int
    topic: str

    def associated(self, pointer: str, key_id: str) -> bytes:
        """The associated data of the envelope at a JSON pointer of the leaf."""
        return canonical.encode(
            [*(self.origin, self.stream, self.version, self.topic, pointer, key_id)]
        )


class Sealed(Personal):
    """Words as the record holds them; ``text`` opens them when it is asked for."""

    key_id: str
    """The key that opens the words."""

    def __init__(self, place: Place, pointer: str, envelope: dict[str, Any], keys: Keys) -> None:
        owner, purpose, _generation = envelope["key"].rsplit("/", 2)
        vars(self).update(
            owner=owner,
            purpose=_purposes[purpose],
            key_id=envelope["key"],
            _sealed=(place, pointer, envelope, keys),
        )

    @property
    def token(self) -> str:
        """What a view stores: the envelope with its place, to be opened when shown."""
        place, pointer, envelope, _ = vars(self)["_sealed"]
        return canonical.encode(
            [*(place.origin, place.stream, place.version, place.topic, pointer, envelope)]
        ).decode()

    @property
    def text(self) -> str | None:
        """The words, None once their key was destroyed.

        Raises ``SealBrokenError``, and what ``Keys.find`` raises for a key that is missing.
        """
        place, pointer, envelope, keys = vars(self)["_sealed"]
        return _open(place, pointer, envelope, keys.find(envelope["key"]))

    def under(self, key: SealingKey | None) -> str | None:
        """The words as the key of ``key_id`` opens them; None for one that was destroyed.

        Raises ``SealBrokenError``.
        """
        place, pointer, envelope, _ = vars(self)["_sealed"]
        return _open(place, pointer, envelope, key)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Personal):
            return NotImplemented
        return (self.text, self.owner, self.purpose) == (other.text, other.owner, other.purpose)

    def __hash__(self) -> int:
        return hash((self.text, self.owner, self.purpose))


def seal(place: Place, pointer: str, personal: Personal, key: SealingKey) -> JSON:
    """The envelope of some words, bound to the place where it will stand.

    Raises ``UnstorableError`` for words that were erased: they can't be recorded again.
    """
    if personal.text is None:
        msg = f"{personal!r} at {pointer} was erased and cannot be recorded again"
        raise UnstorableError(msg)
    try:
        plain = personal.text.encode()
    except UnicodeEncodeError:
        msg = f"{personal!r} at {pointer} holds a lone surrogate, which is no text"
        raise UnstorableError(msg) from None
    nonce = secrets.token_bytes(12)
    cipher = key.encrypt(nonce, plain, place.associated(pointer, key.key_id))
    return {
        "cipher": base64.b64encode(cipher).decode(),
        "commitment": key.commitment,
        "key": key.key_id,
        "nonce": nonce.hex(),
    }


def unseal(place: Place, pointer: str, stored: JSON, keys: Keys) -> Sealed:
    """The words behind an envelope, not opened yet; raises ``UnreadableError``."""
    if (
        isinstance(stored, dict)
        and stored.keys() == _MEMBERS
        and all(isinstance(member, str) for member in stored.values())
    ):
        try:
            return Sealed(place, pointer, stored, keys)
        except (ValueError, KeyError) as error:
            msg = f"what is stored at {pointer} names no key"
            raise UnreadableError(msg) from error
    msg = f"what is stored at {pointer} is not an envelope"
    raise UnreadableError(msg)


def from_token(token: str, keys: Keys) -> Sealed:
    """The words behind what a view stored; raises ``UnreadableError``."""
    stored = canonical.decode(token.encode())
    if not isinstance(stored, list) or len(stored) != 6:  # noqa: PLR2004 -- place, pointer, envelope
        msg = "what the view stored is not a sealed value"
        raise UnreadableError(msg)
    *place, pointer, envelope = stored
    return unseal(Place(*place), pointer, envelope, keys)


def derive(secret: bytes, label: bytes) -> bytes:
    """HKDF-SHA-256 without salt: 32 bytes for one use of a secret."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(secret)


def _open(
    place: Place, pointer: str, envelope: dict[str, Any], key: SealingKey | None
) -> str | None:
    if key is None:
        return None
    if not hmac.compare_digest(key.commitment, envelope["commitment"]):
        msg = f"the envelope at {pointer} of {place.stream} is committed to another key"
        raise SealBrokenError(msg)
    which = (envelope["nonce"], envelope["cipher"], pointer, place)
    words = key.opened.get(which)
    if words is None:
        if len(key.opened) >= WORDS_KEPT:
            key.opened.clear()
        words = key.opened[which] = _decrypted(key, place, pointer, envelope)
    return words


def _decrypted(key: SealingKey, place: Place, pointer: str, envelope: dict[str, Any]) -> str:
    try:
        nonce = bytes.fromhex(envelope["nonce"])
        cipher = base64.b64decode(envelope["cipher"], validate=True)
    except (ValueError, binascii.Error) as error:
        msg = f"the envelope at {pointer} of {place.stream} is damaged"
        raise SealBrokenError(msg) from error
    return key.decrypt(nonce, cipher, place.associated(pointer, key.key_id)).decode()
