"""No list of cases grows with the record: how PostgreSQL would go about a record of millions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from projections import act_questions, case_scope
from projections.asking import Asked
from projections.case_questions import Charge, conditions
from projections.dealings import dealings
from projections.parties import parties as party_rows
from projections.scope import EVERYTHING, Scope
from projections.status import NEWEST, ORDERS, cases
from projections.timeline import acts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

    from projections.status import Order
    from projections.table import Table
    from tests.projections.conftest import Followed

LARGE: dict[Table[Any], int] = {
    cases: 1_000_000,
    party_rows: 8_000_000,
    dealings: 4_000_000,
    acts: 20_000_000,
}
"""The tables that grow with the record, and how many rows a large one has in each."""
COUNTY = Scope(areas=frozenset({"甲省/乙市/丙县"}))
SOMEBODY, DAY = "person-01929a3e-0000-7000-8000-000000000001", date(2024, 10, 15)
TERMS: dict[str, Any] = {
    **dict.fromkeys(("handler", "leader", "actor", "applicant"), SOMEBODY),
    "employer": "organisation-01929a3e-0000-7000-8000-000000000001",
    "number": "2024-ABCD-EFGH",
    "batch": "B9",
    "decided": DAY,
    "due": DAY,
}
"""What finds few of many cases."""


@pytest.fixture(scope="module")
def large(year: Followed) -> Iterator[Connection[Any]]:
    """The views of a year, of which PostgreSQL believes that they are large."""
    connection = year.connection
    with connection.transaction(force_rollback=True):
        for table, rows in LARGE.items():
            connection.execute(f"ANALYZE {table.stored}")
            connection.execute(
                "SELECT pg_restore_relation_stats('schemaname', current_schema()::text,"
                " 'relname', %s::text, 'relpages', greatest(1,"
                " (pg_relation_size(%s::text::regclass) / 8192)::int), 'reltuples', %s::real)",
                (table.stored, table.stored, rows),
            )
        yield connection


def walked_whole(connection: Connection[Any], gather: Any) -> list[str]:  # noqa: ANN401 -- asks for a page
    """The large tables that would be read from end to end to bring one page."""
    asked: list[tuple[str, Any]] = []

    class Listening:
        def execute(self, query: str, given: Any) -> list[Any]:  # noqa: ANN401 -- as psycopg's
            asked.append((query, given))
            return []

    gather(Listening())
    found = []
    for query, given in asked:
        ((plan,),) = connection.execute(f"EXPLAIN (FORMAT JSON) {query}", given).fetchall()
        found += [
            each["Relation Name"]
            for each in _nodes(plan[0]["Plan"])
            if each["Node Type"] == "Seq Scan"
            and each["Relation Name"] in {table.stored for table in LARGE}
        ]
    return found


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)


def page_of(terms: list[Asked], scope: Scope, order: Order) -> Any:  # noqa: ANN401 -- asks for a page
    charge = Charge(dealings=scope, history=scope, findings=scope, refusals=scope)
    listing = case_scope.visible(scope, conditions(terms, charge), order)
    return lambda connection: listing.gather(connection, None, 51)


@pytest.mark.parametrize("scope", [EVERYTHING, COUNTY], ids=["everywhere", "a county"])
@pytest.mark.parametrize("name", TERMS)
def test_what_finds_few_cases_walks_no_large_table(
    large: Connection[Any], name: str, scope: Scope
) -> None:
    terms = [Asked(name, ((("=", TERMS[name]),),))]
    assert walked_whole(large, page_of(terms, scope, NEWEST)) == []


@pytest.mark.parametrize("order", ORDERS)
def test_no_order_sorts_all_cases(large: Connection[Any], order: str) -> None:
    assert walked_whole(large, page_of([], EVERYTHING, ORDERS[order])) == []


def test_what_somebody_did_is_found_without_walking_the_timeline(large: Connection[Any]) -> None:
    for who in (SOMEBODY, SOMEBODY.replace("person", "account")):
        listing = act_questions.visible(COUNTY, [Asked("actor", ((("=", who),),))])
        ((plan,),) = large.execute(
            f"EXPLAIN (FORMAT JSON) {listing.source} ORDER BY position DESC LIMIT 51",
            listing.given,
        ).fetchall()
        scans = {(each["Node Type"], each.get("Relation Name")) for each in _nodes(plan[0]["Plan"])}
        assert ("Seq Scan", acts.stored) not in scans
