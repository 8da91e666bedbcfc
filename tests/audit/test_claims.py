"""Idempotency keys and identity documents: claimed with the events, by one command only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest

from audit.keys.keyfile import Use
from audit.record import (
    AlreadyClaimedError,
    Head,
    IdempotencyClaim,
    IdentityClaim,
    IdentityTakenError,
    StreamConflictError,
)
from domain.personal import Personal, Purpose
from tests.audit.said import NOON, Numbered, Said, a_request, a_stream, append_numbers, destroy

if TYPE_CHECKING:
    from audit.keys.keyfile import KeyFile
    from audit.record import Record
    from tests.conftest import Database

NUMBER = "360734190001010016"
MINE = IdentityClaim("resident", NUMBER, "person-1")
YOURS = IdentityClaim("resident", NUMBER, "person-2")


def a_claim(record: Record, key: str = "key-1", body: bytes = b"{}") -> IdempotencyClaim:
    return IdempotencyClaim("account-1", key, record.digest_of_body(body), 201, "{}")


def test_a_claim_is_kept_with_the_positions_of_its_events(record: Record) -> None:
    append_numbers(record, a_stream(), 0)
    append_numbers(record, a_stream(), 1, 2, claim=a_claim(record))
    outcome = record.outcome_of("account-1", "key-1")
    assert outcome is not None
    assert (outcome.status, outcome.first_position, outcome.last_position) == (201, 2, 3)
    assert outcome.body_digest == record.digest_of_body(b"{}")
    assert outcome.replay == "{}"
    assert outcome.claimed_at == NOON


def test_a_key_that_was_never_used_has_no_outcome(record: Record) -> None:
    assert record.outcome_of("account-1", "key-1") is None


def test_keys_belong_to_accounts(record: Record) -> None:
    append_numbers(record, a_stream(), 1, claim=a_claim(record))
    assert record.outcome_of("account-2", "key-1") is None
    theirs = IdempotencyClaim("account-2", "key-1", record.digest_of_body(b"{}"), 201)
    append_numbers(record, a_stream(), 2, claim=theirs)
    assert record.outcome_of("account-2", "key-1") is not None


def test_a_second_append_with_the_key_writes_nothing(record: Record) -> None:
    append_numbers(record, a_stream(), 1, claim=a_claim(record))
    with pytest.raises(AlreadyClaimedError) as refused:
        append_numbers(record, a_stream(), 2, claim=a_claim(record))
    assert refused.value.key == "key-1"
    assert record.head() == 1


def test_the_claim_is_told_before_a_conflict(record: Record) -> None:
    """A repeated request finds its stream moved on by itself; that is no conflict."""
    stream = a_stream()
    request = a_request(Head.new(stream), Numbered(number=1), claim=a_claim(record))
    record.append(request)
    with pytest.raises(AlreadyClaimedError):
        record.append(request)


def test_a_refused_append_claims_nothing(record: Record) -> None:
    stream = a_stream()
    append_numbers(record, stream, 1)
    with pytest.raises(StreamConflictError):
        record.append(a_request(Head.new(stream), Numbered(number=2), claim=a_claim(record)))
    assert record.outcome_of("account-1", "key-1") is None


def test_the_same_request_twenty_times_at_once_has_one_effect(record: Record) -> None:
    claim = a_claim(record)

    def attempt(number: int) -> int:
        request = a_request(Head.new(f"test-of-{number}"), Numbered(number=number), claim=claim)
        try:
            return record.append(request).positions[0]
        except AlreadyClaimedError:
            outcome = record.outcome_of("account-1", "key-1")
            assert outcome is not None
            return outcome.first_position

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(attempt, range(20)))
    assert answers == [1] * 20
    assert record.head() == 1


def test_bodies_are_told_apart_by_a_keyed_digest(record: Record, key_file: KeyFile) -> None:
    assert record.digest_of_body(b"a") != record.digest_of_body(b"b")
    assert record.digest_of_body(b"a") == record.digest_of_body(b"a")
    assert len(record.digest_of_body(b"a")) == 32
    assert key_file.key(Use.IDEMPOTENCY, 1) not in record.digest_of_body(b"a")


def test_old_claims_are_forgotten_and_newer_ones_kept(record: Record) -> None:
    append_numbers(record, a_stream(), 1, claim=a_claim(record, "old"))
    tomorrow = NOON + timedelta(days=1)
    append_numbers(record, a_stream(), 2, claim=a_claim(record, "new"), at=tomorrow)
    assert record.claims.sweep(before=tomorrow) == 1
    assert record.outcome_of("account-1", "old") is None
    assert record.outcome_of("account-1", "new") is not None


def test_a_document_is_found_by_its_number(record: Record) -> None:
    append_numbers(record, a_stream(), 1, identities=(MINE,))
    assert record.person_of("resident", NUMBER) == "person-1"
    assert record.person_of("passport", NUMBER) is None
    assert record.person_of("resident", NUMBER[:-1] + "X") is None


def test_a_document_belongs_to_one_person(record: Record) -> None:
    append_numbers(record, a_stream(), 1, identities=(MINE,))
    stream = a_stream()
    with pytest.raises(IdentityTakenError) as refused:
        append_numbers(record, stream, 2, identities=(YOURS,))
    assert refused.value.person == "person-1"
    assert record.load(stream).version == 0
    assert record.person_of("resident", NUMBER) == "person-1"


def test_whose_a_document_is_is_forgotten_only_with_the_key_that_sealed_it(
    record: Record,
) -> None:
    append_numbers(record, a_stream(), 1, identities=(MINE,))
    for purpose, gone in (("applicant", 0), ("discipline", 0), ("official", 1)):
        words = Personal("张三", "person-1", Purpose(purpose))
        record.append(a_request(Head.new(a_stream()), Said(words=words)))
        assert record.identities.forget("person-1") == 0
        destroy(record, f"person-1/{purpose}/1")
        assert record.identities.forget("person-1") == gone
    assert record.person_of("resident", NUMBER) is None


def test_a_person_may_claim_a_document_again(record: Record) -> None:
    for number in (1, 2):
        append_numbers(record, a_stream(), number, identities=(MINE,))
    assert record.head() == 2


def test_a_wrong_binding_is_corrected_only_by_who_knows_whose_it_was(record: Record) -> None:
    append_numbers(record, a_stream(), 1, identities=(MINE,))
    for holder, expected in (("person-9", "person-1"), ("person-1", "person-2")):
        claim = IdentityClaim("resident", NUMBER, "person-2", holder=holder)
        if holder == "person-9":
            with pytest.raises(IdentityTakenError):
                append_numbers(record, a_stream(), 2, identities=(claim,))
        else:
            append_numbers(record, a_stream(), 2, identities=(claim,))
        assert record.person_of("resident", NUMBER) == expected


def test_of_two_persons_who_claim_a_document_at_once_one_gets_it(record: Record) -> None:
    def attempt(person: str) -> bool:
        claim = IdentityClaim("resident", NUMBER, person)
        try:
            append_numbers(record, f"test-{person}", 1, identities=(claim,))
        except IdentityTakenError:
            return False
        return True

    persons = [f"person-{number}" for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        won = dict(zip(persons, threads.map(attempt, persons), strict=True))
    assert [person for person in persons if won[person]] == [record.person_of("resident", NUMBER)]


def test_documents_are_found_while_their_key_is_being_rotated(
    record: Record, key_file: KeyFile
) -> None:
    append_numbers(record, a_stream(), 1, identities=(MINE,))
    key_file.rotate(Use.IDENTITY)
    assert record.person_of("resident", NUMBER) == "person-1"
    with pytest.raises(IdentityTakenError):
        append_numbers(record, a_stream(), 2, identities=(YOURS,))


def test_no_document_number_stands_in_the_database(record: Record, database: Database) -> None:
    append_numbers(record, a_stream(), 1, identities=(MINE,))
    with psycopg.connect(database.url) as connection:
        rows = connection.execute("SELECT digest, identity::text FROM record.identity").fetchall()
    assert len(rows) == 1
    assert NUMBER not in rows[0][1]
    assert NUMBER not in repr(MINE)
