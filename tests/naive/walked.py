"""A province that was walked through at random: written once to a database, with who watches it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from api.acts import organisation_change
from api.foundation import MASTER_KEY, lay_foundation
from api.identifiers import untimed_stream
from api.settings import Settings
from audit.keys.keyfile import KeyFile
from audit.record import Record
from bench.filling.county import ACTS, DecidingRecord
from bench.filling.transcribing import Transcriber
from bench.town import town as town_module
from bench.town.founding import (
    CLERK,
    FAR,
    HANDS,
    NEAR,
    grant,
    open_account,
    register,
    set_up,
    settle,
    write,
)
from bench.town.town import Town
from bench.walk import attempt
from domain.account.events import Role
from domain.authority.power import WATCH
from domain.beijing import day
from domain.mandate import MandateApproved, MandateKind, MandateProposed, MandateScope
from domain.organisation.areas import level_of
from tests.conftest import Database
from tests.naive.hand import Hand
from tests.naive.left_under_way import left_under_way
from tests.naive.made_about_people import made_about_people
from tests.naive.made_by_employers import made_by_employers
from tests.naive.made_by_offices import made_by_offices

SEED, STEPS, OPEN_CASES = 7, 4500, 15
PACE = timedelta(hours=6)
"""Between two acts, on the average."""
LAW = Path(town_module.__file__).with_name("town.toml")
WATCHED = (("全境监督", ""), ("乙市监督", NEAR), ("戊县监督", f"{FAR}/戊县"))
_FIRST_DOCUMENT = 900


@dataclass(frozen=True)
class Walked:
    """Where it was written, with its keys, and the instant at which the walk ended."""

    database: Database
    keys: Path
    at: datetime

    @property
    def settings(self) -> Settings:
        """How it is served: under the law of the town."""
        return settings_of(self.database, self.keys)


def settings_of(database: Database, keys: Path) -> Settings:
    """How a copy of it is served."""
    return Settings(database_url=database.url, keys=keys, threads=4, overlays=(LAW,))


def walked(database: Database, keys: Path) -> Walked:
    """Walk, and write what was decided to an empty database."""
    record = DecidingRecord()
    town = Town.over(cast("Record", record))
    town.open_cases = OPEN_CASES
    set_up(town)
    settle(town)
    _watchers(town)
    _go(town)
    made_by_employers(Hand(town))
    made_by_offices(Hand(town))
    made_about_people(Hand(town))
    left_under_way(Hand(town))
    settings = settings_of(database, keys)
    lay_foundation(settings, database.owner_url, database.ground, database.origin, town.now)
    with Record(database.url, database.ground, KeyFile(keys / MASTER_KEY)) as real:
        transcriber = Transcriber(real)
        for each in record.taken():
            transcriber.take(each)
        transcriber.flush()
    return Walked(database, keys, town.now)


def _go(town: Town) -> None:
    """Whatever is tried, and between all that a unit moves, and another is merged into it."""
    chance = random.Random(SEED)  # noqa: S311 -- to be repeated, not to be secret
    for step in range(STEPS):
        attempt(town, chance.choice(ACTS), chance.choice)
        town.wall += PACE * chance.expovariate(1.0)
        if step == STEPS * 2 // 3:
            _change(town)


def _change(town: Town) -> None:
    named = {each.name: name for name, each in town.organisations.items()}
    entry: dict[str, Any] = {"effective_on": day(town.now), "document": "某编〔2012〕1号"}
    here, there = named["中学"], named["戊县中学"]
    city = town.organisations[named["市人社局"]]
    to: dict[str, Any] = {"level": city.level, "area": city.area, "superior": city.organisation}
    clerk = town.acting(CLERK)
    town.act(clerk, organisation_change.PLACE, here, **to, bureau=None, **entry)
    town.act(town.acting(CLERK), organisation_change.MERGE, there, into=here, **entry)
    town.hear()


def _watchers(town: Town) -> None:
    """An auditor and an inspector of all of it, of a city, and of a county elsewhere.

    Each under a mandate over all that they watch.
    """
    documents = iter(range(_FIRST_DOCUMENT, 1000))
    for name, area in WATCHED:
        where, today = area or "甲省", day(town.now)
        house = register(town, name, where, level=level_of(where))
        grant(town, house, area, affairs=(WATCH,))
        for role in (Role.AUDITOR, Role.INSPECTOR):
            open_account(town, next(documents), house, (role,), HANDS[0])
            town.hear()
        stream = untimed_stream("mandate")
        proposed = MandateProposed(
            organisation=house,
            kind=MandateKind.AUDIT_NOTICE,
            document="某审通〔2010〕1号",
            scope=MandateScope(areas=(area,)),
            last_day=today.replace(year=today.year + 20),
        )
        write(town, (stream, proposed), (stream, MandateApproved()))
