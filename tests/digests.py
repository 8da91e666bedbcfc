"""What a secret costs while the tests run: little, except where its price is what is tested.

The price is no setting, so nothing that is served can have another than ``api.signin.passwords``
says. A process that a test starts has that one; in the process of the tests themselves it is
lowered from here, and ``at_their_price`` lifts it again.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from argon2 import PasswordHasher, Type

from api.signin import passwords

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEAR = passwords._hasher, passwords.NOBODY
_HASHER = PasswordHasher(
    time_cost=1, memory_cost=8, parallelism=1, hash_len=32, salt_len=16, type=Type.ID
)
_CHEAP = _HASHER, _HASHER.hash(b"nobody")


def cheapen() -> None:
    """Digest with the least work that argon2id knows."""
    passwords._hasher, passwords.NOBODY = _CHEAP


@contextmanager
def at_their_price() -> Iterator[None]:
    """Digest as a running Mingjian does."""
    passwords._hasher, passwords.NOBODY = _DEAR
    yield
    cheapen()
