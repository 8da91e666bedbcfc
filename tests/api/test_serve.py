"""``mingjian serve`` as an operator runs it: a process of its own, on a real database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic, sleep
from typing import TYPE_CHECKING

import psutil

from api.clock import SystemClock
from api.foundation import EVERY_MIGRATION, lay_foundation
from tests.api.served import ROOT, environment, lay, next_line, serving

if TYPE_CHECKING:
    from api.database import Reached


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
    del answer.body["warnings"]  # they go by the day on which this runs
    assert answer.body == {
        "ready": True,
        "checks": dict.fromkeys(("database", "migrations", "views", "clock", "law"), "ok"),
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


def test_sign_ins_at_once_leave_no_process_larger_than_it_was(record: Reached) -> None:
    """Each takes 19 MB for a moment; a process that keeps that keeps it for each thread."""
    bodies = [{"login": f"nobody-{n}", "password": "nothing at all"} for n in range(16)]
    with serving(record, MINGJIAN_THREADS="8") as (_, client, workers):
        client.get("/v1/policy-packs")
        before = sum(resident(each) for each in workers)
        with ThreadPoolExecutor(8) as several:
            answers = list(several.map(lambda body: client.post("/v1/sessions", body), bodies))
        after = sum(resident(each) for each in workers)
    assert {each.status for each in answers} == {401}
    assert after - before < 3 * 19


def resident(process: int) -> float:
    """How many megabytes of the machine a process takes up."""
    return float(psutil.Process(process).memory_info().rss) / 1e6


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
