"""Sealing keys in the database: made once, wrapped, destroyed with a tombstone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from audit.append.errors import KeyDestroyedError
from audit.append.plan import Command, Placed, Plan
from audit.keys.keyfile import KeyFile, KeyFileError, Use
from audit.keys.keyring import SECONDS_KEPT, KeyMissingError, Keyring
from audit.keys.sealing import Sealed
from audit.record import Head
from domain.personal import Personal, Purpose
from tests.audit.said import (
    NOON,
    OFFICE,
    ZHANG,
    Ordered,
    Said,
    a_request,
    append_numbers,
    destroy,
)

if TYPE_CHECKING:
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
    before = record.rows(0, 1)
    assert destroy(record, KEY) == 1
    assert record.rows(0, 1) == before
    event = record.load("test-a").events[0]
    assert isinstance(event, Said)
    assert event.words.text is None


def test_destroying_again_changes_nothing(record: Record) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    destroy(record, KEY)
    assert record.keys.destroy(2, NOON) == 0


@pytest.mark.parametrize("position", [1, 2, 3, 9])
def test_a_key_is_destroyed_only_by_the_event_that_orders_it(
    record: Record, database: Database, position: int
) -> None:
    """Position 1 says words under the key, 2 and 3 name other keys, and 9 is not there."""
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    others = Ordered(keys=("person-li/applicant/1", "person-zhang/official/1"))
    record.append(a_request(Head.new("test-b"), others, Ordered(keys=())))
    with psycopg.connect(database.url) as connection:
        row = connection.execute("SELECT record.destroy_keys(%s, now())", (position,)).fetchone()
    assert row == (0,)
    record.keys.forget()
    assert record.keys.find(KEY) is not None


def test_nobody_is_shown_words_or_seals_any_from_the_order_on(record: Record) -> None:
    """Between the order and its carrying out: a crash may lie between the two, or a backup."""
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    ordered = record.append(a_request(Head.new("test-b"), Ordered(keys=(KEY,))))
    record.keys.forget()
    assert record.keys.find(KEY) is None
    record.append(a_request(Head.new("test-c"), Said(words=ZHANG)))
    assert record.keys.destroy(ordered.positions[0], NOON) == 1
    said = record.load("test-c").events[0]
    assert isinstance(said, Said)
    assert said.words.text == ZHANG.text


def test_an_order_and_words_under_its_key_in_one_batch_do_not_pass_one_another(
    record: Record,
) -> None:
    """What is sealed behind the order, by a process that has the key at hand, is refused."""
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    recorder = record.application.store.recorder
    orders, seals = Plan(at=NOON, orders=True), Plan(at=NOON, key_ids=[KEY])
    leaf = b'{"fields":{"keys":["person-zhang/applicant/1"]}}'
    commands = [
        Command.of([StoredEvent("test-b", 1, "test:ordered:1", leaf)], orders),
        Command.of([StoredEvent("test-c", 1, "test:said:1", b"{}")], seals),
    ]
    with recorder.append_all(commands) as outcomes:
        assert [type(each) for each in outcomes] == [Placed, KeyDestroyedError]


def test_a_key_that_was_ordered_to_go_before_it_was_made_is_never_made(record: Record) -> None:
    """Or the next order, which names the next generation, would not reach what was said since."""
    record.append(a_request(Head.new("test-a"), Said(words=OFFICE)))
    ordered = record.append(a_request(Head.new("test-b"), Ordered(keys=(KEY,))))
    record.append(a_request(Head.new("test-c"), Said(words=ZHANG)))
    assert record.keys.destroy(ordered.positions[0], NOON) == 0
    said = record.load("test-c").events[0]
    assert isinstance(said, Said)
    assert isinstance(said.words, Sealed)
    assert said.words.key_id == "person-zhang/applicant/2"
    assert said.words.text == ZHANG.text


def test_whoever_was_erased_and_is_still_known_gets_a_key_of_the_next_generation(
    record: Record,
) -> None:
    for generation in (1, 2, 3):
        stream = f"said-{generation}"
        record.append(a_request(Head.new(stream), Said(words=ZHANG)))
        assert destroy(record, f"person-zhang/applicant/{generation}") == 1
    record.append(a_request(Head.new("said-4"), Said(words=ZHANG)))
    said = [record.load(f"said-{number}").events[0] for number in (1, 2, 3, 4)]
    assert [each.words.text for each in said if isinstance(each, Said)] == [
        *(None, None, None, ZHANG.text)
    ]


def test_of_whoever_was_forgotten_altogether_nothing_more_is_said(record: Record) -> None:
    official = Personal("张三", ZHANG.owner, Purpose.OFFICIAL)
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG), Said(words=official)))
    destroy(record, KEY, "person-zhang/official/1")
    for words in (ZHANG, official):
        with pytest.raises(KeyDestroyedError):
            record.append(a_request(Head.new("test-b"), Said(words=words)))


@pytest.mark.parametrize("purpose", [Purpose.MATERIAL, Purpose.OBJECTION, Purpose.OFFICIAL])
def test_what_is_no_persons_or_names_them_has_one_generation(
    record: Record, purpose: Purpose
) -> None:
    words = Personal("张三", "thing-1", purpose)
    record.append(a_request(Head.new("test-a"), Said(words=words)))
    destroy(record, f"thing-1/{purpose.value}/1")
    with pytest.raises(KeyDestroyedError):
        record.append(a_request(Head.new("test-b"), Said(words=words)))


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
    destroy(record, KEY)
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


def test_a_copy_of_the_key_file_that_went_another_way_wraps_nothing(
    record: Record, key_file: KeyFile
) -> None:
    """Two machines with a copy each, and both were rotated: the true file opens no such key."""
    copy = key_file.path.with_name("copy.json")
    copy.write_bytes(key_file.path.read_bytes())
    copy.chmod(0o600)
    key_file.rotate(Use.WRAPPING)
    record.keys.create("person-a/applicant/1")
    strayed = KeyFile(copy)
    strayed.rotate(Use.WRAPPING)
    with pytest.raises(KeyFileError, match="went another way"):
        a_keyring(record, strayed, [0.0]).create("person-b/applicant/1")
