"""An erasure that died between the destruction of its keys and the removal of what they sealed.

The failure is the database's: the application's role may not run one function for a while.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, cast

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from api.embedded import Role
from api.jobs.eraser import erase, erase_until
from projections.catalogue import VIEWS
from projections.progress import wait_for
from tests.api.filings import done, draft
from tests.conftest import GROUND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from api.embedded import EmbeddedServer
    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.world import World

DECISION = {"decision": "寻人社删〔2024〕3号"}
CARD = "resident_identity_card"


@pytest.fixture
def without(world: World, server: EmbeddedServer) -> Callable[[str], AbstractContextManager[None]]:
    """Takes a function from the application's role, and gives it back."""
    settings = world.services.settings
    name = str(conninfo_to_dict(settings.database_url or "")["dbname"])

    @contextmanager
    def taken(function: str) -> Iterator[None]:
        named = Identifier(GROUND.schema, function)
        role = Identifier(GROUND.application)
        with psycopg.connect(server.url(name, Role.SUPERUSER), autocommit=True) as connection:
            connection.execute(SQL("REVOKE EXECUTE ON FUNCTION {} FROM {}").format(named, role))
            yield
            connection.execute(SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(named, role))

    return taken


def approved(world: World, leaver: Actor, *purposes: str) -> str:
    """The path of an erasure that waits for the leader's order."""
    body = {
        "person": leaver.person,
        "purposes": purposes,
        "organisation": world.bureau.organisation,
        "basis": "个人信息保护法第四十七条",
        "reason": "本人申请",
    }
    path = f"/v1/erasures/{done(leaver.post('/v1/erasures', body)).body['stream']}"
    done(world.bureau.integrity_handler.change(path, "/approvals", {"grounds": "符合条件"}))
    return path


def materials(world: World, case: str) -> list[str]:
    known = world.services.office.desk().case(case.rsplit("/", maxsplit=1)[-1])
    assert known is not None
    return [each.material for each in known.materials]


def look_again(world: World) -> None:
    """What the eraser does when it is told that the views have moved."""
    services = world.services
    with services.views.connection() as connection:
        assert wait_for(connection, VIEWS, services.record.head(), 10)
    erase(services)


@pytest.mark.parametrize("function", ["purge_attachment", "forget_identity", "destroy_keys"])
def test_what_an_interrupted_erasure_left_is_removed_at_the_next_look(
    world: World, without: Callable[[str], AbstractContextManager[None]], function: str
) -> None:
    leaver = world.applicant(world.school, "某离职者")
    files = materials(world, draft(leaver, world.school))
    record, fingerprints = world.services.record, world.services.fingerprints
    path = approved(world, leaver, "applicant", "discipline", "official")
    with without(function):
        answer = world.bureau.integrity_leader.change(path, "/orders", DECISION)
        assert answer.status >= 500
        if function != "destroy_keys":
            assert record.keys.find(f"{leaver.person}/official/1") is None
    look_again(world)
    assert record.keys.find(f"{leaver.person}/official/1") is None
    assert record.attachments.with_bytes(files) == set()
    assert record.identities.remembered([leaver.person]) == set()
    assert record.person_of(CARD, leaver.number) is None
    assert fingerprints.kept(files) == set()


def test_an_applicants_words_go_without_forgetting_whose_the_documents_are(world: World) -> None:
    leaver = world.applicant(world.school, "某申请者")
    path = approved(world, leaver, "applicant")
    done(world.bureau.integrity_leader.change(path, "/orders", DECISION))
    assert world.services.record.person_of(CARD, leaver.number) == leaver.person


def test_the_eraser_looks_when_it_is_told_that_the_views_moved_and_not_before(
    world: World, without: Callable[[str], AbstractContextManager[None]]
) -> None:
    """What an interrupted order left waits for the follower's word, and is then made good."""
    leaver = world.applicant(world.school, "某待删者")
    path = approved(world, leaver, "applicant")
    services, followed, stop = world.services, Event(), Event()
    unmoved: list[str] = []
    never = Never(stop)
    erase_until(stop, cast("Services", Watched(services, unmoved)), never)
    assert unmoved == []
    stop.clear()
    with without("destroy_keys"):
        assert world.bureau.integrity_leader.change(path, "/orders", DECISION).status >= 500
    looked: list[str] = []
    watched = Watched(services, looked)
    eraser = Thread(target=erase_until, args=(stop, cast("Services", watched), followed))
    eraser.start()
    with services.views.connection() as connection:
        assert wait_for(connection, VIEWS, services.record.head(), 10)
    followed.set()
    assert watched.done.wait(30)
    stop.set()
    eraser.join()
    assert services.record.keys.find(f"{leaver.person}/applicant/1") is None
    assert "views" in looked


class Never(Event):
    """The views don't move, and after a few times of asking it is time to stop."""

    def __init__(self, stop: Event) -> None:
        super().__init__()
        self._stop, self._asked = stop, 0

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self._asked += 1
        if self._asked == 3:
            self._stop.set()
        return False


class Watched:
    """The services, which note what is asked of them, and say when a key was destroyed."""

    def __init__(self, services: Services, looked: list[str]) -> None:
        self._services = services
        self._looked = looked
        self.done = Event()

    def __getattr__(self, name: str) -> object:
        self._looked.append(name)
        if name == "fingerprints":  # what is dropped last
            self.done.set()
        return getattr(self._services, name)
