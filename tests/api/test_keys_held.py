"""One lock over rotation, backup, restore and erasure: who comes meanwhile waits, or is told."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from api.acts.upkeep import rotate_keys
from api.app import open_services
from api.backup import backing_up
from api.backup.backing_up import back_up
from api.backup.progress import Work
from api.backup.restoring import restore
from api.command.failure import sentence_of
from api.database import Reached
from api.embedded import EmbeddedServer, Role
from api.foundation import MASTER_KEY
from api.http.masking import ERASED
from api.jobs.eraser import erase
from audit.backup import proving
from audit.backup.manifest import BackupRefusedError, read_manifest
from audit.keys import rotation
from audit.keys.custody import CustodyHeldError, CustodyLostError, Task, custody
from audit.keys.keyfile import KeyFile
from domain.person.naming import names
from projections.catalogue import VIEWS
from projections.progress import wait_for
from tests.api.filings import done, draft
from tests.api.test_backup import reached
from tests.api.test_coming_again import ALL, DECISION, asked
from tests.conftest import GROUND, Database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.api.actor import Actor
    from tests.api.world import World


@pytest.fixture(scope="module")
def home(world: World, server: EmbeddedServer) -> Reached:
    """The county's database while it is being served, as an operator reaches it."""
    settings = world.services.settings
    name = str(conninfo_to_dict(settings.database_url or "")["dbname"])
    owner = server.url(name, Role.OWNER)
    return Reached(
        replace(settings, record="test/demo", owner_database_url=owner), GROUND, embedded=False
    )


@pytest.fixture
def leaver(world: World) -> Actor:
    """Somebody who prepared a case and wants to be forgotten, as the first officer agrees."""
    return world.applicant(world.school, "某离职者")


def approved(world: World, leaver: Actor) -> str:
    draft(leaver, world.school)
    path = asked(world, leaver, *ALL)
    done(world.bureau.integrity_handler.change(path, "/approvals", {"grounds": "符合条件"}))
    return path


def order(world: World, path: str) -> None:
    done(world.bureau.integrity_leader.change(path, "/orders", DECISION))


def alive(home: Reached, person: str) -> int:
    query = "SELECT count(*) FROM record.sealing_key WHERE key_id LIKE %s AND wrapped IS NOT NULL"
    with psycopg.connect(home.owner_url) as connection:
        row = connection.execute(query, (f"{person}/%",)).fetchone()
    assert row is not None
    return int(row[0])


def look(world: World) -> None:
    """What the eraser does when it is told that the views have moved."""
    services = world.services
    with services.views.connection() as connection:
        assert wait_for(connection, VIEWS, services.record.head(), 10)
    erase(services, ask_again=lambda _: True)


@pytest.mark.parametrize("task", [Task.BACKUP, Task.RESTORE, Task.ROTATION, Task.ERASURE])
def test_a_rotation_is_refused_at_once_and_says_who_is_at_work(
    world: World, home: Reached, task: Task
) -> None:
    before = (home.settings.key_directory / MASTER_KEY).read_bytes()
    with (
        custody(world.services.settings.database_url or "", GROUND.schema, task),
        pytest.raises(CustodyHeldError, match=f"mingjian {task.value} at .*, process [0-9]+") as at,
    ):
        rotate_keys(home, world.clock.now())
    assert (home.settings.key_directory / MASTER_KEY).read_bytes() == before
    assert "现在不能轮换密钥" in (sentence_of(at.value, "zh") or "")
    assert "at work on the keys" in (sentence_of(at.value, "en") or "")


def test_a_restore_is_refused_at_once(
    world: World, home: Reached, empty_database: Callable[[], Database], tmp_path: Path
) -> None:
    back_up(home, tmp_path / "data", tmp_path / "saved", world.clock.now())
    elsewhere = reached(empty_database(), tmp_path)
    with (
        custody(elsewhere.owner_url, GROUND.schema, Task.RESTORE),
        pytest.raises(CustodyHeldError, match="mingjian restore"),
    ):
        restore(elsewhere, tmp_path / "data", tmp_path / "saved", world.clock.now())


def test_a_backup_waits_and_is_told_for_whom(world: World, home: Reached, tmp_path: Path) -> None:
    told: list[str] = []
    held = custody(home.owner_url, GROUND.schema, Task.ROTATION)

    def ask_again(holder: str) -> bool:
        if not told:
            held.__exit__(None, None, None)
        told.append(holder)
        return True

    held.__enter__()
    back_up(home, tmp_path / "data", tmp_path / "saved", world.clock.now(), ask_again=ask_again)
    # Asked again until the server has noticed that whoever held the keys is gone.
    assert told[0].startswith("mingjian rotation at ")


def test_of_two_rotations_at_once_one_is_refused_and_no_word_is_lost(
    world: World, home: Reached, leaver: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrap = rotation._rewrap

    def meanwhile(*given: object) -> object:
        with pytest.raises(CustodyHeldError, match="mingjian rotation"):
            rotate_keys(home, world.clock.now())
        return rewrap(*given)  # type: ignore[arg-type] # what it was given

    monkeypatch.setattr(rotation, "_rewrap", meanwhile)
    rotate_keys(home, world.clock.now())
    services = open_services(home.settings, GROUND, world.clock)
    assert names(services.record.load(leaver.person).events)[-1].text == leaver.name
    services.close()


def test_a_rotation_within_a_backup_is_refused_and_the_backup_opens(
    world: World, home: Reached, empty_database: Callable[[], Database], tmp_path: Path
) -> None:
    refused: list[str] = []

    def tell(work: Work, _done: int, _whole: int) -> None:
        if work is Work.SAVING and not refused:
            with pytest.raises(CustodyHeldError) as held:
                rotate_keys(home, world.clock.now())
            refused.append(held.value.holder)

    back_up(home, tmp_path / "data", tmp_path / "saved", world.clock.now(), tell)
    assert refused
    elsewhere = reached(empty_database(), tmp_path)
    assert restore(elsewhere, tmp_path / "data", tmp_path / "saved", world.clock.now()).keys > 0


def test_an_erasure_within_a_backup_is_on_record_at_once_and_carried_out_after_it(
    world: World,
    home: Reached,
    leaver: Actor,
    empty_database: Callable[[], Database],
    tmp_path: Path,
) -> None:
    path = approved(world, leaver)
    seen: list[int] = []

    def tell(work: Work, _done: int, _whole: int) -> None:
        if work is Work.SAVING and not seen:
            order(world, path)
            person = done(world.school.administrator.get(f"/v1/persons/{leaver.person}")).body
            assert person["name"] == ERASED
            seen.append(alive(home, leaver.person))

    back_up(home, tmp_path / "data", tmp_path / "saved", world.clock.now(), tell)
    assert seen[0] > 0
    look(world)
    assert alive(home, leaver.person) == 0
    elsewhere = reached(empty_database(), tmp_path)
    assert restore(elsewhere, tmp_path / "data", tmp_path / "saved", world.clock.now()).erased > 0
    assert alive(elsewhere, leaver.person) == 0


def test_an_erasure_within_a_rotation_is_carried_out_after_it(
    world: World, home: Reached, leaver: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = approved(world, leaver)
    digest_anew = rotation._digest_anew

    def meanwhile(*given: object) -> object:
        order(world, path)
        return digest_anew(*given)  # type: ignore[arg-type] # what it was given

    monkeypatch.setattr(rotation, "_digest_anew", meanwhile)
    rotate_keys(home, world.clock.now())
    look(world)
    assert alive(home, leaver.person) == 0
    assert world.services.record.person_of("resident_identity_card", leaver.number) is None
    other = world.school.handler
    assert world.services.record.person_of("resident_identity_card", other.number) == other.person


def test_two_erasures_do_not_wait_for_one_another(world: World, home: Reached) -> None:
    url = world.services.settings.database_url or ""
    with (
        custody(url, GROUND.schema, Task.ERASURE),
        custody(home.owner_url, GROUND.schema, Task.ERASURE) as held,
    ):
        held.confirm()


def test_who_comes_right_after_is_not_told_that_somebody_is_at_work(
    empty_database: Callable[[], Database],
) -> None:
    url = empty_database().owner_url
    for _ in range(200):
        with custody(url, GROUND.schema, Task.ROTATION) as held:
            held.confirm()


@pytest.mark.parametrize("at", [Work.SAVING, Work.PROVING], ids=["saving", "proving"])
def test_who_loses_the_lock_makes_nothing_final(
    world: World, home: Reached, tmp_path: Path, server: EmbeddedServer, at: Work
) -> None:
    name = str(conninfo_to_dict(home.owner_url)["dbname"])
    ending = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name LIKE 'mingjian backup at %%' AND datname = %s"
    )

    def tell(work: Work, _done: int, _whole: int) -> None:
        if work is at:
            with psycopg.connect(server.url(name, Role.SUPERUSER)) as connection:
                connection.execute(ending, (name,))

    with pytest.raises(CustodyLostError, match="try again"):
        back_up(home, tmp_path / "data", tmp_path / "saved", world.clock.now(), tell)
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "saved").exists()


def test_a_backup_with_other_keys_is_none(
    world: World, home: Reached, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_keys = backing_up._copy_keys

    def others(source: Path, target: Path) -> None:
        copy_keys(source, target)
        (target / MASTER_KEY).unlink()
        KeyFile.create(target / MASTER_KEY)

    monkeypatch.setattr(backing_up, "_copy_keys", others)
    with pytest.raises(BackupRefusedError, match="does not open"):
        back_up(home, tmp_path / "data", tmp_path / "saved", world.clock.now())
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("table", ["event", "attachment_chunk", "identity"])
def test_a_backup_that_the_disk_gives_back_otherwise_is_none(
    world: World, home: Reached, tmp_path: Path, table: str
) -> None:
    def tell(work: Work, _done: int, _whole: int) -> None:
        if work is Work.PROVING:
            file = tmp_path / "data.unfinished" / f"{table}.copy"
            octets = bytearray(file.read_bytes())
            octets[len(octets) // 2] ^= 1
            file.write_bytes(octets)

    with pytest.raises(BackupRefusedError, match=rf"{table}\.copy does not give back"):
        back_up(home, tmp_path / "data", tmp_path / "saved", world.clock.now(), tell)
    assert not (tmp_path / "data").exists()


def test_a_backup_whose_words_do_not_open_is_none(
    world: World, home: Reached, tmp_path: Path
) -> None:
    """Every key unwraps, every digest holds, and still what was sealed is not what is there."""
    back_up(home, tmp_path / "data", tmp_path / "saved", world.clock.now())
    manifest = read_manifest(tmp_path / "data")
    key_file = tmp_path / "saved" / MASTER_KEY
    proof = proving.prove(tmp_path / "data", manifest, key_file)
    assert proof.keys > proof.epochs == 1
    file = tmp_path / "data" / "event.copy"
    file.write_bytes(spoilt(file.read_bytes()))
    tables = tuple(
        replace(each, digest=sha256(file.read_bytes()).hexdigest())
        if each.name == "event"
        else each
        for each in manifest.tables
    )
    with pytest.raises(BackupRefusedError, match="does not open"):
        proving.prove(tmp_path / "data", replace(manifest, tables=tables), key_file)


def spoilt(octets: bytes) -> bytes:
    """Every envelope with another nonce of the same length."""
    parts = octets.split(b'"nonce":"')
    return parts[0] + b"".join(b'"nonce":"' + bytes([part[0] ^ 1]) + part[1:] for part in parts[1:])
