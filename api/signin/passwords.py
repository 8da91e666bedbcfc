"""Secrets that people choose: digested with argon2id, and refused where a guess would find them."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerificationError

from api.problems import FieldError, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SHORTEST, LONGEST = 10, 128
_FEWEST_DIFFERENT = 5
_LEAST_TELLING = 4
"""Words shorter than this may occur in a password by chance."""
_TAIL = 6
"""The end of a document number that people use as a password."""

_hasher = PasswordHasher(
    time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, salt_len=16, type=Type.ID
)
_light = PasswordHasher(
    time_cost=1, memory_cost=8, parallelism=1, hash_len=32, salt_len=16, type=Type.ID
)
"""The least work that argon2id knows: of 79 random bits nobody tries all, whatever a try costs."""
_LIGHT = "$argon2id$v=19$m=8,t=1,p=1$"
_at_once = BoundedSemaphore(4)
"""Each digest takes 19 MiB; more at once would only queue for the processors."""

_COMMON = frozenset({
    "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "admin", "administrator", "asdfghjkl", "iloveyou",
    "letmein", "login", "mingjian", "passw0rd", "password", "qazwsx", "qazwsxedc", "qwerty",
    "qwertyuiop", "renshe", "welcome", "woaini", "woaiwojia", "zhicheng", "zxcvbnm",
})  # fmt: skip
_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def digest(secret: str) -> str:
    """The argon2id digest of a secret, in the encoding that names its parameters."""
    with _at_once:
        return _hasher.hash(_octets(secret))


def digest_of_code(code: str) -> str:
    """The digest of a one-time code, which is random and soon void: hundreds are given at once.

    Never of what somebody chose.
    """
    return _light.hash(_octets(code))


def matches(digested: str, secret: str) -> bool:
    """Whether the secret is the one that was digested; that of a code takes no less time to say."""
    if digested.startswith(_LIGHT):
        with suppress(VerificationError), _at_once:
            _hasher.verify(NOBODY, _octets(secret))
    try:
        with _at_once:
            return _hasher.verify(digested, _octets(secret))
    except VerificationError:
        return False


def outdated(digested: str) -> bool:
    """Whether the digest was made with other parameters than are used today."""
    return _hasher.check_needs_rehash(digested)


NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$Tx0aBzHlIOLaK0OuspIFuQ"
    "$vELVjY2i0OUD7VjL0nOMGp3oAZFoxckXyonEeLHOCRg"
)
"""Compared with where there is no such login, to take the same time; of today's parameters."""


def require_fit(secret: str, words: Collection[str]) -> None:
    """Raises the problem ``PASSWORD_UNFIT`` (422) with everything that is wrong with a secret.

    ``words`` are what others know of its holder: login, document numbers, name.
    """
    errors = tuple(_faults(secret, words))
    if errors:
        raise Problem("PASSWORD_UNFIT", errors=errors)


def _faults(secret: str, words: Collection[str]) -> Iterator[FieldError]:
    plain = _plain(secret)
    if len(secret) < SHORTEST:
        yield _fault(f"至少需要 {SHORTEST} 个字符。", f"It needs at least {SHORTEST} characters.")
    if len(secret) > LONGEST:
        yield _fault(f"不得超过 {LONGEST} 个字符。", f"It has more than {LONGEST} characters.")
    if len(set(plain)) < _FEWEST_DIFFERENT or _is_row(plain) or _is_common(plain):
        yield _fault("过于简单，容易被猜中。", "It is too easy to guess.")
    if any(part in plain for word in words for part in _telling(word)):
        yield _fault(
            "不得包含登录名、证件号码或姓名。",
            "It must not contain the login, a document number or the name.",
        )


def _telling(word: str) -> Iterator[str]:
    plain = _plain(word)
    if len(plain) >= _LEAST_TELLING or (len(plain) > 1 and not plain.isascii()):
        yield plain
    if len(plain) >= 2 * _TAIL and plain[:-1].isdecimal():
        yield plain[-_TAIL:]


def _is_row(plain: str) -> bool:
    """Whether the whole is a walk along one row of digits, letters or keys, also backwards."""
    return any(plain in row * 12 or plain[::-1] in row * 12 for row in _ROWS)


def _is_common(plain: str) -> bool:
    """Whether nothing is left but a common word between digits and signs."""
    core = plain.strip("0123456789!@#$%^&*()_+-=.,?~ ")
    return plain in _COMMON or core in _COMMON or not core


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _octets(secret: str) -> bytes:
    """The same secret typed on another keyboard gives the same octets (RFC 8265 §4.2)."""
    return unicodedata.normalize("NFC", secret).encode()


def _fault(chinese: str, english: str) -> FieldError:
    return FieldError("/new_password", chinese, english)
