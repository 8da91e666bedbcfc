"""Where a demonstration lives: an own database for each run, in a data directory of its own.

A demonstration may be thrown away: each run begins with a new database and new keys, and clears
away those of former runs that nobody is still looking at.
"""

from __future__ import annotations

import secrets
import shutil
import socket
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
from psycopg.errors import ObjectInUse
from psycopg.sql import SQL, Identifier

from api.database import Reached
from api.embedded import EmbeddedServer, Role
from api.embedded.roles import allow_only_the_roles, make_database
from api.foundation import ground_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.settings import Settings

_PREFIX = "demonstration_"


@contextmanager
def quarters(settings: Settings) -> Iterator[Reached]:
    """A new database on the private server of the data directory, and a port that is free.

    Raises ``EmbeddedServerError`` where the server can't run.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with EmbeddedServer(settings.data) as server:
        name = _PREFIX + secrets.token_hex(6)
        address = server.url("postgres", Role.SUPERUSER)
        with psycopg.connect(address, autocommit=True) as connection:
            for former in _former(connection):
                _clear_away(connection, settings, former)
            make_database(connection, name)
            allow_only_the_roles(connection, name)
        port = settings.port if _is_free(settings.host, settings.port) else 0
        here = replace(
            settings,
            database_url=server.url(name, Role.APPLICATION),
            owner_database_url=server.url(name, Role.OWNER),
            keys=settings.data / name,
            port=port,
        )
        yield Reached(here, ground_of(here, Role.APPLICATION), embedded=True)


def _former(connection: psycopg.Connection) -> list[str]:
    query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
    return [str(name) for (name,) in connection.execute(query, (_PREFIX,))]


def _clear_away(connection: psycopg.Connection, settings: Settings, name: str) -> None:
    """Remove a former run, unless another program is still telling or serving it."""
    try:
        connection.execute(SQL("DROP DATABASE {}").format(Identifier(name)))
    except ObjectInUse:
        return
    shutil.rmtree(settings.data / name, ignore_errors=True)


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((host, port))
        except OSError:
            return False
    return True
