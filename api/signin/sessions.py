"""Sessions: each sign-in until it ends, with the chain of its refresh tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from psycopg.rows import class_row

from api.identifiers import new_id, secret_token
from api.tables.pool import looking
from projections.listing import Listing

if TYPE_CHECKING:
    from psycopg import Connection, Cursor
    from psycopg_pool import ConnectionPool


Ask = Callable[..., tuple[Any, ...] | None]
"""Asks the record for a row beside what was appended: ``Record.catch_up_asking``."""


class RefreshRefusedError(Exception):
    """The refresh token is unknown, spent, or of a session that has ended."""


@dataclass(frozen=True)
class Session:
    """One sign-in. Instants are UTC; ``must_replace`` while it rests on a one-time code.

    ``device`` is the keyed digest of the device that signed in.
    """

    session: str
    account: str
    method: str
    device: bytes
    began_at: datetime
    ends_at: datetime
    fresh_until: datetime
    must_replace: bool


@dataclass(frozen=True)
class OwnSession:
    """One sign-in as its holder is shown it; ``device`` as in ``TallyOfDay``."""

    session: str
    method: str
    device: str
    browser: str | None
    system: str | None
    began_at: datetime
    ends_at: datetime


class Sessions:
    """The tables ``session`` and ``refresh_token``."""

    def __init__(
        self, pool: ConnectionPool[Connection], ask: Ask, life: timedelta, fresh: timedelta
    ) -> None:
        self._pool = pool
        self._ask = ask
        self._life = life
        self._fresh = fresh
        self._came: set[tuple[str, bytes]] = set()
        """The devices that this process has remembered beside a session."""

    def begin(
        self, connection: Connection, account: str, method: str, device: bytes, now: datetime
    ) -> tuple[str, str]:
        """Begin a session, in the transaction that saw the secret in force.

        Answers its id and its first refresh token.
        """
        session, token = new_id(now), secret_token()
        connection.execute(
            "INSERT INTO session (session, account, method, device, began_at, ends_at,"
            " fresh_until) VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (session, account, method, device, now, now + self._life, now + self._fresh),
        )
        _keep(connection, token, session)
        return session, token

    def join(
        self,
        session: str,
        account: str,
        method: str,
        device: bytes,
        authenticated_at: datetime | None,
        now: datetime,
    ) -> bool:
        """Begin a session that another server keeps; False where it began, or ended, before.

        It counts as fresh from when its holder signed in there, and never where that is unknown.
        """
        fresh_until = now - self._fresh
        if authenticated_at is not None:
            fresh_until = self.fresh_until(authenticated_at)
        with self._pool.connection() as connection:
            begun = connection.execute(
                "INSERT INTO session (session, account, method, device, began_at, ends_at,"
                " fresh_until) VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (session, account, method, device, now, now + self._life, fresh_until),
            )
            return begun.rowcount == 1

    def fresh_until(self, authenticated_at: datetime) -> datetime:
        """Until when a secret that was given at an instant counts as fresh."""
        return authenticated_at + self._fresh

    def find(self, session: str, now: datetime) -> Session | None:
        """The session, if it has not ended; what is at hand of the record is no older then."""
        row = self._ask(_FIND, now, session)
        return None if row is None else Session(*row)

    def of_account(self, account: str, now: datetime) -> Listing[OwnSession]:
        """The sessions of an account that have not ended, the newest first."""
        return Listing(
            source=_OF_ACCOUNT,
            given=[account, now],
            place=("began_at", "session"),
            read=_read,
        )

    def refresh(self, token: str, now: datetime) -> tuple[str, str]:
        """Spend a refresh token; answers its session and the next token.

        A token that comes twice was copied by somebody: the whole session ends, for whoever
        holds the newer token may be the thief (RFC 9700 §4.14.2).
        Raises ``RefreshRefusedError``.
        """
        with self._pool.connection() as connection:
            row = connection.execute(_SPEND, {"digest": _digest(token), "now": now}).fetchone()
            if row is not None:
                successor = secret_token()
                _keep(connection, successor, row[0])
                return row[0], successor
            connection.execute(_END_REUSED, {"digest": _digest(token), "now": now})
        raise RefreshRefusedError

    def confirm(self, session: str, now: datetime) -> datetime:
        """The secret was given again; answers until when that counts as fresh."""
        fresh_until = self.fresh_until(now)
        with self._pool.connection() as connection:
            connection.execute(
                "UPDATE session SET fresh_until = %s WHERE session = %s", (fresh_until, session)
            )
        return fresh_until

    def come_from(self, session: str, device: bytes) -> None:
        """A further device acts in a session. Called again, it changes nothing.

        A client that calls itself something new with each request is followed only so far.
        """
        if (session, device) in self._came:
            return
        with looking(self._pool) as connection:
            connection.execute(_COME_FROM, {"session": session, "device": device, "most": _DEVICES})
        if len(self._came) >= _AT_HAND:
            self._came.clear()
        self._came.add((session, device))

    def acted_from(self, session: str, device: bytes) -> bool:
        """Whether a session signed in or acted from a device; False once it is forgotten."""
        with self._pool.connection() as connection:
            found = connection.execute(_ACTED_FROM, {"session": session, "device": device})
            return found.fetchone() is not None

    def end(self, session: str, account: str, because: str, now: datetime) -> bool:
        """End one session of an account; False if it has none such."""
        with self._pool.connection() as connection:
            ended = connection.execute(
                "UPDATE session SET ended_at = %(now)s, ended_because = %(because)s"
                " WHERE session = %(session)s AND account = %(account)s"
                " AND ended_at IS NULL AND ends_at > %(now)s",
                {"session": session, "account": account, "because": because, "now": now},
            )
            return ended.rowcount == 1

    def end_all(
        self,
        account: str,
        because: str,
        now: datetime,
        *,
        but: str | None = None,
        connection: Connection | None = None,
    ) -> None:
        """End every session of an account, but for one; within a transaction under way if given."""
        query = (
            "UPDATE session SET ended_at = %s, ended_because = %s"
            " WHERE account = %s AND session IS DISTINCT FROM %s AND ended_at IS NULL"
        )
        values = (now, because, account, but)
        if connection is not None:
            connection.execute(query, values)
            return
        with self._pool.connection() as own:
            own.execute(query, values)

    def sweep(self, before: datetime) -> None:
        """Forget sessions that ran out before an instant."""
        with self._pool.connection() as connection:
            connection.execute("DELETE FROM session WHERE ends_at < %s", (before,))


_FIND = """
SELECT session, account, method, device, began_at, ends_at, fresh_until,
    coalesce(credential.one_time AND method = 'password', false) AS must_replace
FROM {schema}.session LEFT JOIN {schema}.credential USING (account)
WHERE ended_at IS NULL AND ends_at > %s AND session = %s
"""
_OF_ACCOUNT = """
SELECT session, method, coalesce(encode(known.device, 'hex'), '') AS device, browser, system,
    began_at, ends_at
FROM session LEFT JOIN LATERAL (
    SELECT device, browser, system FROM sign_in_tally AS tally
    WHERE tally.account = session.account AND tally.device = session.device LIMIT 1
) AS known ON true
WHERE session.account = %s AND ended_at IS NULL AND ends_at > %s
"""
_DEVICES = 50
"""How many devices of one session are remembered."""
_AT_HAND = 4096
"""So many of them a process remembers without asking."""
_COME_FROM = """
INSERT INTO session_device (session, device) SELECT %(session)s, %(device)s
WHERE (SELECT count(*) FROM session_device WHERE session = %(session)s) < %(most)s
ON CONFLICT DO NOTHING
"""
_ACTED_FROM = """
SELECT FROM session WHERE session = %(session)s AND device = %(device)s
UNION ALL
SELECT FROM session_device WHERE session = %(session)s AND device = %(device)s
LIMIT 1
"""
_SPEND = """
UPDATE refresh_token SET used_at = %(now)s FROM session
WHERE digest = %(digest)s AND used_at IS NULL AND session.session = refresh_token.session
    AND session.ended_at IS NULL AND session.ends_at > %(now)s
RETURNING session.session
"""
_END_REUSED = """
UPDATE session SET ended_at = %(now)s, ended_because = 'refresh token reused' FROM refresh_token
WHERE digest = %(digest)s AND used_at IS NOT NULL
    AND session.session = refresh_token.session AND session.ended_at IS NULL
"""


def _keep(connection: Connection, token: str, session: str) -> None:
    connection.execute(
        "INSERT INTO refresh_token (digest, session) VALUES (%s, %s)", (_digest(token), session)
    )


def _read(cursor: Cursor[Any]) -> list[OwnSession]:
    make = class_row(OwnSession)(cursor)
    return [make(values) for values in cursor]


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
