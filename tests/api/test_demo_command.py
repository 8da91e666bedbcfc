"""``mingjian demo`` as a newcomer runs it, with a story that takes a moment."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import psycopg
import pytest
import structlog
from click.testing import CliRunner

from api.command.demo import demo
from api.command.invocation import Invocation
from api.demo.expecting import Answered
from api.demo.stories import STORIES, Story
from api.demo.words import Words
from api.embedded import EmbeddedServer, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from api.demo.stage import Stage

KNOCK = Words("登录", "signs in")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that the tests of this module share, as runs of one newcomer do."""
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(autouse=True)
def _log() -> Iterator[None]:
    """The command sends the log of its process to a file; afterwards it is as before."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def knock(status: int) -> Story:
    """A story of one step, which is expected to be answered so."""

    def tell(stage: Stage) -> None:
        who = stage.administrator
        stage.tell(who, KNOCK, who.sign_in(), Answered(status=status))
        stage.quietly(who.choose_password())

    return Story(KNOCK, "2024-04-08 08:30", tell)


def run(data: Path, *words: str) -> Result:
    invocation = Invocation(language="en", data=data)
    told = words or ("--story", "xunwu")
    return CliRunner(env={"MINGJIAN_PORT": "0"}).invoke(
        demo, ["--exit", *told], obj=invocation, catch_exceptions=False
    )


def test_it_succeeds_if_every_step_went_as_told(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STORIES, "xunwu", knock(201))
    result = run(data)
    assert result.exit_code == 0, result.output
    assert "1 steps" in result.output
    assert "demo-administrator" in result.output


def test_it_fails_if_a_step_went_otherwise(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STORIES, "xunwu", knock(403))
    result = run(data)
    assert result.exit_code == 1
    assert "NOT AS TOLD" in result.output


def test_each_run_has_a_new_record_and_clears_the_last_one_away(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STORIES, "xunwu", knock(201))
    run(data)
    first = demonstrations(data)
    run(data)
    second = demonstrations(data)
    assert len(first) == len(second) == 1
    assert first != second
    assert not (data / next(iter(first))).exists()


def test_it_names_the_stories_that_there_are(data: Path) -> None:
    result = run(data, "--story", "nobody")
    assert result.exit_code == 2
    assert "xunwu" in result.output


def test_without_a_name_every_story_is_told_on_a_record_of_its_own(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in tuple(STORIES):
        monkeypatch.delitem(STORIES, name)
    monkeypatch.setitem(STORIES, "first", knock(201))
    monkeypatch.setitem(STORIES, "second", knock(403))
    invocation = Invocation(language="en", data=data)
    result = CliRunner().invoke(demo, ["--exit"], obj=invocation, catch_exceptions=False)
    assert result.output.count("1 steps") == 2
    assert result.exit_code == 1
    assert len(demonstrations(data)) == 2


def demonstrations(data: Path) -> set[str]:
    with (
        EmbeddedServer(data) as server,
        psycopg.connect(server.url("postgres", Role.SUPERUSER)) as connection,
    ):
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, 'demonstration_')"
        return {str(name) for (name,) in connection.execute(query)}
