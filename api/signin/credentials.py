"""Credentials: by which login an account is found, and which secret opens it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from psycopg.errors import UniqueViolation
from psycopg.rows import class_row

from api.identifiers import normalised_code, one_time_code
from api.keys import FrontDoorKeys, keyed_digest
from api.signin import passwords

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool


class LoginTakenError(Exception):
    """Another account signs in with this login already."""


@dataclass(frozen=True)
class Credential:
    """The secret of one account; ``one_time`` where it is a code that must be replaced.

    ``set_at`` tells it from the secrets before and after it.
    """

    account: str
    secret: str
    one_time: bool
    expires_at: datetime | None
    set_at: datetime

    def opened_by(self, secret: str) -> bool:
        """Whether this secret, as it was typed, is the account's."""
        return passwords.matches(self.secret, normalised_code(secret) if self.one_time else secret)


class Credentials:
    """The table ``credential``. A login is stored as a keyed digest, never as itself."""

    def __init__(
        self, pool: ConnectionPool[Connection], keys: FrontDoorKeys, code_life: timedelta
    ) -> None:
        self._pool = pool
        self._keys = keys
        self._code_life = code_life

    def issue_one_time_code(self, account: str, login: str, now: datetime) -> str:
        """A new code in the place of the account's secret, to be told to its holder once.

        Raises ``LoginTakenError`` if another account has the login.
        """
        code = one_time_code()
        row = {
            "account": account,
            "login": keyed_digest(self._keys.newest("login"), normalised(login)),
            "secret": passwords.digest(code),
            "expires_at": now + self._code_life,
            "now": now,
        }
        if (holder := self.find(login)) is not None and holder.account != account:
            raise LoginTakenError
        try:
            with self._pool.connection() as connection:
                connection.execute(_ISSUE, row)
        except UniqueViolation as error:
            raise LoginTakenError from error
        return code

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
            "UPDATE credential SET secret = %s, one_time = false, expires_at = NULL, set_at = %s"
            " WHERE account = %s AND set_at = %s",
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


_FIND = "SELECT account, secret, one_time, expires_at, set_at FROM credential"
_ISSUE = """
INSERT INTO credential (account, login, secret, one_time, expires_at, set_at)
VALUES (%(account)s, %(login)s, %(secret)s, true, %(expires_at)s, %(now)s)
ON CONFLICT (account) DO UPDATE SET login = excluded.login, secret = excluded.secret,
    one_time = true, expires_at = excluded.expires_at, set_at = excluded.set_at
"""


def normalised(login: str) -> str:
    """Logins are compared without regard to width and case of their letters."""
    return unicodedata.normalize("NFKC", login).strip().casefold()
