"""A database that accepts connections and answers nothing: told, given up, and used again."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from psycopg.conninfo import make_conninfo

from api.settings import Settings
from tests.audit.proxy import a_proxy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.client import Client
    from tests.audit.proxy import Proxy
    from tests.conftest import Database


@pytest.fixture
def proxy(database: Database) -> Iterator[Proxy]:
    with (
        TemporaryDirectory() as directory,
        a_proxy(Path(directory), str(database.server.socket)) as one,
    ):
        yield one


@pytest.fixture
def settings(database: Database, proxy: Proxy, tmp_path: Path) -> Settings:
    """Settings that reach the database through the proxy."""
    there = make_conninfo(database.url, host=proxy.host)
    return Settings(database_url=there, keys=tmp_path / "keys", threads=4, statement_seconds=1)


def test_a_database_that_answers_nothing_is_told_and_used_again_when_it_answers(
    official: Client, proxy: Proxy
) -> None:
    proxy.silent = True
    answer = official.get("/v1/sessions")
    assert (answer.status, answer.code) == (503, "DATABASE_UNAVAILABLE")
    assert int(answer.headers["Retry-After"]) > 0
    ready = official.get("/readyz")
    assert (ready.status, ready.body["checks"]) == (503, {"database": "cannot be reached"})
    assert official.get("/livez").status == 200
    proxy.silent = False
    while (again := official.get("/v1/sessions")).status == 503:
        assert again.code in {"DATABASE_UNAVAILABLE", "BUSY"}
    assert again.status == 200
