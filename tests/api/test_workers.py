"""What works beside the requests goes on until it is asked to stop, whatever happens."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from api.jobs import workers
from api.jobs.workers import Job, Workers

if TYPE_CHECKING:
    import pytest


def test_a_job_that_fails_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_FIRST_PAUSE", 0.0)
    begun: list[int] = []
    third = Event()

    def run(_: Event) -> None:
        begun.append(len(begun))
        if len(begun) == 3:
            third.set()
        raise RuntimeError

    working = Workers((Job("failing", run),))
    working.start()
    assert third.wait(30)
    working.stop(seconds=30)


def test_stopping_waits_for_every_job_to_end_in_order() -> None:
    ended: list[str] = []

    def run(stop: Event) -> None:
        stop.wait()
        ended.append("in order")

    working = Workers((Job("one", run), Job("two", run)))
    working.start()
    working.stop(seconds=30)
    assert ended == ["in order", "in order"]
