"""The whole-log check: page by page, in several processes, in whatever order it reads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from audit import reading
from audit.parallel_check import check_in_shares
from audit.record import Record
from audit.whole import Fault, Whole, check_whole
from bench.leaves import rows
from bench.province import Province
from bench.rebuild import lay
from tests.audit.said import append_numbers

if TYPE_CHECKING:
    from audit.keys.keyfile import KeyFile
    from tests.conftest import Database

STREAMS = {"case-a": 3, "seats-b": 2, "person-c": 3}

ALTERED = {
    "account:opened:1": '"fields":{},"more":{',
    "organisation:registered:1": "{",
    "case:submitted:1": "{",
}
"""What takes the place of the beginning of the fields in the last event of a topic."""


@pytest.fixture
def interleaved(record: Record, monkeypatch: pytest.MonkeyPatch) -> Record:
    """Three streams, an event of each in turn, of which two fit on a page."""
    monkeypatch.setattr(reading, "PAGE", 2)
    for number in range(1, 4):
        for stream, count in STREAMS.items():
            if number <= count:
                append_numbers(record, stream, number)
    return record


def test_every_event_is_on_one_page_whichever_order_is_read(interleaved: Record) -> None:
    read = interleaved.reading
    by_stream = [row[1:3] for page in read.by_stream(interleaved.head()) for row in page]
    assert by_stream == [
        (stream, version)
        for stream, count in sorted(STREAMS.items())
        for version in range(1, count + 1)
    ]
    positions = [row[0] for page in read.beside_cases(interleaved.head()) for row in page]
    assert positions == [2, 3, 5, 6, 8]


def test_spans_are_of_whole_streams_and_make_the_record_together(interleaved: Record) -> None:
    last, read = interleaved.head(), interleaved.reading
    for count in (1, 2, 3, 8, 20):
        spans = [
            {row[1]: row[2] for page in read.by_stream(last, span) for row in page}
            for span in read.spans(last, count)
        ]
        assert {name: version for span in spans for name, version in span.items()} == STREAMS
        assert sum(map(len, spans)) == len(STREAMS)
        assert min(2, count) <= len(spans) <= count


def test_what_is_appended_meanwhile_is_not_read(interleaved: Record) -> None:
    pages = [*interleaved.reading.by_stream(4), *interleaved.reading.beside_cases(4)]
    assert sorted(row[0] for page in pages for row in page) == [1, 2, 2, 3, 3, 4]


def test_how_much_was_checked_is_told_page_by_page(interleaved: Record) -> None:
    told: list[int] = []
    check_whole(interleaved, told.append)
    assert told == [2, 4, 6, 8]


def test_a_record_checked_in_shares_has_the_same_faults(
    record: Record, database: Database, key_file: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGE", 500)
    laid: Any = database
    lay(laid, rows(Province(), 1_000, database.origin))
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("ALTER TABLE record.event DISABLE TRIGGER ALL")
        owner.execute("DELETE FROM record.event WHERE notification_id = 70")
        owner.execute(
            "UPDATE record.event SET placed_at = placed_at - interval '1 hour'"
            " WHERE notification_id = 90"
        )
        for topic, said in ALTERED.items():
            altered = owner.execute(
                "UPDATE record.event SET state = convert_to("
                " replace(convert_from(state, 'UTF8'), '\"fields\":{', %s), 'UTF8')"
                " WHERE notification_id ="
                " (SELECT max(notification_id) FROM record.event WHERE topic = %s)",
                (said, topic),
            )
            assert altered.rowcount == 1
    whole = check_whole(record)
    shared = check_in_shares(partial(Record, database.url, database.ground, key_file))
    assert Fault(71, "POSITION_MISSING", "before 71") in whole.faults
    assert {"TIME_WENT_BACK", "LEAF_UNREADABLE", "VERSION_MISSING"} <= {
        each.code for each in whole.faults
    }
    whole.verdicts, whole.rights = {}, {}
    assert len({*whole.faults}) == len(whole.faults)
    assert sorted(shared.faults, key=repr) == sorted(whole.faults, key=repr)
    assert shared == Whole(whole.positions, whole.streams, whole.cases, shared.faults)
    assert shared.cases
