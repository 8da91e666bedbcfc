"""Beijing time, in which all law of this field is reckoned (A-19).

The notices count days in Beijing; instants are kept in UTC.
China has had one time zone without daylight saving since 1991-09-15.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Beijing")


def day(at: datetime) -> date:
    """The calendar day in Beijing on which the instant ``at`` falls."""
    return at.astimezone(BEIJING).date()


def begin(of: date) -> datetime:
    """The first instant of a Beijing day, in UTC."""
    return datetime.combine(of, time(), BEIJING).astimezone(UTC)


def end(of: date) -> datetime:
    """24:00 of a Beijing day, in UTC: the first instant that no longer belongs to it."""
    return begin(of + timedelta(days=1))


def last_instant(of: date) -> datetime:
    """The last instant of a Beijing day that can be told from its 24:00, in UTC."""
    return end(of) - timedelta(microseconds=1)


def told(at: datetime) -> str:
    """A moment as sentences tell it, to the minute."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
