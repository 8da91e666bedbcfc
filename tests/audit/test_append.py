"""What an append promises: order, whole commands, and a record that stands as it was read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from eventsourcing.persistence import ProgrammingError

from audit.append import flushing
from audit.append.calling import say
from audit.append.recorder import RecordRecorder
from audit.leaf.hashing import leaf_hash
from audit.record import (
    AppendRefusedError,
    AppendRequest,
    Head,
    KeyDestroyedError,
    Record,
    StreamConflict,
    StreamConflictError,
    Write,
)
from tests.audit.at_database import append, writing
from tests.audit.said import (
    JOB,
    NOON,
    OFFICE,
    ZHANG,
    Numbered,
    Said,
    a_request,
    a_stream,
    append_numbers,
    destroy,
)

if TYPE_CHECKING:
    from audit.keys.keyfile import KeyFile
    from tests.conftest import Database


def numbers_of(record: Record, stream: str) -> list[int]:
    events = record.load(stream).events
    return [event.number for event in events if isinstance(event, Numbered)]


def test_events_get_positions_and_versions_from_one_without_a_gap(record: Record) -> None:
    one, other = a_stream(), a_stream()
    assert append_numbers(record, one, 10, 11).positions == range(1, 3)
    assert append_numbers(record, other, 20).positions == range(3, 4)
    assert append_numbers(record, one, 12).positions == range(4, 5)
    assert [row[:3] for row in record.rows(0, 10)] == [
        (1, one, 1),
        (2, one, 2),
        (3, other, 1),
        (4, one, 3),
    ]


def test_what_was_appended_is_what_is_loaded(record: Record) -> None:
    stream = a_stream()
    appended = record.append(
        a_request(Head.new(stream), Said(words=ZHANG), Numbered(number=2), request="request-1")
    )
    assert record.load(stream).recorded == appended.recorded
    assert appended.heads == {stream: record.load(stream).head}


def test_a_stream_that_does_not_exist_has_an_empty_history(record: Record) -> None:
    history = record.load("case-none")
    assert history.version == 0
    assert history.events == ()
    assert history.head == Head.new("case-none")


def test_each_leaf_names_the_hash_of_the_one_before_it(record: Record) -> None:
    stream = a_stream()
    append_numbers(record, stream, 1, 2)
    append_numbers(record, stream, 3)
    leaves = [row[4] for row in record.rows(0, 10)]
    recorded = record.load(stream).recorded
    assert [one.previous for one in recorded] == [None, *map(leaf_hash, leaves[:2])]
    assert [one.leaf_hash for one in recorded] == list(map(leaf_hash, leaves))


def test_one_command_may_write_several_streams_or_none_of_them(record: Record) -> None:
    one, other = a_stream(), a_stream()
    append_numbers(record, other, 1)
    request = AppendRequest(
        writes=(
            Write(Head.new(one), (Numbered(number=2),)),
            Write(Head.new(other), (Numbered(number=3),)),
        ),
        actor=JOB,
        at=NOON,
        command="command-1",
    )
    with pytest.raises(StreamConflictError) as refused:
        record.append(request)
    assert refused.value.conflicts == (StreamConflict(other, 0, 1),)
    assert numbers_of(record, one) == []
    head = record.load(other).head
    moved = replace(request, writes=(request.writes[0], Write(head, (Numbered(number=3),))))
    assert record.append(moved).positions == range(2, 4)


def test_a_stream_that_was_only_read_must_stand_as_it_was_read(record: Record) -> None:
    read, written = a_stream(), a_stream()
    append_numbers(record, read, 1)
    head = record.load(read).head
    append_numbers(record, read, 2)
    with pytest.raises(StreamConflictError) as refused:
        record.append(a_request(Head.new(written), Numbered(number=3), checks=(head,)))
    assert refused.value.conflicts == (StreamConflict(read, 1, 2),)
    now = record.load(read).head
    record.append(a_request(Head.new(written), Numbered(number=3), checks=(now,)))
    assert numbers_of(record, written) == [3]


def test_a_stream_that_was_absent_must_still_be_absent(record: Record) -> None:
    absent, written = a_stream(), a_stream()
    append_numbers(record, absent, 1)
    with pytest.raises(StreamConflictError):
        record.append(a_request(Head.new(written), Numbered(number=1), checks=(Head.new(absent),)))


def test_the_same_version_with_another_event_is_a_conflict(record: Record) -> None:
    """After a crash another event may have the version of one that was seen and lost."""
    stream = a_stream()
    append_numbers(record, stream, 1)
    lost = replace(record.load(stream).head, leaf_hash=bytes(32))
    with pytest.raises(StreamConflictError) as refused:
        record.append(a_request(lost, Numbered(number=2)))
    assert refused.value.conflicts == (StreamConflict(stream, 1, 1),)


def test_all_conflicts_are_told_at_once(record: Record) -> None:
    one, other = a_stream(), a_stream()
    append_numbers(record, one, 1)
    append_numbers(record, other, 1)
    with pytest.raises(StreamConflictError) as refused:
        record.append(a_request(Head.new(one), Numbered(number=2), checks=(Head.new(other),)))
    assert set(refused.value.conflicts) == {StreamConflict(one, 0, 1), StreamConflict(other, 0, 1)}


def test_a_refused_append_leaves_no_hole_in_the_positions(record: Record) -> None:
    stream = a_stream()
    append_numbers(record, stream, 1)
    with pytest.raises(AppendRefusedError):
        record.append(a_request(Head.new(stream), Numbered(number=2)))
    assert append_numbers(record, stream, 2).positions == range(2, 3)


def test_a_rolled_back_append_leaves_no_hole_in_the_positions(
    record: Record, database: Database
) -> None:
    stream = a_stream()
    append_numbers(record, stream, 1)
    with psycopg.connect(database.url) as connection:
        append(connection, [writing("x")], [b"{}"])
        connection.rollback()
    assert append_numbers(record, stream, 2).positions == range(2, 3)


@pytest.mark.parametrize("leaves", [[], [b"{}", b"{}"]])
def test_leaves_without_topics_and_topics_without_leaves_write_nothing(
    record: Record, database: Database, leaves: list[bytes]
) -> None:
    with psycopg.connect(database.url) as connection, pytest.raises(psycopg.Error):
        append(connection, [writing("x")], leaves)
    assert record.head() == 0


def test_an_append_under_a_snapshot_of_the_past_is_refused(database: Database) -> None:
    with psycopg.connect(database.url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with pytest.raises(psycopg.errors.InvalidTransactionState):
            append(connection, [], [])


def test_a_command_without_an_event_is_refused(record: Record) -> None:
    with pytest.raises(ValueError, match="no event"):
        record.append(a_request(Head.new(a_stream())))


def test_the_time_of_a_stream_does_not_go_back_with_the_clock(record: Record) -> None:
    stream = a_stream()
    append_numbers(record, stream, 1)
    append_numbers(record, stream, 2, at=NOON - timedelta(hours=1))
    assert [one.recorded_at for one in record.load(stream).recorded] == [NOON, NOON]


def test_the_time_of_positions_does_not_go_back_across_streams(record: Record) -> None:
    one, other = a_stream(), a_stream()
    append_numbers(record, one, 1)
    early = NOON - timedelta(hours=1)
    append_numbers(record, other, 2, at=early)
    event = record.load(other).recorded[0]
    assert event.recorded_at == early
    assert event.placed_at == NOON


def test_of_two_appends_to_one_stream_at_once_one_is_refused(record: Record) -> None:
    stream = a_stream()
    append_numbers(record, stream, 0)
    head = record.load(stream).head

    def attempt(number: int) -> bool:
        try:
            record.append(a_request(head, Numbered(number=number)))
        except StreamConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(attempt, range(1, 9)))
    assert won.count(True) == 1
    assert numbers_of(record, stream) == [0, won.index(True) + 1]


def test_a_refused_command_does_not_disturb_those_that_share_its_transaction(
    record: Record,
) -> None:
    taken = a_stream()
    append_numbers(record, taken, 0)

    def attempt(number: int) -> bool:
        stream = taken if number % 2 else a_stream()
        try:
            record.append(a_request(Head.new(stream), Numbered(number=number)))
        except StreamConflictError:
            return False
        return True

    with ThreadPoolExecutor(12) as threads:
        done = list(threads.map(attempt, range(60)))
    assert done == [number % 2 == 0 for number in range(60)]
    assert [row[0] for row in record.rows(0, 100)] == list(range(1, 32))


def test_nothing_is_sealed_under_a_key_that_is_destroyed(record: Record) -> None:
    stream = a_stream()
    record.append(a_request(Head.new(stream), Said(words=OFFICE)))
    destroy(record, "person-wang/official/1")
    with pytest.raises(KeyDestroyedError):
        record.append(a_request(record.load(stream).head, Said(words=OFFICE)))


def test_a_key_destroyed_behind_our_back_is_noticed_by_the_append(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    """The key is still in this process's memory, and the database knows better."""
    stream = a_stream()
    record.append(a_request(Head.new(stream), Said(words=OFFICE)))
    with Record(database.url, database.ground, key_file) as elsewhere:
        destroy(elsewhere, "person-wang/official/1")
    with pytest.raises(KeyDestroyedError):
        record.append(a_request(record.load(stream).head, Said(words=OFFICE)))


def test_an_append_is_two_transactions_and_the_disk_has_the_first_when_it_returns(
    record: Record, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    between: list[object] = []
    wait_for_disk = RecordRecorder.wait_for_disk
    with psycopg.connect(database.superuser_url, autocommit=True) as other:

        def look_and_wait(recorder: RecordRecorder, connection: Any) -> None:  # noqa: ANN401
            query = "SELECT count(*), pg_current_wal_insert_lsn() FROM record.event"
            between.extend(other.execute(query).fetchone() or ())
            wait_for_disk(recorder, connection)

        monkeypatch.setattr(RecordRecorder, "wait_for_disk", look_and_wait)
        append_numbers(record, a_stream(), 1)
        seen, committed = between
        flushed = other.execute("SELECT pg_current_wal_flush_lsn() >= %s", (committed,)).fetchone()
    assert seen == 1  # the first transaction was over before the second began
    assert flushed == (True,)


def test_the_settings_of_a_session_survive_an_append(database: Database) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        append(connection, [writing("x")], [b"{}"])
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)


def test_an_append_stands_though_nobody_could_be_told(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = record.application.store.recorder
    untold = recorder._flush_and_tell.replace(b"NOTIFY", b"SELECT FROM")
    monkeypatch.setattr(recorder, "_flush_and_tell", untold)
    assert append_numbers(record, a_stream(), 1).positions == range(1, 2)


def test_each_record_of_a_database_has_followers_of_its_own(
    record: Record, database: Database
) -> None:
    with psycopg.connect(database.url, autocommit=True) as follower:
        follower.execute(f'LISTEN "{database.ground.schema}.event"')
        append_numbers(record, a_stream(), 1)
        assert [*follower.notifies(timeout=60, stop_after=1)] != []


def test_what_the_disk_has_is_not_flushed_again(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    append_numbers(record, a_stream(), 1)
    assert record.flushed_head() == 1
    monkeypatch.setattr(flushing, "FLUSH", "SELECT FROM nowhere")
    assert record.flushed_head() == 1
    append_numbers(record, a_stream(), 2)
    with pytest.raises(ProgrammingError):
        record.flushed_head()


def test_of_several_statements_those_that_are_needed_must_not_fail(database: Database) -> None:
    statements = b"SELECT 1; SELECT FROM nowhere"
    with psycopg.connect(database.url, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.UndefinedTable):
            say(connection, statements, needed=2)
        say(connection, statements, needed=1)
