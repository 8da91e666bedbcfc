"""Societies that a run tells once, over HTTP, and of which each file that wants one has a copy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any, TypeVar

from api.clock import SettableClock
from api.foundation import lay_foundation
from api.settings import Settings
from tests.api.served import at_work
from tests.api.society import Society
from tests.conftest import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.services import Services

S = TypeVar("S", bound=Society)


@dataclass(frozen=True)
class Told:
    """A society whose application has ended, with what it left behind."""

    society: Any
    database: Database
    keys: Path


@dataclass
class Copies:
    """Opens an application on a copy of what was told: a database, keys and a clock of its own.

    The views of a copy have followed to its end, and whoever was signed in still is.
    """

    fresh_database: Callable[[], Database]
    copy_of: Callable[[Database], Database]
    fresh_keys: Callable[[], Path]
    _told: dict[tuple[object, datetime], Told] = field(default_factory=dict)

    @contextmanager
    def of(
        self, kind: Callable[[str, Services, SettableClock], S], instant: datetime
    ) -> Iterator[S]:
        """A society as it is made when the clock stands at an instant."""
        if (kind, instant) not in self._told:
            self._told[kind, instant] = self._tell(kind, instant)
        told = self._told[kind, instant]
        database, keys = self.copy_of(told.database), self.fresh_keys()
        copytree(told.keys, keys, dirs_exist_ok=True)
        clock = SettableClock(instant)
        with at_work(_settings(database, keys), database.ground, clock) as (address, services):
            society: S = told.society.copied(address, services, clock)
            yield society

    def _tell(
        self, kind: Callable[[str, Services, SettableClock], Society], instant: datetime
    ) -> Told:
        database, keys, clock = self.fresh_database(), self.fresh_keys(), SettableClock(instant)
        settings = _settings(database, keys)
        lay_foundation(settings, database.owner_url, database.ground, database.origin, instant)
        with at_work(settings, database.ground, clock) as (address, services):
            society = kind(address, services, clock)
            society.catch_up()
        return Told(society, database, keys)


def _settings(database: Database, keys: Path) -> Settings:
    return Settings(database_url=database.url, keys=keys, threads=4)
