"""The three things that bench append compares, each appending one event a call, durably.

All write events of the same size through the same number of threads of one process, each thread
to a stream of its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from audit.record import AppendRequest, Head, Write
from domain.actor import SystemActor
from domain.event import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.site import Site

_TEXT = "职称" * 100
"""Six hundred octets: an event with its envelope comes to about a thousand."""
_LEAF = bytes(1000)


@dataclass(frozen=True, kw_only=True)
class Measured(Event, topic="bench:measured:1"):
    """A fact of no meaning."""

    number: int
    text: str


class Writer(Protocol):
    """One thread's way to append an event; returns when the disk has it."""

    def __call__(self, number: int) -> None:
        """Append event ``number`` (from 1) of this writer."""


@contextmanager
def mingjian(site: Site, writers: int) -> Iterator[Callable[[], Writer]]:
    """Our record, with envelope, canonical bytes, hash chain and all checks."""
    with site.record(connections=min(writers, 4)) as record:

        def make() -> Writer:
            head = Head.new(f"bench-{uuid4()}")

            def write(number: int) -> None:
                nonlocal head
                request = AppendRequest(
                    writes=(Write(head, (Measured(number=number, text=_TEXT),)),),
                    actor=SystemActor("bench"),
                    at=datetime.now(UTC),
                    command=f"{head.stream}/{number}",
                )
                head = record.append(request).heads[head.stream]

            return write

        yield make


@contextmanager
def eventsourcing(site: Site, writers: int) -> Iterator[Callable[[], Writer]]:
    """The library's own recorder, as it comes, given ready bytes."""
    where = {name: str(value) for name, value in conninfo_to_dict(site.owner_url).items()}
    datastore = PostgresDatastore(
        dbname=where["dbname"],
        host=where["host"],
        port=where.get("port", ""),
        user=where["user"],
        password=where["password"],
        pool_size=writers,
        originator_id_type="text",
        schema="library",
    )
    with datastore:
        recorder = PostgresApplicationRecorder(datastore)

        def make() -> Writer:
            stream = f"bench-{uuid4()}"

            def write(number: int) -> None:
                recorder.insert_events([StoredEvent(stream, number, Measured.topic, _LEAF)])

            return write

        recorder.create_table()
        yield make


@contextmanager
def bare(site: Site, writers: int) -> Iterator[Callable[[], Writer]]:
    """One INSERT of ready bytes a transaction, a connection for each writer: the server's speed."""
    connections = [psycopg.connect(site.owner_url, autocommit=True) for _ in range(writers)]
    free = list(connections)

    def make() -> Writer:
        stream, connection = f"bench-{uuid4()}", free.pop()

        def write(number: int) -> None:
            connection.execute(
                "INSERT INTO bare.event VALUES (%s, %s, %s, %b)",
                (stream, number, Measured.topic, _LEAF),
                prepare=True,
            )

        return write

    try:
        yield make
    finally:
        for connection in connections:
            connection.close()


SUBJECTS = {"mingjian": mingjian, "eventsourcing": eventsourcing, "bare": bare}
TABLES = """
    CREATE SCHEMA library;
    CREATE SCHEMA bare;
    CREATE TABLE bare.event
        (stream text, version bigint, topic text, state bytea, PRIMARY KEY (stream, version));
    """
"""What the subjects need besides the record."""
