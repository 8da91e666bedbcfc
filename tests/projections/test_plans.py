"""No list of the desk grows with the record: how PostgreSQL would go about one of millions.

Of everything that the lists can be asked (``bench.asking``) the plans are read, with the statistics
of a large record: no large table is walked for what it seldom holds, nor gathered in a bitmap.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

from bench.asking import CALLERS, LISTS, samples
from bench.overhearing import Overhearing, told
from projections import objections, standing_still
from projections.catalogue import VIEWS
from projections.scope import EVERYTHING
from tests.projections.going_by import BY, FEW, FOLLOWED, IN_A_LIST, READ

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from psycopg import Connection

    from bench.asking import Sample
    from bench.overhearing import Statement
    from projections.table import Table
    from tests.projections.conftest import Followed

TIMES = 4000
"""By how much the large record is larger than the year."""
MANY = {"account", "by", "by_account", "case", "organisation", "person"}
"""Columns in which a large record has many different values, and the year has few."""
ROWS = {"edition": 10, "mandate": 500, "organisation": 20_000}
"""Tables that grow with what there is, not with what happens, and how large they are."""
PAGE = 50
MOST = {"page": 3000, "count": 30_000}
"""What a page of 51, and a count of at most 1,001, may cost where a large table is read without an
order. Looking at a row costs 0.01 at the very least."""
DEAR = {
    "consultations.list_consultations",
    "integrity-records.list_records",
}
"""Lists whose rows are dear to look at; the count of what much is shown of stops soon."""
ONE_BY_ONE = (
    "placed-holds.list_holds",
    "stale-appointments.list_stale",
    "unfinished-findings.list_unfinished",
)
"""Lists that look up an account, or a case, of each row."""
MOST_IN_A_BITMAP = 5000
_A_VALUE = {"bigint": 1, "text": "x", "date": date(2024, 10, 15)}


@pytest.fixture(scope="module")
def large(year: Followed) -> Iterator[Connection[Any]]:
    """The views of a year, of which PostgreSQL believes that they are large."""
    connection = year.connection
    with connection.transaction(force_rollback=True):
        for table in chain.from_iterable(view.tables for view in VIEWS):
            rows = _something_in(connection, table)
            for column in sorted(MANY.intersection(table.columns)):
                connection.execute(
                    f'ALTER TABLE {table.stored} ALTER "{column}" SET (n_distinct = -0.01)'
                )
            connection.execute(f"ANALYZE {table.stored}")
            connection.execute(
                "SELECT pg_restore_relation_stats('schemaname', current_schema()::text,"
                " 'relname', %s::text, 'relpages', greatest(1,"
                " (pg_relation_size(%s::text::regclass) / 8192)::int), 'reltuples', %s::real)",
                (table.stored, table.stored, ROWS.get(table.name, max(rows, 50) * TIMES)),
            )
        yield connection


def _something_in(connection: Connection[Any], table: Table[Any]) -> int:
    """How many rows a table has; one is put in where there is none, of which nothing is known."""
    ((rows,),) = connection.execute(f"SELECT count(*) FROM {table.stored}").fetchall()  # noqa: S608
    if rows == 0:
        kinds = dict(
            connection.execute(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_schema = current_schema() AND table_name = %s",
                (table.stored,),
            ).fetchall()
        )
        columns = ", ".join(f'"{each}"' for each in table.key)
        values = [_A_VALUE[kinds[each]] for each in table.key]
        marks = ", ".join("%s" for _ in values)
        connection.execute(f"INSERT INTO {table.stored} ({columns}) VALUES ({marks})", values)  # noqa: S608
    return int(rows)


@pytest.fixture(scope="module")
def sample(large: Connection[Any]) -> Sample:
    (drawn,) = samples(large, "1", 1)
    return drawn


LARGE = {each.stored: each.name for view in VIEWS for each in view.tables if each.name not in ROWS}


def walked_whole(
    connection: Connection[Any], said: Sequence[Statement], most: float
) -> list[tuple[str, str]]:
    """The large tables that would be read from end to end, or in a bitmap of many rows."""
    found = []
    for plan in _plans(connection, said):
        for each in _nodes(plan):
            table, kind = LARGE.get(each.get("Relation Name", "")), each["Node Type"]
            if table and (
                (kind == "Seq Scan" and plan["Total Cost"] > most)
                or (kind == "Bitmap Heap Scan" and each["Plan Rows"] > MOST_IN_A_BITMAP)
            ):
                found.append((kind, table))
    return found


def _plans(connection: Connection[Any], said: Sequence[Statement]) -> Iterator[dict[str, Any]]:
    for query, given in said:
        ((plan,),) = connection.execute(f"EXPLAIN (FORMAT JSON) {query}", given).fetchall()
        yield plan[0]["Plan"]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)


@pytest.mark.parametrize("operation", LISTS)
def test_no_list_walks_a_large_table(
    large: Connection[Any], sample: Sample, operation: str
) -> None:
    wrong = []
    for asked, question in LISTS[operation].items():
        for caller, scope in CALLERS.items():
            said = told(large, question(sample, scope(sample)), limit=PAGE)
            for what, statements in (("page", said.page), ("count", said.count)):
                if what == "count" and operation in DEAR:
                    continue
                found = walked_whole(large, statements, MOST[what])
                wrong += [(asked, caller, what, *each) for each in found]
    assert not wrong


@pytest.mark.parametrize(
    ("operation", "asked"), [(each, asked) for each, some in BY.items() for asked in some]
)
def test_what_finds_few_goes_by_an_index_of_it(
    large: Connection[Any], sample: Sample, operation: str, asked: str
) -> None:
    few = replace(sample, **FEW)  # type: ignore[arg-type] # its fields
    said = told(large, LISTS[operation][asked](few, EVERYTHING), limit=PAGE)
    assert BY[operation][asked] in {LEADING.get(each) for each in gone_by(large, said.page)}


@pytest.mark.parametrize("index", IN_A_LIST)
def test_a_list_goes_by_the_index_that_was_made_for_it(
    large: Connection[Any], sample: Sample, index: str
) -> None:
    operation, asked, caller = IN_A_LIST[index]
    found = LISTS[operation][asked](sample, CALLERS[caller](sample))
    said = told(large, found, limit=PAGE)
    assert index in {MADE.get(each) for each in gone_by(large, [*said.page, *said.count])}


@pytest.mark.parametrize("operation", ONE_BY_ONE)
def test_few_are_looked_up_one_by_one_and_not_found_among_all(
    large: Connection[Any], sample: Sample, operation: str
) -> None:
    """Of a record of some size all are read into a hash before the first row, if only it can be."""
    wrong = []
    with large.transaction(force_rollback=True):
        for way in ("indexscan", "indexonlyscan", "bitmapscan"):
            large.execute(f"SET LOCAL enable_{way} = off")
        for asked, question in LISTS[operation].items():
            for caller, scope in CALLERS.items():
                said = told(large, question(sample, scope(sample)), limit=PAGE)
                for plan in _plans(large, [*said.page, *said.count]):
                    wrong += [(asked, caller, each) for each in _hashed(plan)]
    assert not wrong


def _hashed(plan: dict[str, Any]) -> Iterator[str]:
    """The large tables that are read into a hash: for a join, or for a query inside another."""
    text = json.dumps(plan)
    for each in _nodes(plan):
        within = f"hashed {each.get('Subplan Name')})"
        if each["Node Type"] == "Hash" or within in text or within.replace(")", ".") in text:
            tables = (LARGE.get(inside.get("Relation Name", "")) for inside in _nodes(each))
            yield from filter(None, tables)


@pytest.mark.parametrize("caller", CALLERS)
def test_what_a_leader_dealt_with_is_counted_without_reading_a_table_twice(
    large: Connection[Any], sample: Sample, caller: str
) -> None:
    """Who plans it tries every order of the tables, of which one more doubles the time."""
    found = LISTS["case-facets.count_cases"]["leader"](sample, CALLERS[caller](sample))
    nodes = chain.from_iterable(map(_nodes, _plans(large, told(large, found, limit=PAGE).page)))
    tables = [each["Relation Name"] for each in nodes if "Relation Name" in each]
    assert sorted({*tables}) == sorted(tables)


@pytest.mark.parametrize("asked", ["filed", "changed"])
def test_what_happened_before_a_day_is_sought_among_what_was_opened_by_then(
    large: Connection[Any], sample: Sample, asked: str
) -> None:
    said = told(large, LISTS["case-list.list_cases"][asked](sample, EVERYTHING), limit=PAGE).page
    (of_cases,) = _plans(large, said)
    assert any('"case" < ' in each.get("Index Cond", "") for each in _nodes(of_cases))


@pytest.mark.parametrize("caller", ["the whole record", "a city", "a county"])
def test_no_more_is_looked_at_than_makes_a_page_of_what_stands_still(
    large: Connection[Any], sample: Sample, caller: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing_still, "MOST_LOOKED_AT", 1)
    found = LISTS["standing-still.read_still"]["all"](sample, CALLERS[caller](sample))
    *_, cases, matters = told(large, found, limit=PAGE).page
    for plan in _plans(large, [cases, matters]):
        conditions = " ".join(each.get("Index Cond", "") for each in _nodes(plan))
        assert "since_position > " in conditions
        assert "since_position <= " in conditions


@pytest.mark.parametrize("caller", ["a city", "a county"])
def test_objections_are_sought_by_the_few_offices_that_they_are_about(
    large: Connection[Any], sample: Sample, caller: str
) -> None:
    found = LISTS["objections.list_objections"]["all"](sample, CALLERS[caller](sample))
    *_, listed = told(large, found, limit=PAGE).page
    (plan,) = _plans(large, [listed])
    assert any("(about = ANY" in each.get("Index Cond", "") for each in _nodes(plan))


def test_objections_come_in_the_order_of_their_index_to_who_sees_all(
    large: Connection[Any], sample: Sample
) -> None:
    """Most are about an office; of those of the year none is, or nearly."""
    found = LISTS["objections.list_objections"]["all"](sample, EVERYTHING)
    with large.transaction(force_rollback=True):
        large.execute(
            "SELECT pg_restore_attribute_stats('schemaname', current_schema()::text, 'relname',"
            " %s::text, 'attname', 'about', 'inherited', false, 'null_frac', 0.1::real)",
            (objections.objections.stored,),
        )
        said = told(large, found, limit=PAGE).page
        assert "objection (raised_position)" in {MADE.get(each) for each in gone_by(large, said)}


@pytest.mark.parametrize("asked", ["batch", "employer", "level", "pack", "series", "stage"])
def test_cases_of_one_value_come_in_the_order_of_its_index(
    large: Connection[Any], sample: Sample, asked: str
) -> None:
    """What much is shown of is neither gathered and sorted, nor sought among all.

    All that was filed in the year is of one batch, and comes in the order of what was filed.
    """
    by = "case" if asked == "batch" else asked
    said = told(large, LISTS["case-list.list_cases"][asked](sample, EVERYTHING), limit=PAGE).page
    (plan,) = _plans(large, said)
    assert {LEADING.get(each) for each in gone_by(large, said)} == {None, f"case_status {by}"}
    assert not [each for each in _nodes(plan) if "Sort" in each["Node Type"]]


@pytest.mark.parametrize("asked", ["act", "late", "refused"])
def test_what_few_cases_meet_is_merged_and_not_sought_among_all(
    large: Connection[Any], sample: Sample, asked: str
) -> None:
    """What meets it comes by the index of it; nothing else is asked than the cases themselves."""
    found = LISTS["case-list.list_cases"][asked](sample, EVERYTHING)
    said = told(large, found, limit=PAGE)
    for statement in (*said.page, *said.count):
        nodes = [each for plan in _plans(large, [statement]) for each in _nodes(plan)]
        assert not [each for each in nodes if each["Node Type"] in ("Hash", "Seq Scan")]
        assert {"Unique"} <= {each["Node Type"] for each in nodes}


@pytest.mark.parametrize("caller", ["a city", "a county", "an office"])
@pytest.mark.parametrize("asked", LISTS["organisations.list_organisations"])
def test_few_organisations_are_named_and_not_sought_among_all(
    large: Connection[Any], sample: Sample, asked: str, caller: str
) -> None:
    found = LISTS["organisations.list_organisations"][asked](sample, CALLERS[caller](sample))
    *_, listed = told(large, found, limit=PAGE).page
    (plan,) = _plans(large, [listed])
    by = [each.get("Index Cond", "") for each in _nodes(plan) if "Relation Name" in each]
    assert by
    assert all("organisation = ANY" in each for each in by)


@pytest.mark.parametrize("index", READ)
def test_what_is_read_by_itself_goes_by_an_index_of_it(
    large: Connection[Any], sample: Sample, index: str
) -> None:
    said: list[Statement] = []
    hearing: Any = Overhearing(large, said)
    READ[index](hearing, sample)
    assert index in {MADE.get(each) for each in gone_by(large, said)}


@pytest.mark.parametrize("index", FOLLOWED)
def test_a_view_finds_what_an_event_changes_by_an_index(
    large: Connection[Any], sample: Sample, index: str
) -> None:
    said: list[Statement] = []
    hearing: Any = Overhearing(large, said)
    with large.transaction(force_rollback=True):
        FOLLOWED[index](hearing, sample)
        assert index in {MADE.get(each) for each in gone_by(large, said)}


def gone_by(connection: Connection[Any], said: Sequence[Statement]) -> set[str]:
    """The names of the indexes by which statements would be answered."""
    nodes = chain.from_iterable(map(_nodes, _plans(connection, said)))
    return {each.get("Index Name", "") for each in nodes}


def _made() -> dict[str, str]:
    """Of each index but the keys, by its name: its table, and how it was made."""
    return {
        f"{table.stored}_{number}": f"{table.name} {' '.join(index.split())}"
        for table in chain.from_iterable(view.tables for view in VIEWS)
        for number, index in enumerate(table.indexes, 1)
    }


def _leading() -> dict[str, str]:
    """Of each index, by its name: its table, and the column by which it leads."""
    tables = chain.from_iterable(view.tables for view in VIEWS)
    found = {f"{table.stored}_pkey": f"{table.name} {table.key[0]}" for table in tables}
    for stored, made in MADE.items():
        table, _, index = made.partition(" ")
        column = re.sub(r"USING gin|coalesce|[(\"]", "", index)
        found[stored] = f"{table} {re.split(r'[,) ]', column.strip())[0]}"
    return found


MADE = _made()
LEADING = _leading()
