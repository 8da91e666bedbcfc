"""A view is raised, added or retired on a living record: nobody sees less, nobody waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from bench.release import counting
from projections import case_acts, case_status
from projections.advance import StoppedError, UpTo, advance
from projections.catalogue import VIEWS
from projections.follow import advance_each, catch_up, going_on
from projections.progress import lacking, prepare, progress, reached, wait_for
from projections.rebuild import rebuild
from projections.retire import retire, use
from projections.schema import look_at, rebuilding
from tests.projections.contents import contents
from tests.projections.paper import PaperRecord, a_busy_week
from tests.projections.versions import tripping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from psycopg import Connection

    from audit.record import Row
    from projections.view import View
    from tests.conftest import Database

WHOLE = a_busy_week()
PAGE = 40
BEFORE = (counting(1), case_status.view)
AFTER = (counting(2), case_status.view, case_acts.view)
"""The next release: one view is raised, one is new."""


@pytest.fixture
def record() -> PaperRecord:
    """Some has happened; the rest of ``WHOLE`` happens meanwhile."""
    return PaperRecord(WHOLE.written[:400])


@pytest.fixture
def another(database: Database, views: Connection[Any]) -> Iterator[Connection[Any]]:
    """A connection of another program that looks at the same views."""
    assert not views.closed
    with psycopg.connect(database.url, autocommit=True) as connection:
        look_at(connection, database.ground.views)
        yield connection


@pytest.fixture
def tables(database: Database) -> Callable[[], set[str]]:
    """The tables of the count that are there, shown or being built."""

    def look() -> set[str]:
        live = database.ground.views
        query = "SELECT tablename FROM pg_tables WHERE schemaname = ANY (%s)"
        with psycopg.connect(database.url) as connection:
            found = connection.execute(query, ([live, rebuilding(live)],)).fetchall()
        return {name for (name,) in found if name.startswith("counted")}

    return look


def end(connection: Connection[Any]) -> None:
    """Be at once where PostgreSQL is a moment after a program has gone."""
    connection.execute("SELECT pg_advisory_unlock_all()")


def counted(connection: Connection[Any], view: View) -> int:
    """The sum of what a version counted."""
    (table,) = view.tables
    return sum(row.events for row in table.select(connection, ""))


def test_while_a_version_is_filled_the_one_before_is_read_and_followed(
    views: Connection[Any], another: Connection[Any], record: PaperRecord
) -> None:
    catch_up(views, record, BEFORE)
    prepare(another, AFTER)
    filled: list[int] = []
    while (position := reached(another, AFTER)) != record.written[-1][0]:
        filled.append(position or 0)
        if len(record.written) < len(WHOLE.written):
            record.written.append(WHOLE.written[len(record.written)])
        head = len(record.written)
        advance_each(views, record, BEFORE, PAGE)
        assert reached(views, BEFORE) == head
        assert counted(views, BEFORE[0]) == head
        advance_each(another, record, AFTER, PAGE)
        assert counted(another, AFTER[0]) == 2 * (reached(another, AFTER[:1]) or 0)
    assert filled[:3] == [0, PAGE, 2 * PAGE]
    assert len({each.position for each in progress(another)}) == 1


def test_no_view_waits_for_one_that_is_filled(views: Connection[Any], record: PaperRecord) -> None:
    catch_up(views, record, [case_status.view])
    known = (counting(2), case_status.view)
    prepare(views, known)
    for row in WHOLE.written[400:405]:
        record.written.append(row)
        assert advance_each(views, record, known, PAGE) == 1 + PAGE
        assert reached(views, [case_status.view]) == row[0]
    assert reached(views, known) == 5 * PAGE


class Busy(PaperRecord):
    """A record to which something is appended each time that somebody has read it."""

    def rows(self, after: int, limit: int) -> Sequence[Row]:
        found = super().rows(after, limit)
        self.written.append(WHOLE.written[len(self.written)])
        return found


def test_a_version_comes_to_where_the_others_are_however_much_happens(
    views: Connection[Any], record: PaperRecord
) -> None:
    known = (counting(2), case_status.view)
    catch_up(views, PaperRecord(WHOLE.written[:380]), [counting(2)])
    catch_up(views, record, [case_status.view])
    advance_each(views, Busy(record.written), known)
    assert {each.position for each in progress(views)} == {400}


def test_a_version_that_cannot_go_on_keeps_no_other_view_from_it(
    views: Connection[Any], record: PaperRecord
) -> None:
    catch_up(views, record, BEFORE)
    raised = (tripping(2, 100), case_status.view)
    prepare(views, raised)

    def go_on() -> None:
        while advance_each(views, record, raised):
            pass

    with pytest.raises(StoppedError, match="at position 100"):
        go_on()
    assert going_on(views, raised) == [case_status.view]
    record.written.append(WHOLE.written[400])
    assert advance_each(views, record, going_on(views, raised)) == 1
    assert reached(views, [case_status.view]) == 401


def test_a_view_that_is_gone_and_a_version_before_keep_nobody_waiting(
    views: Connection[Any], record: PaperRecord
) -> None:
    catch_up(views, record, BEFORE)
    record.written.append(WHOLE.written[400])
    for known in ([case_status.view], [case_status.view, counting(2)]):
        catch_up(views, record, known)
        assert wait_for(views, known, 401, 0)
    assert not wait_for(views, BEFORE, 401, 0)
    assert not wait_for(views, AFTER, 0, 0)  # one of them is not made yet


def test_what_nobody_uses_goes_with_its_progress_and_what_is_used_stays(
    database: Database,
    views: Connection[Any],
    another: Connection[Any],
    record: PaperRecord,
    tables: Callable[[], set[str]],
) -> None:
    catch_up(another, record, BEFORE)
    use(another, BEFORE)
    catch_up(views, record, AFTER)
    shown = contents(views, AFTER)
    first = retire(views, database.ground.views, AFTER)
    assert ([each.version for each in first.kept], first.gone) == ([1], ())
    assert tables() == {"counted_1", "counted_2"}
    end(another)
    second = retire(views, database.ground.views, AFTER)
    assert ([each.view for each in second.gone], second.kept) == (["counting"], ())
    assert tables() == {"counted_2"}
    assert [each.version for each in progress(views) if each.view == "counting"] == [2]
    assert contents(views, AFTER) == shown
    assert retire(views, database.ground.views, AFTER) == ((), ())


def test_a_version_that_is_being_built_is_used_and_goes_once_it_is_given_up(
    database: Database,
    views: Connection[Any],
    another: Connection[Any],
    record: PaperRecord,
    tables: Callable[[], set[str]],
) -> None:
    catch_up(views, record, BEFORE)

    def look_and_give_up(_: int) -> None:
        kept = retire(views, database.ground.views, BEFORE).kept
        assert [(each.view, each.version) for each in kept] == [("counting", 2)]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(another, database.ground.views, record, [counting(2)], look_and_give_up)
    assert tables() == {"counted_1", "counted_2"}
    end(another)
    assert len(retire(views, database.ground.views, BEFORE).gone) == 1
    assert tables() == {"counted_1"}


def test_where_nobody_has_made_a_view_all_are_lacking(views: Connection[Any]) -> None:
    assert [view.name for view in lacking(views, AFTER)] == [view.name for view in AFTER]


def test_a_view_far_behind_is_brought_as_far_as_those_before_it_and_has_its_indexes(
    views: Connection[Any], record: PaperRecord
) -> None:
    first, second = BEFORE[0], case_acts.view
    prepare(views, [first])
    while advance(views, UpTo(record, 300), [first], 100):
        pass
    prepare(views, [first, second])
    whole = UpTo(record, 400)
    assert advance_each(views, whole, [first, second], 350) == 100 + 350
    places = {each.view: each.position for each in progress(views)}
    assert places == {first.name: 400, second.name: 350}
    assert advance_each(views, whole, [first, second], 350) == 50
    assert {each.position for each in progress(views)} == {400}
    indexed = "SELECT DISTINCT tablename FROM pg_indexes WHERE indexname ~ '_1$'"
    tables = {name for (name,) in views.execute(indexed).fetchall()}
    assert {table.stored for table in second.tables if table.indexes} <= tables


def test_what_is_missing_is_built_beside_before_anybody_shows_it(
    database: Database, views: Connection[Any], another: Connection[Any], record: PaperRecord
) -> None:
    catch_up(views, record, BEFORE)
    assert [view.name for view in lacking(views, AFTER)] == ["counting", "timeline"]
    prepare(views, AFTER)
    assert [view.name for view in lacking(views, AFTER)] == ["counting", "timeline"]
    seen: list[int] = []
    rebuild(
        another,
        database.ground.views,
        record,
        lacking(views, AFTER),
        lambda _: seen.append(counted(views, BEFORE[0])),
    )
    assert set(seen) == {400}
    assert reached(views, AFTER) == 400
    assert counted(views, AFTER[0]) == 800
    assert lacking(views, AFTER) == []


def test_a_table_belongs_to_one_version(views: Connection[Any], record: PaperRecord) -> None:
    catch_up(views, record, VIEWS)
    with pytest.raises(ValueError, match="another version than 99"):
        case_status.cases.of_version(99)
