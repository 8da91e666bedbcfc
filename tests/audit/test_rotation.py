"""Rotation: survivors are carried over, and what was erased cannot come back with an old epoch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from audit.keys import rotation
from audit.keys.custody import Task, custody
from audit.keys.keyfile import KeyFile, KeyFileError, Use
from audit.keys.rotation import Rotated, StillNeededError
from audit.record import Head, IdentityClaim, IdentityTakenError, Record
from domain.person.events import BindingCorrected, DocumentBound, PersonRegistered
from domain.personal import Personal, Purpose
from tests.audit.said import NOON, ZHANG, Said, a_request, a_stream, append_numbers, destroy

if TYPE_CHECKING:
    from tests.conftest import Database

CARD, OTHER = "360734190001010016", "360734190001010024"
KEY = "person-zhang/applicant/1"


def rotate(database: Database, key_file: KeyFile) -> Rotated:
    """As the command does, in a process of its own."""
    url, ground = database.owner_url, database.ground
    with (
        custody(url, ground.schema, Task.ROTATION) as held,
        Record(database.url, ground, key_file) as record,
    ):
        return rotation.rotate(url, ground, record, key_file, held, NOON)


def register(record: Record, person: str, *numbers: str) -> None:
    """Enter a person with these documents."""

    def own(text: str) -> Personal:
        return Personal(text, person, Purpose.OFFICIAL)

    bound = [DocumentBound(kind="card", number=own(each), as_entered=None) for each in numbers]
    claims = tuple(IdentityClaim("card", each, person) for each in numbers)
    events = (PersonRegistered(name=own("张三")), *bound)
    record.append(a_request(Head.new(person), *events, identities=claims))


def epochs(database: Database) -> set[int]:
    with psycopg.connect(database.url) as connection:
        return {each for (each,) in connection.execute("SELECT epoch FROM record.identity")}


def test_words_open_after_their_keys_were_wrapped_anew(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    assert rotate(database, key_file) == Rotated(2, 2, rewrapped=1, documents=0)
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
    other = Said(words=Personal("李四", "person-li", ZHANG.purpose))
    record.append(a_request(record.load("test-a").head, other))
    assert rotate(database, KeyFile(key_file.path)).rewrapped == 2


def test_a_tombstone_stays_one(record: Record, database: Database, key_file: KeyFile) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    destroy(record, KEY)
    assert rotate(database, key_file).rewrapped == 0
    assert record.keys.find(KEY) is None


def test_a_key_saved_from_an_old_dump_does_not_open_after_the_rotation(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))
    with psycopg.connect(database.url) as connection:
        row = connection.execute("SELECT epoch, wrapped FROM record.sealing_key").fetchone()
    assert row is not None
    rotate(database, key_file)
    with pytest.raises(KeyFileError, match="epoch 1"):
        record.keys.unwrap(KEY, *row)


def test_documents_are_found_under_the_new_identity_key_alone(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    register(record, "person-1", CARD, "E12345678")
    register(record, "person-2", OTHER)
    assert rotate(database, key_file).documents == 3
    assert list(key_file.epochs(Use.IDENTITY)) == [2]
    assert record.person_of("card", CARD) == record.person_of("card", "E12345678") == "person-1"
    assert record.person_of("card", OTHER) == "person-2"
    assert epochs(database) == {2}


def test_a_document_that_was_bound_to_the_wrong_person_is_digested_for_the_right_one(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    register(record, "person-1", CARD)
    number = Personal(CARD, "person-2", Purpose.OFFICIAL)
    corrected = BindingCorrected(kind="card", bound=2, rightful="person-2", correction="rebinding")
    bound = DocumentBound(kind="card", number=number, as_entered=None)
    record.append(a_request(record.load("person-1").head, corrected))
    claim = IdentityClaim("card", CARD, "person-2", holder="person-1")
    record.append(a_request(Head.new("person-2"), bound, identities=(claim,)))
    rotate(database, key_file)
    assert record.person_of("card", CARD) == "person-2"


def test_the_old_epochs_stay_while_a_document_is_left_out(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    """One of two documents of a person counts as much as both."""
    register(record, "person-1", CARD)
    append_numbers(record, "test-a", 1, identities=(IdentityClaim("card", OTHER, "person-1"),))
    with pytest.raises(StillNeededError, match="1 persons"):
        rotate(database, key_file)
    assert record.person_of("card", OTHER) == "person-1"
    assert list(KeyFile(key_file.path).epochs(Use.IDENTITY)) == [1, 2]


def test_of_whom_the_erasure_is_ordered_no_document_is_digested_anew(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    register(record, "person-1", CARD)
    destroy(record, "person-1/official/1")
    assert rotate(database, key_file).documents == 0
    assert record.person_of("card", CARD) is None
    assert epochs(database) == set()


@pytest.mark.parametrize("acts", ["looks", "binds"])
@pytest.mark.parametrize("until", ["_begin", "_digest_anew", "_end", "forget_older"])
def test_a_running_process_finds_each_document_and_binds_none_twice(
    database: Database,
    key_file: KeyFile,
    monkeypatch: pytest.MonkeyPatch,
    until: str,
    acts: str,
) -> None:
    """A process that read the key file long ago acts behind each step of a rotation.

    It says no words, so that nothing but the document makes it read the key file again.
    """
    with Record(database.url, database.ground, KeyFile(key_file.path)) as running:
        register(running, "person-1", CARD)
        place = KeyFile if until == "forget_older" else rotation
        step = getattr(place, until)

        def then_act(*arguments: object) -> object:
            done = step(*arguments)
            if acts == "looks":
                assert running.person_of("card", CARD) == "person-1"
            with pytest.raises(IdentityTakenError):
                bind(running, CARD, "person-9")
            bind(running, OTHER, "person-2")
            return done

        monkeypatch.setattr(place, until, then_act)
        rotate(database, key_file)
        assert running.person_of("card", CARD) == "person-1"
    assert epochs(database) == {2}
    with Record(database.url, database.ground, KeyFile(key_file.path)) as later:
        assert later.person_of("card", OTHER) == "person-2"


def bind(record: Record, number: str, person: str) -> None:
    append_numbers(record, a_stream(), 1, identities=(IdentityClaim("card", number, person),))


def test_a_copy_of_the_key_file_that_stayed_behind_is_refused(
    record: Record, database: Database, key_file: KeyFile
) -> None:
    """On a machine to which nobody brought the new file: nothing is bound, found or rotated."""
    register(record, "person-1", CARD)
    copy = key_file.path.with_name("copy.json")
    copy.write_bytes(key_file.path.read_bytes())
    copy.chmod(0o600)
    rotate(database, key_file)
    content = copy.read_bytes()
    with Record(database.url, database.ground, KeyFile(copy)) as behind:
        with pytest.raises(KeyFileError, match="went another way"):
            behind.person_of("card", CARD)
        claims = (IdentityClaim("card", OTHER, "person-2"),)
        with pytest.raises(KeyFileError, match="went another way"):
            append_numbers(behind, "test-a", 1, identities=claims)
    with pytest.raises(KeyFileError, match="went another way"):
        rotate(database, KeyFile(copy))
    assert copy.read_bytes() == content
