"""The roles and the database that Mingjian finds in its private server."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
from psycopg import sql

from api.embedded.passwords import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DATABASE = "mingjian"
"""The database that every private server has."""


def url(socket: Path, database: str, role: Role, password: str) -> str:
    """The libpq address of ``database`` for ``role``; it contains the password."""
    return f"postgresql://{role}:{password}@/{quote(database)}?host={quote(str(socket), safe='')}"


def make_roles(socket: Path, passwords: Mapping[Role, str]) -> None:
    """Make what is missing; so a start that was cut short is made good by the next."""
    address = url(socket, "postgres", Role.SUPERUSER, passwords[Role.SUPERUSER])
    with psycopg.connect(address, autocommit=True) as connection:
        for role in (Role.OWNER, Role.APPLICATION):
            if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
                connection.execute(
                    statement.format(sql.Identifier(role), sql.Literal(passwords[role]))
                )
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            make_database(connection, DATABASE)
        allow_only_the_roles(connection, DATABASE)


def make_database(connection: psycopg.Connection, name: str, template: str = "template0") -> None:
    """Make a database that belongs to the owner role."""
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(Role.OWNER), sql.Identifier(template)
        )
    )


def allow_only_the_roles(connection: psycopg.Connection, name: str) -> None:
    """Let nobody but the owner and the application connect."""
    database, application = sql.Identifier(name), sql.Identifier(Role.APPLICATION)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, application))


def _exists(connection: psycopg.Connection, question: sql.SQL | str, name: str) -> bool:
    return connection.execute(question, (str(name),)).fetchone() is not None
