"""Many commands in one transaction: each holds as a whole or writes nothing, as if it were alone.

What is in a leaf does not matter to SQL function append.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from hashlib import sha256
from time import perf_counter
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from audit.record import Head
from tests.audit import at_database
from tests.audit.at_database import Command, head, writing
from tests.audit.said import NOON, ZHANG, Said, a_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Record
    from tests.conftest import Database

Outcome = tuple[int, str, str | None, int | None, int | None]
DIGEST = sha256(b"").digest()


@pytest.fixture
def connection(record: Record, database: Database) -> Iterator[psycopg.Connection]:  # noqa: ARG001
    """As the application's role."""
    with psycopg.connect(database.url, autocommit=True) as made:
        yield made


def claim(key: str) -> dict[str, Any]:
    return {"account": "account-1", "key": key, "body_digest": DIGEST, "status": 201}


def document(person: str, epoch: int = 1, digest: bytes = DIGEST) -> dict[str, Any]:
    return {"epoch": epoch, "digest": digest, "person": person, "holder": None}


def append(connection: psycopg.Connection, *commands: Command) -> list[Outcome]:
    """What became of the commands, in their order; leaf 1, 2, 3 … are the bytes ``1 2 3 …``."""
    events = sum(len(one["topics"]) for command in commands for one in command["writes"])
    leaves = [str(number).encode() for number in range(1, events + 1)]
    return at_database.append(connection, commands, leaves)


def stored(connection: psycopg.Connection) -> list[tuple[int, str, int, bytes]]:
    """Position, stream, version and leaf of every event."""
    return connection.execute(
        "SELECT notification_id, originator_id, originator_version, state"
        " FROM record.event ORDER BY notification_id"
    ).fetchall()


def test_a_command_of_ten_times_the_events_takes_no_hundred_times_as_long(
    connection: psycopg.Connection,
) -> None:
    def seconds(streams: int, turn: int) -> float:
        heads = [head(f"{turn}-of-{streams}-{each}") for each in range(streams)]
        writes = [{**head, "topics": ["a:b:1"]} for head in heads]
        began = perf_counter()
        append(connection, {"at": NOON, "writes": writes})
        return perf_counter() - began

    few, many = (min(seconds(each, turn) for turn in range(3)) for each in (200, 2000))
    assert many < 40 * few


def test_each_command_gets_positions_in_its_turn_and_each_event_its_own_leaf(
    connection: psycopg.Connection,
) -> None:
    two_streams = writing("b")
    two_streams["writes"].append({**writing("c", events=2)["writes"][0]})
    outcomes = append(connection, writing("a", events=2), two_streams, writing("d"))
    assert outcomes == [
        (1, "appended", None, 1, 2),
        (2, "appended", None, 3, 5),
        (3, "appended", None, 6, 6),
    ]
    assert stored(connection) == [
        (1, "a", 1, b"1"),
        (2, "a", 2, b"2"),
        (3, "b", 1, b"3"),
        (4, "c", 1, b"4"),
        (5, "c", 2, b"5"),
        (6, "d", 1, b"6"),
    ]


def test_a_refused_command_leaves_neither_a_hole_nor_its_leaf_to_the_next(
    connection: psycopg.Connection,
) -> None:
    outcomes = append(
        connection, writing("a"), writing("b", version=7, events=2), writing("c", claim=claim("k"))
    )
    assert outcomes == [
        (1, "appended", None, 1, 1),
        (2, "stream", "b", 7, 0),
        (3, "appended", None, 2, 2),
    ]
    assert stored(connection) == [(1, "a", 1, b"1"), (2, "c", 1, b"4")]
    row = connection.execute("SELECT first_position, last_position FROM record.idempotency")
    assert row.fetchall() == [(2, 2)]


def test_of_two_commands_that_continue_one_stream_the_second_is_refused(
    connection: psycopg.Connection,
) -> None:
    outcomes = append(connection, writing("a"), writing("a"), writing("b"))
    assert [each[1] for each in outcomes] == ["appended", "stream", "appended"]
    assert stored(connection) == [(1, "a", 1, b"1"), (2, "b", 1, b"3")]


@pytest.mark.parametrize(
    ("first", "second", "outcomes"),
    [
        (writing("a"), writing("b", checks=[head("a")]), ["appended", "stream"]),
        (writing("b", checks=[head("a")]), writing("a"), ["appended", "appended"]),
    ],
    ids=["before it was read", "after it was read"],
)
def test_what_one_command_writes_another_cannot_have_read_before(
    connection: psycopg.Connection, first: Command, second: Command, outcomes: list[str]
) -> None:
    assert [each[1] for each in append(connection, first, second)] == outcomes


def test_many_commands_may_read_one_stream_that_none_of_them_writes(
    connection: psycopg.Connection,
) -> None:
    commands = [writing(name, checks=[head("busy")]) for name in "abc"]
    assert [each[1] for each in append(connection, *commands)] == ["appended"] * 3


def test_what_one_of_many_writes_is_seen_by_those_behind_it_alone(
    connection: psycopg.Connection,
) -> None:
    outcomes = append(
        connection,
        writing("a", checks=[head("busy")]),
        writing("b", checks=[head("busy")]),
        writing("busy"),
        writing("c", checks=[head("busy")]),
        writing("d", checks=[head("busy", version=1)]),
        writing("busy", version=1),
        writing("e", checks=[head("busy", version=1)]),
    )
    refused = [(each[0], *each[2:]) for each in outcomes if each[1] != "appended"]
    assert refused == [(4, "busy", 0, 1), (7, "busy", 1, 2)]
    assert [row[1] for row in stored(connection)] == ["a", "b", "busy", "d", "busy"]


def test_two_commands_under_one_key_record_one(connection: psycopg.Connection) -> None:
    outcomes = append(
        connection, writing("a", claim=claim("k")), writing("b", claim=claim("k")), writing("c")
    )
    assert [each[:3] for each in outcomes] == [
        (1, "appended", None),
        (2, "claimed", "k"),
        (3, "appended", None),
    ]
    assert [row[1] for row in stored(connection)] == ["a", "c"]


def test_one_document_is_bound_to_one_of_two_persons(connection: psycopg.Connection) -> None:
    outcomes = append(
        connection,
        writing("a", identities=[document("person-1")]),
        writing("b", identities=[document("person-2")]),
    )
    assert [each[:3] for each in outcomes] == [
        (1, "appended", None),
        (2, "identity", "person-1"),
    ]
    assert connection.execute("SELECT person FROM record.identity").fetchall() == [("person-1",)]


def test_a_document_that_one_command_hands_over_is_the_other_persons_for_the_next(
    connection: psycopg.Connection,
) -> None:
    append(connection, writing("a", identities=[document("person-1")]))
    handed_over = {**document("person-2"), "holder": "person-1"}
    outcomes = append(
        connection,
        writing("b", identities=[handed_over]),
        writing("c", identities=[document("person-2")]),
        writing("d", identities=[document("person-1")]),
    )
    assert [each[:3] for each in outcomes] == [
        (1, "appended", None),
        (2, "appended", None),
        (3, "identity", "person-2"),
    ]


def test_a_document_is_known_by_its_digest_under_the_key_epoch_that_made_it(
    connection: psycopg.Connection,
) -> None:
    another = sha256(b"another").digest()
    for person, first, second in (("person-1", DIGEST, another), ("person-2", another, DIGEST)):
        digests = [document(person, 1, first), document(person, 2, second)]
        outcomes = append(connection, writing(person, identities=digests))
        assert [outcome[1] for outcome in outcomes] == ["appended"]
    persons = connection.execute("SELECT epoch, person FROM record.identity ORDER BY 1, 2")
    assert persons.fetchall() == [
        (1, "person-1"),
        (1, "person-2"),
        (2, "person-1"),
        (2, "person-2"),
    ]


def test_a_document_is_digested_under_every_epoch_that_counts_and_no_other(
    connection: psycopg.Connection, database: Database
) -> None:
    append(connection, writing("a", identities=[document("person-1", 2)]))
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("INSERT INTO record.identity_epoch VALUES (1, now()), (3, NULL)")
    another = sha256(b"another").digest()
    for epoch, missing in ((1, {"2", "3"}), (2, {"3"}), (4, {"2", "3"})):
        digests = [document("person-2", epoch, another)]
        outcomes = append(
            connection, writing(f"b{epoch}", identities=digests), writing(f"c{epoch}")
        )
        assert {outcome[2] for outcome in outcomes if outcome[1] == "epoch"} == missing
        assert [outcome[0] for outcome in outcomes if outcome[1] == "appended"] == [2]
    digests = [document("person-2", epoch, another) for epoch in (1, 2, 3, 4)]
    assert append(connection, writing("d", identities=digests))[0][1] == "appended"
    rows = connection.execute("SELECT epoch, person FROM record.identity ORDER BY 1, 2").fetchall()
    assert rows == [(2, "person-1"), (2, "person-2"), (3, "person-2")]


def test_a_command_that_waits_for_its_turn_is_refused_for_an_epoch_once(
    connection: psycopg.Connection, database: Database
) -> None:
    append(connection, writing("before", identities=[document("person-1")]))
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("INSERT INTO record.identity_epoch VALUES (2, NULL)")
    digest = sha256(b"another").digest()
    both = [document("person-1", epoch) for epoch in (1, 2)]
    outcomes = append(
        connection,
        writing("a", identities=both),
        writing("a", version=1, identities=[document("person-2", 1, digest)]),
    )
    assert outcomes == [(1, "appended", None, 2, 2), (2, "epoch", "2", None, None)]


def test_a_refused_command_claims_neither_its_key_nor_its_document(
    connection: psycopg.Connection,
) -> None:
    wrong = writing("a", version=1, claim=claim("k"), identities=[document("person-1")])
    assert append(connection, wrong, writing("b"))[0][1] == "stream"
    claims = connection.execute("TABLE record.idempotency").fetchall()
    identities = connection.execute("TABLE record.identity").fetchall()
    assert (claims, identities) == ([], [])


def test_the_time_of_positions_does_not_go_back_within_a_transaction(
    connection: psycopg.Connection,
) -> None:
    minute = timedelta(minutes=1)
    times = [NOON, NOON + minute, NOON - minute]
    append(connection, *(writing(f"s{at}", at=at) for at in times))
    query = "SELECT placed_at FROM record.event ORDER BY notification_id"
    placed: list[datetime] = [row[0] for row in connection.execute(query)]
    assert placed == [NOON, NOON + minute, NOON + minute]


def test_a_destroyed_or_unknown_key_refuses_the_command_that_seals_with_it_alone(
    record: Record, connection: psycopg.Connection
) -> None:
    record.append(a_request(Head.new("said"), Said(words=ZHANG)))
    outcomes = append(
        connection,
        writing("a", keys=["person-zhang/applicant/1"]),
        writing("b", keys=["person-zhang/applicant/2"]),
        writing("c", keys=["person-zhang/applicant/1", "person-li/applicant/1"]),
        writing("d"),
    )
    assert [each[:3] for each in outcomes] == [
        (1, "appended", None),
        (2, "key", "person-zhang/applicant/2"),
        (3, "key", "person-li/applicant/1"),
        (4, "appended", None),
    ]


def order(connection: psycopg.Connection, stream: str, key: str) -> None:
    """Append an event that orders a key to be destroyed."""
    leaf = json.dumps({"fields": {"keys": [key]}}).encode()
    ((_, outcome, *_),) = at_database.append(connection, [writing(stream, orders=True)], [leaf])
    assert outcome == "appended"


def test_what_is_ordered_where_nothing_was_ever_sealed_leaves_nothing(
    connection: psycopg.Connection, database: Database
) -> None:
    order(connection, "a", "person-zhang/applicant/1")
    with psycopg.connect(database.owner_url) as owner:
        assert owner.execute("TABLE record.sealing_key").fetchall() == []


def test_a_key_is_ordered_by_the_first_event_that_says_so(
    record: Record, connection: psycopg.Connection, database: Database
) -> None:
    record.append(a_request(Head.new("said"), Said(words=ZHANG)))
    for stream in ("a", "b"):
        order(connection, stream, "person-zhang/applicant/1")
    with psycopg.connect(database.owner_url) as owner:
        rows = owner.execute("SELECT key_id, ordered_by FROM record.sealing_key").fetchall()
    assert rows == [("person-zhang/applicant/1", 2)]


@pytest.mark.parametrize("commands", [[], [writing("a", events=0)], [writing("a"), {"at": NOON}]])
def test_a_command_that_brings_no_event_takes_nobody_with_it(
    connection: psycopg.Connection, commands: list[Command]
) -> None:
    leaves = [b"1"] * min(1, len(commands))
    with pytest.raises(psycopg.errors.InvalidParameterValue):
        at_database.append(connection, commands, leaves)
    assert stored(connection) == []
