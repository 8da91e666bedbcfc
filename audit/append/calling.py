"""Statements said to the server through libpq itself, without a cursor.

Every append of the record passes here, and under load the time of the one Python that all threads
share is what there is least of: a cursor took twice as much of it.
"""

from __future__ import annotations

import struct
from datetime import datetime
from typing import TYPE_CHECKING

from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg.pq.abc import PGconn, PGresult

    from audit.append.plan import Row

_BYTEA, _BYTEA_ARRAY, _JSONB = 17, 1001, 3802
"""Object identifiers of types, the same in every PostgreSQL."""


def call_append(
    connection: PGconn, statement: bytes, commands: bytes, leaves: list[bytes]
) -> list[Row]:
    """What SQL function append answers; raises ``psycopg.Error``."""
    result = connection.exec_params(
        statement,
        [commands, _array(leaves)],
        [_JSONB, _BYTEA_ARRAY],
        [Format.TEXT, Format.BINARY],
    )
    _refuse_errors(result)
    return [_row(result, number) for number in range(result.ntuples)]


def say(connection: PGconn, statements: bytes) -> None:
    """Several statements in one message, for their effect; raises ``psycopg.Error``."""
    _refuse_errors(connection.exec_(statements))


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
