"""Backup beside a living server, and restore into another database."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from api.app import open_services
from api.backup import restoring
from api.backup.backing_up import back_up
from api.backup.restoring import restore
from api.database import Reached
from api.embedded import EmbeddedServer, Role
from api.foundation import make_keys
from api.settings import Settings
from audit import reading
from audit.backup.manifest import BackupRefusedError, Manifest
from audit.keys.sealing import SealBrokenError
from tests.conftest import GROUND, THE_BEGINNING, Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.world import World


@dataclass(frozen=True)
class Saved:
    """A backup of the county."""

    directory: Path
    keys: Path
    manifest: Manifest


@pytest.fixture(scope="module")
def home(world: World, server: EmbeddedServer) -> Reached:
    """The county's database while it is being served, as an operator reaches it."""
    settings = world.services.settings
    name = str(conninfo_to_dict(settings.database_url or "")["dbname"])
    owner = server.url(name, Role.OWNER)
    return Reached(
        replace(settings, record="test/demo", owner_database_url=owner), GROUND, embedded=False
    )


@pytest.fixture(scope="module")
def saved(home: Reached, world: World, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A backup of the county, taken while it was being served."""
    place = tmp_path_factory.mktemp("backup")
    directory, keys = place / "data", place / "keys"
    return Saved(directory, keys, back_up(home, directory, keys, world.clock.now()))


@pytest.fixture
def elsewhere(empty_database: Callable[[], Database], tmp_path: Path) -> Reached:
    """An empty database with no keys beside it."""
    return reached(empty_database(), tmp_path)


def reached(database: Database, keys: Path) -> Reached:
    """A database as an operator reaches it."""
    settings = Settings(
        record="test/demo",
        database_url=database.url,
        owner_database_url=database.owner_url,
        keys=keys / "keys",
        threads=2,
    )
    return Reached(settings, GROUND, embedded=False)


def test_a_restored_record_is_what_was_saved_and_shows_what_it_showed(
    world: World, saved: Saved, elsewhere: Reached, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In two processes, as a record is that fills more than a page."""
    for each in (reading, restoring):
        monkeypatch.setattr(each, "PAGE", 1)
    done = restore(elsewhere, saved.directory, saved.keys, world.clock.now())
    assert done.manifest == saved.manifest
    assert done.events == saved.manifest.position > 0
    assert done.streams > 0
    assert done.view_tables > 0
    assert done.uncompared == ()
    services = open_services(elsewhere.settings, GROUND, world.clock)
    person = world.school.handler.person
    (registered, *_) = services.record.load(person).events
    assert registered == world.services.record.load(person).events[0]
    services.close()


def test_whoever_was_signed_in_when_the_backup_was_taken_signs_in_anew(
    world: World, saved: Saved, elsewhere: Reached
) -> None:
    restore(elsewhere, saved.directory, saved.keys, world.clock.now())
    with psycopg.connect(elsewhere.owner_url) as connection:
        row = connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE ended_because = 'restored')"
            " FROM record.session"
        ).fetchone()
    assert row is not None
    assert row[0] == row[1] > 0


def test_a_restore_over_a_living_record_is_refused(
    world: World, home: Reached, saved: Saved
) -> None:
    before = world.services.record.head()
    with pytest.raises(BackupRefusedError, match="a record lives"):
        restore(home, saved.directory, saved.keys, world.clock.now())
    assert world.services.record.head() == before


def test_a_restore_that_was_cut_short_is_begun_again(
    world: World, saved: Saved, elsewhere: Reached, tmp_path: Path
) -> None:
    broken = copied(saved, tmp_path)
    (broken / "receipt.copy").write_bytes(b"")
    with pytest.raises(BackupRefusedError, match=r"receipt\.copy"):
        restore(elsewhere, broken, saved.keys, world.clock.now())
    restore(elsewhere, saved.directory, saved.keys, world.clock.now())


def test_an_altered_backup_is_refused(
    world: World, saved: Saved, elsewhere: Reached, tmp_path: Path
) -> None:
    altered = copied(saved, tmp_path)
    events = altered / "event.copy"
    octets = events.read_bytes()
    events.write_bytes(octets.replace(b'"handler"', b'"leader_"', 1))
    with pytest.raises(BackupRefusedError, match=r"event\.copy"):
        restore(elsewhere, altered, saved.keys, world.clock.now())


def test_a_directory_without_a_manifest_is_no_backup(elsewhere: Reached, tmp_path: Path) -> None:
    with pytest.raises(BackupRefusedError, match="no backup that was finished"):
        restore(elsewhere, tmp_path, tmp_path, THE_BEGINNING)


def test_keys_of_another_record_are_refused(world: World, saved: Saved, elsewhere: Reached) -> None:
    make_keys(elsewhere.settings.key_directory)
    with pytest.raises(SealBrokenError):
        restore(elsewhere, saved.directory, saved.keys, world.clock.now())


def test_a_backup_of_another_record_is_refused(
    world: World, saved: Saved, elsewhere: Reached
) -> None:
    other = replace(elsewhere, settings=replace(elsewhere.settings, record="other"))
    with pytest.raises(BackupRefusedError, match="MINGJIAN_RECORD"):
        restore(other, saved.directory, saved.keys, world.clock.now())


def test_keys_never_lie_inside_the_data(world: World, home: Reached, tmp_path: Path) -> None:
    with pytest.raises(BackupRefusedError, match="apart"):
        back_up(home, tmp_path / "one", tmp_path / "one" / "keys", world.clock.now())


def test_a_backup_is_never_put_over_anything(world: World, home: Reached, saved: Saved) -> None:
    with pytest.raises(BackupRefusedError, match="is there already"):
        back_up(home, saved.directory, saved.keys, world.clock.now())


def test_no_key_lies_in_the_data_and_nobody_else_reads_the_copies(saved: Saved) -> None:
    assert not list(saved.directory.rglob("*.key"))
    assert saved.directory.stat().st_mode & 0o077 == 0
    for each in saved.keys.iterdir():
        assert each.stat().st_mode & 0o077 == 0


def copied(saved: Saved, target: Path) -> Path:
    """A copy of the data that may be spoilt."""
    return shutil.copytree(saved.directory, target / "spoilt")
