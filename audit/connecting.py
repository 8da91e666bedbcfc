"""How connections to the database of a record are made: none waits without an end.

A server cancels a statement that takes too long, a wait for a lock included. Where nothing comes
from the server at all, which no time-out of its own can tell, the connection gives it up.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import orjson
import psycopg
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.rows import Row
from psycopg.types.array import ListDumper
from psycopg.types.json import set_json_loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg.abc import RV, Buffer, DumperKey, PQGen, PyFormat

POOL_SECONDS = 5.0
"""For how long somebody waits for a free connection of a pool."""
_CONNECT_SECONDS = 5
_GRACE = 2.0
"""How much longer than a statement may take its answer is waited for."""
_GONE_SECONDS = 30
"""After how long a machine that acknowledges nothing is taken for gone."""


_TEXTS = {str}


class _Texts(ListDumper):
    """Writes lists as psycopg does, and those of plain texts at once: many ids are asked for."""

    def get_key(self, obj: list[Any], format: PyFormat) -> DumperKey:  # noqa: A002 -- as psycopg's
        """By what psycopg knows who writes a list: texts need nobody else."""
        return self.cls if set(map(type, obj)) <= _TEXTS else super().get_key(obj, format)

    def dump(self, obj: list[Any]) -> Buffer | None:
        """The text of an array."""
        if set(map(type, obj)) <= _TEXTS:
            written = orjson.dumps(obj)
            if b"\\" not in written:  # then each stands in quotes as it is, here and there
                return b"{" + written[1:-1] + b"}"
        return super().dump(obj)


class PatientConnection(Connection[Row]):
    """A connection that waits for the server, but not for ever.

    ``answer_seconds`` is how long it waits for one answer of the server; without, there is no end.
    A connection that has waited so long is closed: what the server still does is not known.
    """

    answer_seconds: float | None = None

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Called by psycopg; raises ``psycopg.OperationalError`` when that is over."""
        try:
            return super().wait(gen, interval, self.answer_seconds if timeout is None else timeout)
        except psycopg.OperationalError:
            if timeout is None and self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


def parameters(
    url: str, name: str, *, statement_seconds: int | None = None, options: str = ""
) -> dict[str, Any]:
    """What psycopg is told beside the address; what the address states itself goes before it.

    ``name`` is how the connection shows in ``pg_stat_activity``; after ``statement_seconds`` the
    server cancels a statement, or a transaction in which nothing happens. Times come in UTC, as
    they are stored in the leaves.
    """
    given = conninfo_to_dict(url)
    limits = (
        f"-c statement_timeout={statement_seconds}s"
        f" -c idle_in_transaction_session_timeout={statement_seconds}s"
    )
    said = ["" if statement_seconds is None else limits, str(given.get("options") or "")]
    wanted = {
        "application_name": name,
        "connect_timeout": _CONNECT_SECONDS,
        "keepalives_idle": _GONE_SECONDS,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": _GONE_SECONDS * 1000,
    }
    return {
        **{key: value for key, value in wanted.items() if key not in given},
        "options": " ".join([*filter(None, said), "-c timezone=UTC", options]).strip(),
    }


def make_patient(statement_seconds: int | None) -> Callable[[Connection[Any]], None]:
    """Gives the connections of a pool time to wait: more than the server itself would need."""
    answer_seconds = None if statement_seconds is None else statement_seconds + _GRACE

    def configure(connection: Connection[Any]) -> None:
        assert isinstance(connection, PatientConnection)
        connection.answer_seconds = answer_seconds
        set_json_loads(orjson.loads, connection)
        connection.adapters.register_dumper(list, _Texts)

    return configure


def connect(
    url: str, name: str, *, answer_seconds: float | None = None, options: str = ""
) -> PatientConnection[Any]:
    """A connection of its own, in autocommit mode, beside every pool."""
    connection = PatientConnection.connect(
        url, autocommit=True, **parameters(url, name, options=options)
    )
    connection.answer_seconds = answer_seconds
    return connection


def give_back(connection: Connection[Any]) -> None:
    """Give back every lock that a session holds, before its connection is closed.

    The server ends a session a moment after its client has gone: who comes right after would be
    told that somebody is at work.
    """
    with suppress(psycopg.OperationalError):
        connection.execute("SELECT pg_advisory_unlock_all()")
