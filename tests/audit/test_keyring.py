"""Sealing keys in the database: made once, wrapped, destroyed with a tombstone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg
import pytest
from eventsourcing.persistence import DatabaseError

from audit.keys.keyfile import Use
from audit.keys.keyring import SECONDS_KEPT, KeyMissingError, Keyring
from audit.record import Head
from tests.audit.said import NOON, ZHANG, Said, a_request, append_numbers

if TYPE_CHECKING:
    from audit.keys.keyfile import KeyFile
    from audit.record import Record
    from tests.conftest import Database

KEY = "person-zhang/applicant/1"


def a_keyring(record: Record, key_file: KeyFile, seconds: list[float]) -> Keyring:
    """The keyring of another process, whose clock is the last of ``seconds``."""
    return Keyring(record._datastore, key_file, record.origin, lambda: seconds[-1])


def test_a_key_is_made_when_words_of_an_owner_are_first_recorded(record: Record) -> None:
    with pytest.raises(KeyMissingError):
        record.keys.find(KEY)
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    assert record.keys.find(KEY) is not None


def test_all_who_seal_at_once_for_a_new_owner_use_one_key(record: Record) -> None:
    def say(number: int) -> None:
        record.append(a_request(Head.new(f"test-{number}"), Said(words=ZHANG)))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(say, range(8)))
    events = [one.event for one in record.read(0, 10)]
    assert [event.words.text for event in events if isinstance(event, Said)] == [ZHANG.text] * 8


def test_destroyed_words_are_gone_and_their_event_stays(record: Record) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    before = record.rows(0, 10)
    assert record.keys.destroy([KEY], 1, NOON) == 1
    assert record.rows(0, 10) == before
    event = record.load("test-a").events[0]
    assert isinstance(event, Said)
    assert event.words.text is None


def test_destroying_again_changes_nothing(record: Record) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    record.keys.destroy([KEY], 1, NOON)
    assert record.keys.destroy([KEY], 1, NOON) == 0


def test_a_key_is_destroyed_only_by_order_of_an_event(record: Record) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    with pytest.raises(DatabaseError, match="no event stands at position 2"):
        record.keys.destroy([KEY], 2, NOON)
    assert record.keys.find(KEY) is not None


def test_a_missing_key_without_a_tombstone_is_an_error_and_no_erasure(
    record: Record, key_file: KeyFile, database: Database
) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    with psycopg.connect(database.superuser_url) as connection:
        connection.execute("ALTER TABLE record.sealing_key DISABLE TRIGGER ALL")
        connection.execute("DELETE FROM record.sealing_key")
    with pytest.raises(KeyMissingError, match=KEY):
        a_keyring(record, key_file, [0.0]).find(KEY)


def test_another_process_notices_a_destroyed_key_within_a_minute(
    record: Record, key_file: KeyFile
) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    seconds = [0.0]
    other = a_keyring(record, key_file, seconds)
    assert other.find(KEY) is not None
    record.keys.destroy([KEY], 1, NOON)
    seconds.append(SECONDS_KEPT)
    assert other.find(KEY) is not None
    seconds.append(SECONDS_KEPT + 1)
    assert other.find(KEY) is None


def test_words_sealed_before_a_rotation_still_open(record: Record, key_file: KeyFile) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    key_file.rotate(Use.WRAPPING)
    assert a_keyring(record, key_file, [0.0]).find(KEY) is not None


def test_the_same_key_is_not_unwrapped_for_another_id(record: Record) -> None:
    epoch, wrapped = record.keys.wrap(KEY, bytes(32))
    assert record.keys.unwrap(KEY, epoch, wrapped) == bytes(32)
    with pytest.raises(Exception, match="does not unwrap"):
        record.keys.unwrap("person-li/applicant/1", epoch, wrapped)


def test_nothing_is_wrapped_under_a_retired_epoch(
    record: Record, key_file: KeyFile, database: Database
) -> None:
    """A process that has not heard of a rotation reads the key file again."""
    append_numbers(record, "test-a", 1)
    stale = a_keyring(record, type(key_file)(key_file.path), [0.0])
    stale.create("person-a/applicant/1")
    key_file.rotate(Use.WRAPPING)
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("UPDATE record.wrapping_epoch SET retired_at = now() WHERE epoch = 1")
    stale.create("person-b/applicant/1")
    with psycopg.connect(database.url) as connection:
        rows = connection.execute("SELECT key_id, epoch FROM record.sealing_key ORDER BY 1")
        assert rows.fetchall() == [("person-a/applicant/1", 1), ("person-b/applicant/1", 2)]
