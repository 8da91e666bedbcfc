"""One step of following: nothing skipped, nothing twice, and the same rows however it is cut."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field, replace
from itertools import count
from threading import Event
from typing import TYPE_CHECKING, Any, NoReturn

import psycopg
import pytest
from eventsourcing import persistence
from psycopg import errors
from psycopg.errors import UndefinedTable
from psycopg.pq import PipelineStatus
from psycopg_pool import PoolTimeout

from audit.leaf.hashing import leaf_hash
from projections import case_acts, case_status
from projections.advance import StoppedError, advance
from projections.catalogue import VIEWS
from projections.follow import PAUSE, SOON, Follower, catch_up, refuse_lost_tail
from projections.progress import prepare, progress, standing, wait_for
from projections.schema import look_at
from projections.table import Table
from projections.view import View
from tests.projections.contents import contents
from tests.projections.paper import PaperRecord, a_busy_week
from tests.projections.test_following import Noting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from psycopg import Connection, Cursor

    from audit.record import Row
    from projections.table import Key
    from tests.conftest import Database


@pytest.fixture(scope="module")
def record() -> PaperRecord:
    return a_busy_week()


@dataclass
class Closing:
    """A bell at which whoever waits is told to stop."""

    until: Event = field(default_factory=Event)

    def wait(self, seconds: float) -> bool:
        assert seconds > 0
        self.until.set()
        return False


def positions(connection: Connection[Any]) -> set[int]:
    return {each.position for each in progress(connection)}


def test_the_rows_do_not_depend_on_how_the_record_is_cut_into_pages(
    views: Connection[Any], record: PaperRecord
) -> None:
    written = []
    for size in (1, 7, 5000):
        views.execute("DROP TABLE IF EXISTS progress")
        prepare(views, VIEWS)
        while advance(views, record, VIEWS, size):
            pass
        written.append(contents(views))
    assert written[0] == written[1] == written[2]
    assert sum(map(len, written[0].values())) > 1000


def test_what_a_few_events_do_is_sent_at_once_and_what_many_do_is_copied(
    views: Connection[Any], record: PaperRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[PipelineStatus] = []
    replacing = Table.replace

    def noted(
        self: Table[Any],
        cursor: Cursor[Any],
        gone: Iterable[Key],
        new: Collection[Any],
        *,
        few: bool,
    ) -> None:
        sent.append(PipelineStatus(cursor.connection.pgconn.pipeline_status))
        replacing(self, cursor, gone, new, few=few)

    monkeypatch.setattr(Table, "replace", noted)
    prepare(views, VIEWS)
    advance(views, record, VIEWS, 10)
    assert set(sent) == {PipelineStatus.ON}
    sent.clear()
    advance(views, record, VIEWS)
    assert set(sent) == {PipelineStatus.OFF}


def test_catching_up_twice_changes_nothing(views: Connection[Any], record: PaperRecord) -> None:
    assert catch_up(views, record, VIEWS) == len(record.written)
    before = contents(views)
    assert catch_up(views, record, VIEWS) == 0
    assert contents(views) == before


def test_position_and_hash_are_those_of_the_last_event(
    views: Connection[Any], record: PaperRecord
) -> None:
    catch_up(views, record, VIEWS)
    for each in progress(views):
        assert each.position == len(record.written)
        assert each.leaf_hash == leaf_hash(record.written[-1][4])


def poisoned(record: PaperRecord, position: int, *row: Any) -> PaperRecord:  # noqa: ANN401
    written = list(record.written)
    at, stream, version, topic, leaf, moment = written[position - 1]
    given = dict(zip(("stream", "version", "topic", "leaf"), row, strict=False))
    written[position - 1] = (
        at,
        stream,
        version,
        given.get("topic", topic),
        given.get("leaf", leaf),
        moment,
    )
    return PaperRecord(written)


def test_a_view_stops_loudly_before_an_event_that_it_cannot_read(
    views: Connection[Any], record: PaperRecord
) -> None:
    broken = poisoned(record, 333, "", 0, record.written[332][3], b"{}")
    with pytest.raises(StoppedError, match="at position 333: the bytes at position 333 are no"):
        catch_up(views, broken, VIEWS)
    assert {each.stopped_at for each in progress(views)} == {333}
    assert positions(views) == {332}
    honest = PaperRecord(record.written[:332])
    before = contents(views)
    views.execute("DROP TABLE progress")
    catch_up(views, honest, VIEWS)
    assert contents(views) == before


def test_an_unknown_topic_stops_every_view(views: Connection[Any], record: PaperRecord) -> None:
    row = record.written[9]
    leaf = row[4].replace(row[3].encode(), b"case:unheard-of:1")
    broken = poisoned(record, 10, "", 0, "case:unheard-of:1", leaf)
    with pytest.raises(StoppedError, match="nobody here reads topic case:unheard-of:1"):
        catch_up(views, broken, VIEWS)


def test_a_row_that_names_another_event_than_its_bytes_stops_every_view(
    views: Connection[Any], record: PaperRecord
) -> None:
    broken = poisoned(record, 10, "", 0, "case:withdrawn:1")
    with pytest.raises(StoppedError, match="another event than its row says"):
        catch_up(views, broken, VIEWS)


def test_a_view_that_is_ahead_of_an_event_that_cannot_be_read_is_not_stopped_by_it(
    views: Connection[Any], record: PaperRecord
) -> None:
    catch_up(views, record, [case_status.view])
    broken = poisoned(record, 100, "", 0, record.written[99][3], b"{}")
    with pytest.raises(StoppedError, match="at position 100"):
        catch_up(views, broken, [case_status.view, case_acts.view])
    assert [(each.view, each.stopped_at) for each in progress(views)] == [
        ("status", None),
        ("timeline", 100),
    ]


def test_a_gap_in_the_record_stops_every_view(views: Connection[Any], record: PaperRecord) -> None:
    gap = PaperRecord([*record.written[:50], *record.written[51:]])
    with pytest.raises(StoppedError, match="position 51 is missing"):
        catch_up(views, gap, VIEWS)
    assert positions(views) == {50}


def test_why_a_view_stopped_names_kinds_and_never_words(
    views: Connection[Any], record: PaperRecord
) -> None:
    def trip(*_: object) -> None:
        raise KeyError(record.written[0][4])

    topic = record.written[0][3]
    clumsy = View("clumsy", case_acts.view.version, case_acts.view.tables, {topic: trip})
    with pytest.raises(StoppedError) as stopped:
        catch_up(views, record, [clumsy])
    assert stopped.value.because == f"view clumsy can't apply {topic}: KeyError"
    assert stopped.value.position == 1


def test_a_stopped_view_goes_on_once_it_can_and_is_no_longer_stopped(
    views: Connection[Any], record: PaperRecord
) -> None:
    broken = poisoned(record, 100, "", 0, record.written[99][3], b"{}")
    with pytest.raises(StoppedError):
        catch_up(views, broken, VIEWS)
    catch_up(views, record, VIEWS)
    assert {each.stopped_at for each in progress(views)} == {None}
    assert positions(views) == {len(record.written)}


def test_a_row_that_postgresql_refuses_stops_the_view_at_its_event(
    views: Connection[Any], record: PaperRecord
) -> None:
    prepare(views, VIEWS)
    act = next(row[0] for row in record.written if row[3] == "case:submitted:1")
    views.execute(f"ALTER TABLE {case_acts.acts.stored} ADD CHECK (position <> {act})")
    with pytest.raises(StoppedError, match=f"at position {act}: CheckViolation"):
        catch_up(views, record, VIEWS)


class Unreadable(PaperRecord):
    """A record that can't be read at present."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def rows(self, after: int, limit: int) -> NoReturn:  # noqa: ARG002
        """Not now."""
        raise self._error


@pytest.mark.parametrize(
    "error",
    [
        PoolTimeout(),
        errors.QueryCanceled(),
        errors.ReadOnlySqlTransaction(),
        persistence.OperationalError(),
        persistence.InterfaceError(),
        MemoryError(),
    ],
    ids=repr,
)
@pytest.mark.parametrize("when", ["reading", "applying"])
def test_what_is_not_the_fault_of_an_event_stops_no_view(
    views: Connection[Any], record: PaperRecord, error: Exception, when: str
) -> None:
    def fail(*_: object) -> NoReturn:
        raise error

    broken: PaperRecord = Unreadable(error)
    shown = case_acts.view
    if when == "applying":
        broken, shown = record, replace(shown, evolve=dict.fromkeys(shown.evolve, fail))
    prepare(views, [shown])
    with pytest.raises(type(error)):
        advance(views, broken, [shown])
    there = standing(views, [shown])
    assert [(each.position, each.stopped_at) for each in there] == [(0, None)]
    assert catch_up(views, record, [case_acts.view]) == len(record.written)


def test_a_failure_to_read_the_record_stops_no_view_whatever_it_is(
    views: Connection[Any],
) -> None:
    prepare(views, VIEWS)
    with pytest.raises(persistence.ProgrammingError):
        advance(views, Unreadable(persistence.ProgrammingError()), VIEWS)
    there = standing(views, VIEWS)
    assert {(each.position, each.stopped_at) for each in there} == {(0, None)}


def test_a_page_is_on_the_disk_before_anybody_is_told_whatever_the_database_would_do(
    views: Connection[Any], record: PaperRecord
) -> None:
    views.execute("SET synchronous_commit = off")
    prepare(views, VIEWS)
    said: list[Any] = []

    class Listening(PaperRecord):
        def rows(self, after: int, limit: int) -> Sequence[Row]:
            said.append(views.execute("SHOW synchronous_commit").fetchone())
            return super().rows(after, limit)

    advance(views, Listening(record.written), VIEWS)
    views.execute("SET synchronous_commit = on")
    advance(views, Listening(record.written), VIEWS, shown=False)
    assert said == [("on",), ("off",)]


def test_no_cycles_are_looked_for_while_a_page_is_applied_and_then_they_are_again(
    views: Connection[Any], record: PaperRecord
) -> None:
    looked: list[bool] = []

    class Watching(PaperRecord):
        def rows(self, after: int, limit: int) -> Sequence[Row]:
            looked.append(gc.isenabled())
            return super().rows(after, limit)

    prepare(views, VIEWS)
    advance(views, Watching(record.written), VIEWS)
    assert (looked, gc.isenabled()) == ([False], True)


def test_views_begin_once(views: Connection[Any]) -> None:
    assert prepare(views, [case_status.view, case_acts.view]) == ["status", "timeline"]
    assert prepare(views, [case_status.view, case_acts.view]) == []


def test_an_event_that_stands_elsewhere_now_is_a_lost_tail(
    views: Connection[Any], record: PaperRecord
) -> None:
    catch_up(views, record, VIEWS)
    position, stream, version, topic, leaf, at = record.written[-1]
    last = (position + 1, stream, version, topic, leaf, at)
    moved = PaperRecord([*record.written[:-1], last])
    with pytest.raises(StoppedError, match="no longer holds"):
        refuse_lost_tail(views, moved, VIEWS)


def test_a_record_that_lost_its_tail_is_noticed(
    views: Connection[Any], record: PaperRecord
) -> None:
    catch_up(views, record, VIEWS)
    with pytest.raises(StoppedError, match="no longer holds"):
        refuse_lost_tail(views, PaperRecord(record.written[:-1]), VIEWS)
    stopped = [each for each in progress(views) if each.stopped_because is not None]
    assert {each.stopped_at for each in stopped} == {len(record.written)}
    other = poisoned(record, len(record.written), "", 0, record.written[-1][3], b"{ }")
    with pytest.raises(StoppedError, match="no longer holds"):
        refuse_lost_tail(views, other, VIEWS)


def test_neither_a_leader_nor_who_catches_up_goes_on_over_a_lost_tail(
    views: Connection[Any], database: Database, record: PaperRecord
) -> None:
    catch_up(views, record, VIEWS)
    before, shorter = contents(views), PaperRecord(record.written[:-1])
    with pytest.raises(StoppedError, match="no longer holds"):
        catch_up(views, shorter, VIEWS)
    views.execute("UPDATE progress SET stopped_at = NULL, stopped_because = NULL")

    def connect() -> Connection[Any]:
        connection = psycopg.connect(database.url, autocommit=True)
        look_at(connection, database.ground.views)
        return connection

    bell = Closing()
    with pytest.raises(StoppedError, match="no longer holds"):
        Follower(connect, shorter, bell, VIEWS, Noting()).run(bell.until)
    assert contents(views) == before


@dataclass
class Noticing:
    """A bell that never rings, and notes who waits for it and for how long."""

    waits: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        return False


def test_a_leader_waits_for_the_bell_wherever_the_record_has_no_more(
    views: Connection[Any], database: Database, record: PaperRecord
) -> None:
    until, bell = Event(), Noticing()

    class Ending(PaperRecord):
        """Told to stop where it was read to its end for the third time."""

        ends = 0

        def rows(self, after: int, limit: int) -> Sequence[Row]:
            found = super().rows(after, limit)
            self.ends += not found
            if self.ends == 3:
                until.set()
            return found

    def connect() -> Connection[Any]:
        connection = psycopg.connect(database.url, autocommit=True)
        look_at(connection, database.ground.views)
        return connection

    assert not views.closed
    Follower(connect, Ending(record.written), bell, [case_status.view], Noting()).run(until)
    assert bell.waits == [SOON, *[PAUSE] * 3]  # less than a page was all that there was


def test_a_view_that_was_dropped_by_hand_stops_and_is_not_skipped(
    views: Connection[Any], record: PaperRecord
) -> None:
    prepare(views, VIEWS)
    views.execute(f"DROP TABLE {case_acts.acts.stored}")
    with pytest.raises(StoppedError) as stopped:
        catch_up(views, record, VIEWS)
    assert isinstance(stopped.value.__cause__, UndefinedTable)


def test_waiting_ends_when_all_views_are_there_or_time_is_up(
    views: Connection[Any], record: PaperRecord
) -> None:
    prepare(views, VIEWS)
    seconds = iter([0.0, 0.5, 1.0, 1.5])
    pauses: list[float] = []
    assert not wait_for(views, VIEWS, 1, 1.0, clock=lambda: next(seconds), pause=pauses.append)
    assert pauses == [0.002]

    def follow(_: float) -> None:
        catch_up(views, record, VIEWS)

    assert wait_for(views, VIEWS, len(record.written), 1.0, clock=lambda: 0.0, pause=follow)


def test_who_waits_looks_ever_less_often_but_often_enough(views: Connection[Any]) -> None:
    prepare(views, VIEWS)
    seconds, pauses = count(), list[float]()
    assert not wait_for(
        views, VIEWS, 1, 12.0, clock=lambda: float(next(seconds)), pause=pauses.append
    )
    assert pauses[:3] == pytest.approx([0.002, 0.003, 0.0045])
    assert pauses == sorted(pauses)
    assert pauses[-1] == 0.05
