"""Data directories and programs that use the private server."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import psycopg
import pytest

from api.embedded import EmbeddedServer, Role
from api.embedded.layout import Layout
from tests.api.embedded.program import Program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A data directory that is not there yet."""
    return Layout(tmp_path / "data")


@pytest.fixture
def a_program(layout: Layout) -> Iterator[Callable[[], Program]]:
    """Starts programs that use the server until they are told to leave, or killed."""
    with ExitStack() as programs:
        yield lambda: programs.enter_context(Program(layout.data))


@pytest.fixture
def a_used_cluster(layout: Layout) -> Layout:
    """A data directory whose server ran, keeps one row, and was stopped in good order."""
    with EmbeddedServer(layout.data) as server, psycopg.connect(server.url(role=Role.OWNER)) as one:
        one.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    return layout
