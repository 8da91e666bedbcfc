"""The connections of one process to the database of one record."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING

from eventsourcing.postgres import ConnectionPool, PostgresDatastore
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row

if TYPE_CHECKING:
    from audit.migrate import Ground


class RecordDatastore(PostgresDatastore):
    """A pool of connections as the application's role.

    It opens when it is first used, so after the fork of a server's workers and not before.
    """

    def __init__(self, url: str, ground: Ground, *, connections: int) -> None:
        super().__init__("", "", "", "", "", schema=ground.schema, originator_id_type="text")
        self.url = url
        self.pool = ConnectionPool(
            conninfo=url,
            connection_class=Connection[DictRow],
            kwargs={"row_factory": dict_row, "autocommit": True, **_defaults(url)},
            min_size=1,
            max_size=connections,
            timeout=10,
            reconnect_timeout=2,  # then the next user tries, not a timer that doubles up to minutes
            configure=_speak_utc,
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
        connection.execute("SELECT 1")


def _speak_utc(connection: Connection[DictRow]) -> None:
    """Times come back in UTC, as they are stored in the leaves."""
    connection.execute("SET timezone TO 'UTC'")


def _defaults(url: str) -> dict[str, str]:
    given = conninfo_to_dict(url)
    wanted = {"application_name": "mingjian", "connect_timeout": "10"}
    return {name: value for name, value in wanted.items() if name not in given}
