"""The front door's own connections: for sign-in and for reading views, never for the record."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from psycopg_pool import ConnectionPool

from audit.connecting import POOL_SECONDS, PatientConnection, make_patient, parameters
from audit.datastore import AutocommitPool, refuse_dead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection


def open_pool(
    url: str, schema: str, *, connections: int, statement_seconds: int, autocommit: bool = False
) -> ConnectionPool[Connection]:
    """A pool whose connections see the tables of ``schema``; open only after a fork.

    A statement that takes longer than ``statement_seconds`` is cancelled, and a server that says
    nothing for longer than that is given up.
    A connection that the server closed while it lay idle is replaced before it is handed out.
    """
    manner = parameters(
        url,
        "mingjian front door",
        statement_seconds=statement_seconds,
        options=f"-c search_path={schema},pg_temp",
    )
    kind = AutocommitPool if autocommit else ConnectionPool[Any]
    return kind(
        url,
        connection_class=PatientConnection,
        kwargs={"autocommit": autocommit, **manner},
        min_size=1,
        max_size=connections,
        timeout=POOL_SECONDS,
        reconnect_timeout=2,  # then the next request tries, not a timer that doubles up to minutes
        configure=make_patient(statement_seconds),
        check=refuse_dead,
        open=True,
        name="front door",
    )


@contextmanager
def looking(pool: ConnectionPool[Connection]) -> Iterator[Connection]:
    """A connection for statements that each see what stands then, without a transaction around."""
    with pool.connection() as connection:
        own, connection.autocommit = connection.autocommit, True
        try:
            yield connection
        finally:
            if not connection.closed:
                connection.autocommit = own
