"""``mingjian serve`` as an operator runs it: a process of its own, on a real database."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import IO, TYPE_CHECKING, Any

import pytest

from api.clock import SystemClock
from api.foundation import EVERY_MIGRATION, lay_foundation
from api.reach import Reached, reach
from api.settings import Settings
from tests.api.client import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Database

ROOT = Path(__file__).parents[2]


@pytest.fixture
def reached(empty_database: Callable[[], Database], tmp_path: Path) -> Iterator[Reached]:
    """A database that is still empty, with both its addresses."""
    database = empty_database()
    settings = Settings(
        database_url=database.url,
        owner_database_url=database.owner_url,
        keys=tmp_path / "keys",
        data=tmp_path,
    )
    with reach(settings) as one:
        yield one


@pytest.fixture
def record(reached: Reached) -> Reached:
    """A migrated database with the keys of a new record."""
    lay(reached, reached.settings.origin)
    return reached


def lay(reached: Reached, origin: str) -> None:
    """Migrate."""
    lay_foundation(reached.settings, reached.owner_url, reached.ground, origin, SystemClock().now())


def environment(reached: Reached) -> dict[str, str]:
    """What an operator sets: nothing names the owner."""
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": str(reached.settings.database_url),
        "MINGJIAN_KEYS": str(reached.settings.key_directory),
        "MINGJIAN_PORT": "0",
        "MINGJIAN_THREADS": "2",
    }


@contextmanager
def serving(reached: Reached) -> Iterator[tuple[subprocess.Popen[str], Client, list[int]]]:
    """A running server, a caller, and the numbers of its processes."""
    with subprocess.Popen(
        [sys.executable, "-m", "api.command", "--lang", "en", "serve"],
        env=environment(reached),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            address, workers = _wait_for_workers(process.stderr)
            yield process, Client(address), workers
        finally:
            process.terminate()
            process.communicate(timeout=60)


def _wait_for_workers(log: IO[str]) -> tuple[str, list[int]]:
    """The address that was taken, and the processes once both have booted."""
    address = ""
    workers: list[int] = []
    while len(workers) < 2:
        event = next_line(log)["event"]
        if event.startswith("Listening at: http://"):
            address = event.removeprefix("Listening at: http://").partition(" ")[0]
        if event.startswith("Booting worker"):
            workers.append(_number(event))
    return address, workers


def next_line(log: IO[str]) -> dict[str, Any]:
    """The next line of the log."""
    line = log.readline()
    assert line, "the server ended"
    found: dict[str, Any] = json.loads(line)
    return found


def _number(event: str) -> int:
    return int(event.rpartition(": ")[2])


def refusal_of(reached: Reached) -> str:
    """What ``serve`` says when it refuses to start."""
    ended = subprocess.run(
        [sys.executable, "-m", "api.command", "--lang", "en", "serve"],
        env=environment(reached),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    return ended.stderr


def test_it_answers_when_ready_and_ends_in_order_when_told(record: Reached) -> None:
    with serving(record) as (process, client, _):
        assert client.get("/livez").body == "ok\n"
        assert client.get("/v1/sessions").status == 401
        process.terminate()
        _, rest = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "failed" not in rest


def test_it_is_ready_when_the_views_follow(record: Reached) -> None:
    with serving(record) as (process, client, _):
        assert process.stderr is not None
        while next_line(process.stderr)["event"] != "views begun":
            pass
        answer = client.get("/readyz")
        until = monotonic() + 30
        while answer.body["views_behind"] and monotonic() < until:
            sleep(0.1)
            answer = client.get("/readyz")
    assert answer.status == 200
    assert answer.body == {
        "ready": True,
        "checks": {"database": "ok", "migrations": "ok", "views": "ok"},
        "views_behind": 0,
    }


def test_a_process_that_is_killed_is_replaced(record: Reached) -> None:
    with serving(record) as (process, client, (first, _)):
        os.kill(first, signal.SIGKILL)
        assert process.stderr is not None
        while not next_line(process.stderr)["event"].startswith("Booting worker"):
            pass
        assert client.get("/livez").status == 200


def test_what_all_processes_measure_is_shown_together(record: Reached) -> None:
    with serving(record) as (_, client, _):
        for _ in range(8):
            client.get("/livez")
        text = client.get("/metrics").body
    assert 'mingjian_requests_total{method="GET",route="/livez",status="200"} 8.0' in text


def test_it_refuses_a_database_without_a_record(reached: Reached) -> None:
    assert "mingjian migrate" in refusal_of(reached)


def test_it_refuses_a_demonstration(reached: Reached) -> None:
    lay(reached, f"{reached.settings.origin}/demo")
    assert "mingjian/main/demo" in refusal_of(reached)


def test_it_refuses_to_run_as_the_owner_of_the_record(record: Reached) -> None:
    owner = replace(record.settings, database_url=record.owner_url)
    assert "own" in refusal_of(replace(record, settings=owner))


def test_it_refuses_a_record_whose_key_is_missing(record: Reached) -> None:
    (record.settings.key_directory / "master.key").unlink()
    assert "key file" in refusal_of(record)


def test_migrating_again_changes_nothing(record: Reached) -> None:
    keys = record.settings.key_directory
    before = {path.name: path.read_bytes() for path in keys.iterdir()}
    applied = lay_foundation(
        record.settings,
        record.owner_url,
        record.ground,
        record.settings.origin,
        SystemClock().now(),
    )
    assert applied == []
    assert {path.name: path.read_bytes() for path in keys.iterdir()} == before
    assert {migrations.floor for migrations in EVERY_MIGRATION} == {"audit", "projections", "api"}
