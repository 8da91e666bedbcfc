"""Migrations: each applied once, in order, by one process, and never changed afterwards."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest

from audit.guards import GuardError, check_guards
from audit.migrate import OF_THE_RECORD, MigrationError, Migrations, files_of, migrate
from audit.record import Record
from tests.audit.said import NOON, append_numbers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit.keys.keyfile import KeyFile
    from audit.migrate import Migration
    from tests.conftest import Database

ALL = list(files_of(OF_THE_RECORD))
LAST = f"{ALL[-1].number:04}_{ALL[-1].name}.sql"


@pytest.fixture
def empty(empty_database: Callable[[], Database]) -> Database:
    return empty_database()


@pytest.fixture
def ours(tmp_path: Path) -> Migrations:
    """The record's migrations, where a test may edit them."""
    directory = tmp_path / "migrations"
    shutil.copytree(OF_THE_RECORD.directory, directory)
    return Migrations("audit", directory)


def run(database: Database, *sets: Migrations, origin: str = "mingjian/test") -> list[Migration]:
    return migrate(database.owner_url, database.ground, origin, NOON, sets or (OF_THE_RECORD,))


def test_what_was_applied_is_not_applied_again(empty: Database) -> None:
    assert [one.number for one in run(empty)] == list(range(1, len(ALL) + 1))
    assert run(empty) == []


def test_a_database_without_a_record_is_not_served(empty: Database) -> None:
    with pytest.raises(GuardError, match="mingjian migrate"):
        check_guards(empty.url, empty.ground)


def test_four_processes_may_migrate_at_once(empty: Database) -> None:
    with ThreadPoolExecutor(4) as threads:
        applied = list(threads.map(lambda _: run(empty), range(4)))
    assert sorted(map(len, applied)) == [0, 0, 0, len(ALL)]


def test_an_edited_file_is_refused(empty: Database, ours: Migrations) -> None:
    run(empty, ours)
    first = ours.directory / "0001_event.sql"
    first.write_text(first.read_text("utf-8") + "-- a word more\n", "utf-8")
    with pytest.raises(MigrationError, match="edited"):
        run(empty, ours)
    with pytest.raises(MigrationError, match="edited"):
        check_guards(empty.url, empty.ground, [ours])


def test_a_newer_database_is_refused(empty: Database, ours: Migrations) -> None:
    run(empty, ours)
    (ours.directory / LAST).unlink()
    with pytest.raises(MigrationError, match="newer"):
        run(empty, ours)
    with pytest.raises(MigrationError, match="newer"):
        check_guards(empty.url, empty.ground, [ours])


def test_a_half_migrated_database_is_not_served(empty: Database, ours: Migrations) -> None:
    last = ours.directory / LAST
    last.write_text(last.read_text("utf-8") + "SELECT 1 / 0;\n", "utf-8")
    with pytest.raises(psycopg.errors.DivisionByZero):
        run(empty, ours)
    with pytest.raises(GuardError, match=f"{LAST[:-4]} of audit"):
        check_guards(empty.url, empty.ground, [ours])


def test_a_migration_that_fails_leaves_nothing_of_itself(empty: Database, ours: Migrations) -> None:
    last = ours.directory / LAST
    whole = last.read_text("utf-8")
    last.write_text(whole + "SELECT 1 / 0;\n", "utf-8")
    with pytest.raises(psycopg.errors.DivisionByZero):
        run(empty, ours)
    last.write_text(whole, "utf-8")
    assert [one.number for one in run(empty, ours)] == [len(ALL)]


@pytest.mark.parametrize("name", ["9999_later.sql", "999_later.sql", "9999-later.sql"])
def test_a_file_out_of_order_is_refused(empty: Database, ours: Migrations, name: str) -> None:
    (ours.directory / name).write_text("SELECT 1", "utf-8")
    with pytest.raises(MigrationError, match=f"number {len(ALL) + 1:04}"):
        run(empty, ours)


def test_each_floor_has_migrations_of_its_own(empty: Database, tmp_path: Path) -> None:
    directory = tmp_path / "views"
    directory.mkdir()
    text = 'CREATE TABLE :"views".a_view (); GRANT SELECT ON :"views".a_view TO :"application";'
    (directory / "0001_view.sql").write_text(text, "utf-8")
    views = Migrations("projections", directory)
    run(empty)
    assert [one.floor for one in run(empty, OF_THE_RECORD, views)] == ["projections"]
    with psycopg.connect(empty.url) as connection:
        connection.execute("SELECT FROM views.a_view")


def test_the_origin_of_a_record_never_changes(empty: Database) -> None:
    run(empty)
    with pytest.raises(MigrationError, match="mingjian/test, and stays it"):
        run(empty, origin="mingjian/other")


@pytest.mark.parametrize("origin", ["", "other/test", "mingjian/", "mingjian/Ä", "mingjian/a/b"])
def test_an_origin_has_the_form_of_one(empty: Database, origin: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        run(empty, origin=origin)


def test_several_records_live_side_by_side(empty: Database, key_file: KeyFile) -> None:
    other = replace(empty.ground, schema="second", views="second_views")
    run(empty)
    migrate(empty.owner_url, other, "mingjian/second/demo", NOON)
    with (
        Record(empty.url, empty.ground, key_file) as one,
        Record(empty.url, other, key_file) as two,
    ):
        append_numbers(one, "test-a", 1, 2)
        append_numbers(two, "test-a", 3)
        assert (one.origin, one.head()) == ("mingjian/test", 2)
        assert (two.origin, two.head()) == ("mingjian/second/demo", 1)
