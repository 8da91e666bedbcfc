"""A rebuild gives the same bytes, also when keys are gone, and nobody sees a gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from domain.person.events import PersonErased
from domain.personal import Purpose
from projections import names, people
from projections.advance import advance
from projections.catalogue import VIEWS
from projections.check import differences
from projections.follow import catch_up
from projections.progress import progress
from projections.rebuild import RebuildRunningError, abandon, rebuild
from projections.schema import look_at, rebuilding
from tests.projections.contents import contents
from tests.projections.paper import PaperRecord, a_busy_week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

    from audit.record import Row
    from tests.conftest import Database

ONCE = a_busy_week()


@pytest.fixture
def record() -> PaperRecord:
    return PaperRecord(list(ONCE.written))


@pytest.fixture
def builder(database: Database, views: Connection[Any]) -> Iterator[Connection[Any]]:
    """A second connection, to rebuild on."""
    assert not views.closed
    with psycopg.connect(database.url, autocommit=True) as connection:
        yield connection


def test_each_rebuilt_view_has_the_same_bytes(
    views: Connection[Any], builder: Connection[Any], record: PaperRecord, database: Database
) -> None:
    catch_up(views, record, VIEWS)
    before = contents(views)
    for view in VIEWS:
        rebuild(builder, database.ground.views, record, [view])
        assert contents(views) == before, view.name


def test_a_rebuilt_view_has_its_indexes_and_nothing_is_left_behind(
    views: Connection[Any], builder: Connection[Any], record: PaperRecord, database: Database
) -> None:
    catch_up(views, record, VIEWS)
    query = "SELECT indexdef FROM pg_indexes WHERE schemaname = %s ORDER BY indexdef"
    before = views.execute(query, (database.ground.views,)).fetchall()
    rebuild(builder, database.ground.views, record, VIEWS)
    assert views.execute(query, (database.ground.views,)).fetchall() == before
    left = "SELECT tablename FROM pg_tables WHERE schemaname = %s"
    shadow = rebuilding(database.ground.views)
    assert views.execute(left, (shadow,)).fetchall() == [("progress",)]


def test_a_rebuild_after_an_erasure_has_the_same_bytes(
    views: Connection[Any], builder: Connection[Any], record: PaperRecord, database: Database
) -> None:
    catch_up(views, record, VIEWS)
    erased = names.names.select(views, "")[0].person
    key = f"{erased}/{Purpose.OFFICIAL.value}/1"
    ordered = PersonErased(erasure="erasure-1", purposes=(Purpose.OFFICIAL,), keys=(key,))
    record.then(erased, ordered)
    record.destroyed |= {key}
    catch_up(views, record, VIEWS)
    before = contents(views)
    assert erased not in {each.person for each in names.names.select(views, "")}
    rebuild(builder, database.ground.views, record, VIEWS)
    assert contents(views) == before
    (named,) = people.names_of(views, [erased])
    assert named.name is not None
    assert record.opened([named.name])[0].text is None


def test_readers_see_the_old_rows_until_the_new_ones_are_complete(
    views: Connection[Any], builder: Connection[Any], record: PaperRecord, database: Database
) -> None:
    catch_up(views, record, VIEWS)
    before = contents(views)
    seen: list[bool] = []
    rebuild(
        builder,
        database.ground.views,
        record,
        VIEWS,
        lambda _: seen.append(contents(views) == before),
    )
    assert seen
    assert all(seen)


def test_an_interrupted_rebuild_goes_on_where_it_stopped(
    views: Connection[Any], builder: Connection[Any], record: PaperRecord, database: Database
) -> None:
    catch_up(views, record, VIEWS)
    before = contents(views)
    half = PaperRecord(record.written[:300])

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(builder, database.ground.views, half, VIEWS, interrupt)
    assert {each.position for each in progress(builder)} == {300}
    reached: list[int] = []
    rebuild(builder, database.ground.views, record, VIEWS, reached.append)
    assert reached == [len(record.written)]
    assert contents(views) == before


def test_an_interrupted_rebuild_can_be_thrown_away(
    views: Connection[Any], builder: Connection[Any], record: PaperRecord, database: Database
) -> None:
    catch_up(views, record, VIEWS)

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(builder, database.ground.views, record, VIEWS, interrupt)
    abandon(builder, database.ground.views, VIEWS)
    assert progress(builder) == []


def test_two_rebuilds_do_not_run_at_once(
    views: Connection[Any], builder: Connection[Any], record: PaperRecord, database: Database
) -> None:
    catch_up(views, record, VIEWS)

    def again(_: int) -> None:
        with psycopg.connect(database.url, autocommit=True) as third:
            rebuild(third, database.ground.views, record, VIEWS)

    with pytest.raises(RebuildRunningError):
        rebuild(builder, database.ground.views, record, VIEWS, again)


def test_whoever_comes_next_may_build_though_the_connection_before_is_open_still(
    views: Connection[Any], builder: Connection[Any], record: PaperRecord, database: Database
) -> None:
    catch_up(views, record, VIEWS)
    live = database.ground.views

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with psycopg.connect(database.url, autocommit=True) as third:
        with pytest.raises(KeyboardInterrupt):
            rebuild(builder, live, record, VIEWS, interrupt)
        for connection in (third, builder):
            rebuild(connection, live, record, VIEWS)
        for connection in (third, builder):
            assert list(differences(connection, live, record, VIEWS)) == []


def test_events_that_come_during_a_rebuild_are_in_it(
    views: Connection[Any], builder: Connection[Any], record: PaperRecord, database: Database
) -> None:
    whole = list(record.written)
    record.written = whole[:500]
    catch_up(views, record, VIEWS)

    def more(_: int) -> None:
        record.written = whole
        catch_up(views, record, VIEWS)

    rebuild(builder, database.ground.views, record, VIEWS, more)
    look_at(builder, database.ground.views)
    assert {each.position for each in progress(builder)} == {len(whole)}
    assert catch_up(views, record, VIEWS) == 0


@dataclass
class Interrupted(PaperRecord):
    """A record that does something at its end, each time that somebody has read it whole."""

    at_its_end: Callable[[int], None] = lambda _: None
    ends: int = 0

    def rows(self, after: int, limit: int) -> Sequence[Row]:
        found = super().rows(after, limit)
        if not found:
            self.ends += 1
            self.at_its_end(self.ends)
        return found


def test_what_happens_just_before_the_swap_is_in_it(
    views: Connection[Any], builder: Connection[Any], database: Database
) -> None:
    whole = list(ONCE.written)
    record = Interrupted(whole[:500])
    catch_up(views, record, VIEWS)

    def happen(end: int) -> None:
        if end == 2:  # the new rows are complete and have their indexes: the swap comes next
            record.written = whole
            catch_up(views, PaperRecord(whole), VIEWS)

    record.ends, record.at_its_end = 0, happen
    rebuild(builder, database.ground.views, record, VIEWS)
    assert {each.position for each in progress(views)} == {len(whole)}
    assert record.ends == 3


def test_only_what_is_shown_at_once_waits_for_the_disk(
    views: Connection[Any], builder: Connection[Any], database: Database
) -> None:
    """Whatever a crash takes of a rebuild is built again, as long as nobody has seen it."""
    record = Interrupted(list(ONCE.written[:500]))
    catch_up(views, record, VIEWS)
    said: list[Any] = []

    def listen(_: int) -> None:
        said.append(builder.execute("SHOW synchronous_commit").fetchone())

    builder.execute("SET synchronous_commit = off")
    record.at_its_end = listen
    rebuild(builder, database.ground.views, record, VIEWS)
    assert said == [("off",), ("off",), ("on",)]


def test_a_follower_waits_for_the_swap_and_nobody_sees_it_go_back(
    views: Connection[Any], builder: Connection[Any], database: Database
) -> None:
    whole = list(ONCE.written)
    record = Interrupted(whole[:500])
    catch_up(views, record, VIEWS)
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
    followed: list[int] = []

    def follow() -> None:
        followed.append(advance(views, PaperRecord(whole), VIEWS))

    follower = Thread(target=follow)

    def happen(end: int) -> None:
        if end != 3:  # the third time is in the swap
            return
        follower.start()
        with psycopg.connect(database.superuser_url, autocommit=True) as onlooker:
            pid = (views.info.backend_pid,)
            while follower.is_alive() and onlooker.execute(waiting, pid).fetchone() == (0,):
                pass
        assert followed == []

    record.ends, record.at_its_end = 0, happen
    rebuild(builder, database.ground.views, record, VIEWS)
    follower.join()
    assert followed == [len(whole) - 500]
    assert {each.position for each in progress(views)} == {len(whole)}


def test_nobody_else_makes_or_drops_tables_while_they_are_swapped(
    views: Connection[Any], builder: Connection[Any], database: Database
) -> None:
    record = Interrupted(ONCE.written[:500])
    catch_up(views, record, VIEWS)
    keeping = "SELECT pg_try_advisory_lock(hashtextextended('mingjian tables', 0))"
    kept: list[object] = []

    def happen(_: int) -> None:
        with psycopg.connect(database.url) as onlooker:
            kept.append(onlooker.execute(keeping).fetchone())

    record.ends, record.at_its_end = 0, happen
    rebuild(builder, database.ground.views, record, VIEWS)
    assert kept == [(True,), (True,), (False,)]


def test_no_word_about_a_human_being_stands_in_any_row(
    views: Connection[Any], record: PaperRecord
) -> None:
    catch_up(views, record, VIEWS)
    for table, rows in contents(views).items():
        for row in rows:
            assert "密语".encode() not in row, table
            assert b"36073419" not in row, table
