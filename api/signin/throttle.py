"""Throttling: guessing at sign-ins gets slower and slower, for a login as for an address.

Counted in the database, so that every process counts together and a restart forgets nothing.
An attempt counts before it is judged, so attempts made at once count as well; a success takes
its own count back.
A device from which an account signed in before is counted by itself alone: whatever is guessed
elsewhere makes its holder wait for nothing there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from api.problems import Problem
from api.signin.whence import network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection
    from psycopg_pool import ConnectionPool

    from api.keys import FrontDoorKeys

_LONGEST = timedelta(minutes=15)
"""Longest wait; a subject that was quiet for so long starts anew."""


@dataclass(frozen=True)
class Attempt:
    """Somebody gives the secret of a login or an account, from an address.

    ``device`` is the digest of one from which that account signed in before; None elsewhere.
    """

    who: str
    address: str
    device: bytes | None = None


@dataclass(frozen=True)
class _Subject:
    """Who or what makes attempts, and how many are free before each wait doubles."""

    digest: bytes
    free: int


class Throttle:
    """The table ``sign_in_attempt``.

    Someone who guesses at another's login makes its holder wait only on a device that is new to
    the account, and there after many more failures than it takes to make the guesser wait.
    """

    def __init__(self, pool: ConnectionPool[Connection], keys: FrontDoorKeys) -> None:
        self._pool = pool
        self._keys = keys

    def count(self, attempt: Attempt, now: datetime) -> None:
        """Count an attempt at a secret.

        Raises the problem ``TOO_MANY_ATTEMPTS`` (429) with Retry-After; that one doesn't count.
        """
        self._count(self._subjects(attempt), now)

    def count_guess(self, address: str, now: datetime) -> None:
        """Count a guess at something public, such as a number; raises as ``count`` does."""
        self._count([self._guesser(address)], now)

    def count_upload(self, address: str, now: datetime) -> None:
        """Count a file that somebody from the public uploads; raises as ``count`` does."""
        self._count([self._subject(30, "upload", network(address))], now)

    def forgive_guess(self, address: str) -> None:
        """Take back a guess that was none: the thing was there."""
        self._forgive_one_of([self._guesser(address)])

    def _count(self, subjects: Sequence[_Subject], now: datetime) -> None:
        digests = [subject.digest for subject in subjects]
        with self._pool.connection() as connection:
            entered = connection.execute(_ENTER, {"digests": digests, "now": now})
            failures = {bytes(digest): (count, last_at) for digest, count, last_at in entered}
            wait = max(_wait(*failures[subject.digest], subject.free, now) for subject in subjects)
            if wait > 0:
                raise Problem("TOO_MANY_ATTEMPTS", headers={"Retry-After": str(wait)}, seconds=wait)
            connection.execute(_COUNT, {"digests": digests, "now": now, "quiet": _LONGEST})

    def forgive(self, attempt: Attempt) -> None:
        """Take back what led to a success: all failures from there, one of each of the others."""
        there, *others = self._subjects(attempt)
        with self._pool.connection() as connection:
            connection.execute("DELETE FROM sign_in_attempt WHERE subject = %s", (there.digest,))
        self._forgive_one_of(others)

    def sweep(self, now: datetime) -> None:
        """Forget who was quiet long enough."""
        with self._pool.connection() as connection:
            connection.execute(_SWEEP, (now - _LONGEST,))

    def _forgive_one_of(self, subjects: Sequence[_Subject]) -> None:
        with self._pool.connection() as connection:
            connection.execute(_FORGIVE, ([subject.digest for subject in subjects],))

    def _guesser(self, address: str) -> _Subject:
        return self._subject(20, "guess", network(address))

    def _subjects(self, attempt: Attempt) -> tuple[_Subject, ...]:
        if attempt.device is not None:
            return (self._subject(5, "device", attempt.who, attempt.device),)
        here = network(attempt.address)
        return (
            self._subject(5, "pair", attempt.who, here),
            self._subject(20, "who", attempt.who),
            self._subject(100, "address", here),
        )

    def _subject(self, free: int, *parts: str | bytes) -> _Subject:
        return _Subject(self._keys.digest("throttle", *parts), free)


# Whoever holds several subjects took them in their order, so that none waits for another in a ring.
# One statement enters, locks and answers: a subject can be forgiven and gone between two.
_ENTER = """
INSERT INTO sign_in_attempt AS standing
SELECT subject, 0, %(now)s FROM unnest(%(digests)s) AS subject ORDER BY subject
ON CONFLICT (subject) DO UPDATE SET failures = standing.failures
RETURNING subject, failures, last_at
"""
_COUNT = """
UPDATE sign_in_attempt SET last_at = %(now)s,
    failures = CASE WHEN last_at < %(now)s - %(quiet)s THEN 1 ELSE failures + 1 END
WHERE subject = ANY(%(digests)s)
"""
_FORGIVE = """
WITH held AS (
    SELECT subject FROM sign_in_attempt WHERE subject = ANY(%s) ORDER BY subject FOR UPDATE
)
UPDATE sign_in_attempt SET failures = greatest(failures - 1, 0) FROM held
WHERE sign_in_attempt.subject = held.subject
"""
_SWEEP = """
WITH held AS (
    SELECT subject FROM sign_in_attempt WHERE last_at < %s ORDER BY subject FOR UPDATE SKIP LOCKED
)
DELETE FROM sign_in_attempt USING held WHERE sign_in_attempt.subject = held.subject
"""


def _wait(failures: int, last_at: datetime, free: int, now: datetime) -> int:
    """Seconds until the next attempt: 1, 2, 4 … after the free ones."""
    if failures < free:
        return 0
    delay = min(timedelta(seconds=2 ** min(failures - free, 10)), _LONGEST)
    return max(0, ceil((last_at + delay - now).total_seconds()))
