"""Bindings: which subject of the issuer is which account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg.errors import UniqueViolation

from api.keys import keyed_digest

if TYPE_CHECKING:
    from datetime import datetime

    from psycopg import Connection
    from psycopg_pool import ConnectionPool

    from api.keys import FrontDoorKeys


class SubjectTakenError(Exception):
    """The subject is bound to another account already."""


class Bindings:
    """The table ``binding``. A subject is stored as a keyed digest, never as itself."""

    def __init__(self, pool: ConnectionPool[Connection], keys: FrontDoorKeys) -> None:
        self._pool = pool
        self._keys = keys

    def bind(self, issuer: str, subject: str, account: str, by: str, now: datetime) -> None:
        """Bind a subject to an account, in the place of the account's subject so far.

        Two subjects bound at once are bound one after the other. Raises ``SubjectTakenError``.
        """
        digest = keyed_digest(self._keys.newest("subject"), subject)
        try:
            with self._pool.connection() as connection:
                connection.execute(_TAKE_TURN, (account,))
                holder = self._account_of(connection, issuer, subject)
                if holder == account:
                    return
                if holder is not None:
                    raise SubjectTakenError
                connection.execute(_END, {"account": account, "by": by, "now": now})
                connection.execute("DELETE FROM binding_begun WHERE account = %s", (account,))
                connection.execute(
                    "INSERT INTO binding (issuer, subject, account, bound_by, bound_at)"
                    " VALUES (%s, %s, %s, %s, %s)",
                    (issuer, digest, account, by, now),
                )
        except UniqueViolation as error:
            raise SubjectTakenError from error

    def begin(self, issuer: str, subject: str, account: str, by: str, now: datetime) -> None:
        """Keep what the first of two persons says of an account, in the place of what was."""
        digest = keyed_digest(self._keys.newest("subject"), subject)
        with self._pool.connection() as connection:
            connection.execute(_BEGIN, (account, issuer, digest, by, now))

    def was_begun(self, issuer: str, subject: str, account: str) -> bool:
        """Whether the first of two persons said the same of an account."""
        digests = [keyed_digest(key, subject) for key in self._keys.accepted("subject")]
        query = "SELECT FROM binding_begun WHERE account = %s AND issuer = %s AND subject = ANY(%s)"
        with self._pool.connection() as connection:
            return connection.execute(query, (account, issuer, digests)).fetchone() is not None

    def end(self, account: str, by: str, now: datetime) -> None:
        """End an account's binding, if it has one."""
        with self._pool.connection() as connection:
            connection.execute(_END, {"account": account, "by": by, "now": now})

    def is_bound(self, account: str) -> bool:
        """Whether an account has a binding now."""
        query = "SELECT FROM binding WHERE account = %s AND ended_at IS NULL"
        with self._pool.connection() as connection:
            return connection.execute(query, (account,)).fetchone() is not None

    def account_of(self, issuer: str, subject: str) -> str | None:
        """The account to which a subject is bound now."""
        with self._pool.connection() as connection:
            return self._account_of(connection, issuer, subject)

    def ended(self, issuer: str, subject: str) -> int:
        """How often a subject was bound to an account and is no more."""
        digests = [keyed_digest(key, subject) for key in self._keys.accepted("subject")]
        query = (
            "SELECT count(*) FROM binding"
            " WHERE issuer = %s AND subject = ANY(%s) AND ended_at IS NOT NULL"
        )
        with self._pool.connection() as connection:
            row = connection.execute(query, (issuer, digests)).fetchone()
        return 0 if row is None else int(row[0])

    def _account_of(self, connection: Connection, issuer: str, subject: str) -> str | None:
        digests = [keyed_digest(key, subject) for key in self._keys.accepted("subject")]
        row = connection.execute(
            "SELECT account FROM binding"
            " WHERE issuer = %s AND subject = ANY(%s) AND ended_at IS NULL",
            (issuer, digests),
        ).fetchone()
        return None if row is None else str(row[0])


_TAKE_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('mingjian binding ' || %s, 0))"
_BEGIN = """
INSERT INTO binding_begun (account, issuer, subject, begun_by, begun_at)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (account) DO UPDATE SET issuer = excluded.issuer, subject = excluded.subject,
    begun_by = excluded.begun_by, begun_at = excluded.begun_at
"""
_END = """
UPDATE binding SET ended_by = %(by)s, ended_at = %(now)s
WHERE account = %(account)s AND ended_at IS NULL
"""
