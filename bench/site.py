"""Where a bench runs: a database of its own on a server of Mingjian, gone afterwards."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
import psycopg
from psycopg.sql import SQL, Identifier

from api.embedded import EmbeddedServer, Role
from audit.keys.keyfile import KeyFile
from audit.migrate import Ground, migrate
from audit.record import Record
from bench.slow_flush import SlowServer, slow_server
from projections.schema import OF_THE_VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

_KEPT, _ORIGIN = "bench_kept", "mingjian/bench"
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
            _migrate(site)
            yield site


@contextmanager
def a_kept_site(data: Path, *, may_be_new: bool = False) -> Iterator[Site]:
    """The site that stays in a directory, made there if there is none yet and it ``may_be_new``.

    Raises ``click.UsageError`` where there is none.
    """
    keys = data / "keys.json"
    new = not keys.exists()
    if new and not may_be_new:
        msg = f"{data}: nothing was filled"
        raise click.UsageError(msg)
    with EmbeddedServer(data / "server") as server:
        if new:
            _make_database(server, _KEPT)
            key_file = KeyFile.create(keys)
        else:
            key_file = KeyFile(keys)
        site = Site(server, data, _KEPT, key_file)
        if new:
            _migrate(site)
            migrate(site.owner_url, GROUND, _ORIGIN, datetime.now(UTC), sets=(OF_THE_VIEWS,))
        yield site


@contextmanager
def _a_database(server: EmbeddedServer | SlowServer) -> Iterator[str]:
    name = f"bench_{secrets.token_hex(4)}"
    address = server.url("postgres", Role.SUPERUSER)
    dropping = SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name))
    _make_database(server, name)
    try:
        yield name
    finally:
        # Another connection: some benches kill the server meanwhile.
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(dropping)


def _make_database(server: EmbeddedServer | SlowServer, name: str) -> None:
    making = SQL("CREATE DATABASE {} OWNER {}").format(Identifier(name), Identifier(Role.OWNER))
    with psycopg.connect(server.url("postgres", Role.SUPERUSER), autocommit=True) as connection:
        connection.execute(making)


def _migrate(site: Site) -> None:
    migrate(site.owner_url, GROUND, _ORIGIN, datetime.now(UTC))
