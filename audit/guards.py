"""What stands between the running application and the record, looked at before anything is served.

Prevention and alarm, no proof: who owns the database can take every guard away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from audit.backup.loading import NOT_FINISHED
from audit.connecting import connect
from audit.migrate import OF_THE_RECORD, pending

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.migrate import Ground, Migrations

OLDEST_SERVER = 160000
_ANSWER_SECONDS = 60.0
"""Seconds until a server that says nothing is given up."""
READ_ONLY = (
    *("event", "origin", "sealing_key", "wrapping_epoch", "identity", "identity_epoch"),
    *("idempotency", "restoration"),
)
"""Tables that the application's role may read; it changes them through functions, if at all."""
TRIGGERS = {
    ("event", "append_only"),
    ("origin", "append_only"),
    ("sealing_key", "keep_rows"),
    ("sealing_key", "keep_tombstones"),
    ("attachment", "append_only"),
    ("attachment_chunk", "keep_living"),
    ("attachment_chunk", "keep_table"),
}
SETTINGS = {"synchronous_commit": "off", "fsync": "off", "full_page_writes": "off"}
"""Settings of the server, each with the value under which an acknowledged event can be lost."""


class GuardError(Exception):
    """The record is not guarded as it should be; ``faults`` says all that is wrong, a line each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


def check_guards(url: str, ground: Ground, sets: Sequence[Migrations] = (OF_THE_RECORD,)) -> None:
    """Refuse a database that was not migrated by this program, or is open to the role of ``url``.

    Raises ``GuardError`` with every fault, ``MigrationError`` for a newer or edited database, and
    ``psycopg.Error`` where it can't be looked at.
    """
    with connect(url, "mingjian guards", answer_seconds=_ANSWER_SECONDS) as connection:
        try:
            waiting = pending(connection, ground, sets)
        except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege) as error:
            msg = "there is no record yet; run: mingjian migrate"
            raise GuardError([msg]) from error
        if waiting:
            names = ", ".join(f"{one.number:04}_{one.name} of {one.floor}" for one in waiting)
            raise GuardError([f"migrations are missing ({names}); run: mingjian migrate"])
        faults = [
            *_faults_of_restore(connection, ground),
            *_faults_of_server(connection),
            *_faults_of_role(connection),
            *_faults_of_tables(connection, ground),
            *_faults_of_triggers(connection, ground),
        ]
    if faults:
        raise GuardError(faults)


def _faults_of_restore(connection: psycopg.Connection, ground: Ground) -> Iterator[str]:
    table = psycopg.sql.Identifier(ground.schema, "restoration")
    there = connection.execute("SELECT to_regclass(%s)", (table.as_string(connection),)).fetchone()
    query = psycopg.sql.SQL("SELECT EXISTS (SELECT FROM {})").format(table)
    if there != (None,) and connection.execute(query).fetchone() == (True,):
        yield NOT_FINISHED


def _faults_of_server(connection: psycopg.Connection) -> Iterator[str]:
    if connection.info.server_version < OLDEST_SERVER:
        yield "the server is older than PostgreSQL 16"
    for setting, value in SETTINGS.items():
        if connection.execute(f"SHOW {setting}").fetchone() == (value,):
            yield f"{setting} is {value}: a crash could take back what was acknowledged"
    if connection.execute("SHOW server_encoding").fetchone() != ("UTF8",):
        yield "the database is not encoded in UTF8"


def _faults_of_role(connection: psycopg.Connection) -> Iterator[str]:
    query = "SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolsuper"
    if role := connection.execute(query).fetchone():
        yield f"role {role[0]} is a superuser; the application needs one that is not"


def _faults_of_tables(connection: psycopg.Connection, ground: Ground) -> Iterator[str]:
    query = """
        SELECT name, pg_has_role(current_user, relowner, 'MEMBER'),
               has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
               OR has_any_column_privilege(c.oid, 'INSERT, UPDATE')
        FROM unnest(%s::text[]) AS name
        LEFT JOIN pg_class c ON c.relname = name AND c.relnamespace = to_regnamespace(%s)
        """
    schema = psycopg.sql.Identifier(ground.schema).as_string(connection)
    for name, owns, writes in connection.execute(query, (list(READ_ONLY), schema)):
        if owns is None:
            yield f"table {name} is missing"
        elif owns:
            yield f"the application's role owns table {name}, or is a member of its owner"
        elif writes:
            yield f"the application's role can write table {name}"


def _faults_of_triggers(connection: psycopg.Connection, ground: Ground) -> Iterator[str]:
    query = """
        SELECT relname, tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
        WHERE c.relnamespace = to_regnamespace(%s) AND tgenabled = 'A'
        """
    schema = psycopg.sql.Identifier(ground.schema).as_string(connection)
    standing = {(table, trigger) for table, trigger in connection.execute(query, (schema,))}
    for table, trigger in sorted(TRIGGERS - standing):
        yield f"trigger {trigger} of table {table} is missing or can sleep"
