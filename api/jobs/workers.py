"""What works beside the requests: the follower of the record, the timekeeper, the sweeper.

They run as threads in every process that answers requests, and an advisory lock of each job's
own lets one of them work at a time. So there is one kind of process to watch: when one is
killed, the server starts another, and the lock, which goes with its connection, is taken over
within seconds. A dedicated process would need somebody to watch it.

A job is never given up: whatever ends it is logged, and it is begun again a little later.
A view that met an event which it can't apply stands still before it and says so in ``/readyz``;
beginning again shows whether a newer program can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Event, Thread

import structlog

from api.conventions.measures import count_job_failure

_log = structlog.get_logger()

Run = Callable[[Event], None]
"""Works until the event is set, and comes back soon after."""

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
"""Seconds between the failure of a job and its next beginning; doubled each time."""


@dataclass(frozen=True)
class Job:
    """One thing that is always being done, under a name for the log."""

    name: str
    run: Run


class Workers:
    """The threads of one process. ``start`` them after the fork, ``stop`` them before the end."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._stop = Event()
        self._threads = [
            Thread(target=_keep_doing, args=(job, self._stop), name=job.name, daemon=True)
            for job in jobs
        ]

    def start(self) -> None:
        """Begin every job."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float) -> None:
        """Ask every job to end and wait that long at most; what is left ends with the process."""
        self._stop.set()
        for thread in self._threads:
            if thread.is_alive():  # one that was never started can't be waited for
                thread.join(seconds)


def _keep_doing(job: Job, stop: Event) -> None:
    pause = _FIRST_PAUSE
    while not stop.is_set():
        try:
            job.run(stop)
            pause = _FIRST_PAUSE
        except Exception:  # noqa: BLE001 -- logged, counted and begun again
            count_job_failure(job.name)
            _log.exception("job failed", job=job.name, again_in_seconds=pause)
            stop.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
