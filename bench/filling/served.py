"""A filled record that ``mingjian serve`` can serve, with two inspectors who can sign in."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from os import pathsep
from typing import TYPE_CHECKING, cast

import psycopg
from psycopg.sql import SQL, Identifier

from api.acts.upkeep import resume_time
from api.app import open_services
from api.clock import SystemClock
from api.database import reach
from api.foundation import lay_foundation, open_record
from bench.fill import FIRST_YEAR, fill
from bench.filling.county import notices, town_over
from bench.town.founding import INSPECTOR, WATCHING, officer
from domain.account.events import Role
from projections.catalogue import VIEWS
from projections.parallel_rebuild import Ground, grow_in_parallel
from projections.rebuild import rebuild
from projections.schema import look_at

if TYPE_CHECKING:
    from pathlib import Path

    from api.database import Reached
    from api.settings import Settings
    from audit.record import Record
    from bench.town.memory import MemoryRecord

OTHER = "account-other-inspector"
"""A second inspector of the whole record."""
_PROCESSES = 2
_DECISION = "某职改〔2024〕9号"


def overlays(place: Path) -> dict[str, str]:
    """The setting by which a server goes by the notices of all localities, kept in ``place``."""
    place.mkdir(parents=True, exist_ok=True)
    paths = [place / each.name for each in notices()]
    for path, notice in zip(paths, notices(), strict=True):
        path.write_text(notice.text, encoding="utf-8")
    return {"MINGJIAN_OVERLAYS": pathsep.join(map(str, paths))}


def lay(settings: Settings, events: int, seed: int) -> dict[str, str]:
    """Lay so many events where a server with these settings looks, and views beside them.

    Answers the one-time codes of the two inspectors by the names of their accounts, which are
    their logins.
    """
    with reach(settings) as reached:
        now = SystemClock().now()
        settings = reached.settings
        lay_foundation(settings, reached.owner_url, reached.ground, settings.origin, now)
        with closing(open_services(settings, reached.ground)) as services:
            before = datetime(FIRST_YEAR, 1, 5, 1, 0, tzinfo=UTC)
            town = town_over(cast("MemoryRecord", services.record), before)
            officer(town, OTHER, Role.INSPECTOR, WATCHING)
            fill(services.record, events, seed, _PROCESSES)
            resume_time(services.record, _DECISION, None, now)  # nothing happened since for years
            _follow(reached, services.record)
            logins = {each: each for each in (INSPECTOR, OTHER)}
            return services.sign_in.credentials.give_first(logins, now)


def _follow(reached: Reached, record: Record) -> None:
    """Build every view, and let the database look at what it has."""
    views, url = reached.ground.views, reached.settings.database_url or ""
    opened = partial(open_record, reached.settings, reached.ground)
    with psycopg.connect(reached.owner_url, autocommit=True) as owner:
        owner.execute(SQL("ANALYZE {}.event").format(Identifier(reached.ground.schema)))
    grow_in_parallel(Ground(url, views, opened), VIEWS, _PROCESSES)
    with psycopg.connect(url, autocommit=True) as connection:
        look_at(connection, views)
        rebuild(connection, views, record, VIEWS)
        connection.execute("VACUUM ANALYZE")
