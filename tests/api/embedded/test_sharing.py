from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

import psycopg

from api.embedded import EmbeddedServer
from tests.api.embedded.program import ROOT, has_stopped

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.embedded.layout import Layout
    from tests.api.embedded.program import Program


def answers(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 42").fetchone() == (42,)


def test_programs_that_start_at_once_share_one_server(a_program: Callable[[], Program]) -> None:
    programs = [a_program() for _ in range(4)]
    assert len({program.url for program in programs}) == 1
    assert answers(programs[0].url)


def test_the_server_stays_while_one_program_uses_it(
    a_program: Callable[[], Program], layout: Layout
) -> None:
    first, second = a_program(), a_program()
    assert first.url == second.url
    first.leave()
    assert answers(second.url)
    second.leave()
    assert has_stopped(layout)


def test_a_program_may_join_while_every_connection_is_taken(
    a_program: Callable[[], Program], layout: Layout
) -> None:
    program = a_program()
    with ExitStack() as connections:
        with suppress(psycopg.OperationalError):
            while True:
                connections.enter_context(psycopg.connect(program.url))
        with EmbeddedServer(layout.data) as server:
            assert server.socket.exists()


def test_the_last_to_leave_waits_until_the_server_has_stopped(layout: Layout) -> None:
    with EmbeddedServer(layout.data):
        pass
    assert not (layout.cluster / "postmaster.pid").exists()


def test_a_program_may_leave_and_come_again(layout: Layout) -> None:
    server = EmbeddedServer(layout.data)
    for _ in range(2):
        with server:
            assert answers(server.url())


FORKS = """
import os, sys
from pathlib import Path
import psycopg
from api.embedded import EmbeddedServer

with EmbeddedServer(Path(sys.argv[1])) as server:
    child = os.fork()
    if child == 0:
        sys.exit(0)
    os.waitpid(child, 0)
    psycopg.connect(server.url()).close()
"""


def test_a_forked_child_that_ends_takes_the_server_from_nobody(layout: Layout) -> None:
    # As a worker of a web server does, the child comes out of the block by SystemExit.
    done = subprocess.run([sys.executable, "-c", FORKS, layout.data], cwd=ROOT, check=False)
    assert done.returncode == 0
