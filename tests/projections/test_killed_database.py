"""``kill -9`` of PostgreSQL under a follower: it goes on by itself, and the views are whole."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from eventsourcing.persistence import OperationalError

from api.embedded import EmbeddedServer, Role
from api.foundation import EVERY_MIGRATION
from audit.keys.keyfile import KeyFile
from audit.migrate import migrate
from audit.record import AlreadyClaimedError, AppendRequest, IdempotencyClaim, Record, Write
from bench.killing import kill_postgresql
from bench.leaves import happenings
from bench.province import Province, moment
from projections.catalogue import VIEWS
from projections.progress import prepare, wait_for
from projections.rebuild import rebuild
from projections.schema import look_at
from tests.conftest import GROUND, ORIGIN, THE_BEGINNING, Database, create
from tests.projections.contents import contents
from tests.projections.test_following import PATIENCE, following

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from psycopg import Connection


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def database(data: Path) -> Iterator[Database]:
    """On a server of its own, which may be killed."""
    with EmbeddedServer(data) as server:
        made = Database(server, "followed")
        address = server.url("postgres", Role.SUPERUSER)
        with psycopg.connect(address, autocommit=True) as administration:
            create(administration, made.name, "template0")
        migrate(made.owner_url, GROUND, ORIGIN, THE_BEGINNING, EVERY_MIGRATION)
        yield made


@pytest.fixture
def record(database: Database, tmp_path: Path) -> Iterator[Record]:
    key_file = KeyFile.create(tmp_path / "keys.json")
    with views_of(database) as views:
        prepare(views, VIEWS)
    with Record(database.url, database.ground, key_file) as opened:
        yield opened


def views_of(database: Database) -> Connection[Any]:
    connection = psycopg.connect(database.url, autocommit=True)
    look_at(connection, database.ground.views)
    return connection


def record_through_crashes(record: Record, number: int, crash: Callable[[int], None]) -> None:
    """Append so many events, each sent again under its key until it stands; ``crash`` may kill."""
    for each, (stream, event, actor) in enumerate(happenings(Province(1, 1), number), 1):
        crash(each)
        while True:
            claim = IdempotencyClaim("test", f"key-{each}", record.digest_of_body(b""), 201)
            try:
                head = record.load(stream).head
                command = f"command-{each}"
                record.append(
                    AppendRequest(
                        writes=(Write(head, (event,)),),
                        actor=actor,
                        at=moment(each),
                        command=command,
                        claim=claim,
                    )
                )
            except OperationalError:
                continue
            except AlreadyClaimedError:
                pass
            break


def test_a_follower_whose_server_is_killed_goes_on_and_the_views_are_whole(
    data: Path, database: Database, record: Record
) -> None:
    crashed: list[int] = []

    def crash(each: int) -> None:
        if each % 40 == 0:
            kill_postgresql(data)
            crashed.append(each)

    with following(database, record) as noting:
        assert noting.leading.wait(PATIENCE)
        record_through_crashes(record, 150, crash)
        assert noting.faltering.is_set()
        with closing(views_of(database)) as views:
            assert wait_for(views, VIEWS, record.head(), PATIENCE)
    assert crashed == [40, 80, 120]
    commands = Counter(one.command for one in record.read(0, 1000))
    assert len(commands) == commands.total() == record.flushed_head() == 150
    with closing(views_of(database)) as views:
        shown = contents(views)
        with psycopg.connect(database.url, autocommit=True) as builder:
            rebuild(builder, database.ground.views, record, VIEWS)
        assert contents(views) == shown


def test_whoever_listened_when_the_server_was_killed_looks_again_and_hears_the_next_ring(
    data: Path, record: Record
) -> None:
    with record.bell() as bell:
        assert bell.wait(PATIENCE)
        kill_postgresql(data)
        while not bell.wait(0.1):  # what rang meanwhile is not known, so it says: look
            pass
        heard: list[bool] = []
        listening = threading.Thread(target=lambda: heard.append(bell.wait(PATIENCE)))
        listening.start()
        record_through_crashes(record, 1, lambda _: None)
        listening.join()
    assert heard == [True]
