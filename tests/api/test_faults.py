"""The database goes and comes back; the front door says so and recovers by itself."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from psycopg import sql
from psycopg.errors import QueryCanceled

from api.acts.guard import act_as
from api.app import open_services
from api.identifiers import new_id
from api.problems import Problem
from api.serving.running import listening
from domain.actor import SystemActor
from projections.catalogue import VIEWS
from projections.follow import catch_up
from projections.progress import prepare, reached, stop
from tests.api.accounts import LOGIN, PASSWORD, AccountsInMemory
from tests.api.applications import application
from tests.api.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from api.acts.desk import Desk
    from api.clock import SettableClock
    from api.services import Services
    from api.settings import Settings
    from tests.conftest import Database


def cut(administration: psycopg.Connection, name: str) -> None:
    """End every connection to a database, as a restart of the server does."""
    administration.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", (name,)
    )


@contextmanager
def unreachable(administration: psycopg.Connection, name: str) -> Iterator[None]:
    """A database that refuses connections for a while."""
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    administration.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
    cut(administration, name)
    yield
    administration.execute(allow.format(sql.Identifier(name), sql.SQL("true")))


def test_a_restart_of_the_database_between_two_requests_goes_unnoticed(
    official: Client, administration: psycopg.Connection, database: Database
) -> None:
    cut(administration, database.name)
    assert official.get("/v1/sessions").status == 200
    official.signed_in(LOGIN, PASSWORD)


def test_without_a_database_requests_fail_clearly_and_afterwards_succeed(
    official: Client, administration: psycopg.Connection, database: Database
) -> None:
    with unreachable(administration, database.name):
        answer = official.get("/v1/sessions")
        assert (answer.status, answer.code) in ((503, "DATABASE_UNAVAILABLE"), (503, "BUSY"))
        assert int(answer.headers["Retry-After"]) > 0
        assert official.get("/livez").status == 200
        ready = official.get("/readyz")
        assert (ready.status, ready.body["checks"]) == (503, {"database": "cannot be reached"})
    assert official.get("/v1/sessions").status == 200


def test_a_statement_that_takes_too_long_is_cancelled(services: Services) -> None:
    with services.database.connection() as connection:
        connection.execute("SET LOCAL statement_timeout = 20")
        with pytest.raises(QueryCanceled):
            connection.execute("SELECT pg_sleep(60)")


def something_happens(services: Services) -> None:
    """What no view shows."""
    office, at = services.office, services.clock.now()
    (law, *_) = office.laws

    def relied_on(desk: Desk) -> None:
        desk.relying_on(law)

    act_as(office.desk, SystemActor("test"), new_id(at), at, relied_on)


def test_a_certificate_is_not_answered_as_of_before(anonymous: Client, services: Services) -> None:
    path = "/v1/certificates/20241015AAAAAAAA01"
    with services.views.pool.connection() as connection:
        catch_up(connection, services.record, VIEWS)
        assert anonymous.get(path).body["status"] == "none"
        something_happens(services)
        late = anonymous.get(path)
        assert (late.status, late.code) == (503, "NOT_YET_VISIBLE")
        catch_up(connection, services.record, VIEWS)
    assert anonymous.get(path).body["status"] == "none"


def test_a_process_shows_nothing_of_views_that_are_filled_until_they_show_what_there_was(
    services: Services, settings: Settings, database: Database, clock: SettableClock
) -> None:
    something_happens(services)
    head = services.record.head()
    later = open_services(settings, database.ground, clock, lambda _: AccountsInMemory({}))
    with closing(later), listening(application(later)) as address:
        with later.views.pool.connection() as connection:
            prepare(connection, VIEWS)
            assert not later.views.whole()
            with pytest.raises(Problem, match="NOT_YET_VISIBLE"), later.views.connection():
                pass
            answer = Client(address).get("/readyz")
            assert answer.status == 503
            assert answer.body["checks"]["views"].endswith(f"is filled up to 0 of {head}")
            catch_up(connection, services.record, VIEWS)
        assert later.views.whole()
        assert Client(address).get("/readyz").status == 200
        with later.views.connection() as connection:
            assert reached(connection, VIEWS) == head


def test_a_view_that_had_to_stop_shows_in_readyz(anonymous: Client, services: Services) -> None:
    with services.views.pool.connection() as connection:
        catch_up(connection, services.record, VIEWS)
        assert anonymous.get("/readyz").body["ready"] is True
        stop(connection, [VIEWS[0]], 7, "UnreadableFactError")
    answer = anonymous.get("/readyz")
    assert answer.status == 503
    assert answer.body["checks"]["views"] == f"{VIEWS[0].name} stopped at 7: UnreadableFactError"
