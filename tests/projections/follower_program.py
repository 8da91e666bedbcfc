"""A program that follows a record until it is killed, and says what it does, a word a line.

Arguments: the address of the database, the schema of the record, that of the views, its role,
the key file, and how many events make a page.
"""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import psycopg

from audit.keys.keyfile import KeyFile
from audit.migrate import Ground
from audit.record import Record
from projections.catalogue import VIEWS
from projections.follow import Follower
from projections.names import view as names
from projections.schema import look_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projections.advance import StoppedError

WITHOUT_KEYS = [view for view in VIEWS if view is not names]
"""The views that follow leaves whose keys are nowhere."""


class Saying:
    """A watcher that says what it is told."""

    def began(self, views: Sequence[str]) -> None:
        print("began", *views, flush=True)  # noqa: T201 -- the program's only output

    def led(self) -> None:
        print("led", flush=True)  # noqa: T201

    def advanced(self, events: int) -> None:
        print("advanced", events, flush=True)  # noqa: T201

    def stopped(self, error: StoppedError) -> None:
        print("stopped", error.position, flush=True)  # noqa: T201

    def faltered(self, error: Exception) -> None:
        print("faltered", type(error).__name__, flush=True)  # noqa: T201


def main(url: str, schema: str, views: str, role: str, key_file: str, page: str) -> None:
    ground = Ground(schema=schema, views=views, application=role)

    def connect() -> psycopg.Connection:
        connection = psycopg.connect(url, autocommit=True)
        look_at(connection, views)
        return connection

    with Record(url, ground, KeyFile(Path(key_file))) as record, record.bell() as bell:
        Follower(connect, record, bell, WITHOUT_KEYS, Saying(), int(page)).run(Event())


if __name__ == "__main__":
    main(*sys.argv[1:])
