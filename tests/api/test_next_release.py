"""The next release is put beside a living one: nobody is shown less, no certificate wrongly."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from api.clock import SettableClock
from api.database import reach
from api.settings import Settings
from domain.beijing import BEIJING
from projections import certificates, indicators, work_queue
from projections.catalogue import VIEWS
from projections.progress import keep_tables, wait_for
from tests.api.client import Answer, Client
from tests.api.filings import done
from tests.api.provinces import Province
from tests.api.served import ROOT, at_work, environment, lay, serving
from tests.api.test_revocation import investigated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.database import Reached
    from tests.conftest import Database

PATIENCE = 120.0


@pytest.fixture(scope="module")
def reached(
    empty_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Reached:
    """A record as an operator lays it."""
    database, data = empty_database(), tmp_path_factory.mktemp("data")
    settings = Settings(
        database_url=database.url,
        owner_database_url=database.owner_url,
        keys=data / "keys",
        data=data,
        threads=4,
    )
    with reach(settings) as one:
        lay(one, settings.origin)
        return one


@pytest.fixture(scope="module")
def province(reached: Reached) -> Iterator[Province]:
    """At work under the living release."""
    clock = SettableClock(datetime(2024, 5, 7, 9, tzinfo=BEIJING))
    with at_work(reached.settings, reached.ground, clock) as (address, services):
        yield Province(address, services, clock)


@pytest.fixture(scope="module")
def number(province: Province) -> str:
    """The number of a certificate that the living release calls valid."""
    holder = province.applicant(province.enterprise, "某持证者")
    path = province.granted(holder)
    done(province.bureau.handler.change(path, "/certificates", {}))
    found = str(done(holder.get(path)).body["standing"]["certificate"])
    province.catch_up()
    assert asked(Client(province.address), found) == "valid"
    investigated(province, holder, path, "益人社处〔2024〕9号")
    return found


def asked(caller: Client, number: str) -> Any:  # noqa: ANN401 -- a word, or how it was refused
    answer: Answer = caller.get(f"/v1/certificates/{number}")
    return answer.body["status"] if answer.status == 200 else (answer.status, answer.code)


def views_of(caller: Client) -> str:
    """How the views of a release stand, as it says itself."""
    return str(caller.get("/readyz").body["checks"]["views"])


@pytest.fixture
def tables_kept(reached: Reached) -> Iterator[psycopg.Connection]:
    """Nobody makes tables until this connection is closed."""
    with psycopg.connect(str(reached.settings.database_url)) as connection:
        keep_tables(connection)
        yield connection


def command(reached: Reached, *words: str) -> str:
    """What a command of the next release says."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.api.next_release", "--lang", "en", *words],
        env=environment(reached),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_next_release_answers_once_it_can_and_the_living_one_goes_on(
    province: Province, number: str, reached: Reached, tables_kept: psycopg.Connection
) -> None:
    living = Client(province.address)
    with serving(reached, program="tests.api.next_release") as (_, new, _workers):
        ready = new.get("/readyz")
        assert (ready.status, ready.body["checks"]["views"]) == (503, "not begun")
        assert asked(new, number) == (503, "NOT_YET_VISIBLE")
        assert asked(living, number) == "revoked"
        tables_kept.close()
        said: set[Any] = set()
        until = monotonic() + PATIENCE
        while views_of(new) != "ok" and monotonic() < until:
            said.add(asked(new, number))
            assert views_of(living) == "ok"
            sleep(0.05)
        assert asked(new, number) == asked(living, number) == "revoked"
        assert said <= {(503, "NOT_YET_VISIBLE"), "revoked"}
        with province.services.views.connection() as connection:
            assert wait_for(connection, VIEWS, province.services.record.head(), PATIENCE)
        used = command(reached, "projections", "retire")
    gone = [each.view for each in (certificates, indicators, work_queue)]
    kept = ", ".join(f"{view.name} {view.version}" for view in gone)
    assert used == f"Dropped: -; still used: {kept}\n"
    shown = command(reached, "projections", "status")
    assert shown.count("of another release") == len(gone)
    assert asked(living, number) == "revoked"


def test_what_the_next_release_lacks_is_built_before_it_serves(
    number: str, reached: Reached
) -> None:
    assert number
    with psycopg.connect(str(reached.settings.database_url)) as connection:
        raised = f"certificates', {certificates.view.version + 1}"
        schema = reached.ground.views
        connection.execute(
            f"DELETE FROM {schema}.progress WHERE (view, version) = ('{raised})"  # noqa: S608
        )
    assert command(reached, "projections", "rebuild", "--missing") == "Rebuilt: certificates\n"
    assert command(reached, "projections", "rebuild", "--missing") == "No view is missing.\n"
