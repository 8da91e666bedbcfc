"""Credentials: by which login an account is found, and which secret opens it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from psycopg.errors import UniqueViolation
from psycopg.rows import class_row

from api.identifiers import CODE_LENGTH, normalised_code, one_time_code
from api.keys import FrontDoorKeys, keyed_digest
from api.signin import passwords
from domain.account.events import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from psycopg import Connection
    from psycopg_pool import ConnectionPool


class LoginTakenError(Exception):
    """Another account signs in with this login already."""


class FirstPartMissingError(Exception):
    """There is no first part of a code to which a second could be given."""


@dataclass(frozen=True)
class Credential:
    """The secret of one account; ``one_time`` where it is a code that must be replaced.

    There is none before the second of ``two_parts`` was given. ``set_at`` tells it from the
    secrets before and after it.
    """

    account: str
    secret: str | None
    one_time: bool
    two_parts: bool
    expires_at: datetime | None
    set_at: datetime

    def opened_by(self, secret: str) -> bool:
        """Whether this secret, as it was typed, is the account's; of two parts one after the other.

        Says so in the same time where there is none.
        """
        typed = normalised_code(secret) if self.one_time else secret
        if self.two_parts:
            first, second = typed[:CODE_LENGTH], typed[CODE_LENGTH + 1 :]
            typed = _together(sha256(first.encode()).digest(), second)
        return passwords.matches(self.secret or passwords.NOBODY, typed)


class Credentials:
    """The table ``credential``. A login is stored as a keyed digest, never as itself."""

    def __init__(
        self, pool: ConnectionPool[Connection], keys: FrontDoorKeys, code_life: timedelta
    ) -> None:
        self._pool = pool
        self._keys = keys
        self._code_life = code_life

    def give(self, account: str, login: str, part: Part, now: datetime) -> str:
        """A new code, or a part of one, to be told to the account's holder once.

        Whole, or with its second part, it takes the place of the account's secret.
        Raises ``LoginTakenError`` if another account has the login; ``FirstPartMissingError``.
        """
        code = one_time_code()
        row = {
            "account": account,
            "login": keyed_digest(self._keys.newest("login"), normalised(login)),
            "expires_at": now + self._code_life,
            "now": now,
        }
        if (holder := self.find(login)) is not None and holder.account != account:
            raise LoginTakenError
        try:
            with self._pool.connection() as connection:
                if part is Part.FIRST:
                    first = sha256(code.encode()).digest()
                    connection.execute(_BEGIN, {**row, "first_part": first})
                    return code
                typed, two_parts = code, part is Part.SECOND
                if two_parts:
                    typed = _together(self._first_part(connection, account), code)
                secret = {"secret": passwords.digest_of_code(typed), "two_parts": two_parts}
                connection.execute(_GIVE, {**row, **secret})
        except UniqueViolation as error:
            raise LoginTakenError from error
        return code

    def taken(self, logins: Iterable[str]) -> frozenset[str]:
        """Those of some logins, in their normal form, that accounts sign in with."""
        keys = self._keys.accepted("login")
        known = {keyed_digest(key, each): each for each in map(normalised, logins) for key in keys}
        with self._pool.connection() as connection:
            found = connection.execute(
                "SELECT login FROM credential WHERE login = ANY(%s)", (list(known),)
            ).fetchall()
        return frozenset(known[bytes(login)] for (login,) in found)

    def give_first(self, logins: Mapping[str, str], now: datetime) -> dict[str, str]:
        """A whole code for each of some accounts that were opened just now, by their logins.

        An account whose login another got meanwhile is given none.
        """
        taken, key = self.taken(logins.values()), self._keys.newest("login")
        codes, rows = {}, []
        for account, login in logins.items():
            if normalised(login) not in taken:
                codes[account] = one_time_code()
                row = {
                    "account": account,
                    "login": keyed_digest(key, normalised(login)),
                    "secret": passwords.digest_of_code(codes[account]),
                    "expires_at": now + self._code_life,
                    "now": now,
                }
                rows.append(row)
        with self._pool.connection() as connection, connection.cursor() as cursor:
            cursor.executemany(_GIVE_FIRST, rows)
            kept = cursor.execute(
                "SELECT account FROM credential WHERE account = ANY(%s)", (list(codes),)
            ).fetchall()
        return {account: codes[account] for (account,) in kept}

    def waits(self, account: str) -> bool:
        """Whether there is a first part of a code that lacks its second."""
        query = "SELECT FROM credential WHERE account = %s AND first_part IS NOT NULL"
        with self._pool.connection() as connection:
            return connection.execute(query, (account,)).fetchone() is not None

    def _first_part(self, connection: Connection, account: str) -> bytes:
        query = "SELECT first_part FROM credential WHERE account = %s FOR UPDATE"
        row = connection.execute(query, (account,)).fetchone()
        if row is None or row[0] is None:
            raise FirstPartMissingError
        return bytes(row[0])

    def find(self, login: str) -> Credential | None:
        """The credential of the account that signs in with this login."""
        digests = [keyed_digest(key, normalised(login)) for key in self._keys.accepted("login")]
        return self._one(_FIND + " WHERE login = ANY(%s)", digests)

    def of_account(self, account: str) -> Credential | None:
        """The credential of an account."""
        return self._one(_FIND + " WHERE account = %s", account)

    def replace(
        self, connection: Connection, known: Credential, digest: str, now: datetime
    ) -> bool:
        """Put a secret of the holder's own in the place of a code or of an older secret.

        ``digest`` is its ``passwords.digest``. False if ``known`` is in force no more.
        """
        replaced = connection.execute(
            "UPDATE credential SET secret = %s, one_time = false, two_parts = false,"
            " expires_at = NULL, set_at = %s WHERE account = %s AND set_at = %s",
            (digest, now, known.account, known.set_at),
        )
        return replaced.rowcount == 1

    def renew(
        self, connection: Connection, known: Credential, login: str, digest: str | None
    ) -> bool:
        """Bring the digests of a login, and of a secret, up to today's key and parameters.

        False if ``known`` is in force no more; otherwise it stays so until the transaction ends.
        """
        renewed = connection.execute(
            "UPDATE credential SET login = %s, secret = coalesce(%s, secret)"
            " WHERE account = %s AND set_at = %s",
            (
                keyed_digest(self._keys.newest("login"), normalised(login)),
                *(digest, known.account, known.set_at),
            ),
        )
        return renewed.rowcount == 1

    def forget(self, account: str) -> None:
        """Remove the credential of an account whose holder's data are erased."""
        with self._pool.connection() as connection:
            connection.execute("DELETE FROM credential WHERE account = %s", (account,))

    def _one(self, query: str, *parameters: object) -> Credential | None:
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(Credential)) as cursor,
        ):
            return cursor.execute(query.encode(), parameters).fetchone()


_FIND = "SELECT account, secret, one_time, two_parts, expires_at, set_at FROM credential"
_BEGIN = """
INSERT INTO credential (account, login, first_part, one_time, two_parts, expires_at, set_at)
VALUES (%(account)s, %(login)s, %(first_part)s, true, true, %(expires_at)s, %(now)s)
ON CONFLICT (account) DO UPDATE SET login = excluded.login, first_part = excluded.first_part
"""
_GIVE = """
INSERT INTO credential (account, login, secret, one_time, two_parts, expires_at, set_at)
VALUES (%(account)s, %(login)s, %(secret)s, true, %(two_parts)s, %(expires_at)s, %(now)s)
ON CONFLICT (account) DO UPDATE SET login = excluded.login, secret = excluded.secret,
    one_time = true, two_parts = excluded.two_parts, first_part = NULL,
    expires_at = excluded.expires_at, set_at = excluded.set_at
"""
_GIVE_FIRST = """
INSERT INTO credential (account, login, secret, one_time, two_parts, expires_at, set_at)
VALUES (%(account)s, %(login)s, %(secret)s, true, false, %(expires_at)s, %(now)s)
ON CONFLICT DO NOTHING
"""


def _together(first_part: bytes, second: str) -> str:
    """What is digested of a code in two parts: the first is kept as a digest until the second."""
    return f"{first_part.hex()}/{second}"


def normalised(login: str) -> str:
    """Logins are compared without regard to width and case of their letters."""
    return unicodedata.normalize("NFKC", login).strip().casefold()
