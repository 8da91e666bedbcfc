"""Rotation, backup, restore and erasure, each killed at every place where it touches anything.

After each death no word is lost and none that was erased is back; the same command, given again,
comes to its end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import sleep
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import psycopg
import pytest

from api.acts.upkeep import rotate_keys
from api.backup.backing_up import back_up, keys_beside
from api.backup.restoring import restore
from api.database import Reached
from api.foundation import MASTER_KEY, make_keys
from api.jobs.eraser import carry_out
from api.keys import open_front_door_keys
from api.settings import Settings
from api.tables.fingerprints import Fingerprints
from api.tables.pool import open_pool
from audit.backup.manifest import BackupRefusedError, read_manifest
from audit.guards import GuardError, check_guards
from audit.keys.custody import Task
from audit.keys.journal import Journal
from audit.keys.keyfile import KeyFile, KeyFileError, Use
from audit.record import Head, IdentityClaim, Record
from domain.person.events import DocumentBound, PersonErased, PersonRegistered
from domain.personal import Personal, Purpose
from projections.catalogue import VIEWS
from projections.follow import catch_up
from projections.schema import look_at
from tests.api.dying import lives
from tests.audit.said import NOON, a_request
from tests.conftest import GROUND, Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from api.services import Services

PERSONS = ("person-an", "person-bo", "person-cao")
GONE = "person-gone"
FILE = b"%PDF-1.4\n%%EOF\n"


AT_WORK = """
SELECT EXISTS (
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND split_part(application_name, ' ', 2) = ANY (%s)
)
"""
"""Whether a connection is there by which somebody holds the keys of the present database."""


@dataclass(frozen=True)
class Scene:
    """A small record, and what an old dump of it holds: the wrapped keys of one who is gone."""

    reached: Reached
    old_dump: tuple[tuple[str, int, bytes], ...] = ()

    def record(self) -> Record:
        """The record as a process that starts now opens it."""
        settings = self.reached.settings
        key_file = KeyFile(settings.key_directory / MASTER_KEY)
        return Record(settings.database_url or "", GROUND, key_file, connections=2)

    def look(self) -> None:
        """Every word that was not erased opens, every document is found, what is gone is gone."""
        with self.record() as record:
            for number, person in enumerate(PERSONS):
                name = record.load(person).events[0]
                assert isinstance(name, PersonRegistered)
                assert name.name.text == person
                assert record.person_of("card", f"card-{number}") == person
                assert b"".join(record.attachments.read(f"material-{person}")) == FILE
            gone = record.load(GONE).events[0]
            assert isinstance(gone, PersonRegistered)
            assert gone.name.text is None

    def look_at_the_old_dump(self) -> None:
        """The keys of who is gone do not open, with the dump and the key file together."""
        with self.record() as record:
            for key_id, epoch, wrapped in self.old_dump:
                with pytest.raises(KeyFileError):
                    record.keys.unwrap(key_id, epoch, wrapped)


def reached(database: Database, keys: Path) -> Reached:
    settings = Settings(
        record="test/demo",
        database_url=database.url,
        owner_database_url=database.owner_url,
        keys=keys,
        threads=2,
    )
    return Reached(settings, GROUND, embedded=False)


def register(record: Record, person: str, card: str) -> None:
    """Somebody with a name, a document and a file."""

    def own(text: str) -> Personal:
        return Personal(text, person, Purpose.OFFICIAL)

    bound = DocumentBound(kind="card", number=own(card), as_entered=None)
    claim = IdentityClaim("card", card, person)
    record.append(
        a_request(Head.new(person), PersonRegistered(name=own(person)), bound, identities=(claim,))
    )
    record.attachments.store(
        f"material-{person}", [FILE], lambda _: "application/pdf", limit=1000, at=NOON
    )


def order(record: Record, person: str) -> int:
    """Order that somebody be forgotten; the position of the order."""
    keys = (f"{person}/official/1", f"material-{person}/material/1")
    erased = PersonErased(erasure="erasure-1", purposes=(Purpose.OFFICIAL,), keys=keys)
    return record.append(a_request(record.load(person).head, erased)).positions[0]


def forget(reached: Reached, person: str, position: int) -> None:
    """As the eraser does."""
    settings = reached.settings
    url = settings.database_url or ""
    keys = open_front_door_keys(settings.key_directory)
    master = KeyFile(settings.key_directory / MASTER_KEY)
    with (
        Record(url, GROUND, master, connections=2) as record,
        open_pool(url, GROUND.schema, connections=1, statement_seconds=30) as pool,
    ):
        needed = SimpleNamespace(
            record=record, settings=settings, ground=GROUND, fingerprints=Fingerprints(pool, keys)
        )
        carry_out(cast("Services", needed), person, position)


@pytest.fixture
def scene(fresh_database: Callable[[], Database], tmp_path: Path) -> Scene:
    """A record in which one of four persons was erased."""
    home = reached(fresh_database(), tmp_path / "keys")
    make_keys(home.settings.key_directory)
    made = Scene(home)
    with made.record() as record:
        for number, person in enumerate(PERSONS):
            register(record, person, f"card-{number}")
        register(record, GONE, "card-gone")
        with psycopg.connect(home.settings.database_url or "", autocommit=True) as connection:
            query = "SELECT key_id, epoch, wrapped FROM record.sealing_key WHERE key_id LIKE %s"
            dump = connection.execute(query, (f"%{GONE}%",), binary=True).fetchall()
            forget(home, GONE, order(record, GONE))
            look_at(connection, GROUND.views)
            catch_up(connection, record, VIEWS)
    old = tuple((key_id, epoch, bytes(wrapped)) for key_id, epoch, wrapped in dump)
    return replace(made, old_dump=old)


def killed(work: Callable[..., None], home: Reached, *given: object) -> Iterator[str]:
    """Each place at which the work was killed, once the database sees that nobody is at it."""
    for place in lives(work, home, *given):
        with psycopg.connect(home.owner_url, autocommit=True) as connection:
            while connection.execute(AT_WORK, ([*Task],)).fetchone() == (True,):
                sleep(0.01)
        yield place


def rotated(home: Reached) -> None:
    rotate_keys(home, NOON)


def test_a_rotation_that_is_killed_anywhere_loses_no_word_and_is_made_good(scene: Scene) -> None:
    keys = scene.reached.settings.key_directory
    running = scene.record()
    places = []
    for place in killed(rotated, scene.reached):
        places.append(place)
        scene.look()
        assert running.person_of("card", "card-1") == PERSONS[1]
    running.close()
    scene.look()
    scene.look_at_the_old_dump()
    key_file = KeyFile(keys / MASTER_KEY)
    assert [len(key_file.epochs(use)) for use in (Use.WRAPPING, Use.IDENTITY)] == [1, 1]
    assert not list(keys.glob("*.new"))
    touched = {each.partition(":")[0] for each in places}
    assert {"audit/keys/keyfile.py", "audit/keys/rotation.py", "audit/keys/custody.py"} <= touched


def saved(home: Reached, directory: Path) -> None:
    back_up(home, directory, keys_beside(directory), NOON)


def test_a_backup_that_is_killed_anywhere_is_none_until_it_is_whole(
    scene: Scene, tmp_path: Path, empty_database: Callable[[], Database]
) -> None:
    directory = tmp_path / "data"
    keys = keys_beside(directory)
    places = []
    for place in killed(saved, scene.reached, directory):
        places.append(place)
        assert not directory.exists()
        if keys.exists():  # killed between the two names, of which the command says what to do
            with pytest.raises(BackupRefusedError, match="remove them"):
                saved(scene.reached, directory)
            for each in keys.iterdir():
                each.unlink()
            keys.rmdir()
    assert read_manifest(directory).position > 0
    assert not list(tmp_path.glob("*.unfinished"))
    touched = {each.partition(":")[0] for each in places}
    assert {"api/backup/backing_up.py", "audit/backup/saving.py"} <= touched
    elsewhere = Scene(reached(empty_database(), tmp_path / "elsewhere"))
    restored(elsewhere.reached, directory)
    elsewhere.look()


def restored(elsewhere: Reached, directory: Path) -> None:
    restore(elsewhere, directory, keys_beside(directory), NOON)


def test_a_restore_that_is_killed_anywhere_goes_on_and_brings_no_erased_word_back(
    empty_database: Callable[[], Database], scene: Scene, tmp_path: Path
) -> None:
    """The backup is older than the order to forget one more, which the journal alone knows."""
    directory = tmp_path / "data"
    saved(scene.reached, directory)
    with scene.record() as record:
        forget(scene.reached, PERSONS[0], order(record, PERSONS[0]))
    journal = Journal(scene.reached.settings.key_directory).path
    (keys_beside(directory) / journal.name).write_bytes(journal.read_bytes())
    elsewhere = Scene(reached(empty_database(), tmp_path / "elsewhere"))
    places = []
    for place in killed(restored, elsewhere.reached, directory):
        places.append(place)
        refuse_to_serve(elsewhere)
    check_guards(elsewhere.reached.settings.database_url or "", GROUND)
    with elsewhere.record() as record:
        name = record.load(PERSONS[0]).events[0]
        assert isinstance(name, PersonRegistered)
        assert name.name.text is None
        assert record.person_of("card", "card-0") is None
        assert record.person_of("card", "card-1") == PERSONS[1]
    touched = {each.partition(":")[0] for each in places}
    assert {"audit/backup/loading.py", "audit/keys/keyring.py", "audit/keys/journal.py"} <= touched


def test_a_backup_taken_between_an_order_and_the_views_is_restored(
    scene: Scene, tmp_path: Path, empty_database: Callable[[], Database]
) -> None:
    """Whose name is gone can't be put into the index of names again, as it stood before."""
    with scene.record() as record:
        order(record, PERSONS[0])
    saved(scene.reached, tmp_path / "data")
    elsewhere = Scene(reached(empty_database(), tmp_path / "elsewhere"))
    done = restore(elsewhere.reached, tmp_path / "data", tmp_path / "data.keys", NOON)
    assert "names" in done.uncompared
    with elsewhere.record() as record:
        name = record.load(PERSONS[0]).events[0]
        assert isinstance(name, PersonRegistered)
        assert name.name.text is None


def refuse_to_serve(elsewhere: Scene) -> None:
    """What is not restored to its end is not served; nor backed up, nor are its keys rotated."""
    home = elsewhere.reached
    with psycopg.connect(home.owner_url) as connection:
        if connection.execute("SELECT to_regclass('record.restoration')").fetchone() == (None,):
            return
        if connection.execute("SELECT EXISTS (SELECT FROM record.event)").fetchone() == (False,):
            return
    with pytest.raises(GuardError, match="restore into this database was not finished"):
        check_guards(home.settings.database_url or "", GROUND)
    with pytest.raises(BackupRefusedError, match="was not finished"):
        rotated(home)
    with pytest.raises(BackupRefusedError, match="was not finished"):
        saved(home, home.settings.key_directory.with_name("never"))


def test_an_erasure_that_is_killed_anywhere_is_carried_out_by_the_next_look(scene: Scene) -> None:
    leaver = PERSONS[2]
    with scene.record() as record:
        position = order(record, leaver)
    places = []
    for place in killed(forget, scene.reached, leaver, position):
        places.append(place)
        with scene.record() as record:
            name = record.load(leaver).events[0]
            assert isinstance(name, PersonRegistered)
            assert name.name.text is None
    with scene.record() as record:
        assert record.attachments.with_bytes([f"material-{leaver}"]) == set()
        assert record.identities.remembered([leaver]) == set()
        assert record.person_of("card", "card-1") == PERSONS[1]
    entries = Journal(scene.reached.settings.key_directory).entries()
    assert [each.stream for each in entries] == [GONE, leaver]
    touched = {each.partition(":")[0] for each in places}
    assert {"audit/keys/journal.py", "audit/keys/keyring.py", "audit/keys/custody.py"} <= touched
