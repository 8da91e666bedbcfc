"""Nobody waits for the database without an end, and everybody learns what became of an append."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from eventsourcing.persistence import OperationalError
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.errors import QueryCanceled

from api.embedded import Role
from audit.connecting import connect
from audit.outage import database_error_behind, is_outage
from audit.record import (
    AcknowledgementLostError,
    AppendFailedError,
    AppendImpossibleError,
    Head,
    Record,
    StreamConflictError,
)
from bench.killing import kill_postgresql, wait_until_it_answers
from bench.site import a_site
from tests.audit.proxy import a_proxy
from tests.audit.said import Numbered, a_request, a_stream, append_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from audit.append.plan import Command
    from audit.keys.keyfile import KeyFile
    from audit.record import Appended
    from tests.audit.proxy import Proxy
    from tests.conftest import Database

POISON = """
CREATE FUNCTION record.refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'no room for this one' USING ERRCODE = {};
END $$;
CREATE TRIGGER poison BEFORE INSERT ON record.event
    FOR EACH ROW WHEN (NEW.originator_id = 'test-poison') EXECUTE FUNCTION record.refuse_poison();
"""


@pytest.fixture
def proxy(database: Database) -> Iterator[Proxy]:
    with (
        TemporaryDirectory() as directory,
        a_proxy(Path(directory), str(database.server.socket)) as one,
    ):
        yield one


@pytest.fixture
def superuser(database: Database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def impatient(database: Database, key_file: KeyFile) -> Iterator[Record]:
    """A record whose statements may take a second."""
    with Record(database.url, database.ground, key_file, statement_seconds=1) as opened:
        append_numbers(opened, a_stream(), 0)
        yield opened


@contextmanager
def append_lock_held(superuser: psycopg.Connection) -> Iterator[None]:
    """Somebody elsewhere holds what every append needs."""
    with superuser.transaction():
        superuser.execute("SELECT pg_advisory_xact_lock('record.event'::regclass::oid::bigint)")
        yield


def append_to_new(record: Record, stream: str | None = None) -> Appended:
    return record.append(a_request(Head.new(stream or a_stream()), Numbered(number=1)))


def waiting_for(superuser: psycopg.Connection, what: str) -> list[int]:
    """The backends of this database that wait for such a lock, once there is one."""
    query = (
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = %s"
    )
    while True:
        if found := superuser.execute(query, (what,)).fetchall():
            return [pid for (pid,) in found]


def test_an_append_that_waits_too_long_for_its_turn_is_told_that_nothing_was_written(
    impatient: Record, superuser: psycopg.Connection
) -> None:
    with append_lock_held(superuser), pytest.raises(AppendFailedError) as failed:
        append_to_new(impatient)
    assert isinstance(database_error_behind(failed.value), QueryCanceled)
    assert append_to_new(impatient).positions == range(2, 3)


def test_a_backend_that_is_ended_in_mid_append_leaves_it_unknown(
    record: Record, superuser: psycopg.Connection
) -> None:
    with ThreadPoolExecutor(1) as threads, append_lock_held(superuser):
        appending = threads.submit(append_to_new, record)
        for backend in waiting_for(superuser, "advisory"):
            superuser.execute("SELECT pg_terminate_backend(%s, 10000)", (backend,))
        with pytest.raises(AcknowledgementLostError):
            appending.result()
    assert append_to_new(record).positions == range(1, 2)


def test_a_database_that_answers_nothing_is_given_up_and_used_again_when_it_answers(
    database: Database, key_file: KeyFile, proxy: Proxy
) -> None:
    there = make_conninfo(database.url, host=proxy.host)
    with Record(there, database.ground, key_file, connections=1, statement_seconds=1) as distant:
        append_to_new(distant)
        proxy.silent = True
        with pytest.raises(AcknowledgementLostError):
            append_to_new(distant)
        with pytest.raises(OperationalError) as unreachable:
            distant.head()
        assert is_outage(unreachable.value)
        proxy.silent = False
        assert append_to_new(distant).positions == range(2, 3)


def test_a_question_that_nobody_answers_closes_its_connection(
    database: Database, proxy: Proxy
) -> None:
    with connect(make_conninfo(database.url, host=proxy.host), "a test", answer_seconds=0.1) as one:
        proxy.silent = True
        with pytest.raises(psycopg.OperationalError):
            one.execute("SELECT 1")
        assert one.closed


def test_a_connection_to_a_database_that_answers_nothing_is_given_up(
    database: Database, proxy: Proxy
) -> None:
    proxy.silent = True
    there = make_conninfo(database.url, host=proxy.host, connect_timeout=2)
    with pytest.raises(psycopg.OperationalError):
        connect(there, "a test")


def test_what_an_address_states_itself_goes_before_our_own_time_outs(database: Database) -> None:
    there = make_conninfo(
        database.url, application_name="theirs", options="-c statement_timeout=7s"
    )
    with connect(there, "a test") as one:
        shown = [
            one.execute(sql.SQL("SHOW {}").format(sql.Identifier(each))).fetchone()
            for each in ("application_name", "statement_timeout", "timezone")
        ]
    assert shown == [("theirs",), ("7s",), ("UTC",)]


def joined(
    record: Record, superuser: psycopg.Connection, *acts: Callable[[], Appended]
) -> list[Future[Appended]]:
    """Acts that share one transaction, because all came while another append had its turn."""
    recorder = record.application.store.recorder
    with ThreadPoolExecutor(len(acts) + 1) as threads:
        with append_lock_held(superuser):
            first = threads.submit(append_to_new, record)
            waiting_for(superuser, "advisory")
            coming = [threads.submit(act) for act in acts]
            while len(recorder._joiner._waiting) < len(acts):
                pass
        assert len(first.result().positions) == 1
    return coming


def test_of_commands_that_share_a_transaction_only_the_guilty_one_fails(
    record: Record, superuser: psycopg.Connection
) -> None:
    superuser.execute(POISON.format("'22000'"))
    poisoned, *others = joined(
        record,
        superuser,
        lambda: append_to_new(record, "test-poison"),
        lambda: append_to_new(record),
        lambda: append_to_new(record),
    )
    with pytest.raises(AppendImpossibleError, match="no room for this one"):
        poisoned.result()
    assert {each.result().positions[0] for each in others} == {2, 3}
    assert record.load("test-poison").version == 0


def test_where_the_database_is_at_fault_commands_are_not_tried_one_by_one(
    record: Record, superuser: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    superuser.execute(POISON.format("'53100'"))
    recorder = record.application.store.recorder
    calls: list[int] = []
    call_append = recorder._call_append

    def counting(connection: Any, commands: list[Command]) -> Any:  # noqa: ANN401
        calls.append(len(commands))
        return call_append(connection, commands)

    monkeypatch.setattr(recorder, "_call_append", counting)
    both = joined(
        record,
        superuser,
        lambda: append_to_new(record, "test-poison"),
        lambda: append_to_new(record),
    )
    for each in both:
        with pytest.raises(AppendFailedError):
            each.result()
    assert calls == [1, 2]


def test_a_lost_connection_is_never_followed_by_a_second_try(
    record: Record, superuser: psycopg.Connection
) -> None:
    recorder = record.application.store.recorder
    with ThreadPoolExecutor(3) as threads, append_lock_held(superuser):
        first = threads.submit(append_to_new, record)
        (backend,) = waiting_for(superuser, "advisory")
        others = [threads.submit(append_to_new, record) for _ in range(2)]
        while len(recorder._joiner._waiting) < 2:
            pass
        superuser.execute("SELECT pg_terminate_backend(%s, 10000)", (backend,))
        with pytest.raises(AcknowledgementLostError):
            first.result()
        (second,) = waiting_for(superuser, "advisory")
        superuser.execute("SELECT pg_terminate_backend(%s, 10000)", (second,))
        for each in others:
            with pytest.raises(AcknowledgementLostError):
                each.result()
    assert record.head() == 0


def test_nobody_hears_of_a_conflict_before_the_disk_has_what_conflicts(
    database: Database, key_file: KeyFile, proxy: Proxy
) -> None:
    """A crash may still take away what conflicts, and give its version to another event."""
    there = make_conninfo(database.url, host=proxy.host)
    with Record(there, database.ground, key_file, connections=1) as distant:
        stream = a_stream()
        behind = distant.load(stream).head
        append_numbers(distant, stream, 1)
        proxy.swallow_answer(2)  # the first is the conflict, the second that of the disk
        with pytest.raises(AcknowledgementLostError):
            distant.append(a_request(behind, Numbered(number=2)))
        with pytest.raises(StreamConflictError):
            distant.append(a_request(behind, Numbered(number=2)))


def test_a_ring_that_fails_leaves_the_append_as_it_is(tmp_path: Path) -> None:
    """A full queue of notifications, of a listener who does not come back from a transaction."""
    with a_site(tmp_path / "server") as site:
        superuser = site.server.url(site.database, Role.SUPERUSER)
        with psycopg.connect(superuser, autocommit=True) as one:
            one.execute("ALTER SYSTEM SET max_notify_queue_pages = 64")
        kill_postgresql(site.data)
        wait_until_it_answers(site)
        with psycopg.connect(superuser) as deaf, psycopg.connect(superuser) as loud:
            deaf.execute("LISTEN anything")
            deaf.commit()
            deaf.execute("SELECT 1")
            fill(loud)
            with site.record(connections=1) as record:
                assert append_to_new(record).positions == range(1, 2)
                assert append_to_new(record).positions == range(2, 3)


def fill(connection: psycopg.Connection) -> None:
    """Notify until the queue takes no more."""
    with pytest.raises(psycopg.OperationalError, match="too many notifications"):
        notify_for_ever(connection)


def notify_for_ever(connection: psycopg.Connection) -> None:
    while True:
        connection.execute("SELECT pg_notify('anything', repeat('x', 7000))")
        connection.commit()
