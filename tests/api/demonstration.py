"""A story that was told once, on a stage that still stands, for every test that looks back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from api.clock import SettableClock
from api.database import Reached
from api.demo.setting_up import RECORD, set_stage
from api.demo.stories import STORIES
from api.demo.teller import Teller
from api.embedded import Role
from api.foundation import MASTER_KEY, ground_of
from api.settings import Settings
from audit.keys.keyfile import KeyFile
from audit.record import Record
from domain.beijing import BEIJING
from tests.api.looking_after import Looked, looking_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from api.demo.stage import Stage
    from api.demo.teller import Step
    from tests.conftest import Database


@dataclass
class Silence:
    """An audience that keeps what it is shown and says nothing."""

    chapters: list[str] = field(default_factory=list)
    tables: dict[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def chapter(self, title: str, introduction: str) -> None:
        assert introduction
        self.chapters.append(title)

    def step(self, step: Step) -> None:
        assert step.did

    def show(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        assert all(len(row) == len(columns) for row in rows)
        self.tables[title] = rows

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)


def reached(database: Database, keys: Path) -> Reached:
    """An empty database as the place of a demonstration."""
    settings = Settings(
        record=RECORD,
        database_url=database.url,
        owner_database_url=database.owner_url,
        keys=keys,
        port=0,
        threads=4,
    )
    return Reached(settings, ground_of(settings, Role.APPLICATION), embedded=True)


def beginning(name: str) -> SettableClock:
    """A clock that stands where a story begins."""
    return SettableClock(datetime.fromisoformat(STORIES[name].begins).replace(tzinfo=BEIJING))


@pytest.fixture(scope="session")
def xunwu_place(
    empty_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory
) -> Reached:
    """Where the story is told."""
    return reached(empty_database(), tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="session")
def xunwu_told(xunwu_place: Reached) -> Iterator[tuple[Stage, Looked]]:
    """The stage after the whole story, each act of which was looked at right after it."""
    with set_stage(xunwu_place, beginning("xunwu"), Teller(Silence(), "zh")) as stage:
        with looking_after() as looked:
            STORIES["xunwu"].tell(stage)
        yield stage, looked


@pytest.fixture(scope="session")
def xunwu(xunwu_told: tuple[Stage, Looked]) -> Stage:
    """The stage after the whole story; nothing that a test does may change its past."""
    return xunwu_told[0]


@pytest.fixture(scope="session")
def xunwu_record(xunwu: Stage, xunwu_place: Reached) -> Iterator[Record]:
    """The record that the story left behind, read beside its own server."""
    assert xunwu.position
    settings = xunwu_place.settings
    master = KeyFile(settings.key_directory / MASTER_KEY)
    with Record(settings.database_url or "", xunwu_place.ground, master) as record:
        yield record
