"""Working days of the State Council's calendar (国务院节假日安排), with make-up days.

``chinese_calendar`` knows the published years; a later year comes as a dated data document.
A year known to neither is refused, never guessed from the weekday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

import chinese_calendar  # type: ignore[import-untyped]

from domain.toml import TomlError, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable


FORESIGHT = timedelta(days=60)
"""How far ahead working days ought to be known: no publicity or period that counts them is longer,
and the State Council publishes a year's in the November before."""


_YEARS = (2000, 2200)
"""Between which a calendar's year lies."""


class CalendarNotPublishedError(LookupError):
    """The State Council's calendar of the year is not known (``CALENDAR_NOT_PUBLISHED``)."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the working days of {year} are not published yet")
        self.year = year


class CalendarDataError(ValueError):
    """A calendar document has an unknown key, or a day outside its year."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(f"{chinese} / {english}")
        self._told = {"zh": chinese, "en": english}

    def told(self, language: str) -> str:
        """The message in Chinese (``zh``) or English."""
        return self._told["zh" if language == "zh" else "en"]


@dataclass(frozen=True)
class PublishedYear:
    """One year's rest days on weekdays and working days at weekends, with their source."""

    year: int
    source: str
    rest_days: frozenset[date]
    working_days: frozenset[date]

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of its days."""
        days = (sorted(self.rest_days), sorted(self.working_days))
        said = "/".join(" ".join(map(str, each)) for each in days)
        return sha256(f"{self.year}/{said}".encode()).hexdigest()


@dataclass(frozen=True)
class Calendar:
    """Whether a day is a working day.

    ``years`` are published years in addition to those of ``chinese_calendar``, and win over
    them. ``withheld`` years count as not published.
    """

    years: Mapping[int, PublishedYear] = field(default_factory=dict)
    withheld: frozenset[int] = frozenset()

    @cached_property
    def edition(self) -> str:
        """Which working days are known: the library's edition, and the digest of each year beside.

        Of a digest as many places as tell two calendars of a year apart.
        """
        further = (f"{year}:{self.years[year].digest[:12]}" for year in sorted(self.years))
        return " ".join((f"chinesecalendar:{chinese_calendar.__version__}", *further))

    def is_working_day(self, day: date) -> bool:
        """Whether work is done on this Beijing day.

        Raises ``CalendarNotPublishedError`` for a year that is not known.
        """
        if day.year in self.withheld:
            raise CalendarNotPublishedError(day.year)
        published = self.years.get(day.year)
        if published is not None:
            weekday = day.isoweekday() <= 5  # noqa: PLR2004 -- Monday to Friday
            return day in published.working_days or (weekday and day not in published.rest_days)
        try:
            return _is_workday(day)
        except NotImplementedError as unknown:
            raise CalendarNotPublishedError(day.year) from unknown

    def missing(self, today: date) -> int | None:
        """The first year whose working days ought to be known today and are not."""
        ahead = min(today, date.max - FORESIGHT) + FORESIGHT
        for year in sorted({today.year, ahead.year}):
            try:
                self.is_working_day(date(year, 1, 1))
            except CalendarNotPublishedError:
                return year
        return None

    def differing(self, other: Calendar, year: int, before: date) -> date | None:
        """The first day of a year before another day of which the other says otherwise than this.

        None where there is none, or where this one does not know the year.
        """
        day = date(year, 1, 1)
        try:
            while day < before and day.year == year:
                if self.is_working_day(day) != other.is_working_day(day):
                    return day
                day += timedelta(days=1)
        except CalendarNotPublishedError:
            return None
        return None

    def working_days_after(self, day: date, count: int) -> tuple[date, ...]:
        """The next so many working days after ``day``, which is itself not counted."""
        found: list[date] = []
        while len(found) < count:
            day += timedelta(days=1)
            if self.is_working_day(day):
                found.append(day)
        return tuple(found)

    def moved_to_working_day(self, day: date) -> date:
        """The day itself, or the next working day where it is a day of rest (A-18)."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day


@lru_cache(maxsize=4096)
def _is_workday(day: date) -> bool:
    """What ``chinese_calendar`` says, which reads its lists anew each time.

    Raises ``NotImplementedError`` for a year that it does not know.
    """
    return bool(chinese_calendar.is_workday(day))


def read_calendar(documents: Iterable[tuple[str, str]]) -> Calendar:
    """A calendar with the published years of TOML documents, each a name and a text.

    Raises ``CalendarDataError`` when a document is not as described in docs/policy-packs.md.
    """
    years = (_read_year(name, text) for name, text in documents)
    return Calendar({published.year: published for published in years})


def _read_year(name: str, text: str) -> PublishedYear:
    try:
        table = read_toml(name, text)
    except TomlError as wrong:
        raise CalendarDataError(wrong.told("en"), wrong.told("zh")) from wrong
    if set(table) != {"year", "source", "rest_days", "working_days"}:
        raise CalendarDataError(
            f"{name}: a calendar has year, source, rest_days and working_days,"
            f" not {', '.join(sorted(table))}",
            f"{name}: 工作日历须有 year、source、rest_days、working_days 四项，"
            f"现有 {'、'.join(sorted(table)) or '无'}",
        )
    year, source = table["year"], table["source"]
    if type(year) is not int or not _YEARS[0] <= year <= _YEARS[1]:
        raise CalendarDataError(
            f"{name}: year is a number from {_YEARS[0]} to {_YEARS[1]}",
            f"{name}: year 须是 {_YEARS[0]} 到 {_YEARS[1]} 的整数，不加引号",
        )
    if not isinstance(source, str) or not source.strip():
        raise CalendarDataError(
            f"{name}: source says from which notice the days come",
            f"{name}: source 须写明出自哪份通知",
        )
    rest, working = (_days(name, year, table[key]) for key in ("rest_days", "working_days"))
    return PublishedYear(year, source, rest, working)


def _days(name: str, year: int, said: object) -> frozenset[date]:
    """The days of a list. Raises ``CalendarDataError`` for what is no day of the year."""
    for day in said if isinstance(said, list) else [said]:
        if type(day) is not date or day.year != year:
            raise CalendarDataError(
                f"{name}: {day} is no day of {year}", f"{name}: {day} 不是 {year} 年的日期"
            )
    return frozenset(said if isinstance(said, list) else ())
