"""The guards are complete: every table, trigger and setting that protects the record counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

from audit import guards
from audit.guards import READ_ONLY, SETTINGS, TRIGGERS, GuardError, check_guards

if TYPE_CHECKING:
    from tests.conftest import Database


def faults(database: Database) -> str:
    with pytest.raises(GuardError) as refused:
        check_guards(database.url, database.ground)
    return str(refused.value)


def as_superuser(database: Database, statement: str, *names: str) -> None:
    composed = sql.SQL(statement).format(*map(sql.Identifier, names))
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute(composed)


def test_every_table_that_only_functions_write_is_looked_at(
    database: Database,
) -> None:
    query = """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'record'::regnamespace AND relkind = 'r'
          AND has_table_privilege(%s, oid, 'SELECT')
          AND NOT has_table_privilege(%s, oid, 'INSERT, UPDATE, DELETE')
          AND NOT has_any_column_privilege(%s, oid, 'INSERT, UPDATE')
        """
    role = database.ground.application
    with psycopg.connect(database.superuser_url) as connection:
        names = {name for (name,) in connection.execute(query, (role, role, role))}
    assert set(READ_ONLY) <= names
    assert names - set(READ_ONLY) <= {"migration"}


@pytest.mark.parametrize("table", READ_ONLY)
def test_no_table_that_only_functions_write_may_be_open_or_missing(
    database: Database, table: str
) -> None:
    as_superuser(database, "GRANT INSERT ON record.{} TO PUBLIC", table)
    assert f"can write table {table}" in faults(database)
    as_superuser(database, "ALTER TABLE record.{} RENAME TO elsewhere", table)
    assert f"table {table} is missing" in faults(database)


def test_every_trigger_that_never_sleeps_is_looked_at(database: Database) -> None:
    query = """
        SELECT relname, tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
        WHERE relnamespace = 'record'::regnamespace AND tgenabled = 'A' AND NOT tgisinternal
        """
    with psycopg.connect(database.superuser_url) as connection:
        assert set(connection.execute(query).fetchall()) == TRIGGERS


@pytest.mark.parametrize(("table", "trigger"), sorted(TRIGGERS))
def test_no_trigger_may_sleep(database: Database, table: str, trigger: str) -> None:
    as_superuser(database, "ALTER TABLE record.{} ENABLE TRIGGER {}", table, trigger)
    assert f"{trigger} of table {table}" in faults(database)


def test_every_setting_by_which_a_crash_could_take_something_back_is_looked_at(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dict.fromkeys(("synchronous_commit", "fsync", "full_page_writes"), "off") == SETTINGS
    monkeypatch.setattr(guards, "SETTINGS", dict.fromkeys(SETTINGS, "on"))
    told = faults(database)
    assert all(f"{setting} is on" in told for setting in SETTINGS)


def test_a_server_that_is_too_old_is_told_so(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "OLDEST_SERVER", 990000)
    assert "older than PostgreSQL 16" in faults(database)
