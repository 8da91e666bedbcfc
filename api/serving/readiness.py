"""Whether this server can do its work now, and what keeps it from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.errors import UndefinedTable
from psycopg.sql import SQL, Identifier

from api.foundation import EVERY_MIGRATION
from audit.connecting import connect
from audit.migrate import MigrationError, pending
from audit.times import read_times
from domain.beijing import day
from projections.catalogue import VIEWS
from projections.progress import standing
from projections.schema import look_at

if TYPE_CHECKING:
    from datetime import datetime

    from psycopg import Connection

    from api.services import Services
    from audit.times import Times

_FINE = "ok"
_ANSWER_SECONDS = 3.0
"""Seconds until a database that says nothing counts as one that cannot be reached."""


@dataclass(frozen=True)
class Readiness:
    """What was looked at, each ``ok`` or the reason why not; nothing personal.

    ``lag`` is how many events the views have still to follow, None where that is not known.
    ``warnings`` keep nothing from being answered now, but will keep something later.
    """

    checks: Mapping[str, str]
    lag: int | None = None
    warnings: Mapping[str, str] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether every check is fine."""
        return all(said == _FINE for said in self.checks.values())


def readiness(services: Services) -> Readiness:
    """Look at the database, its migrations, the views, the clocks and the calendar.

    On a connection of its own: a pool that is used up is no database that can't be reached.
    """
    return replace(_found(services), warnings=_warnings(services))


def _warnings(services: Services) -> dict[str, str]:
    year = services.office.calendar.missing(day(services.clock.now()))
    if year is None:
        return {}
    said = f"the working days of {year} are not known; enter them in MINGJIAN_CALENDARS"
    return {"calendar": said}


def _found(services: Services) -> Readiness:
    url = services.settings.database_url or ""
    try:
        with connect(url, "mingjian readiness", answer_seconds=_ANSWER_SECONDS) as connection:
            missing = pending(connection, services.ground, EVERY_MIGRATION)
            if missing:
                said = f"{len(missing)} to be applied; run `mingjian migrate`"
                return Readiness({"database": _FINE, "migrations": said})
            views, lag = _views(connection, services)
            clocks = _clocks(read_times(connection, services.ground.schema), services.clock.now())
    except psycopg.Error:
        return Readiness({"database": "cannot be reached"})
    except MigrationError as error:
        return Readiness({"database": _FINE, "migrations": str(error)})
    checks = {"database": _FINE, "migrations": _FINE, "views": views, "clock": clocks}
    return Readiness(checks, lag)


def _clocks(times: Times, now: datetime) -> str:
    """Whether this machine, the database and the record agree on what time it is."""
    if (skew := times.skew(now)) is not None:
        seconds = round(skew.total_seconds())
        return f"{seconds:+} s from the database's clock; set both by one source of time"
    if times.ahead:
        return f"the record stands at {times.last}; see `mingjian resume-time`"
    if times.silent:
        return f"nothing recorded since {times.last}; see `mingjian resume-time`"
    return _FINE


def _views(connection: Connection[Any], services: Services) -> tuple[str, int | None]:
    """Whether a view had to stop or is being filled, and how far the last one is behind."""
    look_at(connection, services.ground.views)
    try:
        there = standing(connection, VIEWS)
    except UndefinedTable:
        return "not begun", None
    for each in there:
        if each.stopped_at is not None:
            return f"{each.view} stopped at {each.stopped_at}: {each.stopped_because}", None
    if len(there) < len(VIEWS):
        return "not begun", None
    last = min(there, key=lambda each: each.position)
    head = SQL("SELECT coalesce(max(notification_id), 0) FROM {}")
    event = Identifier(services.ground.schema, "event")
    row = connection.execute(head.format(event)).fetchone()
    lag = (row[0] if row else 0) - last.position
    if last.position < services.views.due:
        return f"{last.view} is filled up to {last.position} of {services.views.due}", lag
    return _FINE, lag
