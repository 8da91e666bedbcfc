"""The connections of one process to the database of one record."""

from __future__ import annotations

import select
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from eventsourcing.postgres import ConnectionPool, PostgresDatastore
from psycopg.rows import DictRow, dict_row

from audit.connecting import POOL_SECONDS, PatientConnection, make_patient, parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

    from audit.migrate import Ground


class AutocommitPool(ConnectionPool[Any]):
    """A pool of connections in autocommit mode: on giving one back nothing is to be committed."""

    @contextmanager
    def connection(self, timeout: float | None = None) -> Iterator[Connection[Any]]:
        """A connection; what somebody left undone on it is rolled back as it is given back."""
        connection = self.getconn(timeout)
        try:
            yield connection
        finally:
            self.putconn(connection)


class RecordDatastore(PostgresDatastore):
    """A pool of connections as the application's role.

    It opens when it is first used, so after the fork of a server's workers and not before.
    A statement that takes longer than ``statement_seconds`` is cancelled; without, none is.
    """

    def __init__(
        self, url: str, ground: Ground, *, connections: int, statement_seconds: int | None = None
    ) -> None:
        super().__init__("", "", "", "", "", schema=ground.schema, originator_id_type="text")
        self.url = url
        manner = parameters(url, "mingjian", statement_seconds=statement_seconds)
        self.pool = AutocommitPool(
            conninfo=url,
            connection_class=PatientConnection[DictRow],
            kwargs={"row_factory": dict_row, "autocommit": True, **manner},
            min_size=1,
            max_size=connections,
            timeout=POOL_SECONDS,
            reconnect_timeout=2,  # then the next user tries, not a timer that doubles up to minutes
            configure=make_patient(statement_seconds),
            check=refuse_dead,
            open=False,
            name=f"record {ground.schema}",
        )

    def register_type_adapters(self) -> None:
        """Nothing to register: the append takes flat lists, no composite types."""


def refuse_dead(connection: Connection[DictRow]) -> None:
    """Let the pool replace a connection that the server has closed while it lay idle.

    An idle connection has nothing to say; one that can be read says good-bye or has news, so only
    then it costs a question. Raises ``psycopg.OperationalError`` for a dead one.
    """
    if select.select([connection.fileno()], [], [], 0)[0]:
        ConnectionPool.check_connection(connection)
