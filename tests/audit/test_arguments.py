"""Commands as the columns that SQL function append takes, and arrays as PostgreSQL reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from audit.append.arguments import HOW_MANY, arguments_of
from audit.append.arrays import NONE, Array, of_octets, of_plain, of_texts
from audit.append.plan import Command, IdempotencyClaim, IdentityDigest, Plan
from audit.head import Head
from tests.audit.said import NOON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conftest import Database

FULL = Command(
    Plan(
        at=NOON,
        key_ids=["person-1/official/1"],
        identities=[IdentityDigest(1, b"\x01", "person-1", None)],
        orders=True,
        claim=IdempotencyClaim("account-1", "key-1", b"\x02", 201, "words"),
    ),
    [(Head("a", 2, bytes(32), NOON), 2), (Head("c", 4, None, NOON), 0)],
    ["a:b:1", "a:c:1"],
    [b"3", b"4"],
)
BARE = Command.of([StoredEvent("b", 1, "a:b:1", b"{}")], Plan(at=NOON))


def test_commands_become_columns_and_each_row_knows_its_turn() -> None:
    assert arguments_of([BARE, FULL]) == [
        *(of_plain([NOON.isoformat()] * 2), of_plain([False, True])),
        *(of_texts([None, "account-1"]), of_texts(["", "key-1"]), of_octets([b"", b"\x02"])),
        *(of_plain([0, 201]), of_texts([None, "words"])),
        *(of_plain([1, 2, 2]), of_texts(["b", "a", "c"]), of_plain([0, 2, 4])),
        *(of_octets([None, bytes(32), None]), of_plain([1, 2, 0])),
        *(of_texts(["a:b:1", "a:b:1", "a:c:1"]), of_octets([b"{}", b"3", b"4"])),
        *(of_plain([2]), of_texts(["person-1/official/1"])),
        *(of_plain([2]), of_plain([1]), of_octets([b"\x01"]), of_texts(["person-1"])),
        of_texts([None]),
    ]


def test_what_no_command_has_is_said_in_empty_columns() -> None:
    said = arguments_of([BARE])
    assert len(said) == HOW_MANY
    assert said[2:7] + said[-7:] == [NONE] * 12


@pytest.mark.parametrize(
    ("array", "kind", "items"),
    [
        (of_octets([b"", None, b"\x00\xff"]), "bytea", [b"", None, b"\x00\xff"]),
        (of_texts(["", None, '{"案",\\}']), "text", ["", None, '{"案",\\}']),
        (of_plain([-1, 2**62]), "bigint", [-1, 2**62]),
        (of_plain([True, False]), "boolean", [True, False]),
        (of_plain([NOON.isoformat()]), "timestamptz", [NOON]),
        (of_octets([]), "bytea", []),
        (of_texts([]), "text", []),
    ],
)
def test_an_array_is_read_as_it_was_said(
    database: Database, array: Array, kind: str, items: Sequence[Any]
) -> None:
    with psycopg.connect(database.url) as connection:
        query = f"CREATE TEMPORARY TABLE said AS SELECT $1::{kind}[] AS items"
        connection.pgconn.exec_params(query.encode(), [array.said], param_formats=[array.form])
        assert connection.execute("TABLE said").fetchone() == (items,)
