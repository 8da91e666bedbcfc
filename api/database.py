"""The front door's own connections: for sign-in and for reading views, never for the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg_pool import ConnectionPool

if TYPE_CHECKING:
    from psycopg import Connection

    from audit.migrate import Ground


def open_pool(
    url: str, ground: Ground, *, connections: int, statement_seconds: int
) -> ConnectionPool[Connection]:
    """A pool whose connections see the schema of the record; open only after a fork.

    A statement that takes longer than ``statement_seconds`` is cancelled.
    A connection that the server closed while it lay idle is replaced before it is handed out.
    """
    options = (
        f"-c search_path={ground.schema},pg_temp -c statement_timeout={statement_seconds}s"
        f" -c idle_in_transaction_session_timeout={statement_seconds}s -c timezone=UTC"
    )
    return ConnectionPool(
        url,
        kwargs={"options": options, "application_name": "mingjian front door"},
        min_size=1,
        max_size=connections,
        timeout=5,
        check=ConnectionPool.check_connection,
        open=True,
        name="front door",
    )
