"""A statement that takes too long, at a real database: cancelled, told clearly, and over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

from api.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.client import Client
    from tests.conftest import Database


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """Settings under which nobody waits for longer than a second."""
    plain = Settings(database_url=database.url, keys=tmp_path / "keys", threads=4)
    return replace(plain, statement_seconds=1)


def test_a_request_whose_statement_takes_too_long_is_told_so_and_the_next_is_answered(
    official: Client, database: Database
) -> None:
    sessions = sql.Identifier(database.ground.schema, "session")
    with psycopg.connect(database.superuser_url) as held:
        held.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sessions))
        answer = official.get("/v1/sessions")
        assert (answer.status, answer.code) == (503, "BUSY")
        assert int(answer.headers["Retry-After"]) > 0
        assert official.get("/livez").status == 200
    assert official.get("/v1/sessions").status == 200
