"""Statements said to the server through libpq itself, without a cursor.

Every append of the record passes here, and under load the time of the one Python that all threads
share is what there is least of: a cursor took twice as much of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from psycopg.errors import InvalidSqlStatementName, error_from_result
from psycopg.generators import execute
from psycopg.pq import ExecStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection
    from psycopg.pq.abc import PGresult

    from audit.append.arrays import Array
    from audit.append.plan import Row


class Prepared:
    """A statement that every connection keeps from its first call on, as the server read it.

    After a rollback psycopg lets the server forget all statements of the connection, so one that is
    no longer there is said once more. No call stands within a transaction.
    """

    def __init__(self, name: bytes, statement: bytes) -> None:
        self._name, self._statement = name, statement
        self._kept_by: WeakSet[Connection[Any]] = WeakSet()

    def call(self, connection: Connection[Any], arguments: Sequence[Array]) -> list[Row]:
        """What SQL function append answers; raises ``psycopg.Error``."""
        try:
            return self._called(connection, arguments)
        except InvalidSqlStatementName:
            self._kept_by.discard(connection)
            return self._called(connection, arguments)

    def _called(self, connection: Connection[Any], arguments: Sequence[Array]) -> list[Row]:
        if connection not in self._kept_by:
            connection.pgconn.send_prepare(self._name, self._statement)
            _refuse_errors(connection.wait(execute(connection.pgconn))[0])
            self._kept_by.add(connection)
        said = [argument.said for argument in arguments]
        forms = [argument.form for argument in arguments]
        connection.pgconn.send_query_prepared(self._name, said, forms)
        result = connection.wait(execute(connection.pgconn))[0]
        _refuse_errors(result)
        return [_row(result, number) for number in range(result.ntuples)]


def say(connection: Connection[Any], statements: bytes, needed: int) -> None:
    """Several statements in one message, for their effect; raises ``psycopg.Error``.

    Those behind the first ``needed`` may fail.
    """
    connection.pgconn.send_query(statements)
    for result in connection.wait(execute(connection.pgconn))[:needed]:
        _refuse_errors(result)


def _row(result: PGresult, number: int) -> Row:
    told = result.get_value
    subject, placed = told(number, 2), told(number, 5)
    return (
        int(told(number, 0) or 0),
        (told(number, 1) or b"").decode(),
        "" if subject is None else subject.decode(),
        int(told(number, 3) or 0),
        int(told(number, 4) or 0),
        None if placed is None else datetime.fromisoformat(placed.decode()),
    )


def _refuse_errors(result: PGresult) -> None:
    if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        raise error_from_result(result)
