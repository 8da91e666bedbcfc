"""No clock that is wrong carries the record along, and what was wrong is told and gone on from."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest

from audit.append.errors import AppendImpossibleError
from audit.migrate import migrate
from audit.record import Record, RecordAheadError
from audit.whole import check_whole
from domain.single_events import TimeResumed
from tests.audit.said import Numbered, a_request, a_stream, append_numbers
from tests.audit.true_times import ORIGIN, now, taking_any_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audit.keys.keyfile import KeyFile
    from tests.conftest import Database

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def true_database(empty_database: Callable[[], Database]) -> Database:
    """A record whose clock nobody can set."""
    made = empty_database()
    migrate(made.owner_url, made.ground, ORIGIN, now())
    return made


@pytest.fixture
def opened(true_database: Database, key_file: KeyFile) -> Iterator[Callable[[], Record]]:
    """Opens the record anew, as a process that starts does."""
    records: list[Record] = []

    def open_() -> Record:
        records.append(Record(true_database.url, true_database.ground, key_file, connections=2))
        return records[-1]

    yield open_
    for each in records:
        each.close()


def resume(record: Record, wrong_from: int | None, **more: object) -> None:
    """Put on record that times go on from the true one."""
    stream = record.load(a_stream())
    resumed = TimeResumed(document="某文〔2026〕1号", wrong_from=wrong_from)
    record.append(a_request(stream.head, resumed, **{"at": now(), **more}))


def carried_ahead(record: Record, database: Database) -> str:
    """Two events of now, then one of each of the next days, all of one stream: its name."""
    stream = a_stream()
    append_numbers(record, stream, 1, 2, at=now())
    with taking_any_time(database):
        for number in range(3, 6):
            append_numbers(record, stream, number, at=now() + (number - 2) * DAY)
    return stream


def test_no_append_carries_the_record_ahead_of_the_database(
    opened: Callable[[], Record],
) -> None:
    record = opened()
    append_numbers(record, a_stream(), 1, at=now() + timedelta(seconds=30))
    with pytest.raises(RecordAheadError) as refused:
        append_numbers(record, a_stream(), 2, at=now() + HOUR)
    assert 3500 < refused.value.seconds < 3600
    assert record.head() == 1


def test_a_demonstration_goes_as_its_clock_is_set(record: Record) -> None:
    append_numbers(record, a_stream(), 1, at=now() + 1000 * DAY)
    assert record.times().latest is None
    assert not record.times().ahead
    with pytest.raises(AppendImpossibleError):
        resume(record, 1)


def test_a_record_that_stands_ahead_takes_nothing_until_its_time_is_resumed(
    opened: Callable[[], Record], true_database: Database
) -> None:
    record = opened()
    stream = carried_ahead(record, true_database)
    with pytest.raises(RecordAheadError):
        append_numbers(record, stream, 6, at=now())
    times = record.times()
    assert (times.ahead, times.silent, times.first_ahead) == (True, False, 3)
    assert times.since == times.latest

    before = now()
    resume(record, 3)
    later = opened()
    append_numbers(later, stream, 6, at=now())
    rows, events = later.rows(0, 10), later.load(stream).recorded
    assert before < rows[5][-1] <= rows[6][-1] < now()
    assert before < events[-1].recorded_at < now()
    assert not later.times().ahead
    assert check_whole(later).faults == []


def test_what_had_a_wrong_time_counts_as_known_from_when_times_were_resumed(
    opened: Callable[[], Record], true_database: Database
) -> None:
    record = opened()
    carried_ahead(record, true_database)
    second = record.rows(1, 1)[0][-1]
    resume(record, 3)
    resumed = record.rows(5, 1)[0][-1]
    assert record.position_at(second - timedelta(microseconds=1)) == 0
    assert record.position_at(second) == 2
    assert record.position_at(resumed - timedelta(microseconds=1)) == 2
    assert record.position_at(resumed) == 6
    assert record.position_at(now() + 2 * DAY) == 6


def test_times_that_look_right_can_be_wrong_as_well(
    opened: Callable[[], Record], true_database: Database
) -> None:
    record = opened()
    carried_ahead(record, true_database)
    second = record.rows(1, 1)[0][-1]
    resume(record, 2)
    assert record.position_at(second) == 1
    assert record.position_at(now()) == 6


def test_times_can_go_wrong_twice(opened: Callable[[], Record], true_database: Database) -> None:
    record = opened()
    carried_ahead(record, true_database)
    resume(record, 3)
    carried_ahead(record, true_database)
    assert record.times().first_ahead == 9
    resume(record, 2)
    assert record.position_at(now()) == 12
    assert record.position_at(record.rows(11, 1)[0][-1] - timedelta(microseconds=1)) == 1


@pytest.mark.parametrize("wrong_from", [None, 0, 4, 5, 6])
def test_times_are_resumed_from_no_other_position(
    opened: Callable[[], Record], true_database: Database, wrong_from: int | None
) -> None:
    record = opened()
    carried_ahead(record, true_database)
    with pytest.raises((AppendImpossibleError, RecordAheadError)):
        resume(record, wrong_from)
    assert record.head() == 5


@pytest.mark.parametrize("wrong_from", [None, 1])
def test_nobody_resumes_a_time_that_is_right(
    opened: Callable[[], Record], wrong_from: int | None
) -> None:
    record = opened()
    append_numbers(record, a_stream(), 1, 2, at=now())
    with pytest.raises(AppendImpossibleError):
        resume(record, wrong_from)


@pytest.mark.parametrize("off", [-HOUR, HOUR])
def test_times_are_resumed_by_the_databases_clock(
    opened: Callable[[], Record], true_database: Database, off: timedelta
) -> None:
    record = opened()
    carried_ahead(record, true_database)
    with pytest.raises((AppendImpossibleError, RecordAheadError)):
        resume(record, 3, at=now() + off)


def test_times_are_resumed_by_one_event_alone(
    opened: Callable[[], Record], true_database: Database
) -> None:
    record = opened()
    carried_ahead(record, true_database)
    resumed = TimeResumed(document="某文〔2026〕1号", wrong_from=3)
    head = record.load(a_stream()).head
    with pytest.raises(AppendImpossibleError):
        record.append(a_request(head, resumed, Numbered(number=1), at=now()))


def test_after_a_long_silence_somebody_says_that_the_clocks_are_right(
    opened: Callable[[], Record],
) -> None:
    record = opened()
    append_numbers(record, a_stream(), 1, at=now() - 401 * DAY)
    with pytest.raises(RecordAheadError):
        append_numbers(record, a_stream(), 2, at=now())
    assert (record.times().ahead, record.times().silent) == (False, True)
    with pytest.raises(AppendImpossibleError):
        resume(record, 1)
    resume(record, None)
    append_numbers(record, a_stream(), 2, at=now())
    assert record.position_at(now() - DAY) == 1
    assert record.position_at(now()) == 3


def test_a_time_that_went_back_unexplained_is_a_fault(
    opened: Callable[[], Record], true_database: Database
) -> None:
    record = opened()
    append_numbers(record, a_stream(), 1, 2, at=now())
    with psycopg.connect(true_database.superuser_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("ALTER TABLE record.event DISABLE TRIGGER append_only")
        connection.execute(
            "UPDATE record.event SET placed_at = placed_at - interval '1 hour'"
            " WHERE notification_id = 2"
        )
    assert [each.code for each in check_whole(record).faults] == ["TIME_WENT_BACK"]
