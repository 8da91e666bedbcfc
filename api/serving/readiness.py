"""Whether this server can do its work now, and what keeps it from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.errors import UndefinedTable
from psycopg.sql import SQL, Identifier

from api.acts import folding
from api.foundation import EVERY_MIGRATION
from audit.connecting import connect
from audit.migrate import MigrationError, pending
from audit.record import ROWS_OF, History
from audit.times import read_times
from domain.law.editions_in_force import NOTHING_IN_FORCE
from domain.law.events import IN_FORCE
from projections.catalogue import VIEWS
from projections.progress import standing
from projections.schema import look_at

if TYPE_CHECKING:
    from datetime import datetime

    from psycopg import Connection

    from api.law.book import LawBook
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
    """Look at the database, its migrations, the views, the clocks, the law and the calendar.

    On a connection of its own: a pool that is used up is no database that can't be reached.
    """
    url = services.settings.database_url or ""
    try:
        with connect(url, "mingjian readiness", answer_seconds=_ANSWER_SECONDS) as connection:
            return _found(connection, services)
    except psycopg.Error:
        return Readiness({"database": "cannot be reached"})


def _warnings(laws: LawBook) -> dict[str, str]:
    year = laws.calendar.missing(laws.today())
    if year is None:
        return {}
    said = f"the working days of {year} are not known; put its calendar in force"
    return {"calendar": said}


def _found(connection: Connection[Any], services: Services) -> Readiness:
    try:
        missing = pending(connection, services.ground, EVERY_MIGRATION)
    except MigrationError as error:
        return Readiness({"database": _FINE, "migrations": str(error)})
    if missing:
        said = f"{len(missing)} to be applied; run `mingjian migrate`"
        return Readiness({"database": _FINE, "migrations": said})
    views, lag = _views(connection, services)
    clocks = _clocks(read_times(connection, services.ground.schema), services.clock.now())
    laws = _laws(connection, services)
    checks = {"database": _FINE, "migrations": _FINE, "views": views, "clock": clocks}
    return Readiness(checks | {"law": _unread(laws)}, lag, _warnings(laws))


def _laws(connection: Connection[Any], services: Services) -> LawBook:
    """The laws as they hold now, read on this connection."""
    rows = SQL(ROWS_OF).format(schema=Identifier(services.ground.schema))
    told = connection.execute(rows, (IN_FORCE,)).fetchall()
    history = History.of(IN_FORCE, map(services.record.recorded, told))
    book = services.office.book
    return book.seen(lambda: folding.force(history) or NOTHING_IN_FORCE, book.today)


def _unread(laws: LawBook) -> str:
    """Whether this program reads all that holds."""
    unread = laws.unread().items()
    return "; ".join(f"{law} does not read: {why}" for law, why in unread) or _FINE


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
