"""The tally: how often an account was signed in to, or not, on which day and from where.

Its holder reads it, and it says which devices are known: those from which the account signed in
with its secret before. What comes from anywhere else is counted together, so that whoever guesses
makes nothing grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from psycopg.rows import class_row

from domain import beijing
from projections.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection, Cursor
    from psycopg_pool import ConnectionPool

    from api.signin.whence import Whence

STRANGERS = b""
"""In the place of a device: all that are not known, or say nothing of themselves."""
NOBODY = ""
"""In the place of an account: logins that nobody has. Counted all the same, to take as long."""


@dataclass(frozen=True)
class TallyOfDay:
    """What came of the attempts at an account on a day (Beijing) from a device; instants are UTC.

    ``device`` is its digest in hexadecimal, empty for whatever is not known; ``browser`` and
    ``system`` are names of short lists, None for any other.
    """

    account: str
    device: str
    day: date
    method: str
    browser: str | None
    system: str | None
    succeeded: int
    refused: int
    first_at: datetime
    last_at: datetime


class Tally:
    """The table ``sign_in_tally``."""

    def __init__(self, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool

    def known(self, account: str, method: str, devices: Sequence[bytes]) -> bytes | None:
        """Under which of its digests a device is known to an account; None where it is not."""
        with self._pool.connection() as connection:
            found = connection.execute(_KNOWN, (account, list(devices), method)).fetchone()
        return None if found is None else bytes(found[0])

    def succeeded(
        self,
        connection: Connection,
        account: str,
        device: bytes,
        whence: Whence,
        method: str,
        now: datetime,
    ) -> None:
        """Count a sign-in, in the transaction that begins its session; the device is known then."""
        at = device if whence.is_device else STRANGERS
        connection.execute(_COUNT, _row(account, at, whence, method, now) | _ONE_MORE)

    def refused(
        self, account: str, device: bytes | None, whence: Whence, method: str, now: datetime
    ) -> None:
        """Count a wrong secret; ``device`` is one that is known, or None."""
        row = _row(account, STRANGERS if device is None else device, whence, method, now)
        with self._pool.connection() as connection:
            connection.execute(_COUNT, row | _ONE_IN_VAIN)

    def of_account(self, account: str) -> Listing[TallyOfDay]:
        """What came of the attempts at an account, the newest day first."""
        return Listing(
            source=_OF_ACCOUNT,
            given=[account],
            place=("first_at", "device", "method"),
            read=_read,
        )

    def sweep(self, before: date) -> None:
        """Forget the days before one."""
        with self._pool.connection() as connection:
            connection.execute("DELETE FROM sign_in_tally WHERE day < %s", (before,))


_ONE_MORE = {"succeeded": 1, "refused": 0}
_ONE_IN_VAIN = {"succeeded": 0, "refused": 1}
_KNOWN = """
SELECT device FROM sign_in_tally
WHERE account = %s AND device = ANY(%s) AND method = %s AND succeeded > 0 LIMIT 1
"""
_COUNT = """
INSERT INTO sign_in_tally AS standing VALUES (%(account)s, %(device)s, %(day)s, %(method)s,
    %(browser)s, %(system)s, %(succeeded)s, %(refused)s, %(now)s, %(now)s)
ON CONFLICT (account, device, day, method) DO UPDATE SET last_at = excluded.last_at,
    succeeded = standing.succeeded + excluded.succeeded,
    refused = standing.refused + excluded.refused
"""
_OF_ACCOUNT = """
SELECT account, encode(device, 'hex') AS device, day, method, browser, system, succeeded, refused,
    first_at, last_at
FROM sign_in_tally WHERE account = %s
"""


def _row(
    account: str, device: bytes, whence: Whence, method: str, now: datetime
) -> dict[str, object]:
    known = device != STRANGERS
    return {
        "account": account,
        "device": device,
        "day": beijing.day(now),
        "method": method,
        "browser": whence.browser_name if known else None,
        "system": whence.system_name if known else None,
        "now": now,
    }


def _read(cursor: Cursor[Any]) -> list[TallyOfDay]:
    make = class_row(TallyOfDay)(cursor)
    return [make(values) for values in cursor]
