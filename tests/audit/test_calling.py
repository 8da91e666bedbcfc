"""What is said to a server through libpq, and how its answer is awaited and read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg.errors import UndefinedTable
from psycopg.generators import execute
from psycopg.pq import ExecStatus, Format

from audit.append import calling
from audit.append.arrays import Array
from audit.append.calling import Prepared, say

if TYPE_CHECKING:
    from tests.conftest import Database


@dataclass(eq=False)
class Connection:
    """A connection whose server answers what it was told to, one list of results a message."""

    answers: list[list[object]]
    seen: list[object] = field(default_factory=list)
    """What was said to it, in order."""

    @property
    def pgconn(self) -> Connection:
        return self

    def send_query(self, statements: bytes) -> None:
        self.seen.append(statements)

    def send_prepare(self, *statement: bytes) -> None:
        self.seen.append(statement)

    def send_query_prepared(self, *said: object) -> None:
        self.seen.append(said)

    def wait(self, answer: list[object]) -> list[object]:
        return answer


@pytest.fixture(autouse=True)
def _answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection of these tests has its answers by itself; others have them from a server."""

    def answers(asked: Any) -> Any:  # noqa: ANN401
        return asked.answers.pop(0) if isinstance(asked, Connection) else execute(asked)

    monkeypatch.setattr(calling, "execute", answers)


def test_a_message_is_sent_as_the_server_takes_it_and_its_answer_awaited_without_haste(
    database: Database,
) -> None:
    long = b"SELECT pg_sleep(0.2), length('" + b"x" * 2**24 + b"')"
    with psycopg.connect(database.url, autocommit=True) as connection:
        say(connection, long + b"; SELECT FROM nowhere", needed=1)
        assert connection.execute("SELECT 1").fetchone() == (1,)


def refusing() -> Any:  # noqa: ANN401 -- no more of an answer than is asked
    """A connection to a server that refuses what is said to it."""
    refusal = SimpleNamespace(
        status=ExecStatus.FATAL_ERROR,
        error_field=lambda _: b"42P01",
        get_error_message=lambda *_: "there is no such table",
    )
    return Connection([[refusal]])


def test_a_refusal_is_raised_unless_nobody_needs_what_was_refused() -> None:
    with pytest.raises(UndefinedTable, match="no such table"):
        say(refusing(), b"SELECT", needed=1)
    with pytest.raises(UndefinedTable, match="no such table"):
        Prepared(b"append", b"SELECT").call(refusing(), [])
    say(refusing(), b"SELECT", needed=0)


@dataclass
class Rows:
    """What a server answered: rows of words, of which some say nothing."""

    rows: list[list[bytes | None]]
    status: ExecStatus = ExecStatus.TUPLES_OK

    @property
    def ntuples(self) -> int:
        return len(self.rows)

    def get_value(self, row: int, column: int) -> bytes | None:
        return self.rows[row][column]


def test_a_statement_is_prepared_once_and_each_row_of_every_answer_is_read() -> None:
    rows = Rows(
        [
            [b"1", b"appended", None, b"7", b"8", b"2024-10-15 04:00:00+00"],
            [b"2", b"stream", "案".encode(), b"3", b"4", None],
        ]
    )
    done = SimpleNamespace(status=ExecStatus.COMMAND_OK)
    connection: Any = Connection([[done], [rows], [rows]])
    prepared = Prepared(b"append", b"SELECT")
    arguments = [Array(Format.TEXT, b"{1}"), Array(Format.BINARY, b"\x00")]
    for _ in range(2):
        assert prepared.call(connection, arguments) == [
            (1, "appended", "", 7, 8, datetime(2024, 10, 15, 4, tzinfo=UTC)),
            (2, "stream", "案", 3, 4, None),
        ]
    said = (b"append", [b"{1}", b"\x00"], [Format.TEXT, Format.BINARY])
    assert connection.seen == [(b"append", b"SELECT"), said, said]
