"""Statements said to the server through libpq itself, without a cursor.

Every append of the record passes here, and under load the time of the one Python that all threads
share is what there is least of: a cursor took twice as much of it.
"""

from __future__ import annotations

import struct
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format
from psycopg.waiting import Ready, Wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection
    from psycopg.abc import PQGen
    from psycopg.pq.abc import PGconn, PGresult

    from audit.append.plan import Row

_BYTEA, _BYTEA_ARRAY, _JSONB = 17, 1001, 3802
"""Object identifiers of types, the same in every PostgreSQL."""


def call_append(
    connection: Connection[Any], statement: bytes, commands: bytes, leaves: list[bytes]
) -> list[Row]:
    """What SQL function append answers; raises ``psycopg.Error``."""
    connection.pgconn.send_query_params(
        statement,
        [commands, _array(leaves)],
        [_JSONB, _BYTEA_ARRAY],
        [Format.TEXT, Format.BINARY],
    )
    result = connection.wait(_results(connection.pgconn))[0]
    _refuse_errors(result)
    return [_row(result, number) for number in range(result.ntuples)]


def say(connection: Connection[Any], statements: bytes, needed: int) -> None:
    """Several statements in one message, for their effect; raises ``psycopg.Error``.

    Those behind the first ``needed`` may fail.
    """
    connection.pgconn.send_query(statements)
    for result in connection.wait(_results(connection.pgconn))[:needed]:
        _refuse_errors(result)


def _results(connection: PGconn) -> PQGen[list[PGresult]]:
    """Everything that the server answers to one message, as psycopg waits for it."""
    while connection.flush():
        if (yield Wait.RW) & Ready.R:
            connection.consume_input()
    results: list[PGresult] = []
    while True:
        while connection.is_busy():
            yield Wait.R
            connection.consume_input()
        result = connection.get_result()
        if result is None:
            return results
        results.append(result)


def _array(items: Sequence[bytes]) -> bytes:
    """The binary form of bytea[]: dimensions, nulls, type, length, first index; then the items."""
    header = struct.pack("!5i", 1, 0, _BYTEA, len(items), 1)
    return header + b"".join([struct.pack("!i", len(item)) + item for item in items])


def _row(result: PGresult, number: int) -> Row:
    turn, outcome, subject, expected, actual, placed = (
        (result.get_value(number, column) or b"").decode() for column in range(6)
    )
    return (
        *(int(turn), outcome, subject, int(expected or 0), int(actual or 0)),
        datetime.fromisoformat(placed) if placed else None,
    )


def _refuse_errors(result: PGresult) -> None:
    if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        raise error_from_result(result)
