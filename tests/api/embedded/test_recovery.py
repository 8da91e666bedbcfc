from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from api.embedded import EmbeddedServer, Role
from tests.api.embedded.program import (
    has_stopped,
    kill_the_keeper,
    kill_the_keeper_and_the_postmaster,
    kill_the_postmaster,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.embedded.layout import Layout
    from tests.api.embedded.program import Program


def write(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")


def read(url: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT answer FROM kept").fetchone()


def test_the_server_stops_when_its_program_is_killed(
    a_program: Callable[[], Program], layout: Layout
) -> None:
    program = a_program()
    write(program.url)
    program.kill()
    assert has_stopped(layout)
    with EmbeddedServer(layout.data) as server:
        assert read(server.url(role=Role.OWNER)) == (42,)


def test_a_killed_postgresql_is_started_again_at_the_same_address(
    a_program: Callable[[], Program], layout: Layout
) -> None:
    program = a_program()
    write(program.url)
    kill_the_postmaster(layout)
    # Entering waits until the server answers again.
    with EmbeddedServer(layout.data):
        assert read(program.url) == (42,)


def test_a_killed_keeper_is_followed_by_another_at_the_same_address(
    a_program: Callable[[], Program], layout: Layout
) -> None:
    program = a_program()
    write(program.url)
    kill_the_keeper(layout)
    with EmbeddedServer(layout.data):
        assert read(program.url) == (42,)


def test_all_killed_at_once_leaves_nothing_to_clean_up_by_hand(
    a_program: Callable[[], Program], layout: Layout
) -> None:
    program = a_program()
    write(program.url)
    kill_the_keeper_and_the_postmaster(layout)
    program.kill()
    with EmbeddedServer(layout.data) as server:
        assert read(server.url(role=Role.OWNER)) == (42,)
    assert has_stopped(layout)
