"""No list of the desk grows with the record: how PostgreSQL would go about one of millions.

Of everything that the lists can be asked (``bench.asking``) the plans are read, with the statistics
of a large record: no large table is walked for what it seldom holds, nor gathered in a bitmap.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

from bench.asking import CALLERS, LISTS, samples, told
from projections.catalogue import VIEWS
from projections.scope import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from psycopg import Connection

    from bench.asking import Sample, Statement
    from projections.table import Table
    from tests.projections.conftest import Followed

TIMES = 4000
"""By how much the large record is larger than the year."""
MANY = {"account", "by", "by_account", "case", "organisation", "person"}
"""Columns in which a large record has many different values, and the year has few."""
ROWS = {"edition": 10, "mandate": 500, "organisation": 20_000}
"""Tables that grow with what there is, not with what happens, and how large they are."""
PAGE = 51
MOST = {"page": 3000, "count": 30_000}
"""What a page of 51, and a count of at most 1,001, may cost where a large table is read without an
order. Looking at a row costs 0.01 at the very least."""
DEAR = {
    "consultations.list_consultations",
    "integrity-records.list_records",
    "stale-appointments.list_stale",
    "standing-still.read_still",
}
"""Lists whose rows are dear to look at; the count of what much is shown of stops soon."""
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
    for query, given in said:
        ((plan,),) = connection.execute(f"EXPLAIN (FORMAT JSON) {query}", given).fetchall()
        for each in _nodes(plan[0]["Plan"]):
            table, kind = LARGE.get(each.get("Relation Name", "")), each["Node Type"]
            costs, rows = plan[0]["Plan"]["Total Cost"], each["Plan Rows"]
            if table and (
                (kind == "Seq Scan" and costs > most)
                or (kind == "Bitmap Heap Scan" and rows > MOST_IN_A_BITMAP)
            ):
                found.append((kind, table))
    return found


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


SOMEBODY = "-01929a3e-0000-7000-8000-000000000001"
FEW = {
    "case": f"case{SOMEBODY}",
    "number": "2024-ABCD-EFGH",
    "batch": "B9",
    "applicant": f"person{SOMEBODY}",
    "employer": f"organisation{SOMEBODY}",
    "office": f"organisation{SOMEBODY}",
    "handler": f"person{SOMEBODY}",
    "leader": f"person{SOMEBODY}",
    "account": f"account{SOMEBODY}",
    "decided": date(2031, 10, 15),
    "act": "case:never:1",
    "seat": "nobody",
    "kind": "none",
}
"""What finds few of many rows."""
BY = {
    "accounts.list_accounts": {"all": "account account"},
    "backdated-appointments.list_backdated": {"all": "appointment opened"},
    "case-acts.list_acts": {
        "account": "timeline account",
        "act": "timeline topic",
        "actor": "timeline person",
        "case": "timeline case",
        "day": "timeline at",
        "org": "timeline organisation",
        "seat": "timeline seat",
        "stage": "timeline stage",
    },
    "case-list.list_cases": {
        "all sort:changed": "case_status changed_at",
        "all sort:decided": "case_status decided_on",
        "all sort:filed": "case_status submitted_at",
        "all sort:returned": "case_status returns",
        "applicant": "case_status applicant",
        "batch": "case_status batch",
        "due": "case_status due_at",
        "employer": "case_status employer",
        "filed": "case_status submitted_at",
        "handler": "dealing handler",
        "handler account": "dealing handler_account",
        "leader": "dealing leader",
        "leader account": "dealing leader_account",
        "decided": "dealing decided_on",
        "number": "case_status number",
        "org": "case_party party",
    },
    "consultations.list_consultations": {
        "person": "consultation person",
        "subject": "consultation subject",
    },
    "exports.list_exports": {"all": "export position", "person": "export person"},
    "indicators.list_indicators": {"sign": "indicator signs", "subject": "indicator subject"},
    "refusals.list_refusals": {
        "account": "refusal by_account",
        "actor": "refusal by",
        "case": "refusal case",
        "code": "refusal codes",
        "day": "refusal at",
        "kind": "refusal kind",
        "org": "refusal organisation",
        "person": "refusal person",
    },
    "separation-findings.list_findings": {"all": "separation entered"},
    "unfinished-findings.list_unfinished": {"all": "investigation position"},
}
"""By which column of which table a page comes to who sees the whole record."""


@pytest.mark.parametrize(
    ("operation", "asked"), [(each, asked) for each, some in BY.items() for asked in some]
)
def test_what_finds_few_goes_by_an_index_of_it(
    large: Connection[Any], sample: Sample, operation: str, asked: str
) -> None:
    few = replace(sample, **FEW)  # type: ignore[arg-type] # its fields
    said = told(large, LISTS[operation][asked](few, EVERYTHING), limit=PAGE)
    plans = [
        large.execute(f"EXPLAIN (FORMAT JSON) {query}", given).fetchall()[0][0][0]["Plan"]
        for query, given in said.page
    ]
    nodes = chain.from_iterable(map(_nodes, plans))
    assert BY[operation][asked] in {LEADING.get(each.get("Index Name", "")) for each in nodes}


def _leading() -> dict[str, str]:
    """Of each index, by its name: its table, and the column by which it leads."""
    found = {}
    for table in chain.from_iterable(view.tables for view in VIEWS):
        found[f"{table.stored}_pkey"] = f"{table.name} {table.key[0]}"
        for number, index in enumerate(table.indexes, 1):
            column = re.sub(r"USING gin|coalesce|[(\"]", "", index)
            name = re.split(r"[,) ]", column.strip())[0]
            found[f"{table.stored}_{number}"] = f"{table.name} {name}"
    return found


LEADING = _leading()
