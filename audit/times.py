"""The times that must agree for anything to be recorded: of this machine, database and record.

An append is refused that would carry the record more than a minute ahead of the database's clock,
or more than 400 days ahead of its last event. Should it stand there nonetheless, nothing is
appended until an operator puts on record from which position on times were wrong
(``domain.single_events.TimeResumed``): from there they go on from the true one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

if TYPE_CHECKING:
    from psycopg import Connection

TIMES = """
SELECT clock_timestamp(), {schema}.latest_time(NULL), last.placed_at,
       {schema}.latest_time(last.placed_at),
       {schema}.position_at({schema}.latest_time(NULL)) + 1
FROM (SELECT max(notification_id) AS position FROM {schema}.event) AS head
LEFT JOIN {schema}.event AS last ON last.notification_id = head.position
"""
WRONG = """
SELECT {schema}.wrong_from(state), notification_id FROM {schema}.event
WHERE topic = 'record:time-resumed:1' AND {schema}.wrong_from(state) IS NOT NULL
"""
"""The positions whose time was wrong: the first one, and the first that is right again."""


@dataclass(frozen=True)
class Times:
    """The database's clock, and the record's last time; in UTC.

    ``latest`` is what that clock allows, ``latest_now`` what the last event allows as well; both
    are None in a demonstration, whose clock can be set. ``first_ahead`` is the first position that
    lies later than ``latest``.
    """

    database: datetime
    latest: datetime | None
    last: datetime | None
    latest_now: datetime | None
    first_ahead: int | None

    def skew(self, now: datetime) -> timedelta | None:
        """By how much a clock differs from the database's, if by more than may be."""
        if self.latest is None or abs(now - self.database) <= self.latest - self.database:
            return None
        return now - self.database

    @property
    def ahead(self) -> bool:
        """Whether the record stands later than it may be, so that nothing is appended."""
        return self.latest is not None and self.last is not None and self.last > self.latest

    @property
    def silent(self) -> bool:
        """Whether nothing was recorded for so long that nothing is appended."""
        return self.latest_now is not None and self.latest_now < self.database

    @property
    def since(self) -> datetime | None:
        """The record's last time, as far as it can be right; None before the first event."""
        if self.last is None or self.latest is None:
            return self.last
        return min(self.last, self.latest)


def read_times(connection: Connection[Any], schema: str) -> Times:
    """The clocks that must agree, of the record in a schema."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        row = cursor.execute(SQL(TIMES).format(schema=Identifier(schema))).fetchone()
    assert row is not None
    return Times(*row)
