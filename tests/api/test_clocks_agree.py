"""A clock that is wrong: nothing is recorded by it, the server says so, an operator mends it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from click.testing import CliRunner

from api.acts.bootstrap import set_up
from api.app import open_services
from api.clock import SettableClock, SystemClock
from api.command.group import mingjian
from api.command.invocation import Invocation
from api.database import Reached, reach
from api.serving.running import listening
from api.settings import Settings
from domain.actor import SystemActor
from domain.single_events import TimeResumed
from tests.api.accounts import PASSWORD
from tests.api.applications import application
from tests.api.client import Client
from tests.api.filings import done
from tests.api.served import lay
from tests.api.test_bootstrap import setting_up
from tests.audit.true_times import now, taking_any_time
from tests.conftest import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from api.clock import Clock
    from api.services import Services
    from tests.api.client import Answer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A record that is served, whose clock nobody can set, and its first administrator's code."""

    database: Database
    reached: Reached

    @property
    def environment(self) -> dict[str, str]:
        """What an operator sets."""
        return {
            "DATABASE_URL": self.database.url,
            "OWNER_DATABASE_URL": self.database.owner_url,
            "MINGJIAN_KEYS": str(self.reached.settings.key_directory),
        }


@pytest.fixture
def place(empty_database: Callable[[], Database], tmp_path: Path) -> Iterator[Place]:
    """A record with a first administrator, at a machine whose clock is right."""
    database = empty_database()
    settings = Settings(
        database_url=database.url,
        owner_database_url=database.owner_url,
        keys=tmp_path / "keys",
        data=tmp_path,
        threads=4,
    )
    with reach(settings) as reached:
        lay(reached, settings.origin)
        services = open_services(settings, reached.ground)
        at = services.clock.now()
        code = set_up(services.office, setting_up(), at)[0]
        with listening(application(services)) as address:
            first = Client(address).signed_in("first", code)
            body = {"current_password": code, "new_password": PASSWORD}
            assert first.put("/v1/password", body).status == 204
        services.close()
        yield Place(database, reached)


@contextmanager
def opened(place: Place, clock: Clock | None = None) -> Iterator[tuple[Client, Services]]:
    """A process that answers from the record, by the machine's clock unless by another."""
    services = open_services(place.reached.settings, place.reached.ground, clock)
    with listening(application(services)) as address:
        yield Client(address), services
    services.close()


def checked(nobody: Client) -> str:
    """What ``/readyz`` says of the clocks."""
    return str(nobody.get("/readyz").body["checks"]["clock"])


def founding(nobody: Client) -> Answer:
    """The first administrator registers an organisation."""
    body = {
        "name": "县人社局",
        "kind": "government",
        "ownership": "state",
        "level": "county",
        "area": "江西省/赣州市/寻乌县",
    }
    caller = nobody.signed_in("first", PASSWORD)
    return caller.post("/v1/organisations", body, Idempotency_Key=uuid4().hex)


def resume_time(place: Place, *words: str) -> tuple[int, str]:
    """Let the operator's command run."""
    arguments = ["resume-time", "--document", "某文〔2026〕1号", *words]
    ended = CliRunner().invoke(mingjian, arguments, obj=Invocation("en"), env=place.environment)
    return ended.exit_code, ended.output


def carried_ahead(place: Place) -> int:
    """Something was recorded by clocks that ran three days ahead, the database's too: where."""
    with (
        taking_any_time(place.database, place.reached.ground.schema),
        opened(place, SettableClock(now() + 3 * DAY)) as (nobody, _),
    ):
        return int(done(founding(nobody)).body["position"])


@pytest.mark.parametrize(("off", "said"), [(HOUR, "+3"), (-HOUR, "-3")])
def test_a_server_whose_clock_differs_from_the_databases_is_not_ready(
    place: Place, off: timedelta, said: str
) -> None:
    with opened(place, SettableClock(now() + off)) as (nobody, _):
        assert checked(nobody).startswith(said)


def test_nothing_is_recorded_by_a_clock_that_runs_ahead(place: Place) -> None:
    with opened(place, SettableClock(now() + HOUR)) as (nobody, services):
        before = services.record.head()
        answer = founding(nobody)
        assert (answer.status, answer.code) == (503, "CLOCKS_DISAGREE")
        assert answer.headers["Retry-After"] == "60"
        assert services.record.head() == before
    with opened(place) as (nobody, _):
        assert checked(nobody) == "ok"
        done(founding(nobody))


def test_a_record_that_stands_ahead_is_not_ready_and_nobody_decides_in_that_time(
    place: Place,
) -> None:
    carried_ahead(place)
    with opened(place) as (nobody, services):
        assert services.clock.now() < now() + timedelta(minutes=2)
        assert "resume-time" in checked(nobody)
        assert founding(nobody).code == "CLOCKS_DISAGREE"


def test_an_operator_puts_it_on_record_and_time_goes_on_from_the_true_one(place: Place) -> None:
    wrong = carried_ahead(place)
    status, said = resume_time(place)
    assert (status, f"From position {wrong} on" in said) == (1, True)
    status, said = resume_time(place, "--wrong-from", str(wrong + 1))
    assert status == 1
    status, said = resume_time(place, "--wrong-from", str(wrong))
    assert (status, f"position {wrong + 1}" in said) == (0, True)

    with opened(place) as (nobody, services):
        assert checked(nobody) == "ok"
        at = done(founding(nobody)).body["position"]
        (resumed,), (row,) = services.record.read(wrong, 1), services.record.rows(at - 1, 1)
        assert resumed.event == TimeResumed(document="某文〔2026〕1号", wrong_from=wrong)
        assert resumed.actor == SystemActor("console")
        assert now() - timedelta(minutes=1) < row[-1] < now()
        assert services.record.position_at(resumed.placed_at - timedelta(microseconds=1)) < wrong
    status, said = resume_time(place, "--wrong-from", str(wrong))
    assert (status, "nothing to resume" in said) == (1, True)


def test_the_command_goes_by_clocks_that_agree(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = carried_ahead(place)
    behind = now() - HOUR
    monkeypatch.setattr(SystemClock, "now", lambda _: behind)
    status, said = resume_time(place, "--wrong-from", str(wrong))
    assert (status, "differ" in said) == (1, True)


def test_a_long_silence_is_told_and_ended_by_an_operator(place: Place) -> None:
    with psycopg.connect(place.database.superuser_url, autocommit=True) as connection:
        connection.execute(f"SET search_path = {place.reached.ground.schema}")
        connection.execute("ALTER TABLE event DISABLE TRIGGER append_only")
        connection.execute("UPDATE event SET placed_at = placed_at - interval '401 days'")
        connection.execute("ALTER TABLE event ENABLE ALWAYS TRIGGER append_only")
    with opened(place) as (nobody, _):
        assert checked(nobody).startswith("nothing recorded since")
        assert founding(nobody).code == "CLOCKS_DISAGREE"
    status, said = resume_time(place, "--wrong-from", "1")
    assert (status, "leave --wrong-from out" in said) == (1, True)
    assert resume_time(place)[0] == 0
    with opened(place) as (nobody, _):
        assert checked(nobody) == "ok"
        done(founding(nobody))
