"""A program of its own, in a process of its own, that uses the private server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psutil

from api.embedded.locks import FileLock

if TYPE_CHECKING:
    from api.embedded.layout import Layout

ROOT = Path(__file__).parents[3]
SECONDS_TO_END = 60

SOURCE = """
import sys
from pathlib import Path
from api.embedded import EmbeddedServer, Role

with EmbeddedServer(Path(sys.argv[1])) as server:
    print(server.url(role=Role.OWNER), flush=True)
    sys.stdin.read()
"""


class Program:
    """Started when made; ``url`` waits until it has the server."""

    def __init__(self, data: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SOURCE, str(data)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._url = ""

    @property
    def url(self) -> str:
        """The address of the database for the owner role."""
        if not self._url and self._process.stdout:
            self._url = self._process.stdout.readline().strip()
        return self._url

    def leave(self) -> None:
        """End in good order."""
        self._process.communicate()

    def kill(self) -> None:
        """``kill -9``."""
        self._process.kill()
        self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def has_stopped(layout: Layout) -> bool:
    """Whether no process of the server is left, once it has had the time to end."""
    lock = FileLock.at(layout.server_lock)
    stopped = lock.try_take_within(SECONDS_TO_END)
    lock.close()
    return stopped


def kill_the_postmaster(layout: Layout) -> None:
    """``kill -9`` of PostgreSQL itself."""
    _kill(_postmaster(layout))


def kill_the_keeper(layout: Layout) -> None:
    """``kill -9`` of the process that owns PostgreSQL."""
    _kill(_keeper(layout))


def kill_the_keeper_and_the_postmaster(layout: Layout) -> None:
    """``kill -9`` of both, named before either dies: neither has the time to mend the other."""
    _kill(_keeper(layout), _postmaster(layout))


def _postmaster(layout: Layout) -> psutil.Process:
    lines = (layout.cluster / "postmaster.pid").read_text("utf-8").splitlines()
    return psutil.Process(int(lines[0]))


def _keeper(layout: Layout) -> psutil.Process:
    return psutil.Process(int(layout.keeper_lock.read_text("utf-8")))


def _kill(*processes: psutil.Process) -> None:
    for process in processes:
        process.kill()
    psutil.wait_procs(processes, SECONDS_TO_END)
