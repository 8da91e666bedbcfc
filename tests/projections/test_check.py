"""What a hand has changed in a view is found, with key, column, expected and actual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from projections import case_status, parties, separation
from projections.catalogue import VIEWS
from projections.check import Difference, NotTogetherError, differences
from projections.follow import catch_up
from tests.projections.contents import contents
from tests.projections.paper import a_busy_week

if TYPE_CHECKING:
    from psycopg import Connection

    from tests.conftest import Database


@pytest.fixture
def found(database: Database, views: Connection[Any]) -> Any:  # noqa: ANN401 -- a callable
    record = a_busy_week()
    catch_up(views, record, VIEWS)

    def look() -> list[Difference]:
        with psycopg.connect(database.url, autocommit=True) as connection:
            return list(differences(connection, database.ground.views, record, VIEWS))

    return look


def test_honest_views_differ_in_nothing_and_stay_as_they_are(
    views: Connection[Any],
    found: Any,  # noqa: ANN401
) -> None:
    before = contents(views)
    assert found() == []
    assert contents(views) == before


def test_a_value_changed_by_hand_is_named(views: Connection[Any], found: Any) -> None:  # noqa: ANN401
    row = views.execute(
        f"UPDATE {separation.trails.stored} SET verdict = 'DIFFERENT' WHERE verdict = 'OPEN' "  # noqa: S608
        'RETURNING "case", stage, organisation, round'
    ).fetchall()
    assert row
    assert {each.key for each in found()} == set(row)
    assert {(e.table, e.column, e.expected, e.actual) for e in found()} == {
        ("separation", "verdict", "OPEN", "DIFFERENT")
    }


def test_a_row_too_much_and_a_row_too_few_are_named(
    views: Connection[Any],
    found: Any,  # noqa: ANN401
) -> None:
    views.execute(f"DELETE FROM {case_status.cases.stored}")  # noqa: S608
    views.execute(f"INSERT INTO {parties.parties.stored} VALUES ('case-x', 'person-x', false)")  # noqa: S608
    named = found()
    assert {(each.table, each.column) for each in named} == {
        ("case_status", "*"),
        ("case_party", "*"),
    }
    assert [e.actual for e in named if e.table == "case_party"] == [
        {"case": "case-x", "party": "person-x", "stands": False}
    ]


def test_views_that_are_not_together_are_not_compared(
    views: Connection[Any],
    found: Any,  # noqa: ANN401
) -> None:
    views.execute("UPDATE progress SET position = 3 WHERE view = 'due'")
    with pytest.raises(NotTogetherError):
        found()
