"""Reading in order, as of an instant, behind the flush barrier, and on a ring of the bell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest

from audit.history import History, StreamBrokenError
from audit.leaf.canonical import NotCanonicalError
from audit.leaf.wire import UnreadableError
from audit.record import Head, PositionLostError
from tests.audit.said import NOON, ZHANG, Numbered, Said, a_request, a_stream, append_numbers

if TYPE_CHECKING:
    from audit.record import Record
    from tests.conftest import Database


def test_events_are_read_in_order_of_position_page_by_page(record: Record) -> None:
    for number in range(5):
        append_numbers(record, a_stream(), number)
    pages = [record.read(after, 2) for after in (0, 2, 4, 5)]
    assert [[one.position for one in page] for page in pages] == [[1, 2], [3, 4], [5], []]
    assert [one.event for one in pages[2]] == [Numbered(number=4)]


def test_an_event_read_in_order_is_the_one_loaded_from_its_stream(record: Record) -> None:
    stream = a_stream()
    append_numbers(record, stream, 1, 2)
    assert tuple(record.read(0, 10)) == record.load(stream).recorded


def test_an_empty_record_has_no_head(record: Record) -> None:
    assert record.head() == record.flushed_head() == 0
    assert record.rows(0, 10) == []
    assert record.position_at(NOON) == 0


def test_what_is_acknowledged_is_flushed(record: Record) -> None:
    appended = append_numbers(record, a_stream(), 1, 2)
    record.wait_until_flushed(appended.positions[-1])
    assert record.flushed_head() == record.head() == 2
    assert [row[0] for row in record.rows(0, 10, flushed_only=True)] == [1, 2]


def test_waiting_for_a_position_that_the_record_does_not_have_is_an_error(record: Record) -> None:
    append_numbers(record, a_stream(), 1)
    with pytest.raises(PositionLostError):
        record.wait_until_flushed(2)


def test_the_record_knows_what_it_held_at_any_instant(record: Record) -> None:
    for hour in range(20):
        append_numbers(record, a_stream(), hour, at=NOON + timedelta(hours=hour // 2))
    assert record.position_at(NOON - timedelta(microseconds=1)) == 0
    for hour in range(10):
        at = NOON + timedelta(hours=hour)
        assert record.position_at(at) == 2 * hour + 2
        assert record.position_at(at + timedelta(minutes=59)) == 2 * hour + 2
    assert record.position_at(NOON + timedelta(days=1)) == 20


def test_a_history_can_be_cut_at_a_position(record: Record) -> None:
    stream = a_stream()
    append_numbers(record, stream, 1)
    append_numbers(record, a_stream(), 9)
    append_numbers(record, stream, 2)
    history = record.load(stream)
    assert history.as_of(2).version == 1
    assert history.as_of(3) == history
    assert history.as_of(0).head == Head.new(stream)


def test_the_bell_rings_once_events_are_flushed(record: Record) -> None:
    with record.bell() as bell:
        assert bell.wait(1)  # what rang before is not known
        assert not bell.wait(0.01)
        append_numbers(record, a_stream(), 1)
        assert bell.wait(10)


def test_a_bell_whose_connection_was_cut_listens_again(record: Record, database: Database) -> None:
    with record.bell() as bell:
        assert bell.wait(1)
        with psycopg.connect(database.superuser_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
                " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            )
        assert not bell.wait(0.01)
        assert bell.wait(1)
        append_numbers(record, a_stream(), 1)
        assert bell.wait(10)


def test_a_record_serves_again_after_its_connections_were_cut(
    record: Record, database: Database
) -> None:
    append_numbers(record, a_stream(), 1)
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    assert append_numbers(record, a_stream(), 2).positions == range(2, 3)


def as_superuser(database: Database, statement: str) -> None:
    """What only somebody who breaks in can do."""
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE record.event DISABLE TRIGGER append_only")
        connection.execute(statement.encode())


def test_a_row_that_is_not_about_its_leaf_is_not_read(record: Record, database: Database) -> None:
    append_numbers(record, "test-here", 1)
    as_superuser(database, "UPDATE record.event SET originator_id = 'test-there'")
    with pytest.raises(UnreadableError, match="position 1"):
        record.load("test-there")


def test_a_leaf_that_was_altered_is_not_read(record: Record, database: Database) -> None:
    append_numbers(record, "test-here", 1)
    as_superuser(database, "UPDATE record.event SET state = state || ' '::bytea")
    with pytest.raises(NotCanonicalError):
        record.load("test-here")


def test_a_stream_with_an_event_taken_out_is_not_read(record: Record, database: Database) -> None:
    append_numbers(record, "test-here", 1, 2, 3)
    as_superuser(database, "DELETE FROM record.event WHERE originator_version = 2")
    with pytest.raises(StreamBrokenError, match="version 3"):
        record.load("test-here")


def test_a_stream_with_an_event_exchanged_is_not_read(record: Record, database: Database) -> None:
    append_numbers(record, "test-here", 1, 2)
    as_superuser(
        database,
        "UPDATE record.event SET state = convert_to(replace(convert_from(state, 'UTF8'),"
        " '\"number\":1', '\"number\":7'), 'UTF8') WHERE originator_version = 1",
    )
    with pytest.raises(StreamBrokenError, match="version 2"):
        record.load("test-here")


def test_a_stream_whose_hashes_fit_and_whose_versions_do_not_is_none(record: Record) -> None:
    append_numbers(record, "test-here", 1, 2)
    first, second = record.load("test-here").recorded
    with pytest.raises(StreamBrokenError, match="version 3"):
        History.of("test-here", (first, replace(second, version=3)))


def test_words_stay_sealed_on_their_way_into_a_view_and_open_when_shown(record: Record) -> None:
    record.append(a_request(Head.new(a_stream()), Said(words=ZHANG)))
    event = record.read(0, 1)[0].event
    assert isinstance(event, Said)
    token = getattr(event.words, "token")  # noqa: B009 -- only sealed words have one
    assert "张三" not in token
    assert record.opened([token]) == [ZHANG]


def test_words_are_found_blindly(record: Record) -> None:
    assert record.blind("person-name", "张三") == record.blind("person-name", "张三")
    assert record.blind("person-name", "张三") != record.blind("person-name", "张三丰")
    assert record.blind("person-name", "张三") != record.blind("phone", "张三")
