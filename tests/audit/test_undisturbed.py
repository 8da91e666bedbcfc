"""Who was overtaken again and again decides while all others wait, and keeps nobody for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

import psycopg
import pytest

from audit.append import recorder
from audit.record import AcknowledgementLostError, Record
from tests.audit.said import Numbered, a_request, a_stream, append_numbers

if TYPE_CHECKING:
    from audit.keys.keyfile import KeyFile
    from tests.conftest import Database

_THE_HOLDER = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_locks
WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
"""


def test_nobody_of_whatever_process_appends_meanwhile(
    database: Database, key_file: KeyFile, record: Record
) -> None:
    with (
        Record(database.url, database.ground, key_file) as elsewhere,
        ThreadPoolExecutor() as threads,
    ):
        with record.undisturbed():
            others = [
                threads.submit(append_numbers, each, a_stream(), 1) for each in (record, elsewhere)
            ]
            assert not wait(others, timeout=0.5).done
            own = append_numbers(record, a_stream(), 2, 3)
            assert not wait(others, timeout=0.5).done
        positions = [each.result().positions[0] for each in others]
    assert [*own.positions] == [1, 2]
    assert sorted(positions) == [3, 4]


def test_more_than_there_are_connections_for_each_have_their_turn(
    database: Database, key_file: KeyFile
) -> None:
    stream = a_stream()
    with Record(database.url, database.ground, key_file, connections=2) as narrow:
        append_numbers(narrow, stream, 0)

        def go_on(number: int) -> None:
            with narrow.undisturbed():
                head = narrow.load(stream).head
                narrow.append(a_request(head, Numbered(number=number)))

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(go_on, range(1, 9)))
        assert narrow.load(stream).version == 9


def test_what_is_done_within_by_another_way_is_undisturbed_too(record: Record) -> None:
    with record.undisturbed(), record.undisturbed():
        append_numbers(record, a_stream(), 1)
    assert append_numbers(record, a_stream(), 2).positions == range(2, 3)


def test_nobody_waits_for_who_has_died(database: Database, record: Record) -> None:
    with (
        record.undisturbed(),
        ThreadPoolExecutor() as threads,
        psycopg.connect(database.url, autocommit=True) as killing,
    ):
        other = threads.submit(append_numbers, record, a_stream(), 1)
        assert not wait([other], timeout=0.5).done
        killing.execute(_THE_HOLDER)
        assert other.result(60).positions == range(1, 2)
        with pytest.raises(AcknowledgementLostError):
            append_numbers(record, a_stream(), 2)
    assert append_numbers(record, a_stream(), 3).positions == range(2, 3)


def test_nobody_waits_long_for_who_never_goes_on(
    database: Database, key_file: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "SECONDS_UNDISTURBED", 1)
    with (
        Record(database.url, database.ground, key_file) as record,
        record.undisturbed(),
        ThreadPoolExecutor() as threads,
    ):
        other = threads.submit(append_numbers, record, a_stream(), 1)
        assert other.result(60).positions == range(1, 2)
        with pytest.raises(AcknowledgementLostError):
            append_numbers(record, a_stream(), 2)
