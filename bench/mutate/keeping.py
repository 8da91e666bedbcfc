"""A private PostgreSQL that outlives the runs of tests, so that none has to make its own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg.sql import SQL, Identifier

from api.embedded import EmbeddedServer, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHERS = "SELECT datname FROM pg_database WHERE datname ~ '^(test|empty)_'"


@dataclass(frozen=True)
class Kept:
    """The server of the directory ``data``."""

    data: Path
    server: EmbeddedServer

    def clear(self) -> None:
        """Drop what the last run has left, whether it ended or was ended."""
        address = self.server.url("postgres", Role.SUPERUSER)
        with psycopg.connect(address, autocommit=True) as connection:
            for (name,) in connection.execute(_OTHERS).fetchall():
                dropping = SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name))
                connection.execute(dropping)


@contextmanager
def a_kept_server(data: Path) -> Iterator[Kept]:
    """Running while this is entered."""
    with EmbeddedServer(data) as server:
        yield Kept(data, server)
