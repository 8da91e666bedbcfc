"""A running application, answered over real HTTP on loopback, on a database of its own."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from api.app import open_services
from api.clock import SettableClock
from api.database import Reached, reach
from api.foundation import lay_foundation
from api.serving.running import listening
from api.settings import Settings
from domain.account.events import Part
from domain.beijing import BEIJING
from tests.api.accounts import LOGIN, PASSWORD, AccountsInMemory, facts
from tests.api.applications import application
from tests.api.client import Client
from tests.api.copies import Copies
from tests.api.demonstration import (  # noqa: F401 -- fixtures for every test of this folder
    xunwu,
    xunwu_place,
    xunwu_record,
    xunwu_told,
)
from tests.api.keeping_city import keeping_city  # noqa: F401 -- a fixture for every test here
from tests.api.objections import (  # noqa: F401 -- fixtures for every test of this folder
    admitted,
    investigated,
    public,
    raised,
    the_public_may_speak_again,
)
from tests.api.provinces import Province, PublishingCity
from tests.api.scenes import city_scene, scene  # noqa: F401 -- fixtures of the files of buttons
from tests.api.served import at_work, lay
from tests.api.world import World
from tests.conftest import THE_BEGINNING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from flask import Flask

    from api.services import Services
    from tests.conftest import Database


@pytest.fixture
def reached(empty_database: Callable[[], Database], tmp_path: Path) -> Iterator[Reached]:
    """A database that is still empty, with both its addresses."""
    database = empty_database()
    settings = Settings(
        database_url=database.url,
        owner_database_url=database.owner_url,
        keys=tmp_path / "keys",
        data=tmp_path,
    )
    with reach(settings) as one:
        yield one


@pytest.fixture
def record(reached: Reached) -> Reached:
    """A migrated database with the keys of a new record."""
    lay(reached, reached.settings.origin)
    return reached


@pytest.fixture
def accounts() -> AccountsInMemory:
    """The accounts that the application knows; one official."""
    return AccountsInMemory({"account-1": facts()})


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """Settings over this test's own database and keys."""
    return Settings(database_url=database.url, keys=tmp_path / "keys", threads=4)


@pytest.fixture
def services(
    database: Database, settings: Settings, accounts: AccountsInMemory, clock: SettableClock
) -> Iterator[Services]:
    """Everything that the application answers from."""
    lay_foundation(settings, database.owner_url, database.ground, database.origin, clock.now())
    opened = open_services(settings, database.ground, clock, lambda _: accounts)
    yield opened
    opened.close()


@pytest.fixture
def app(services: Services) -> Flask:
    """The application, with the tests' own resource beside the real ones."""
    return application(services, probed=True)


@pytest.fixture
def anonymous(app: Flask) -> Iterator[Client]:
    """Somebody who has not signed in, speaking to the running application."""
    with listening(app) as address:
        yield Client(address)


@pytest.fixture
def code(services: Services, clock: SettableClock) -> str:
    """The one-time code of the official."""
    return services.sign_in.give_code("account-1", LOGIN, Part.WHOLE, clock.now())


@pytest.fixture
def official(anonymous: Client, code: str) -> Client:
    """The official, signed in with a password of their own."""
    caller = anonymous.signed_in(LOGIN, code)
    answer = caller.put("/v1/password", {"current_password": code, "new_password": PASSWORD})
    assert answer.status == 204, answer.body
    return caller


@pytest.fixture(scope="session")
def visitor(
    fresh_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    """Somebody who has not signed in, at an application that is shared by the tests of a run.

    For tests that change nothing but what is their own.
    """
    database, clock = fresh_database(), SettableClock(THE_BEGINNING)
    keys = tmp_path_factory.mktemp("keys")
    settings = Settings(database_url=database.url, keys=keys, threads=4)
    lay_foundation(settings, database.owner_url, database.ground, database.origin, clock.now())
    known = AccountsInMemory({"account-1": facts()})
    services = open_services(settings, database.ground, clock, lambda _: known)
    app = application(services, probed=True)
    code = services.sign_in.give_code("account-1", LOGIN, Part.WHOLE, clock.now())
    with listening(app) as address:
        caller = Client(address).signed_in(LOGIN, code)
        caller.put("/v1/password", {"current_password": code, "new_password": PASSWORD})
        yield Client(address)
    services.close()


@pytest.fixture(scope="session")
def clerk(visitor: Client) -> Client:
    """An official, signed in at the same application."""
    return visitor.signed_in(LOGIN, PASSWORD)


@pytest.fixture(scope="module")
def running(
    fresh_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., AbstractContextManager[tuple[str, Services]]]:
    """Opens an address at which an application answers by a given clock, under further packs.

    With the jobs of a real process beside it, but for the timekeeper: whoever sets the clock lets
    time be kept (``api.jobs.timekeeper.keep_time``) when it should be, so nothing depends on who is
    faster.
    """

    @contextmanager
    def open_(clock: SettableClock, *overlays: Path) -> Iterator[tuple[str, Services]]:
        database, keys = fresh_database(), tmp_path_factory.mktemp("keys")
        settings = Settings(database_url=database.url, keys=keys, threads=4, overlays=overlays)
        lay_foundation(settings, database.owner_url, database.ground, database.origin, clock.now())
        with at_work(settings, database.ground, clock) as (address, services):
            yield address, services

    return open_


@pytest.fixture(scope="session")
def copies(
    fresh_database: Callable[[], Database],
    copy_of: Callable[[Database], Database],
    tmp_path_factory: pytest.TempPathFactory,
) -> Copies:
    """The societies that several files begin with, each told once."""
    return Copies(fresh_database, copy_of, lambda: tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def world(copies: Copies) -> Iterator[World]:
    """A county of invented people, whom the tests of one module share."""
    with copies.of(World, THE_BEGINNING) as county:
        yield county


@pytest.fixture(scope="module")
def publishing_city(copies: Copies) -> Iterator[PublishingCity]:
    """A city in which every case is made public twice, in the week before National Day 2024."""
    with copies.of(PublishingCity, datetime(2024, 9, 25, 9, tzinfo=BEIJING)) as city:
        yield city


@pytest.fixture(scope="module")
def province(copies: Copies) -> Iterator[Province]:
    """Two cities of one province, in the first batch of 2024."""
    with copies.of(Province, datetime(2024, 5, 7, 9, tzinfo=BEIJING)) as two:
        yield two
