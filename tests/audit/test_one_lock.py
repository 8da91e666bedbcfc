"""The append as the database does it: one at a time, whoever calls."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.audit import at_database
from tests.audit.at_database import Command, head
from tests.audit.said import NOON

if TYPE_CHECKING:
    from tests.conftest import Database

LEAF = b"{}"


def one(stream: str, version: int = 0, last: bytes | None = None) -> Command:
    """A command of one event behind the ``last`` leaf of its stream."""
    write = {**head(stream, version, last), "topics": ["a:b:1"]}
    return {"at": NOON, "writes": [write]}


def append(connection: psycopg.Connection, command: Command) -> Any:  # noqa: ANN401
    """Outcome, and first position or expected version, of the only command."""
    ((_, outcome, _, expected, _),) = at_database.append(connection, [command], [LEAF])
    return outcome, expected


def wait_until_it_waits(superuser_url: str, waiting: psycopg.Connection) -> None:
    query = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"
    with psycopg.connect(superuser_url, autocommit=True) as other:
        while other.execute(query, (waiting.info.backend_pid,)).fetchone() != (True,):
            pass


@pytest.mark.parametrize(
    ("second", "outcome"),
    [(one("b"), ("appended", 2)), (one("a", 1, LEAF), ("appended", 2))],
    ids=["another stream", "the event that was not committed yet"],
)
def test_an_append_waits_for_the_one_before_it_and_continues_what_it_left(
    database: Database, second: Command, outcome: tuple[str, int]
) -> None:
    with (
        psycopg.connect(database.url) as first,
        psycopg.connect(database.url, autocommit=True) as waiting,
        ThreadPoolExecutor(1) as thread,
    ):
        assert append(first, one("a")) == ("appended", 1)
        answer = thread.submit(append, waiting, second)
        wait_until_it_waits(database.superuser_url, waiting)
        first.commit()
        assert answer.result() == outcome


def test_an_append_after_one_that_was_rolled_back_takes_its_position(database: Database) -> None:
    with (
        psycopg.connect(database.url) as first,
        psycopg.connect(database.url, autocommit=True) as waiting,
        ThreadPoolExecutor(1) as thread,
    ):
        append(first, one("a"))
        answer = thread.submit(append, waiting, one("b"))
        wait_until_it_waits(database.superuser_url, waiting)
        first.rollback()
        assert answer.result() == ("appended", 1)


def test_the_commit_of_an_append_does_not_wait_for_the_disk(database: Database) -> None:
    """So that nobody waits for the disk under the lock; whoever is answered waits afterwards."""
    with psycopg.connect(database.url) as connection:
        append(connection, one("a"))
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("off",)
        connection.commit()
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
