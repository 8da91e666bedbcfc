"""The front door's own connections: for sign-in and for reading views, never for the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg_pool import ConnectionPool

if TYPE_CHECKING:
    from psycopg import Connection


def open_pool(
    url: str, schema: str, *, connections: int, statement_seconds: int, autocommit: bool = False
) -> ConnectionPool[Connection]:
    """A pool whose connections see the tables of ``schema``; open only after a fork.

    A statement that takes longer than ``statement_seconds`` is cancelled.
    A connection that the server closed while it lay idle is replaced before it is handed out.
    """
    options = (
        f"-c search_path={schema},pg_temp -c statement_timeout={statement_seconds}s"
        f" -c idle_in_transaction_session_timeout={statement_seconds}s -c timezone=UTC"
    )
    return ConnectionPool(
        url,
        kwargs={
            "options": options,
            "application_name": "mingjian front door",
            "autocommit": autocommit,
        },
        min_size=1,
        max_size=connections,
        timeout=5,
        reconnect_timeout=2,  # then the next request tries, not a timer that doubles up to minutes
        check=ConnectionPool.check_connection,
        open=True,
        name="front door",
    )
