from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest

from api.embedded import EmbeddedServer, EmbeddedServerError, Role
from api.embedded.account import account_for_postgresql
from api.embedded.cluster import ENVIRONMENT
from api.embedded.locks import FileLock
from api.embedded.postmaster import start_postmaster, stop_postmaster
from api.embedded.programs import programs
from api.embedded.runtime import prepare_runtime, recorded_runtime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from api.embedded.layout import Layout


@contextmanager
def a_server_without_keeper(layout: Layout, lock: Path) -> Iterator[subprocess.Popen[bytes]]:
    """PostgreSQL on the cluster, holding ``lock``, as if whoever started it had died."""
    account = account_for_postgresql()
    runtime = recorded_runtime(layout) or prepare_runtime(layout, account)
    runtime = prepare_runtime(layout, account)
    held = FileLock.at(lock)
    assert held.try_take()
    binaries = programs(account, runtime)
    server = start_postmaster(layout, account, binaries, runtime.socket, held, ENVIRONMENT)
    held.close()
    yield server
    if server.poll() is None:
        stop_postmaster(server)
    runtime.remove()


def kept(server: EmbeddedServer) -> object:
    with psycopg.connect(server.url(role=Role.OWNER)) as connection:
        return connection.execute("SELECT answer FROM kept").fetchone()


def test_a_live_leftover_of_this_directory_is_stopped(a_used_cluster: Layout) -> None:
    with (
        a_server_without_keeper(a_used_cluster, a_used_cluster.server_lock) as leftover,
        EmbeddedServer(a_used_cluster.data) as server,
    ):
        assert leftover.wait() == 0
        assert kept(server) == (42,)


def test_a_server_that_somebody_started_by_hand_is_left_alone(
    a_used_cluster: Layout, tmp_path: Path
) -> None:
    with a_server_without_keeper(a_used_cluster, tmp_path / "other.lock") as stranger:
        with pytest.raises(EmbeddedServerError, match="not started by Mingjian"):
            EmbeddedServer(a_used_cluster.data).__enter__()
        assert stranger.poll() is None


@pytest.mark.parametrize("living", [True, False])
def test_a_pid_file_that_names_somebody_else_or_nobody_is_stale(
    a_used_cluster: Layout, *, living: bool
) -> None:
    somebody = subprocess.Popen(
        [shutil.which("cat") or "cat"],
        stdin=subprocess.PIPE,
        cwd="/",
        **account_for_postgresql().credentials(),
    )
    if not living:
        somebody.communicate()
    pid_file = a_used_cluster.cluster / "postmaster.pid"
    pid_file.write_text(f"{somebody.pid}\n/data\n1700000000\n5432\n/tmp\n\n 1 1\nready   \n")
    account_for_postgresql().own(pid_file)
    with EmbeddedServer(a_used_cluster.data) as server:
        assert kept(server) == (42,)
    if living:
        assert somebody.poll() is None
        somebody.communicate()


def test_a_pid_file_that_was_cut_short_is_stale(a_used_cluster: Layout) -> None:
    pid_file = a_used_cluster.cluster / "postmaster.pid"
    pid_file.write_text("")
    account_for_postgresql().own(pid_file)
    with EmbeddedServer(a_used_cluster.data) as server:
        assert kept(server) == (42,)
