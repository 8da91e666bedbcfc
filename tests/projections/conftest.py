"""Views in a database of their own, and views that have followed a busy year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import Connection

from audit.migrate import migrate
from bench.leaves import happenings
from bench.province import Happening, Province
from projections.catalogue import VIEWS
from projections.follow import catch_up
from projections.schema import OF_THE_VIEWS, look_at
from tests.conftest import THE_BEGINNING
from tests.projections.paper import PaperRecord, a_busy_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Database

EVENTS = 5000


@dataclass(frozen=True)
class Followed:
    """A busy year: what happened, and a connection that looks at the views of it."""

    happened: list[Happening]
    record: PaperRecord
    connection: Connection[Any]


def open_views(database: Database) -> Connection[Any]:
    """A connection, as the application, that looks at the views of a database."""
    migrate(
        database.owner_url, database.ground, database.origin, THE_BEGINNING, sets=(OF_THE_VIEWS,)
    )
    connection = psycopg.connect(database.url, autocommit=True)
    look_at(connection, database.ground.views)
    return connection


@pytest.fixture
def views(database: Database) -> Iterator[Connection[Any]]:
    """A connection that looks at views that have not begun."""
    with open_views(database) as connection:
        yield connection


@pytest.fixture(scope="session")
def year(fresh_database: Callable[[], Database]) -> Iterator[Followed]:
    """A busy year that all views have followed; for reading only."""
    record = a_busy_year(Province(), EVENTS)
    happened = list(happenings(Province(), EVENTS))
    with open_views(fresh_database()) as connection:
        catch_up(connection, record, VIEWS)
        yield Followed(happened, record, connection)
