"""``kill -9`` of PostgreSQL and its keeper, and waiting until the server answers again."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import psycopg

from api.embedded.layout import Layout

if TYPE_CHECKING:
    from pathlib import Path

    from bench.site import Site

_LOOK_AGAIN_SECONDS = 0.02
_SECONDS_TO_RECOVER = 120


def kill_postgresql(data: Path) -> None:
    """End the postmaster and every backend at once; what was only in memory is gone."""
    postmaster = _process((Layout(data.absolute()).cluster / "postmaster.pid").read_text("utf-8"))
    for process in [postmaster, *postmaster.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def kill_the_keeper(data: Path) -> None:
    """End the process that owns PostgreSQL; PostgreSQL goes with it."""
    _process(Layout(data.absolute()).keeper_lock.read_text("utf-8")).kill()


def wait_until_it_answers(site: Site) -> None:
    """Come back when the server has recovered; raises ``TimeoutError``."""
    until = time.monotonic() + _SECONDS_TO_RECOVER
    while time.monotonic() < until:
        try:
            psycopg.connect(site.url, connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(_LOOK_AGAIN_SECONDS)
        else:
            return
    msg = "the server did not recover"
    raise TimeoutError(msg)


def _process(pid_file: str) -> psutil.Process:
    return psutil.Process(int(pid_file.splitlines()[0]))
