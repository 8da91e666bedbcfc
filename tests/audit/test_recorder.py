"""What the recorder says to a database and makes of its answers, without one."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

import psycopg
import pytest
from eventsourcing.persistence import OperationalError, StoredEvent
from psycopg.errors import DataException, QueryCanceled

from audit.append import recorder as recording
from audit.append.application import RecordApplication
from audit.append.arguments import arguments_of
from audit.append.arrays import Array
from audit.append.calling import Prepared
from audit.append.errors import (
    AcknowledgementLostError,
    AppendFailedError,
    AppendImpossibleError,
)
from audit.append.flushing import FLUSH, FlushBarrier, PositionLostError
from audit.append.idempotency import Claims, Outcome
from audit.append.joining import Joiner
from audit.append.plan import Command, Placed, Plan, Row
from audit.append.recorder import SECONDS_OF_SILENCE, PlacedEvent, RecordRecorder
from audit.datastore import RecordDatastore
from audit.keys.keyfile import KeyFile
from tests.audit.said import NOON
from tests.conftest import GROUND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audit.append.recorder import Outcome as Became

FIRST, SECOND = (
    Command.of([StoredEvent(name, 1, "a:b:1", b"{}")], Plan(at=NOON)) for name in ("a", "b")
)


@dataclass
class Connection:
    """A connection that notes what is asked of it and answers what it was told to."""

    answers: list[list[Any]] = field(default_factory=list)
    asked: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    closed: bool = False

    def cursor(self, **_: object) -> Self:
        return self

    def execute(self, query: Any, given: tuple[Any, ...] = (), **_: object) -> Any:  # noqa: ANN401
        match query:
            case bytes():
                said = query.decode()
            case str():
                said = query
            case _:
                said = query.as_string()
        self.asked.append((" ".join(said.split()), given))
        return self

    def fetchone(self) -> Any:  # noqa: ANN401 -- of the query
        return next(iter(self.answers.pop(0)), None)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.answers.pop(0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind."""


@pytest.fixture
def connection() -> Connection:
    return Connection()


@pytest.fixture
def datastore(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> RecordDatastore:
    made = RecordDatastore("postgresql://nowhere.invalid/none", GROUND, connections=1)

    @contextmanager
    def get_connection() -> Iterator[Connection]:
        yield connection

    monkeypatch.setattr(made, "get_connection", get_connection)
    return made


@dataclass
class Server:
    """What is said through libpq: each call is answered by rows, or fails."""

    answers: list[list[Row] | psycopg.Error] = field(default_factory=list)
    calls: list[list[Array]] = field(default_factory=list)
    said: list[tuple[bytes, int]] = field(default_factory=list)
    deaf: psycopg.Error | None = None

    def call(self, _: object, arguments: list[Array]) -> Any:  # noqa: ANN401
        self.calls.append(arguments)
        answer = self.answers.pop(0)
        if isinstance(answer, psycopg.Error):
            raise answer
        return answer

    def say(self, _: object, statements: bytes, needed: int) -> None:
        self.said.append((statements, needed))
        if self.deaf is not None:
            raise self.deaf


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    monkeypatch.setattr(Prepared, "call", lambda _, *said: made.call(*said))
    monkeypatch.setattr(recording, "say", made.say)
    return made


def appended(turn: int, position: int) -> Row:
    return (turn, "appended", "", position, position, NOON)


@pytest.fixture
def append(datastore: RecordDatastore) -> Callable[..., list[Became]]:
    """Append commands in one transaction, and see what became of each."""

    def appending(*commands: Command) -> list[Became]:
        with RecordRecorder(datastore).append_all(commands) as outcomes:
            return list(outcomes)

    return appending


def test_commands_are_appended_in_one_statement_and_flushed_in_another(
    server: Server, append: Callable[..., list[Became]]
) -> None:
    server.answers = [[appended(1, 7), appended(2, 8)]]
    assert append(FIRST, SECOND) == [Placed(7, 7, NOON), Placed(8, 8, NOON)]
    assert server.calls == [arguments_of([FIRST, SECOND])]
    ((said, needed),) = server.said
    statements = said.decode().split("; ")
    assert statements == ["BEGIN", FLUSH, "COMMIT", 'NOTIFY "record.event"']
    assert needed == statements.index("COMMIT") + 1


def test_of_appends_in_a_row_one_tells_the_followers_for_all_and_not_too_late(
    server: Server, datastore: RecordDatastore, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = RecordRecorder(datastore)

    def tells(second: float, *, goes_on: bool) -> bool:
        monkeypatch.setattr(recording, "monotonic", lambda: second)
        monkeypatch.setattr(Joiner, "goes_on", goes_on)
        recorder.wait_for_disk(Connection())  # type: ignore[arg-type] # the server is no other
        said, needed = server.said[-1]
        statements = said.decode().split("; ")
        assert FLUSH in statements[:needed]
        return 'NOTIFY "record.event"' in statements

    assert tells(1.0, goes_on=True)
    assert not tells(1.001, goes_on=True)
    assert tells(1.002, goes_on=False)
    assert not tells(1.001 + SECONDS_OF_SILENCE, goes_on=True)
    assert tells(1.003 + SECONDS_OF_SILENCE, goes_on=True)


def test_the_events_of_a_command_are_inserted_under_its_plan(
    server: Server, datastore: RecordDatastore
) -> None:
    server.answers = [[(1, "appended", "", 7, 8, NOON)]]
    events = [StoredEvent("a", version, "a:b:1", b"{}") for version in (1, 2)]
    positions = RecordRecorder(datastore).insert_events(events, plan=Plan(at=NOON))
    assert positions == range(7, 9)


def test_a_command_that_the_database_does_not_take_keeps_no_other_back(
    server: Server, append: Callable[..., list[Became]]
) -> None:
    server.answers = [DataException("both"), [appended(1, 7)], DataException("second")]
    placed, impossible = append(FIRST, SECOND)
    assert placed == Placed(7, 7, NOON)
    assert isinstance(impossible, AppendImpossibleError)
    assert str(impossible) == "second"
    assert isinstance(impossible.__cause__, DataException)
    alone = [arguments_of([FIRST]), arguments_of([SECOND])]
    assert server.calls[1:] == alone


def test_a_command_that_is_alone_is_not_tried_again(
    server: Server, append: Callable[..., list[Became]]
) -> None:
    server.answers = [DataException("it")]
    (impossible,) = append(FIRST)
    assert isinstance(impossible, AppendImpossibleError)
    assert len(server.calls) == 1


def test_an_outage_is_no_fault_of_a_command(
    server: Server, append: Callable[..., list[Became]]
) -> None:
    server.answers = [QueryCanceled()]
    with pytest.raises(QueryCanceled):
        append(FIRST)
    server.answers = [DataException("both"), [appended(1, 7)], QueryCanceled()]
    with pytest.raises(AcknowledgementLostError, match="one by one"):
        append(FIRST, SECOND)
    assert server.said == []


def test_what_was_said_on_a_connection_that_went_may_have_happened(
    server: Server, connection: Connection, append: Callable[..., list[Became]]
) -> None:
    server.answers, connection.closed = [QueryCanceled()], True
    with pytest.raises(AcknowledgementLostError, match="the connection went"):
        append(FIRST)


def test_what_the_disk_did_not_confirm_may_have_happened(
    server: Server, append: Callable[..., list[Became]]
) -> None:
    server.answers, server.deaf = [[appended(1, 7)]], QueryCanceled()
    with pytest.raises(AcknowledgementLostError, match="the disk"):
        append(FIRST)


def test_without_a_connection_nothing_was_written(
    datastore: RecordDatastore, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def none() -> Iterator[Connection]:
        raise OperationalError("no connection")
        yield

    monkeypatch.setattr(datastore, "get_connection", none)
    with (
        pytest.raises(AppendFailedError, match="no connection"),
        RecordRecorder(datastore).append_all([FIRST]),
    ):
        pass


def test_the_events_of_a_stream_are_read_in_order_between_versions(
    datastore: RecordDatastore, connection: Connection
) -> None:
    row = ("a", 1, "a:b:1", b"{}", 7, NOON)
    connection.answers = [[row], [], []]
    recorder = RecordRecorder(datastore)
    assert recorder.select_events("a") == [PlacedEvent("a", 1, "a:b:1", b"{}", 7, NOON)]
    recorder.select_events("a", gt=2, lte=5, limit=3)
    recorder.select_events("a", desc=True, limit=1)
    given = [parameters for _, parameters in connection.asked]
    assert given == [("a", 0, 2**62, None), ("a", 2, 5, 3), ("a", 0, 2**62, 1)]
    orders = [query.partition(" ORDER BY ")[2] for query, _ in connection.asked]
    upwards, downwards = (f"originator_version {way} LIMIT %s" for way in ("ASC", "DESC"))
    assert orders == [upwards, upwards, downwards]
    assert 'FROM "record"."event" WHERE originator_id = %s' in connection.asked[0][0]


def test_the_application_is_put_together_over_one_recorder(datastore: RecordDatastore) -> None:
    keys: Any = object()
    application = RecordApplication(datastore, "mingjian/test", keys)
    assert application.recorder is application.store.recorder
    assert application.mapper is application.store.mapper
    assert application.events is application.store
    assert application.env["CREATE_TABLE"] == "n"
    assert isinstance(application.factory.application_recorder(), RecordRecorder)
    env = application.construct_env("x", {"A": "b"})
    assert (env.name, env["A"]) == ("x", "b")


def test_a_head_is_flushed_once_and_told_when_it_is(
    datastore: RecordDatastore, connection: Connection
) -> None:
    connection.answers = [[(3,)], [(3,)], [(4,)], [(4,)]]
    barrier = FlushBarrier(datastore)
    assert [barrier.flushed_head() for _ in range(3)] == [3, 3, 4]
    asked = [query for query, _ in connection.asked]
    head = 'SELECT coalesce(max(notification_id), 0) FROM "record"."event"'
    assert asked == [head, FLUSH, head, head, FLUSH]
    barrier.wait_until_flushed(4)
    assert len(connection.asked) == len(asked)
    with pytest.raises(PositionLostError):
        barrier.wait_until_flushed(5)
    connection.answers = [[(6,)]]
    barrier.wait_until_flushed(5)


def test_a_head_that_can_be_seen_need_not_be_flushed(
    datastore: RecordDatastore, connection: Connection
) -> None:
    connection.answers = [[(3,)]]
    assert FlushBarrier(datastore).head() == 3
    assert len(connection.asked) == 1


@pytest.fixture
def claims(datastore: RecordDatastore, tmp_path: Path) -> Claims:
    return Claims(datastore, KeyFile.create(tmp_path / "keys.json"))


def test_an_answer_is_told_once_the_disk_has_it(claims: Claims, connection: Connection) -> None:
    connection.answers = [[(b"", 201, 7, 8, None, NOON)], []]
    assert claims.outcome_of("account-1", "key-1") == Outcome(b"", 201, 7, 8, None, NOON)
    asked, flushed = connection.asked
    assert asked[0].endswith('FROM "record"."idempotency" WHERE account = %s AND key = %s')
    assert (asked[1], flushed) == (("account-1", "key-1"), (FLUSH, ()))
    assert claims.outcome_of("account-1", "key-2") is None
    assert len(connection.asked) == 3


def test_what_was_claimed_before_an_instant_is_forgotten(
    claims: Claims, connection: Connection
) -> None:
    connection.answers = [[(5,)], []]
    before = NOON - timedelta(days=90)
    assert [claims.sweep(before), claims.sweep(before)] == [5, 0]
    assert connection.asked[0] == ('SELECT "record"."sweep_idempotency"(%s)', (before,))


def test_a_body_is_told_from_another_and_not_from_itself(claims: Claims) -> None:
    assert claims.digest_of_body(b"one") == claims.digest_of_body(b"one")
    assert claims.digest_of_body(b"one") != claims.digest_of_body(b"other")
