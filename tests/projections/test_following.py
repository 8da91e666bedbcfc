"""Following the real record: woken by appends, one leader at a time, taken over after a kill."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql

from audit.keys.keyfile import KeyFile
from audit.record import AppendRequest, Record, Write
from bench.leaves import happenings, rows
from bench.province import Province, moment
from bench.release import counting
from projections import case_status, names, people
from projections.advance import StoppedError
from projections.catalogue import VIEWS
from projections.follow import Follower, catch_up
from projections.parallel_rebuild import Ground, grow_in_parallel
from projections.progress import prepare, progress, standing, wait_for
from projections.rebuild import rebuild
from projections.schema import look_at, rebuilding
from tests.projections.contents import contents, rows_of
from tests.projections.follower_program import WITHOUT_KEYS
from tests.projections.versions import tripping

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from psycopg import Connection

    from audit.migrate import Ground as RecordGround
    from projections.view import View
    from tests.conftest import Database

PATIENCE = 60.0
"""Seconds after which a test says that something never came; nothing is judged by its speed."""


@pytest.fixture
def key_file(tmp_path: Path) -> KeyFile:
    return KeyFile.create(tmp_path / "keys.json")


@pytest.fixture
def record(database: Database, views: Connection[Any], key_file: KeyFile) -> Iterator[Record]:
    prepare(views, VIEWS)
    with Record(database.url, database.ground, key_file) as opened:
        yield opened


@dataclass
class Noting:
    """A watcher that notes what it is told."""

    leading: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    stops: list[int] = field(default_factory=list)
    applied: int = 0
    faltering: threading.Event = field(default_factory=threading.Event)

    def began(self, views: Sequence[str]) -> None:
        assert views

    def led(self) -> None:
        self.leading.set()

    def advanced(self, events: int) -> None:
        assert events > 0
        self.applied += events

    def stopped(self, error: StoppedError) -> None:
        self.stops.append(error.position)

    def faltered(self, error: Exception) -> None:
        assert error is not None
        self.faltering.set()


@contextmanager
def following(
    database: Database, record: Record, views: Sequence[View] = VIEWS
) -> Iterator[Noting]:
    """A follower in a thread of its own, until the block is left."""
    noting, until = Noting(), threading.Event()

    def connect() -> Connection[Any]:
        connection = psycopg.connect(database.url, autocommit=True)
        look_at(connection, database.ground.views)
        return connection

    def run() -> None:
        with record.bell() as bell:
            try:
                Follower(connect, record, bell, views, noting).run(until)
            except StoppedError:
                noting.ended.set()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield noting
    finally:
        until.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def open_record(url: str, ground: RecordGround, key_file: Path) -> Record:
    """In a new process, too."""
    return Record(url, ground, KeyFile(key_file))


def record_a_few(record: Record, number: int, after: int = 0) -> int:
    """Append what happens first in a small county, behind a position; answers the last one."""
    last = 0
    happened = happenings(Province(counties=1, employers=1), number)
    for each, (stream, event, actor) in islice(enumerate(happened, 1), after, None):
        write = Write(record.load(stream).head, (event,))
        request = AppendRequest(
            writes=(write,), actor=actor, at=moment(each), command=f"command-{each}"
        )
        last = record.append(request).positions[-1]
    return last


def lay(database: Database, number: int, after: int = 0) -> None:
    """Put the leaves behind a position into the record, as its owner, without their keys."""
    statement = sql.SQL(
        "COPY {}.event (notification_id, originator_id, originator_version, topic, state,"
        " placed_at) FROM STDIN"
    ).format(sql.Identifier(database.ground.schema))
    with (
        psycopg.connect(database.owner_url) as connection,
        connection.cursor().copy(statement) as copy,
    ):
        laid = rows(Province(counties=1, employers=1), number, database.origin)
        for row in islice(laid, after, None):
            copy.write_row(row)


def test_what_is_appended_is_shown(
    database: Database, record: Record, views: Connection[Any]
) -> None:
    with following(database, record) as noting:
        assert noting.leading.wait(PATIENCE)
        last = record_a_few(record, 40)
        assert wait_for(views, VIEWS, last, PATIENCE)
    assert noting.applied == last
    person = people.named.select(views, "LIMIT 1")[0]
    assert person.name is not None
    (name,) = record.opened([person.name])
    assert name.text is not None
    digest = record.blind(names.PURPOSE, names.searched(name.text))
    assert person.person in names.with_digest(views, digest)


def test_one_leads_and_another_takes_over_when_it_ends(
    database: Database, record: Record, views: Connection[Any]
) -> None:
    with following(database, record) as first:
        assert first.leading.wait(PATIENCE)
        with following(database, record) as second:
            last = record_a_few(record, 5)
            assert wait_for(views, VIEWS, last, PATIENCE)
            assert not second.leading.is_set()
    with following(database, record) as third:
        assert third.leading.wait(PATIENCE)


def test_a_follower_whose_connections_are_cut_goes_on(
    database: Database, record: Record, views: Connection[Any]
) -> None:
    with following(database, record) as noting:
        assert noting.leading.wait(PATIENCE)
        with psycopg.connect(database.superuser_url, autocommit=True) as superuser:
            superuser.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> ALL (%s)",
                ([superuser.info.backend_pid, views.info.backend_pid],),
            )
        assert noting.faltering.wait(PATIENCE)
        last = record_a_few(record, 5)
        assert wait_for(views, VIEWS, last, PATIENCE)


def test_a_used_up_pool_stops_no_view(
    database: Database, views: Connection[Any], key_file: KeyFile
) -> None:
    prepare(views, VIEWS)
    with Record(database.url, database.ground, key_file, connections=1) as record:
        last = record_a_few(record, 5)
        with record._datastore.pool.connection(), following(database, record) as noting:
            assert noting.faltering.wait(PATIENCE)
            assert not noting.stops
        assert {each.stopped_at for each in standing(views, VIEWS)} == {None}
        with following(database, record):
            assert wait_for(views, VIEWS, last, PATIENCE)


def start_program(
    database: Database, key_file: KeyFile, page: int, raised: str = ""
) -> subprocess.Popen[str]:
    ground = database.ground
    module = "tests.projections.raised_follower" if raised else "tests.projections.follower_program"
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            module,
            *([raised] if raised else []),
            database.url,
            ground.schema,
            ground.views,
            ground.application,
            str(key_file.path),
            str(page),
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def test_a_killed_follower_is_taken_over_and_nothing_is_lost_or_doubled(
    database: Database, record: Record, views: Connection[Any], key_file: KeyFile
) -> None:
    lay(database, 1500)
    for pages in (2, 5, 9):
        with start_program(database, key_file, page=20) as program:
            assert program.stdout is not None
            advanced = (line for line in program.stdout if line.startswith("advanced"))
            for _ in range(pages):
                assert next(advanced)
            program.kill()
    reached = min(each.position for each in progress(views) if each.view != "names")
    assert 300 <= reached < record.head()
    with following(database, record, WITHOUT_KEYS) as noting:
        assert noting.leading.wait(PATIENCE)
        assert wait_for(views, WITHOUT_KEYS, record.head(), PATIENCE)
    shown = contents(views, WITHOUT_KEYS)
    with psycopg.connect(database.url, autocommit=True) as builder:
        rebuild(builder, database.ground.views, record, WITHOUT_KEYS)
    assert contents(views, WITHOUT_KEYS) == shown


def test_a_raised_version_is_filled_through_kills_while_the_one_before_is_followed(
    database: Database, record: Record, views: Connection[Any], key_file: KeyFile
) -> None:
    raised = case_status.view.version + 1
    begun, table = f"case_status_{raised}", case_status.cases.stored
    query = "SELECT position FROM progress WHERE view = 'status' AND version = %s"
    lay(database, 700)
    with following(database, record, WITHOUT_KEYS) as living:
        assert wait_for(views, WITHOUT_KEYS, 700, PATIENCE)
        stood: list[int] = []
        for _ in range(3):
            with start_program(database, key_file, page=20, raised="status") as program:
                assert program.stdout is not None
                advanced = (line for line in program.stdout if line.startswith("advanced"))
                for _ in range(3):
                    assert next(advanced)
                program.kill()
            assert wait_for(views, WITHOUT_KEYS, 700, 0)
            row = views.execute(query, (raised,)).fetchone()
            assert row is not None
            stood.append(int(row[0]))
        assert 0 < stood[0] < stood[1] < stood[2] < 700
        with start_program(database, key_file, page=200, raised="status") as program:
            lay(database, 750, after=700)
            assert wait_for(views, WITHOUT_KEYS, 750, PATIENCE)
            while views.execute(query, (raised,)).fetchone() != (750,):
                assert program.poll() is None
            program.kill()
        assert living.stops == []
    assert rows_of(views, begun, ("case",)) == rows_of(views, table, ("case",))
    assert {each.position for each in progress(views) if each.view != "names"} == {750}


def test_what_stopped_keeps_no_other_from_going_on_and_goes_on_once_it_was_rebuilt(
    database: Database, record: Record, views: Connection[Any]
) -> None:
    known = [tripping(1, 3), case_status.view]
    last = record_a_few(record, 5)
    catch_up(views, record, known[1:])
    with following(database, record, known) as noting:
        last = record_a_few(record, last + 5, after=last)
        assert wait_for(views, known[1:], last, PATIENCE)
        while not noting.stops:
            assert not noting.ended.is_set()
        with psycopg.connect(database.url, autocommit=True) as builder:
            rebuild(builder, database.ground.views, record, [counting(1)])
        last = record_a_few(record, last + 5, after=last)
        assert wait_for(views, known, last, PATIENCE)
        assert noting.stops == [3]
        assert not noting.ended.is_set()


def test_an_event_put_in_by_hand_stops_the_follower_for_everyone_to_see(
    database: Database, record: Record, views: Connection[Any]
) -> None:
    last = record_a_few(record, 3)
    with psycopg.connect(database.owner_url) as owner:
        owner.execute(
            sql.SQL("INSERT INTO {}.event VALUES ('case-x', 1, 'case:x:1', '{{}}', %s, now())")
            .format(sql.Identifier(database.ground.schema)),
            (last + 1,),
        )  # fmt: skip
    with pytest.raises(StoppedError, match=f"at position {last + 1}"):
        catch_up(views, record, VIEWS)
    with following(database, record) as noting:
        assert noting.ended.wait(PATIENCE)
    assert {(each.position, each.stopped_at) for each in progress(views)} == {(last, last + 1)}


def test_two_processes_build_what_one_would(
    database: Database, record: Record, views: Connection[Any], key_file: KeyFile
) -> None:
    record_a_few(record, 60)
    catch_up(views, record, VIEWS)
    before = contents(views)
    opened = partial(open_record, database.url, database.ground, key_file.path)
    grow_in_parallel(Ground(database.url, database.ground.views, opened), VIEWS, 2)
    with psycopg.connect(database.url, autocommit=True) as builder:
        found = "SELECT indexname FROM pg_indexes WHERE schemaname = %s"
        made = builder.execute(found, (rebuilding(database.ground.views),)).fetchall()
        tables = [table for view in VIEWS for table in view.tables]
        wanted = {f"{each.stored}_{n}" for each in tables for n, _ in enumerate(each.indexes, 1)}
        assert wanted <= {name for (name,) in made}
        reached: list[int] = []
        rebuild(builder, database.ground.views, record, VIEWS, reached.append)
    assert reached == []
    assert contents(views) == before
