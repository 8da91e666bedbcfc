"""PostgreSQL as a child of the keeper: started and stopped."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from api.embedded.cluster import opened
from api.embedded.errors import EmbeddedServerError
from api.embedded.tuning import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from api.embedded.account import Account
    from api.embedded.layout import Layout
    from api.embedded.locks import FileLock

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_LOOK_AGAIN_SECONDS = 0.02
_SECONDS_TO_STOP = 60
_LONGEST_LOG = 8 * 1024 * 1024


def start_postmaster(
    layout: Layout,
    account: Account,
    programs: Path,
    socket: Path,
    lock: FileLock,
    environment: Mapping[str, str],
) -> subprocess.Popen[bytes]:
    """Start the server and wait until it accepts connections, recovery included.

    Raises ``EmbeddedServerError`` with its last words where it ends instead.
    """
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    _turn_over(layout.log)
    with layout.log.open("ab") as log, opened(layout.cluster) as (name, descriptors):
        server = subprocess.Popen(
            [programs / "postgres", "-D", name, "-k", socket, *settings],
            pass_fds=(*descriptors, lock.descriptor),
            preexec_fn=_end_with_the_keeper(),  # noqa: PLW1509 -- the keeper has one thread
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **account.credentials(),
        )
    while not _is_ready(layout, server):
        if server.poll() is not None:
            words = " / ".join(layout.log.read_text("utf-8", "replace").splitlines()[-3:])
            raise EmbeddedServerError(
                f"PostgreSQL did not start: {words} (log: {layout.log})",
                f"PostgreSQL 未能启动：{words}（日志：{layout.log}）",
            )
        time.sleep(_LOOK_AGAIN_SECONDS)
    return server


def stop_postmaster(server: subprocess.Popen[bytes]) -> None:
    """End every session and stop the server in good order; by force if that takes too long."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(request)
        try:
            server.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            continue
        return


def _is_ready(layout: Layout, server: subprocess.Popen[bytes]) -> bool:
    """PostgreSQL writes its state on the eighth line of its pid file."""
    try:
        lines = (layout.cluster / "postmaster.pid").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return False
    return lines[:1] == [str(server.pid)] and [line.strip() for line in lines[7:8]] == ["ready"]


def _turn_over(log: Path) -> None:
    if log.exists() and log.stat().st_size > _LONGEST_LOG:
        log.rename(log.with_suffix(".log.1"))


def _end_with_the_keeper() -> Callable[[], object] | None:
    """Have Linux stop the server, in good order, when its parent dies.

    Elsewhere a server that outlives its keeper is found and stopped at the next start.
    """
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return lambda: library.prctl(_PARENT_DEATH_SIGNAL, signal.SIGINT)
