"""What an earlier start may have left: a live server, a dead one's pid file, or a stranger.

A number in ``postmaster.pid`` proves nothing: the kernel may have given it to anybody since.
The lock that the server and its children inherit proves that they live, and the random name
of the socket directory on a process's command line proves that it is ours.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import psutil

from api.embedded.errors import EmbeddedServerError

if TYPE_CHECKING:
    from api.embedded.layout import Layout
    from api.embedded.locks import FileLock
    from api.embedded.runtime import Runtime

_PID_FILE = "postmaster.pid"
_SECONDS_TO_STOP = 60
_SECONDS_TO_NOTICE = 10
_SECONDS_TO_START = 3


def settle(layout: Layout, lock: FileLock, earlier: Runtime | None) -> None:
    """Take ``lock``, the server's, having stopped a live leftover of this data directory.

    Raises ``EmbeddedServerError``, and touches nothing, where a server that Mingjian did not
    start uses the cluster, or a leftover does not end.
    """
    number, started = _written(layout)
    if lock.try_take():
        if number is not None:
            _refuse_a_stranger(number, started)
        (layout.cluster / _PID_FILE).unlink(missing_ok=True)
        return
    if number is not None and earlier is not None and _is_ours(number, earlier):
        os.kill(number, signal.SIGINT)
        seconds = _SECONDS_TO_STOP
    else:
        # The postmaster is dead; its children see that by themselves and end.
        seconds = _SECONDS_TO_NOTICE
    if not lock.try_take_within(seconds):
        raise EmbeddedServerError(
            f"A PostgreSQL of an earlier start still uses {layout.cluster} and does not end; "
            "end it and start again.",
            f"先前启动的 PostgreSQL 仍在使用 {layout.cluster} 且未能结束；请结束该进程后重试。",
        )
    (layout.cluster / _PID_FILE).unlink(missing_ok=True)


def _written(layout: Layout) -> tuple[int | None, int]:
    """The process number and the start (Unix seconds) that ``postmaster.pid`` gives."""
    try:
        lines = (layout.cluster / _PID_FILE).read_text("utf-8").splitlines()
        return abs(int(lines[0])), int(lines[2])
    except (FileNotFoundError, IndexError, ValueError):
        return None, 0


def _is_ours(number: int, earlier: Runtime) -> bool:
    try:
        return str(earlier.socket) in psutil.Process(number).cmdline()
    except psutil.Error:
        return False


def _refuse_a_stranger(number: int, started: int) -> None:
    """Raise when somebody runs PostgreSQL on this cluster by hand, so without our lock."""
    try:
        process = psutil.Process(number)
        stranger = (
            process.name() == "postgres"
            and abs(process.create_time() - started) < _SECONDS_TO_START
        )
    except psutil.Error:
        return
    if stranger:
        raise EmbeddedServerError(
            f"PostgreSQL (process {number}) uses this data directory and was not started by "
            "Mingjian; stop it, or name it with DATABASE_URL.",
            f"PostgreSQL（进程 {number}）正在使用该数据目录，且并非由明鉴启动；"
            "请停止该进程，或用 DATABASE_URL 指向它。",
        )
