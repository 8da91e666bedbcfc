"""Rotation: survivors are carried over, and what was erased cannot come back with an old epoch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from audit.keys.keyfile import KeyFile, KeyFileError, Use
from audit.keys.rotation import StillNeededError, rotate_identity, rotate_wrapping
from audit.record import Head, IdentityClaim, Record
from tests.audit.said import NOON, ZHANG, Said, a_request, append_numbers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Database

MINE = IdentityClaim("resident", "360734190001010016", "person-1")
YOURS = IdentityClaim("resident", "360734190001010024", "person-2")


def rotate(database: Database, key_file: KeyFile) -> int:
    return rotate_wrapping(database.owner_url, database.ground, key_file, database.origin, NOON)


def test_words_open_after_their_keys_were_wrapped_anew(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    assert rotate(database, key_file) == 1
    assert list(key_file.epochs(Use.WRAPPING)) == [2]
    with Record(database.url, database.ground, KeyFile(key_file.path)) as later:
        event = later.load("test-a").events[0]
        assert isinstance(event, Said)
        assert event.words.text == ZHANG.text


def test_a_running_process_seals_and_opens_across_a_rotation(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    rotate(database, KeyFile(key_file.path))
    record.append(a_request(record.load("test-a").head, Said(words=ZHANG)))
    other = Said(words=type(ZHANG)("李四", "person-li", ZHANG.purpose))
    record.append(a_request(record.load("test-a").head, other))
    assert rotate(database, KeyFile(key_file.path)) == 2


def test_a_tombstone_stays_one(record: Record, database: Database, key_file: KeyFile) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    record.keys.destroy(["person-zhang/applicant/1"], 1, NOON)
    assert rotate(database, key_file) == 0
    assert record.keys.find("person-zhang/applicant/1") is None


def test_a_key_saved_from_an_old_dump_does_not_open_after_the_rotation(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    with psycopg.connect(database.url) as connection:
        row = connection.execute("SELECT epoch, wrapped FROM record.sealing_key").fetchone()
    assert row is not None
    rotate(database, key_file)
    with pytest.raises(KeyFileError, match="epoch 1"):
        record.keys.unwrap("person-zhang/applicant/1", *row)


def test_documents_are_found_under_the_new_identity_key_alone(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    append_numbers(record, "test-a", 1, identities=(MINE, YOURS))
    documents = (MINE, YOURS)
    assert rotate_identity(database.owner_url, database.ground, key_file, documents) == 2
    assert list(key_file.epochs(Use.IDENTITY)) == [2]
    assert record.person_of("resident", MINE.number) == "person-1"
    assert record.person_of("resident", YOURS.number) == "person-2"
    with psycopg.connect(database.url) as connection:
        rows = connection.execute("SELECT epoch FROM record.identity").fetchall()
    assert rows == [(2,), (2,)]


def test_an_identity_key_stays_while_a_document_is_left_out(
    record: Record, database: Database, key_file: KeyFile, tmp_path: Path
) -> None:
    append_numbers(record, "test-a", 1, identities=(MINE, YOURS))
    with pytest.raises(StillNeededError, match="1 persons"):
        rotate_identity(database.owner_url, database.ground, key_file, (MINE,))
    assert record.person_of("resident", YOURS.number) == "person-2"
    assert list(KeyFile(tmp_path / "keys.json").epochs(Use.IDENTITY)) == [1, 2]
