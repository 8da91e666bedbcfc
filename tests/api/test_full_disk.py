"""A disk that is really full: a small file system of its own under PostgreSQL, filled to the brim.

What is refused is refused whole and in clear words, and when there is room again everything goes
on by itself, also where PostgreSQL had to give up because not even its log had room.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from api.app import open_services
from api.clock import SettableClock
from api.embedded import EmbeddedServer, Role
from api.foundation import EVERY_MIGRATION, lay_foundation
from api.serving.running import listening
from api.settings import Settings
from audit.migrate import migrate
from projections.catalogue import VIEWS
from projections.follow import catch_up
from tests.api.applications import application
from tests.api.filings import SCAN, done, draft
from tests.api.society import invented_number
from tests.api.world import World
from tests.conftest import GROUND, ORIGIN, THE_BEGINNING, Database, create

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.api.client import Answer

_MEGABYTES = 256
_PATIENCE = 120.0
"""Seconds after which a test says that something never came; nothing is judged by its speed."""


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small file system."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() != 0 or mount is None or umount is None:
        pytest.skip("only root may mount a small file system")
    place = str(tmp_path_factory.mktemp("disk"))
    size = f"size={_MEGABYTES}m,mode=0711"
    if subprocess.run([mount, "-t", "tmpfs", "-o", size, "tmpfs", place], check=False).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield Path(place)
    finally:
        # Lazily: the last process of the server may still be on its way out.
        subprocess.run([umount, "--lazy", place], check=True)


@pytest.fixture(scope="module")
def database(disk: Path) -> Iterator[Database]:
    """On a server whose data lie on the small file system."""
    with EmbeddedServer(disk / "data") as server:
        made = Database(server, "crowded")
        address = server.url("postgres", Role.SUPERUSER)
        with psycopg.connect(address, autocommit=True) as administration:
            create(administration, made.name, "template0")
        migrate(made.owner_url, GROUND, ORIGIN, THE_BEGINNING, EVERY_MIGRATION)
        yield made


@pytest.fixture(scope="module")
def world(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A county whose record lies on the small file system."""
    clock = SettableClock(THE_BEGINNING)
    settings = Settings(database_url=database.url, keys=tmp_path_factory.mktemp("keys"), threads=4)
    lay_foundation(settings, database.owner_url, database.ground, database.origin, clock.now())
    services = open_services(settings, database.ground, clock)
    with services.views.pool.connection() as connection:  # nothing follows: it would take room
        catch_up(connection, services.record, VIEWS)
    with listening(application(services)) as address:
        yield World(address, services, clock)
    services.close()


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Fill the file system to the last page."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        ballast.unlink()


def until_refused(ask: Callable[[], Answer]) -> Answer:
    """Ask until there is no room left in the pages that there are."""
    while (answer := ask()).status == 201:
        pass
    return answer


def registering(world: World, key: str | None = None) -> Answer:
    """One more organisation: a request that appends."""
    body = {
        "name": f"单位{uuid4().hex}" * 4,
        "kind": "enterprise",
        "ownership": "non_state",
        "level": "county",
        "area": world.area,
    }
    return world.system.post("/v1/organisations", body, key=key)


def counts(database: Database, *tables: str) -> list[Any]:
    """How many rows there are in each."""
    with psycopg.connect(database.superuser_url) as connection:
        names = [sql.Identifier(database.ground.schema, table) for table in tables]
        count = sql.SQL("SELECT count(*) FROM {}")
        return [connection.execute(count.format(name)).fetchone() for name in names]


def whole(world: World) -> bool:
    """Whether the positions of the record have no hole, and every idempotency key its events."""
    record = world.services.record
    head = record.flushed_head()
    return [row[0] for row in record.rows(0, head + 1)] == list(range(1, head + 1))


def somebody(world: World) -> dict[str, object]:
    """What opens an account for somebody new."""
    return {
        "name": "某甲",
        "document": {"kind": "resident_identity_card", "number": invented_number()},
        "organisation": world.school.organisation,
        "roles": ["applicant"],
        "login": f"login-{uuid4().hex[:12]}",
    }


def test_an_act_for_which_the_disk_has_no_room_is_refused_whole(
    world: World, database: Database, disk: Path
) -> None:
    administrator, key, account = world.school.administrator, uuid4().hex, somebody(world)
    with full(disk):
        refused = until_refused(lambda: registering(world))
        assert (refused.status, refused.code) == (503, "STORAGE_FULL")
        assert int(refused.headers["Retry-After"]) > 0
        until_refused(lambda: administrator.post("/v1/accounts", somebody(world)))
        before = counts(database, "event", "identity", "idempotency")
        answer = administrator.post("/v1/accounts", account, key=key)
        assert (answer.status, answer.code) == (503, "STORAGE_FULL")
        assert counts(database, "event", "identity", "idempotency") == before
        assert administrator.get("/v1/sessions").status == 200
    assert done(administrator.post("/v1/accounts", account, key=key)).body["position"]
    assert whole(world)


def test_a_file_for_which_the_disk_has_no_room_leaves_nothing_behind(
    world: World, database: Database, disk: Path
) -> None:
    applicant = world.applicant(world.school)
    case, big = draft(applicant, world.school), SCAN[:9] + b"%" * (1 << 20) + SCAN[8:]
    headers = {"Content-Type": "application/pdf", "Idempotency-Key": uuid4().hex}
    before = counts(database, "attachment", "attachment_chunk")
    with full(disk):
        answer = applicant.client.request("POST", f"{case}/uploads", big, headers)
        assert (answer.status, answer.code) == (503, "STORAGE_FULL")
        assert counts(database, "attachment", "attachment_chunk") == before
    assert applicant.client.request("POST", f"{case}/uploads", big, headers).status == 201


def test_postgresql_that_gave_up_for_want_of_room_comes_back_with_it(
    world: World, database: Database, disk: Path
) -> None:
    acknowledged = done(registering(world)).body["position"]
    key = uuid4().hex
    with full(disk):
        with pytest.raises(psycopg.OperationalError) as gone:
            use_up_the_log(database)
        assert gone.value.diag.severity_nonlocalized == "PANIC"
        refused = registering(world, key)
        assert refused.status == 503
        assert refused.code in {"DATABASE_UNAVAILABLE", "BUSY", "STORAGE_FULL", "OUTCOME_UNKNOWN"}
    until = time.monotonic() + _PATIENCE
    while (answer := registering(world, key)).status == 503 and time.monotonic() < until:
        pass
    assert answer.status == 201
    assert answer.body["position"] > acknowledged
    assert whole(world)


def use_up_the_log(database: Database) -> None:
    """Begin segment after segment of PostgreSQL's log; raises ``psycopg.OperationalError``."""
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        for _ in range(_MEGABYTES):
            connection.execute("SELECT pg_logical_emit_message(false, 'test', '', true)")
            connection.execute("SELECT pg_switch_wal()")
