"""Which errors of both libraries say that the database is at fault, and which do not."""

from __future__ import annotations

import psycopg
import pytest
from eventsourcing import persistence
from psycopg import errors
from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests

from audit.append.errors import AcknowledgementLostError, AppendFailedError, AppendImpossibleError
from audit.outage import is_outage

OUTAGES = [
    PoolTimeout(),
    PoolClosed(),
    TooManyRequests(),
    psycopg.OperationalError("connection lost"),
    psycopg.InterfaceError("the connection is closed"),
    errors.ConnectionTimeout(),
    errors.QueryCanceled(),
    errors.LockNotAvailable(),
    errors.AdminShutdown(),
    errors.CannotConnectNow(),
    errors.TooManyConnections(),
    errors.DiskFull(),
    errors.OutOfMemory(),
    errors.IoError(),
    errors.DeadlockDetected(),
    errors.ReadOnlySqlTransaction(),
    errors.IdleInTransactionSessionTimeout(),
    persistence.OperationalError(),
    persistence.InterfaceError(),
    persistence.ConnectionUnavailableError(),
    AppendFailedError(),
    AcknowledgementLostError(),
]
MISTAKES = [
    errors.CheckViolation(),
    errors.UniqueViolation(),
    errors.UntranslatableCharacter(),
    errors.NumericValueOutOfRange(),
    errors.ProgramLimitExceeded(),
    errors.UndefinedTable(),
    errors.InsufficientPrivilege(),
    errors.RaiseException(),
    errors.DataCorrupted(),
    persistence.DataError(),
    persistence.IntegrityError(),
    persistence.ProgrammingError(),
    AppendImpossibleError(),
    ValueError(),
    MemoryError(),
]


def wrapped(cause: psycopg.Error) -> persistence.PersistenceError:
    """An error as eventsourcing's connections raise it: by kind, with what the server said."""
    error = persistence.DatabaseError()
    error.__cause__ = cause
    return error


def name(error: Exception) -> str:
    return f"{type(error).__module__}.{type(error).__name__}"


@pytest.mark.parametrize("error", OUTAGES, ids=name)
def test_the_database_is_at_fault(error: Exception) -> None:
    assert is_outage(error)
    if isinstance(error, psycopg.Error):
        assert is_outage(wrapped(error))


@pytest.mark.parametrize("error", MISTAKES, ids=name)
def test_what_was_asked_of_it_is_at_fault(error: Exception) -> None:
    assert not is_outage(error)
    if isinstance(error, psycopg.Error):
        assert not is_outage(wrapped(error))
