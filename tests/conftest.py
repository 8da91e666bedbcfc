"""What every test may ask for: a real PostgreSQL, a database of its own, a clock that stands still.

The invented range: every identity document in these tests starts with 360734 and is born in 1900,
or is plainly invented. Nobody holds such a number.
"""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql

from api.clock import SettableClock
from api.embedded import EmbeddedServer, Role
from api.foundation import EVERY_MIGRATION
from audit.migrate import Ground, migrate
from tests import digests, readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THE_BEGINNING = datetime(2024, 10, 15, 1, 0, tzinfo=UTC)
"""Where the ``clock`` stands at first: nine in the morning in Beijing."""

GROUND = Ground(schema="record", views="views", application=Role.APPLICATION)
ORIGIN = "mingjian/test/demo"
"""Its clock is set by tests, so it is a demonstration's."""

# No test is judged by its speed, and a shared machine must not make one fail.
settings.register_profile("dev", deadline=None, max_examples=30)
settings.register_profile(
    "ci",
    deadline=None,
    max_examples=30,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


_seen_elsewhere: dict[str, set[str]] = {}
"""What acts were seen to rest on in the processes of this run that have ended."""


def pytest_configure(config: pytest.Config) -> None:
    """See what acts rest on while the tests run, and let secrets cost little."""
    readings.watch()
    digests.cheapen()
    config.pluginmanager.register(Workers())


LONG = (
    "test_schema_fuzzing",
    "test_api_fuzzing",
    "test_next_release",
    "test_keys_killed",
    "test_walk",
    "test_broken_laws",
    "test_served_walk",
    "test_duties_altered",
    "test_races",
    "test_killed_server",
    "test_backup",
    "test_examples_lived",
)
"""The files that take longest, one after the other: begun first, none of them is waited for."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; all others in their order."""
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.stem, len(LONG)))


def pytest_collection_finish() -> None:
    """Spare the collector what stands until the run ends: modules, tests, the law."""
    gc.collect()
    gc.freeze()


class Workers:
    """What the processes of a run tell the one that started them."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take over what a process has seen."""
        for act, kinds in getattr(node, "workeroutput", {}).get("readings", {}).items():
            _seen_elsewhere.setdefault(act, set()).update(kinds)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Hold what was seen against what is written down; a difference fails the run."""
    found = {act: sorted(kinds) for act, kinds in readings.seen.items()}
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["readings"] = found
        return
    for act, kinds in _seen_elsewhere.items():
        found[act] = sorted({*found.get(act, ()), *kinds})
    source = session.config.args_source
    whole = source is pytest.Config.ArgsSource.TESTPATHS and exitstatus == pytest.ExitCode.OK
    for difference in readings.differences(found, whole=whole):
        print(f"READINGS {difference}")  # noqa: T201 -- read where the run ends
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a test of which more is always better be run for longer."""
    parser.addoption(
        "--fuzzing", type=int, default=1, help="examples a caller sends to each operation"
    )
    parser.addoption(
        "--server", type=Path, help="data directory of a PostgreSQL that outlives this run"
    )


@dataclass(frozen=True)
class Database:
    """A migrated database of one test, and its addresses for each role."""

    server: EmbeddedServer
    name: str
    ground: Ground = GROUND
    origin: str = ORIGIN

    @property
    def url(self) -> str:
        """As the application role: what a running Mingjian has."""
        return self.server.url(self.name, Role.APPLICATION)

    @property
    def owner_url(self) -> str:
        """As the owner role: what migrations have."""
        return self.server.url(self.name, Role.OWNER)

    @property
    def superuser_url(self) -> str:
        """As the superuser: what only a test that breaks in has."""
        return self.server.url(self.name, Role.SUPERUSER)


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, pytestconfig: pytest.Config
) -> Iterator[EmbeddedServer]:
    """One private PostgreSQL for the whole run, shared by its workers.

    Not to be killed: a test that kills starts an ``EmbeddedServer`` of its own.
    """
    base = tmp_path_factory.getbasetemp()
    own = (base if worker_id == "master" else base.parent) / "server"
    with EmbeddedServer(pytestconfig.getoption("--server") or own) as running:
        spare(running)
        yield running


def spare(server: EmbeddedServer) -> None:
    """Leave out what only a machine that breaks down, or a database that grows old, has use for."""
    with psycopg.connect(server.url("postgres", Role.SUPERUSER), autocommit=True) as connection:
        for each in ("fsync", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {each} = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def administration(server: EmbeddedServer) -> Iterator[psycopg.Connection]:
    """A connection that may make and drop databases."""
    address = server.url("postgres", Role.SUPERUSER)
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def empty_database(
    server: EmbeddedServer, administration: psycopg.Connection, worker_id: str
) -> Callable[[], Database]:
    """Makes databases that nothing was migrated into."""
    numbers = count(1)

    def make() -> Database:
        name = f"empty_{worker_id}_{next(numbers)}"
        create(administration, name, "template0")
        return Database(server, name)

    return make


@pytest.fixture(scope="session")
def template(empty_database: Callable[[], Database]) -> Database:
    """A database migrated once a run, from which each test's own is cloned."""
    database = empty_database()
    migrate(database.owner_url, GROUND, ORIGIN, THE_BEGINNING, EVERY_MIGRATION)
    return database


@pytest.fixture(scope="session")
def copy_of(
    server: EmbeddedServer, administration: psycopg.Connection, worker_id: str
) -> Callable[[Database], Database]:
    """Copies a database to which nobody is connected."""
    numbers = count(1)

    def make(original: Database) -> Database:
        name = f"test_{worker_id}_{next(numbers)}"
        create(administration, name, original.name)
        return Database(server, name)

    return make


@pytest.fixture(scope="session")
def fresh_database(
    copy_of: Callable[[Database], Database], template: Database
) -> Callable[[], Database]:
    """Makes migrated databases, for fixtures that need one for longer than a test."""
    return lambda: copy_of(template)


@pytest.fixture
def database(
    fresh_database: Callable[[], Database], administration: psycopg.Connection
) -> Iterator[Database]:
    """A migrated database for this test alone."""
    made = fresh_database()
    yield made
    administration.execute(
        sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(made.name))
    )


@pytest.fixture
def dear_secrets() -> Iterator[None]:
    """Secrets are digested as in real use, for a test of secrets themselves."""
    with digests.at_their_price():
        yield


@pytest.fixture
def clock() -> SettableClock:
    """A clock that stands still until a test sets it."""
    return SettableClock(THE_BEGINNING)


def create(administration: psycopg.Connection, name: str, template: str) -> None:
    """A database that belongs to the owner role."""
    administration.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(Role.OWNER), sql.Identifier(template)
        )
    )
