"""``mingjian`` at work: in the process of a test, or as an operator serves it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock
from time import monotonic, sleep
from typing import IO, TYPE_CHECKING, Any

from api.app import open_beside, open_services
from api.clock import SystemClock
from api.foundation import lay_foundation
from api.jobs.catalogue import jobs
from api.jobs.workers import Workers
from api.serving.running import Running, listening
from api.views import Views
from projections.catalogue import VIEWS
from projections.progress import wait_for
from tests.api.applications import application
from tests.api.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

    from api.clock import SettableClock
    from api.database import Reached
    from api.services import Services
    from api.settings import Settings
    from audit.bell import Bell
    from audit.migrate import Ground

ROOT = Path(__file__).parents[2]
_PATIENCE = 120.0
"""Seconds until a test says that the views never came; nothing is judged by its speed."""
_LAG = 2.0
"""Seconds that a reading waits for views that are behind, or are followed by nobody."""
_UNHURRIED = 0.2
"""Seconds that the follower waits for somebody who looks at the views."""


def lay(reached: Reached, origin: str) -> None:
    """Migrate."""
    lay_foundation(reached.settings, reached.owner_url, reached.ground, origin, SystemClock().now())


def environment(reached: Reached, **further: str) -> dict[str, str]:
    """What an operator sets: nothing names the owner."""
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": str(reached.settings.database_url),
        "MINGJIAN_KEYS": str(reached.settings.key_directory),
        "MINGJIAN_PORT": "0",
        "MINGJIAN_THREADS": "2",
        **further,
    }


@contextmanager
def at_work(
    settings: Settings, ground: Ground, clock: SettableClock
) -> Iterator[tuple[str, Services]]:
    """An application in this process, by a given clock, with what works beside it.

    The timekeeper does not: a test that wants it lets it look when it is ready for it. Whoever
    reads sees what has happened: how soon the views follow is no test's chance.
    """
    opened = open_services(settings, ground, clock)
    beside = open_beside(opened)
    opened = replace(opened, views=AwaitedViews(opened, beside))
    workers = Workers(each for each in jobs(beside) if each.name != "timekeeper")
    process = Running(application(opened), opened, beside, workers)
    process.start()
    try:
        _wait_until_whole(opened)
        with listening(process.app) as address:
            yield address, opened
    finally:
        process.end()


def _wait_until_whole(opened: Services) -> None:
    """Come back when the views show what was due when the services were opened."""
    until = monotonic() + _PATIENCE
    while not opened.views.whole():
        assert monotonic() < until
        sleep(0.01)


class AwaitedViews(Views):
    """Views for which whoever looks at them waits, but not for long.

    While nobody looks, the follower hears the bell a little later: it follows several acts at once.
    """

    def __init__(self, opened: Services, beside: Services) -> None:
        super().__init__(opened.views.pool, opened.views.due)
        self._record, self._ring = opened.record, beside.record.bell
        self._take = self.pool.connection
        self._lock, self._looking, self._looked_at = Lock(), 0, Event()
        self.pool.connection = self._taken  # type: ignore[method-assign] # also for who asks how far
        beside.record.bell = self._bell  # type: ignore[method-assign] # what the follower listens to

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection on which every view shows what had happened, if anybody follows."""
        with super().connection() as connection:
            wait_for(connection, VIEWS, self._record.head(), _LAG)
            yield connection

    @contextmanager
    def _taken(self, timeout: float | None = None) -> Iterator[Connection]:
        with self._take(timeout) as connection:
            self._look(1)
            try:
                yield connection
            finally:
                self._look(-1)

    def _look(self, more: int) -> None:
        with self._lock:
            self._looking += more
            if self._looking:
                self._looked_at.set()
            else:
                self._looked_at.clear()

    def _bell(self) -> Bell:
        bell = self._ring()
        wait = bell.wait

        def heard(seconds: float) -> bool:
            rang = wait(seconds)
            if rang:
                self._looked_at.wait(_UNHURRIED)
            return rang

        bell.wait = heard  # type: ignore[method-assign] # of this bell alone
        return bell


@contextmanager
def serving(
    reached: Reached, program: str = "api.command", **further: str
) -> Iterator[tuple[subprocess.Popen[str], Client, list[int]]]:
    """A running server, a caller, and the numbers of its processes."""
    with subprocess.Popen(
        [sys.executable, "-m", program, "--lang", "en", "serve"],
        env=environment(reached, **further),
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
