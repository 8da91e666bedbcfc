"""A process that begins while the database is away ends, and another begins in its place."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

import pytest
from flask import Flask
from psycopg_pool import PoolTimeout

from api.jobs.workers import Workers
from api.serving import running
from api.serving.running import SWITCH_SECONDS, Running, Server
from api.settings import Settings

if TYPE_CHECKING:
    from api.services import Services


def begun_with(error: Exception) -> Server:
    """A server whose processes fail so."""

    def begin() -> Running:
        raise error

    return Server(Settings(), begin, lambda: None)


def test_gunicorn_begins_another_while_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "_BEGUN_AGAIN_SECONDS", 0)
    with pytest.raises(SystemExit) as end:
        begun_with(PoolTimeout("couldn't get a connection")).load()
    assert end.value.code == 1


def test_what_would_fail_again_ends_the_server() -> None:
    with pytest.raises(ValueError, match="a key file"):
        begun_with(ValueError("a key file")).load()


def test_a_process_at_work_lets_no_thread_keep_the_others_waiting_as_long_as_python_does() -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    nothing = cast("Services", None)
    try:
        Running(Flask(__name__), nothing, nothing, Workers(())).start()
        assert sys.getswitchinterval() == pytest.approx(SWITCH_SECONDS)
        assert SWITCH_SECONDS < 0.005
    finally:
        sys.setswitchinterval(before)
