"""Names for new things: streams, commands, requests, receipts, one-time codes.

All randomness of the front door that ends up in a name comes from here.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.beijing import day

if TYPE_CHECKING:
    from datetime import datetime

Kind = Literal[
    "accession",
    "account",
    "achievement",
    "announcement",
    "appointment",
    "case",
    "complaint",
    "consultation",
    "criticism",
    "decision",
    "designation",
    "edition",
    "entry",
    "erasure",
    "export",
    "extension",
    "grant",
    "hold",
    "indicator",
    "intake",
    "investigation",
    "judgement",
    "link",
    "mandate",
    "material",
    "move",
    "objection",
    "organisation",
    "person",
    "policy",
    "posting",
    "query",
    "rebinding",
    "receipt",
    "record",
    "recusal",
    "refusal",
    "renaming",
    "rotation",
    "upload",
    "vacancies",
]
"""What a stream, or a thing named within one, can be about."""

_OF_THE_PUBLIC = frozenset({"accession", "complaint", "objection"})
"""What the public hands in: when it was is told by nobody who merely knows its id."""

_VERSION_AND_VARIANT = 0x7 << 76 | 0b10 << 62
_RANDOM = (1 << 80) - 1 & ~(0xF << 76 | 0b11 << 62)
_WITHOUT_LOOKALIKES = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def uuid7(now: datetime) -> UUID:
    """A UUID of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits."""
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    return UUID(int=milliseconds << 80 | _VERSION_AND_VARIANT | secrets.randbits(80) & _RANDOM)


def new_stream(kind: Kind, now: datetime) -> str:
    """The id of a new stream, such as ``case-01929a3e-…``; one that tells no time for some."""
    return untimed_stream(kind) if kind in _OF_THE_PUBLIC else f"{kind}-{uuid7(now)}"


def untimed_stream(kind: Kind) -> str:
    """The id of a new stream, or of a file, that does not tell when it began: 122 random bits."""
    return f"{kind}-{UUID(int=secrets.randbits(128), version=4)}"


def derived_stream(kind: Kind, *parts: str) -> str:
    """The one stream that belongs to these parts together: the same for the same parts."""
    return f"{kind}-{uuid5(NAMESPACE_URL, '/'.join(parts))}"


def is_id(text: str, kind: Kind) -> bool:
    """Whether a text is written as the id of a stream, or a thing, of this kind."""
    before, _, number = text.partition("-")
    with suppress(ValueError):
        return before == kind and number == str(UUID(number))
    return False


def new_id(now: datetime) -> str:
    """An id for a request, a command or a session."""
    return str(uuid7(now))


def one_time_code() -> str:
    """A code to be told to one person and used until they choose a secret: 79 random bits.

    Four groups of four, without characters that are mistaken for one another.
    """
    return "-".join(
        "".join(secrets.choice(_WITHOUT_LOOKALIKES) for _ in range(4)) for _ in range(4)
    )


CODE_LENGTH = 19
"""How many characters such a code has, hyphens included."""


def normalised_code(entered: str) -> str:
    """A one-time code as it was given out, however it was typed."""
    letters = "".join(entered.upper().replace("-", " ").split())
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def receipt() -> str:
    """An unguessable receipt by which somebody from the public is known: 99 random bits."""
    return "".join(secrets.choice(_WITHOUT_LOOKALIKES) for _ in range(20))


def secret_token() -> str:
    """256 random bits for a token that is itself the proof of who holds it."""
    return secrets.token_urlsafe(32)


def case_number(now: datetime) -> str:
    """The number by which people speak of a case: the year in Beijing, then 40 random bits."""
    return f"{day(now):%Y}-{_letters(4)}-{_letters(4)}"


def certificate_number(now: datetime) -> str:
    """The number of a certificate: its day in Beijing, then 49 random bits, not to be guessed."""
    return f"{day(now):%Y%m%d}{_letters(10)}"


def certificate_check() -> str:
    """What the QR code of a certificate shows beside its number: 99 random bits (校验码)."""
    return _letters(20)


def notice_number(now: datetime) -> str:
    """The number of a printed notice, such as one of non-acceptance."""
    return f"{day(now):%Y%m%d}-{_letters(6)}"


def _letters(count: int) -> str:
    return "".join(secrets.choice(_WITHOUT_LOOKALIKES) for _ in range(count))
