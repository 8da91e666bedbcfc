"""Where a bench runs: a database of its own on a server of Mingjian, gone afterwards."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg
from psycopg.sql import SQL, Identifier

from api.embedded import EmbeddedServer, Role
from audit.keys.keyfile import KeyFile
from audit.migrate import Ground, migrate
from audit.record import Record
from bench.slow_flush import SlowServer, slow_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

GROUND = Ground(schema="record", views="views", application=Role.APPLICATION)


@dataclass(frozen=True)
class Site:
    """A migrated, empty record and the ways to reach it."""

    server: EmbeddedServer | SlowServer
    data: Path
    database: str
    key_file: KeyFile

    @property
    def url(self) -> str:
        """As the application's role."""
        return self.server.url(self.database, Role.APPLICATION)

    @property
    def owner_url(self) -> str:
        """As the role that owns the tables."""
        return self.server.url(self.database, Role.OWNER)

    def record(self, connections: int) -> Record:
        """The record, with a pool of its own; close it after use."""
        return Record(self.url, GROUND, self.key_file, connections=connections)


@contextmanager
def a_site(data: Path | None = None, flush: float = 0) -> Iterator[Site]:
    """A site on the private server of ``data``, or on one that is made for the occasion.

    With ``flush`` on one of its own, each of whose flushes takes so many milliseconds longer;
    raises ``NoCompilerError``.
    """
    with TemporaryDirectory(prefix="mingjian-bench-") as scratch:
        place = Path(scratch) / "server" if flush or data is None else data
        starting: AbstractContextManager[EmbeddedServer | SlowServer]
        starting = slow_server(place, flush) if flush else EmbeddedServer(place)
        with starting as server, _a_database(server) as database:
            key_file = KeyFile.create(Path(scratch) / "keys.json")
            site = Site(server, place, database, key_file)
            migrate(site.owner_url, GROUND, "mingjian/bench", datetime.now(UTC))
            yield site


@contextmanager
def _a_database(server: EmbeddedServer | SlowServer) -> Iterator[str]:
    name = f"bench_{secrets.token_hex(4)}"
    address = server.url("postgres", Role.SUPERUSER)
    making = SQL("CREATE DATABASE {} OWNER {}").format(Identifier(name), Identifier(Role.OWNER))
    dropping = SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(making)
    try:
        yield name
    finally:
        # Another connection: some benches kill the server meanwhile.
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(dropping)
