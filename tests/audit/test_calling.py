"""What is said to a server through libpq, and how its answer is awaited and read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from psycopg.errors import UndefinedTable
from psycopg.pq import ExecStatus, Format
from psycopg.waiting import Ready, Wait

from audit.append.arrays import Array
from audit.append.calling import Prepared, say

if TYPE_CHECKING:
    from collections.abc import Generator


@dataclass(eq=False)
class Hesitant:
    """A connection to a server that takes a message in three parts and is slow to answer."""

    ready: list[Ready] = field(default_factory=lambda: [Ready.R, Ready.W, Ready.R])
    """What it turns out to be ready for, each time that it is waited for."""
    unsent: list[int] = field(default_factory=lambda: [1, 1, 0])
    unheard: list[int] = field(default_factory=lambda: [1, 0, 0])
    answers: list[object] = field(
        default_factory=lambda: [SimpleNamespace(status=ExecStatus.COMMAND_OK), None]
    )
    seen: list[object] = field(default_factory=list)
    """What it was asked to do, in order."""

    sent: tuple[object, ...] = ()
    """What was sent with the statement."""

    @property
    def pgconn(self) -> Hesitant:
        return self

    def send_query(self, statements: bytes) -> None:
        self.seen.append(statements)

    def send_prepare(self, *statement: bytes) -> None:
        self.seen.append(statement)

    def send_query_prepared(self, *said: object) -> None:
        self.sent = said

    def flush(self) -> int:
        return self.unsent.pop(0)

    def is_busy(self) -> int:
        return self.unheard.pop(0)

    def consume_input(self) -> None:
        self.seen.append("hears")

    def get_result(self) -> object:
        return self.answers.pop(0)

    def wait(self, waiting: Generator[Wait, Ready, object]) -> object:
        try:
            awaited = next(waiting)
            while True:
                self.seen.append(awaited)
                awaited = waiting.send(self.ready.pop(0))
        except StopIteration as answered:
            return answered.value


def test_a_message_is_sent_as_the_server_takes_it_and_its_answer_awaited_without_haste() -> None:
    """A server that answers before it takes the rest is heard, or both would wait for ever."""
    hesitant: Any = Hesitant()
    say(hesitant, b"BEGIN", needed=1)
    assert hesitant.seen == [b"BEGIN", Wait.RW, "hears", Wait.RW, Wait.R, "hears"]
    assert hesitant.answers == []


def refusing() -> Any:  # noqa: ANN401 -- no more of an answer than is asked
    """A connection to a server that refuses what is said to it."""
    refusal = SimpleNamespace(
        status=ExecStatus.FATAL_ERROR,
        error_field=lambda _: b"42P01",
        get_error_message=lambda *_: "there is no such table",
    )
    return Hesitant(answers=[refusal, None])


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
    hesitant: Any = Hesitant(
        ready=[], unsent=[0] * 3, unheard=[0] * 6, answers=[done, None, rows, None, rows, None]
    )
    prepared = Prepared(b"append", b"SELECT")
    arguments = [Array(Format.TEXT, b"{1}"), Array(Format.BINARY, b"\x00")]
    for _ in range(2):
        assert prepared.call(hesitant, arguments) == [
            (1, "appended", "", 7, 8, datetime(2024, 10, 15, 4, tzinfo=UTC)),
            (2, "stream", "案", 3, 4, None),
        ]
    assert hesitant.seen == [(b"append", b"SELECT")]
    assert hesitant.sent == (b"append", [b"{1}", b"\x00"], [Format.TEXT, Format.BINARY])
