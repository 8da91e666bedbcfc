"""Errors by which the database is at fault, and not what was asked of it.

Two libraries speak to the database: psycopg (with its pool) raises its own errors, eventsourcing
wraps them into its. After an outage the same may succeed later; after any other error it will
not. So an outage stops no view, blames no command, and is answered with "try again".
"""

from __future__ import annotations

import psycopg
from eventsourcing import persistence

_CLASSES = frozenset(
    {
        "08",  # connection exception
        "40",  # transaction rollback: a deadlock, a serialisation that failed
        "53",  # insufficient resources: disk, memory, connections
        "55",  # not in the state for it: a lock that was not to be had
        "57",  # operator intervention: cancelled, shutting down, starting up
        "58",  # system error: input and output
    }
)
"""The first two characters of SQLSTATE (PostgreSQL's manual, appendix A)."""
_STATES = frozenset(
    {
        "25006",  # read-only: a standby that was not promoted yet
        "25P03",  # idle in a transaction for too long
        "25P04",  # a transaction that took too long
    }
)


def is_outage(error: BaseException) -> bool:
    """Whether an error of either library says that the database can't be used at present.

    A full pool, a lost connection, a time-out, a full disk, a server that stops or only reads.
    """
    if isinstance(error, psycopg.Error):
        return _is_outage(error)
    if isinstance(error, persistence.PersistenceError):
        cause = database_error_behind(error)
        if cause is not None:
            return _is_outage(cause)
        return isinstance(error, (persistence.OperationalError, persistence.InterfaceError))
    return False


def database_error_behind(error: BaseException) -> psycopg.Error | None:
    """What the database itself said, beneath the record's and the library's own errors."""
    cause = error.__cause__
    while cause is not None and not isinstance(cause, psycopg.Error):
        cause = cause.__cause__
    return cause


def _is_outage(error: psycopg.Error) -> bool:
    if error.sqlstate is None:  # said by the library, not by a server
        return isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))
    return error.sqlstate[:2] in _CLASSES or error.sqlstate in _STATES
