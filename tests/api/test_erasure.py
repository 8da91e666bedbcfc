"""Erasure over HTTP: two officers, the keys gone, the journal, a restore that erases again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from api.acts.upkeep import rotate_keys
from api.app import open_services
from api.backup.backing_up import back_up
from api.backup.restoring import restore
from api.http.masking import ERASED
from api.jobs.eraser import erase
from audit.keys.journal import Journal
from domain.person import naming
from projections import names
from projections.catalogue import VIEWS
from projections.check import differences
from projections.progress import wait_for
from projections.schema import look_at
from tests.api import homes
from tests.api.achievements import entered, entries, path_of
from tests.api.filings import acts_in, done, draft, filed
from tests.api.homes import home_of
from tests.api.renamings import confirm, propose, proposed, renamed
from tests.conftest import GROUND, Database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from api.database import Reached
    from api.embedded import EmbeddedServer
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

BASIS = "个人信息保护法第四十七条"
RENAMED = "某更名离职者"
DECISION = {"decision": "寻人社删〔2024〕1号"}


@pytest.fixture(scope="module")
def home(world: World, server: EmbeddedServer) -> Reached:
    """The county's database, as an operator reaches it."""
    return home_of(world.services, server)


@pytest.fixture(scope="module")
def leaver(world: World) -> Actor:
    """Somebody who prepared a case, never filed it, and wants to be forgotten."""
    return world.applicant(world.school, "某离职者")


@pytest.fixture(scope="module")
def left_behind(world: World, leaver: Actor) -> str:
    """The path of the case that they prepared, before their name changed."""
    entered(leaver)
    path = draft(leaver, world.school)
    renamed(world.bureau, leaver, RENAMED)
    return path


@pytest.fixture(scope="module")
def to_be_renamed(world: World, left_behind: str, leaver: Actor) -> str:
    """The path of a further change of their name, which nobody has confirmed."""
    assert left_behind
    return proposed(world.bureau.handler, leaver, "某又更名")


@pytest.fixture(scope="module")
def saved(
    home: Reached, world: World, left_behind: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A backup from before the erasure."""
    assert left_behind
    place = tmp_path_factory.mktemp("before")
    back_up(home, place / "data", place / "keys", world.clock.now())
    return place


@pytest.fixture(scope="module")
def asked(world: World, leaver: Actor, saved: Path, to_be_renamed: str) -> str:
    """The path of the erasure that they asked for."""
    assert saved.is_dir()
    assert to_be_renamed
    return ask(world, leaver, leaver)


@pytest.fixture(scope="module")
def ordered(world: World, asked: str) -> Answer:
    """The answer to the order."""
    done(world.bureau.integrity_handler.change(asked, "/approvals", {"grounds": "符合条件"}))
    return done(world.bureau.integrity_leader.change(asked, "/orders", DECISION))


def ask(world: World, by: Actor, whom: Actor) -> str:
    body = {
        "person": whom.person,
        "purposes": ["applicant", "discipline", "official"],
        "organisation": world.bureau.organisation,
        "basis": BASIS,
        "reason": "本人申请",
    }
    return f"/v1/erasures/{done(by.post('/v1/erasures', body)).body['stream']}"


def codes(answer: Answer) -> set[str]:
    return {each["code"] for each in answer.body["refusals"]}


def test_what_was_erased_reads_so_everywhere(
    world: World, leaver: Actor, left_behind: str, ordered: Answer
) -> None:
    topics = [each["topic"] for each in ordered.body["events"]]
    assert topics == ["erasure:ordered:1", "person:erased:1"]
    seen = done(world.school.administrator.get(f"/v1/persons/{leaver.person}")).body
    assert (seen["name"], seen["former_names"]) == (ERASED, [])
    assert {each["name"] for each in seen["names"]} == {ERASED}
    assert {each["number"] for each in seen["names"]} == {None, ERASED}
    assert {each["number"] for each in seen["documents"]} == {ERASED}
    material = world.services.office.desk().case(left_behind.rsplit("/", maxsplit=1)[-1])
    assert material is not None
    content = f"{left_behind}/materials/{material.materials[0].material}/content"
    assert leaver.get(content).code == "MATERIAL_ERASED"
    (kept,) = entries(leaver)
    assert kept["title"] == ERASED
    proof = f"{path_of(leaver)}/{kept['entry']}/content"
    assert leaver.get(proof).code == "MATERIAL_ERASED"
    number = world.services.record.person_of("resident_identity_card", leaver.number)
    assert number is None


def test_an_erased_name_is_changed_by_nobody(
    world: World, leaver: Actor, to_be_renamed: str, ordered: Answer
) -> None:
    assert ordered.status == 201
    seen = done(world.bureau.leader.get(to_be_renamed)).body
    assert (seen["new_name"], seen["number"], acts_in(seen)) == (ERASED, ERASED, [])
    assert confirm(world.bureau.leader, to_be_renamed).code == "NO_SUCH_PROPOSAL"
    assert propose(world.bureau.handler, leaver, "某再更名").code == "NAME_ERASED"


def test_nobody_is_found_by_an_erased_name_and_a_rebuild_changes_nothing(
    world: World, leaver: Actor, ordered: Answer
) -> None:
    services = world.services
    with psycopg.connect(services.settings.database_url or "", autocommit=True) as connection:
        look_at(connection, GROUND.views)
        assert wait_for(connection, VIEWS, services.record.head(), 10)
        assert ordered.body["position"] <= services.record.head()
        for name in (leaver.name, RENAMED):
            digest = services.record.blind(names.PURPOSE, names.searched(name))
            assert names.with_digest(connection, digest) == []
        assert list(differences(connection, GROUND.views, services.record, VIEWS)) == []


def test_it_is_complete_only_when_the_epoch_of_the_master_key_is_gone(
    world: World, home: Reached, asked: str, ordered: Answer
) -> None:
    services = world.services
    position = ordered.body["position"]
    with services.views.connection() as connection:
        assert wait_for(connection, VIEWS, position, 10)
    erase(services)
    assert phase(world, asked) == "carried_out"
    with services.views.connection() as connection:
        assert wait_for(connection, VIEWS, services.record.head(), 10)
    erase(services)
    assert phase(world, asked) == "carried_out"
    rotate_keys(home, world.clock.now())
    with services.views.connection() as connection:
        assert wait_for(connection, VIEWS, services.record.head(), 10)
    erase(services)
    assert phase(world, asked) == "completed"


@pytest.fixture
def elsewhere(
    empty_database: Callable[[], Database], home: Reached, ordered: Answer, tmp_path: Path
) -> Reached:
    """An empty database; beside it no keys, but the journal as it stands after the order."""
    assert ordered.status == 201
    return homes.elsewhere(home, empty_database(), tmp_path / "keys")


def test_a_restored_backup_from_before_the_order_is_erased_again(
    world: World, leaver: Actor, saved: Path, elsewhere: Reached
) -> None:
    restored = restore(elsewhere, saved / "data", saved / "keys", world.clock.now())
    assert restored.erased >= 2
    services = open_services(elsewhere.settings, GROUND, world.clock)
    history = services.record.load(leaver.person)
    assert history.recorded[-1].event.topic == "person:erased:1"
    assert {each.text for each in naming.names(history.events)} == {None}
    assert services.record.person_of("resident_identity_card", leaver.number) is None
    services.close()


def test_the_journal_names_every_key_once(home: Reached, leaver: Actor, ordered: Answer) -> None:
    assert ordered.status == 201
    entries = Journal(home.settings.key_directory).entries()
    (entry,) = (each for each in entries if each.stream == leaver.person)
    assert entry.stream == leaver.person
    assert f"{leaver.person}/official/1" in entry.keys
    assert len(set(entry.keys)) == len(entry.keys) > 2


def test_everything_that_stands_in_the_way_is_said_at_once(world: World) -> None:
    applicant = world.applicant(world.school, "某在途者")
    filed(applicant, world.school)
    person = f"/v1/persons/{applicant.person}"
    hold = {"mandate": "寻纪〔2024〕3号", "reason": "核查线索"}
    placed = done(world.inspector.change(person, "/holds", hold))
    path = ask(world, applicant, applicant)
    officer = world.bureau.integrity_handler
    refused = officer.change(path, "/approvals", {"grounds": "…"})
    assert codes(refused) == {"CASE_UNDER_WAY", "ON_HOLD"}
    assert [each["id"] for each in refused.body["rules"]] == ["ND-ERASURE"]
    lifting = f"/holds/{placed.body['hold']}/liftings"
    done(world.inspector.change(person, lifting, {"reason": "查清"}))
    assert codes(officer.change(path, "/approvals", {"grounds": "…"})) == {"CASE_UNDER_WAY"}
    reason = {"decision": "寻人社删〔2024〕2号", "reason": "申报在办"}
    done(world.bureau.integrity_leader.change(path, "/refusals", reason))
    assert phase(world, path) == "declined"


def test_an_officials_words_stay_and_only_inspectors_hold(world: World) -> None:
    handler = world.school.handler
    path = ask(world, world.bureau.integrity_handler, handler)
    refused = world.bureau.integrity_handler.change(path, "/approvals", {"grounds": "…"})
    assert codes(refused) == {"ACCOUNTABLE_ACTS"}
    hold = {"mandate": "寻纪〔2024〕3号", "reason": "…"}
    answer = world.school.administrator.change(f"/v1/persons/{handler.person}", "/holds", hold)
    assert answer.code == "FORBIDDEN"


def test_one_wrong_file_is_removed_for_good_by_two(world: World) -> None:
    applicant = world.applicant(world.school, "某误传者")
    path = filed(applicant, world.school)
    case = world.services.office.desk().case(path.split("/")[-1])
    assert case is not None
    wrong, right = case.materials[0].material, case.materials[1].material
    why = {"cause": "WRONG_FILE", "reason": "误传他人证书"}
    handler, leader = world.school.handler, world.school.leader
    assert codes(leader.change(path, f"/materials/{wrong}/purges", {})) == {"PURGE_NOT_PROPOSED"}
    done(handler.change(path, f"/materials/{wrong}/purge-proposals", why))
    done(leader.change(path, f"/materials/{wrong}/purges", {}))
    assert handler.get(f"{path}/materials/{wrong}/content").code == "MATERIAL_ERASED"
    assert handler.get(f"{path}/materials/{right}/content").status == 200
    assert world.services.fingerprints.copies(wrong) == []


def phase(world: World, path: str) -> str:
    return str(done(world.bureau.integrity_leader.get(path)).body["phase"])
