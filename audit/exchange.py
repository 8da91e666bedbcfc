"""Integrity records on their way between archives: signed lines of JSON that a stranger can check.

Layout, every line canonical JSON and ended by a line feed::

    {"count", "format": "mingjian-integrity/1", "made_at", "origin"}
    one line an entry                                                  count of them
    {"digest", "key", "signature"}

``digest`` is the SHA-256 of all octets before the last line, ``signature`` Ed25519 (RFC 8032) over
"mingjian-integrity/1" and the digest's 32 octets, ``key`` the public key; all three in hex.
A reader goes by its own list of trusted keys, never by the key that a file brings along.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit.files.spool import Spool
from audit.leaf import canonical
from audit.leaf.canonical import NotCanonicalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from audit.leaf.canonical import JSON

FORMAT = "mingjian-integrity/1"
_ENDS = 2
"""The first and the last line, which are no entries."""
_SEAL = frozenset({"digest", "key", "signature"})


class Flaw(StrEnum):
    """Why a file can't be relied on."""

    CUT_SHORT = "cut_short"
    """Its end is missing: the last line, or a part of it."""
    UNTRUSTED = "untrusted"
    """It is signed by an archive that is not on the list of trusted keys."""
    ALTERED = "altered"
    """Its digest or its signature does not fit what it says."""
    UNREADABLE = "unreadable"
    """It is not of the format, or of another."""


class ExchangeRefusedError(ValueError):
    """A file can't be relied on; the message says why and holds nothing of its content."""

    def __init__(self, flaw: Flaw, message: str) -> None:
        super().__init__(message)
        self.flaw = flaw


@dataclass(frozen=True)
class Delivery:
    """What a trusted archive sent; ``archive`` is its name in the list of trusted keys."""

    archive: str
    origin: str
    digest: str
    entries: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Signed:
    """A file for other archives; ``digest``, in hex, is the one that was signed."""

    head: bytes
    entries: Spool
    seal: bytes
    count: int
    digest: str

    def pieces(self) -> Iterator[bytes]:
        """The whole file from its beginning, whenever it is asked for."""
        return chain((self.head,), self.entries.pieces(), (self.seal,))


def write_delivery(
    entries: Iterable[dict[str, JSON]], origin: str, made_at: str, key: Ed25519PrivateKey
) -> Signed:
    """The whole file, signed; of the entries no more than one is ever at hand."""
    spool, count = Spool(), 0
    for entry in entries:
        spool.file.write(_line(entry))
        count += 1
    head = _line({"count": count, "format": FORMAT, "made_at": made_at, "origin": origin})
    told = sha256(head)
    for piece in spool.pieces():
        told.update(piece)
    digest = told.digest()
    seal: dict[str, JSON] = {
        "digest": digest.hex(),
        "key": key.public_key().public_bytes_raw().hex(),
        "signature": key.sign(_signed(digest)).hex(),
    }
    return Signed(head, spool, _line(seal), count, digest.hex())


def read_delivery(octets: bytes, trusted: Mapping[str, str]) -> Delivery:
    """What a file says; ``trusted`` maps public keys in hex to the names of their archives.

    Raises ``ExchangeRefusedError``.
    """
    lines = octets.split(b"\n")
    if len(lines) <= _ENDS or lines.pop() != b"":
        raise _cut_short()
    seal = _object(lines[-1])
    if not _SEAL.issubset(seal):
        raise _cut_short()
    told = octets[: len(octets) - len(lines[-1]) - 1]
    archive = trusted.get(str(seal.get("key")))
    if archive is None:
        msg = "the file is signed by no archive that is trusted here"
        raise ExchangeRefusedError(Flaw.UNTRUSTED, msg)
    digest = sha256(told).digest()
    if seal["digest"] != digest.hex():
        msg = "the file was altered: its digest is that of another"
        raise ExchangeRefusedError(Flaw.ALTERED, msg)
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(str(seal["key"])))
        public.verify(bytes.fromhex(str(seal["signature"])), _signed(digest))
    except (InvalidSignature, ValueError) as error:
        msg = "the file was altered after it was signed"
        raise ExchangeRefusedError(Flaw.ALTERED, msg) from error
    head, entries = _object(lines[0]), tuple(_object(line) for line in lines[1:-1])
    if head.get("format") != FORMAT or head.get("count") != len(entries):
        msg = f"the file is not of format {FORMAT}, or lines are missing"
        raise ExchangeRefusedError(Flaw.UNREADABLE, msg)
    return Delivery(archive, str(head["origin"]), digest.hex(), entries)


def _line(told: dict[str, JSON]) -> bytes:
    return canonical.encode(told) + b"\n"


def _cut_short() -> ExchangeRefusedError:
    return ExchangeRefusedError(Flaw.CUT_SHORT, "the file was cut short")


def _signed(digest: bytes) -> bytes:
    return FORMAT.encode() + digest


def _object(line: bytes) -> dict[str, Any]:
    try:
        stored = canonical.decode(line)
    except NotCanonicalError as error:
        msg = "a line of the file is no canonical JSON"
        raise ExchangeRefusedError(Flaw.UNREADABLE, msg) from error
    if not isinstance(stored, dict):
        msg = "a line of the file is no object"
        raise ExchangeRefusedError(Flaw.UNREADABLE, msg)
    return stored
