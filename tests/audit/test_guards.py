"""What nobody can do to the record, and what is refused before anything is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from audit.guards import GuardError, check_guards
from audit.record import Head
from tests.audit.said import ZHANG, Said, a_request, destroy

if TYPE_CHECKING:
    from audit.record import Record
    from tests.conftest import Database

NOT_ALLOWED = psycopg.errors.InsufficientPrivilege
REFUSED = psycopg.errors.RestrictViolation
CHANGES = [
    "UPDATE record.event SET topic = 'a:b:1'",
    "UPDATE record.event SET topic = 'a:b:1' WHERE false",
    "DELETE FROM record.event",
    "TRUNCATE record.event",
    "UPDATE record.origin SET origin = 'mingjian/other'",
    "DELETE FROM record.origin",
    "TRUNCATE record.origin",
    "DELETE FROM record.sealing_key",
    "TRUNCATE record.sealing_key CASCADE",
    "UPDATE record.sealing_key SET key_id = 'other'",
    "UPDATE record.attachment SET size = 0",
    "DELETE FROM record.attachment",
    "TRUNCATE record.attachment CASCADE",
    "TRUNCATE record.attachment_chunk",
]


@pytest.fixture(autouse=True)
def an_event(record: Record) -> None:
    record.append(a_request(Head.new("test-a"), Said(words=ZHANG)))


def state_of(database: Database) -> list[tuple[object, ...]]:
    with psycopg.connect(database.superuser_url) as connection:
        events = connection.execute("SELECT * FROM record.event").fetchall()
        return [*events, *connection.execute("SELECT * FROM record.sealing_key").fetchall()]


@pytest.mark.parametrize("change", CHANGES)
def test_the_application_cannot_change_what_is_recorded(database: Database, change: str) -> None:
    before = state_of(database)
    with (
        psycopg.connect(database.url) as connection,
        pytest.raises(NOT_ALLOWED),
    ):
        connection.execute(change.encode())
    assert state_of(database) == before


@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_cannot_change_what_is_recorded(database: Database, change: str) -> None:
    before = state_of(database)
    with (
        psycopg.connect(database.owner_url) as connection,
        pytest.raises(REFUSED),
    ):
        connection.execute(change.encode())
    assert state_of(database) == before


@pytest.mark.parametrize("change", CHANGES)
def test_a_superuser_posing_as_a_replica_cannot_either(database: Database, change: str) -> None:
    before = state_of(database)
    with psycopg.connect(database.superuser_url) as connection:
        connection.execute("SET session_replication_role = replica")
        with pytest.raises(REFUSED):
            connection.execute(change.encode())
    assert state_of(database) == before


def test_a_tombstone_cannot_be_given_a_key_again(record: Record, database: Database) -> None:
    destroy(record, "person-zhang/applicant/1")
    revive = "UPDATE record.sealing_key SET wrapped = 'x', destroyed_at = NULL, ordered_by = NULL"
    with (
        psycopg.connect(database.owner_url) as connection,
        pytest.raises(REFUSED),
    ):
        connection.execute(revive)


@pytest.mark.parametrize(
    "insert",
    [
        "INSERT INTO record.event VALUES ('a', 1, 'a:b:1', '', 2, now())",
        "INSERT INTO record.idempotency VALUES ('a', 'k', sha256(''), 201, 1, 1, NULL, now())",
        "INSERT INTO record.identity VALUES (1, sha256(''), 'person-1')",
        "INSERT INTO record.sealing_key VALUES ('a', 1, 'x', NULL, NULL)",
    ],
)
def test_the_application_writes_only_through_the_functions(database: Database, insert: str) -> None:
    with (
        psycopg.connect(database.url) as connection,
        pytest.raises(NOT_ALLOWED),
    ):
        connection.execute(insert.encode())


def test_only_the_application_may_append(database: Database) -> None:
    with psycopg.connect(database.superuser_url) as connection:
        rows = connection.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'record'::regnamespace"
            " AND prorettype <> 'trigger'::regtype"
            " AND has_function_privilege('public', oid, 'EXECUTE')"
        )
        assert rows.fetchall() == []


def test_functions_of_the_owner_look_only_where_they_should(database: Database) -> None:
    """A search path that a caller sets must not lead them to another table."""
    with psycopg.connect(database.superuser_url) as connection:
        rows = connection.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'record'::regnamespace"
            " AND prosecdef AND NOT 'search_path=record, pg_temp' = ANY (proconfig)"
        )
        assert rows.fetchall() == []


def faults(database: Database, url: str | None = None) -> str:
    with pytest.raises(GuardError) as refused:
        check_guards(url or database.url, database.ground)
    return str(refused.value)


def test_a_migrated_database_is_served_to_the_application(database: Database) -> None:
    check_guards(database.url, database.ground)


def test_a_superuser_is_not_served(database: Database) -> None:
    assert "is a superuser" in faults(database, database.superuser_url)


def test_the_owner_is_not_served(database: Database) -> None:
    assert "owns table event" in faults(database, database.owner_url)


@pytest.mark.parametrize(
    ("breach", "told"),
    [
        ("GRANT INSERT ON record.event TO PUBLIC", "can write table event"),
        ("GRANT UPDATE (topic) ON record.event TO PUBLIC", "can write table event"),
        ("GRANT TRUNCATE ON record.sealing_key TO PUBLIC", "can write table sealing_key"),
        ("GRANT DELETE ON record.identity TO PUBLIC", "can write table identity"),
        ("ALTER TABLE record.event DISABLE TRIGGER append_only", "append_only of table event"),
        ("ALTER TABLE record.event ENABLE TRIGGER append_only", "append_only of table event"),
        ("DROP TRIGGER keep_rows ON record.sealing_key", "keep_rows of table sealing_key"),
        ("ALTER DATABASE {} SET synchronous_commit = off", "synchronous_commit is off"),
    ],
)
def test_a_record_with_a_guard_down_is_not_served(
    database: Database, breach: str, told: str
) -> None:
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute(breach.format(database.name).encode())
    assert told in faults(database)
