"""Attached files: sealed, streamed and limited."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from audit.files.attachments import (
    AttachmentErasedError,
    AttachmentTakenError,
    AttachmentTooLargeError,
)
from audit.files.stream import CHUNK, opened, sealed
from audit.keys.sealing import SealBrokenError, SealingKey
from tests.audit.said import NOON, destroy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit.record import Record
    from tests.conftest import Database

PDF = b"%PDF-1.7\n" + b"a" * 200_000 + b"\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"a" * 100 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
KEY = SealingKey("material-1/material/1", bytes(32))


def in_pieces(octets: bytes, size: int = 10_000) -> Iterator[bytes]:
    return (octets[start : start + size] for start in range(0, len(octets), size))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_of_any_size_comes_back(size: int) -> None:
    octets = bytes(index % 251 for index in range(size))
    pieces = list(sealed(in_pieces(octets), "o", "a", KEY))
    assert b"".join(opened(pieces, "o", "a", KEY)) == octets


@given(st.lists(st.binary(max_size=50)), st.data())
def test_an_altered_missing_or_exchanged_chunk_is_noticed(
    parts: list[bytes], data: st.DataObject
) -> None:
    pieces = list(sealed([bytes(CHUNK + 1), *parts], "o", "a", KEY))
    place = data.draw(st.integers(0, len(pieces) - 1))
    kind = data.draw(st.sampled_from(["drop", "flip", "double", "cut"]))
    if kind == "drop":
        broken = pieces[:place] + pieces[place + 1 :]
    elif kind == "double":
        broken = [*pieces[: place + 1], *pieces[place:]]
    elif kind == "cut":
        broken = pieces[:place]
    else:
        altered = bytes([pieces[place][0] ^ 1]) + pieces[place][1:]
        broken = [*pieces[:place], altered, *pieces[place + 1 :]]
    with pytest.raises(SealBrokenError):
        list(opened(broken, "o", "a", KEY))


def test_chunks_of_one_file_do_not_open_as_another() -> None:
    pieces = list(sealed([b"words"], "o", "a", KEY))
    for origin, attachment in (("p", "a"), ("o", "b")):
        with pytest.raises(SealBrokenError):
            list(opened(pieces, origin, attachment, KEY))
    with pytest.raises(SealBrokenError):
        list(opened(pieces, "o", "a", SealingKey(KEY.key_id, bytes([1] * 32))))


def kind(octets: Iterable[bytes]) -> str:
    """What tells the kind of a file, and so reads the whole of it."""
    return {b"%PDF": "application/pdf", b"\x89PNG": "image/png"}[b"".join(octets)[:4]]


def store(record: Record, octets: Iterable[bytes], name: str = "material-1") -> str:
    return record.attachments.store(name, octets, kind, limit=1 << 20, at=NOON).media_type


def test_a_file_is_stored_sealed_and_read_back(record: Record, database: Database) -> None:
    stored = record.attachments.store("material-1", in_pieces(PDF), kind, limit=1 << 20, at=NOON)
    assert (stored.size, stored.media_type) == (len(PDF), "application/pdf")
    assert record.attachments.find("material-1") == stored
    assert b"".join(record.attachments.read("material-1")) == PDF
    with psycopg.connect(database.url) as connection:
        rows = connection.execute("SELECT sealed FROM record.attachment_chunk ORDER BY ordinal")
        kept = b"".join(row[0] for row in rows)
    assert sha256(kept).digest() == stored.digest
    assert b"aaaa" not in kept


def test_a_file_over_the_limit_leaves_nothing_behind(record: Record, database: Database) -> None:
    with pytest.raises(AttachmentTooLargeError):
        record.attachments.store("material-1", in_pieces(PDF), kind, limit=100_000, at=NOON)
    with psycopg.connect(database.url) as connection:
        assert connection.execute("SELECT FROM record.attachment_chunk").fetchall() == []
    assert record.attachments.find("material-1") is None


def test_a_file_that_breaks_off_leaves_nothing_behind(record: Record) -> None:
    def breaking() -> Iterator[bytes]:
        yield PDF[:100_000]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store(record, breaking())
    assert store(record, [PDF]) == "application/pdf"


def test_a_file_is_never_replaced(record: Record) -> None:
    store(record, [PDF])
    with pytest.raises(AttachmentTakenError):
        store(record, [PNG])
    assert b"".join(record.attachments.read("material-1")) == PDF


def test_a_file_that_does_not_exist_cannot_be_read(record: Record) -> None:
    with pytest.raises(LookupError):
        record.attachments.read("material-none")


def test_each_file_has_a_key_of_its_own_and_goes_alone(record: Record) -> None:
    store(record, [PDF], "material-1")
    store(record, [PNG], "material-2")
    destroy(record, "material-1/material/1")
    assert record.attachments.purge("material-1") > 0
    with pytest.raises(AttachmentErasedError):
        record.attachments.read("material-1")
    assert record.attachments.find("material-1") is not None
    assert b"".join(record.attachments.read("material-2")) == PNG


def test_a_file_is_not_purged_while_its_key_is_alive(record: Record) -> None:
    store(record, [PDF])
    with pytest.raises(IntegrityError):
        record.attachments.purge("material-1")
    assert b"".join(record.attachments.read("material-1")) == PDF


def test_a_chunk_lost_from_the_database_is_noticed(record: Record, database: Database) -> None:
    store(record, [PDF])
    with psycopg.connect(database.superuser_url) as connection:
        connection.execute("ALTER TABLE record.attachment_chunk DISABLE TRIGGER ALL")
        connection.execute("DELETE FROM record.attachment_chunk WHERE ordinal = 2")
    with pytest.raises(SealBrokenError):
        list(record.attachments.read("material-1"))
