"""Years, months and days as the law counts them (周年; readings A-01 and A-03).

All dates are calendar days in Beijing.
A day on which something is *reached* counts as reached.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, total_ordering
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS_IN_A_YEAR = 12
LEFTOVER_DAYS_IN_A_MONTH = 30
"""Left-over days that make one month where several periods are added (A-03)."""


def anniversary(start: date, *, years: int = 0, months: int = 0) -> date:
    """The day on which so many full years and months since ``start`` are reached.

    Where the month has no such day, its last day stands in (Civil Code 202).
    """
    count = start.year * MONTHS_IN_A_YEAR + start.month - 1 + years * MONTHS_IN_A_YEAR + months
    year, month = divmod(count, MONTHS_IN_A_YEAR)
    try:
        return date(year, month + 1, start.day)
    except ValueError:
        return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


@total_ordering
@dataclass(frozen=True)
class Length:
    """A length of time in full years, months and left-over days."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        return f"{self.years}y{self.months}m{self.days}d"

    def __bool__(self) -> bool:
        return self != NOTHING

    def __lt__(self, other: Length) -> bool:
        return self._key() < other._key()

    def _key(self) -> tuple[int, int]:
        return (self.in_months, self.days)

    @property
    def in_months(self) -> int:
        """The full months of this length."""
        return self.years * MONTHS_IN_A_YEAR + self.months

    @classmethod
    def of_months(cls, months: int, days: int = 0) -> Length:
        """A length from a count of months, with left-over days."""
        return cls(months // MONTHS_IN_A_YEAR, months % MONTHS_IN_A_YEAR, days)

    @staticmethod
    @lru_cache(maxsize=1024)
    def between(start: date, end: date) -> Length:
        """The length from ``start`` up to, not including, ``end``; zero if it is not later.

        Every way to a level asks it anew of the same few jobs.
        """
        if end <= start:
            return NOTHING
        months = (end.year - start.year) * MONTHS_IN_A_YEAR + end.month - start.month
        reached = anniversary(start, months=months)
        if reached > end:
            months -= 1
            reached = anniversary(start, months=months)
        return Length.of_months(months, (end - reached).days)


NOTHING = Length()


class Period(NamedTuple):
    """A stretch of days: ``start`` is its first day, ``end`` the first day after it."""

    start: date
    end: date

    @classmethod
    def closed(cls, first_day: date, last_day: date) -> Period:
        """A period of which the last day is known; it counts in full."""
        return cls(first_day, last_day + timedelta(days=1))

    @property
    def length(self) -> Length:
        """How long it is."""
        return Length.between(self.start, self.end)

    def clipped(self, *, start: date | None = None, end: date | None = None) -> Period:
        """The part of it from ``start`` up to, not including, ``end``; empty if none is left."""
        if start is None and end is None:
            return self
        return Period(max(self.start, start or self.start), min(self.end, end or self.end))


Apart = tuple[Period, ...]
"""Periods in order, of which none is empty and no day is in two."""


def without_overlaps(periods: Iterable[Period]) -> Apart:
    """The same days, each once, in order.

    Jobs that merely adjoin stay two periods: they really are several.
    """
    merged: list[Period] = []
    for period in sorted(each for each in periods if each.start < each.end):
        if merged and period.start < merged[-1].end:
            merged[-1] = Period(merged[-1].start, max(merged[-1].end, period.end))
        else:
            merged.append(period)
    return tuple(merged)


def total(apart: Apart) -> Length:
    """What the periods come to together.

    One unbroken period is measured by its anniversaries alone; several are added, and there
    30 left-over days make a month.
    """
    return _added([period.length for period in apart])


def _added(lengths: list[Length]) -> Length:
    """The sum, with left-over days of several made into months."""
    if len(lengths) == 1:
        return lengths[0]
    months = sum(length.in_months for length in lengths)
    more, days = divmod(sum(length.days for length in lengths), LEFTOVER_DAYS_IN_A_MONTH)
    return Length.of_months(months + more, days)


def reached(apart: Apart, needed: Length, *, lasting: bool) -> date | None:
    """The day on which the periods came, or would come, to ``needed``.

    ``lasting`` says that the last period goes on, so that the day may still lie ahead.
    None if it is never reached.
    """
    if not apart or needed == NOTHING:
        return apart[0].start if apart else None
    if needed.days:
        return _reached_by_days(apart, needed.days, lasting=lasting)
    already: list[Length] = []
    months = days = 0
    for period in apart:
        length = period.length
        months, days = months + length.in_months, days + length.days
        enough = months + (days // LEFTOVER_DAYS_IN_A_MONTH if already else 0) >= needed.in_months
        if enough or (lasting and period is apart[-1]):
            return _day_within(already, period, needed)
        already.append(length)
    return None


def days_in(apart: Apart) -> Length:
    """How many days the periods come to together, as a length of days alone."""
    return Length(days=sum((each.end - each.start).days for each in apart))


def _reached_by_days(apart: Apart, needed: int, *, lasting: bool) -> date | None:
    for period in apart:
        days = (period.end - period.start).days
        if days >= needed or (lasting and period is apart[-1]):
            return period.start + timedelta(days=needed)
        needed -= days
    return None


def _day_within(already: list[Length], last: Period, needed: Length) -> date:
    """The first end of ``last`` with which the sum is enough."""
    if not already:
        return anniversary(last.start, years=needed.years, months=needed.months)
    days = sum(length.days for length in already)
    lacking = needed.in_months - sum(length.in_months for length in already)
    for months in range(max(0, lacking - len(already) - 1), lacking):
        begun = anniversary(last.start, months=months)
        enough = begun + timedelta(
            days=max(0, LEFTOVER_DAYS_IN_A_MONTH * (lacking - months) - days)
        )
        if enough < anniversary(last.start, months=months + 1):
            return enough
    return anniversary(last.start, months=max(0, lacking))
