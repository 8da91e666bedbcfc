"""Windows that come back every month, quarter, half-year or year, in one table (每月、每季度申报).

Each is read as the batch and the window of every period, as if they had been written one by one.
A window or batch that the pack writes itself under the same id takes its place. A table with
``batches_of`` makes further windows of another table's batches, such as those of a stage.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, time
from itertools import product
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.faults import listed
from domain.policy.own_wording import Wording
from domain.policy.when import When
from domain.policy.windows import Batch, Window, read_late
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy.reading import Reader

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""How many months a period has, by the word under which packs name it."""
_QUARTERS = ("一", "二", "三", "四")
_ORDINALS = ("first", "second", "third", "fourth")
PERIOD_END = "period_end"


@dataclass(frozen=True)
class DayOfPeriod:
    """A day by its month from the period's first, which is 1; day 0 is the last of that month."""

    month: int
    day: int

    def in_period(self, begins: date) -> date:
        """The day in the period that begins on the first of a month; a short month ends it."""
        later, month = divmod(begins.month + self.month - 2, 12)
        year = begins.year + later
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(self.day or last, last))


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """One such table.

    ``every`` is ``month``, ``quarter``, ``half_year`` or ``year``; ``periods`` those of each of the
    ``years`` that have a window, counted from 1. ``reference`` is ``period_end`` where years count
    as on the last day of the period, else None. ``batches_of`` is the table whose batches these
    windows belong to, None where it is this one.
    """

    id: str
    every: str
    years: tuple[int, ...]
    periods: tuple[int, ...]
    binds: tuple[str, ...]
    opens: DayOfPeriod
    closes: DayOfPeriod
    closes_at: time | None
    reference: str | None
    when: When
    citations: tuple[Citation, ...]
    batches_of: str | None = None
    on_working_days: bool = False
    late: Wording | None = None

    def batches(self) -> Iterator[Batch]:
        """The batch of each period; none where they are those of another table."""
        for year, period in self._each() if self.batches_of is None else ():
            chinese, english = self._called(year, period)
            last = DayOfPeriod(MONTHS[self.every], 0).in_period(self._begins(year, period))
            yield Batch(
                id=self._name(self.id, year, period),
                chinese=chinese,
                english=english,
                reference=last if self.reference else None,
                citations=self.citations,
            )

    def windows(self) -> Iterator[Window]:
        """The window of each period."""
        for year, period in self._each():
            begins = self._begins(year, period)
            yield Window(
                id=self._name(self.id, year, period),
                batch=self._name(self.batches_of or self.id, year, period),
                binds=self.binds,
                opens=self.opens.in_period(begins),
                closes=self.closes.in_period(begins),
                when=self.when,
                citations=self.citations,
                closes_at=self.closes_at,
                on_working_days=self.on_working_days,
                late=self.late,
            )

    def _each(self) -> Iterator[tuple[int, int]]:
        return product(self.years, self.periods)

    def _begins(self, year: int, period: int) -> date:
        return date(year, (period - 1) * MONTHS[self.every] + 1, 1)

    def _name(self, table: str, year: int, period: int) -> str:
        """``2025-03``, ``2025Q1`` or ``2025H1``: the id of the table, of several years the year."""
        sign = {"month": f"-{period:02}", "quarter": f"Q{period}", "half_year": f"H{period}"}
        of_year = str(year) if len(self.years) > 1 else ""
        return f"{table}{of_year}{sign.get(self.every, '')}"

    def _called(self, year: int, period: int) -> tuple[str, str]:
        if self.every == "year":
            return f"{year}年", str(year)
        if self.every == "month":
            return f"{year}年{period}月", f"{calendar.month_name[period]} {year}"
        if self.every == "quarter":
            quarter, ordinal = _QUARTERS[period - 1], _ORDINALS[period - 1]
            return f"{year}年第{quarter}季度", f"{ordinal} quarter of {year}"
        half = ("上半年", "下半年")[period - 1]
        return f"{year}年{half}", f"{_ORDINALS[period - 1]} half of {year}"


def read_recurring(reader: Reader) -> Recurring:
    """Read one ``[[recurring_windows]]`` table."""
    every = reader.one_of("every", tuple(MONTHS))
    length, batches_of = MONTHS[every], reader.maybe_text("batches_of")
    last_month = length if batches_of is None else length + 12
    opens, _ = _read_day(reader, "opens", last_month)
    closes, closes_at = _read_day(reader, "closes", last_month)
    binds = reader.texts("binds")
    whole_year = tuple(range(1, 12 // length + 1))
    periods = reader.numbers("periods", whole_year)
    if strange := sorted(set(periods) - set(whole_year)):
        reader.fault(
            "periods",
            f"a year has no {listed(strange, 'en')} of these",
            f"一年里没有第 {listed(strange, 'zh')} 期",
        )
    reference = reader.one_of("reference", (PERIOD_END,)) if "reference" in reader else None
    recurring = Recurring(
        id=reader.text("id"),
        every=every,
        years=_read_years(reader),
        periods=tuple(each for each in periods if each in whole_year),
        binds=binds,
        opens=opens,
        closes=closes,
        closes_at=closes_at,
        reference=reference,
        when=read_when(reader),
        citations=reader.citations(),
        batches_of=batches_of,
        on_working_days=reader.flag("on_working_days", default=False),
        late=read_late(reader, binds),
    )
    for window in recurring.windows():
        if window.opens and window.opens > window.last_day:
            reader.fault("opens", "a window opens before it closes", "开始日期不能晚于截止日期")
    return recurring


def _read_years(reader: Reader) -> tuple[int, ...]:
    years = reader.numbers("year")
    if years and all(MINYEAR <= year < MAXYEAR for year in years):
        return years
    reader.fault("year", "is no year", "不是年份")
    return (MINYEAR,)


def _read_day(reader: Reader, key: str, months: int) -> tuple[DayOfPeriod, time | None]:
    """``{ month = 1, day = 15, at = 17:00:00 }``; ``day = "last"`` is the last of the month."""
    inner = reader.needed(key)
    month = inner.number("month", 1)
    day = 0 if inner.is_text("day") else inner.number("day")
    if day == 0:
        inner.one_of("day", ("last",))
    if not 1 <= month <= months:
        inner.fault("month", f"the period has {months} months", f"一期只有 {months} 个月")
        month = 1
    if not 0 <= day <= 31:  # noqa: PLR2004 -- days of a month
        inner.fault("day", "no month has such a day", "没有哪个月有这一日")
        day = 0
    at = inner.maybe_time("at") if key == "closes" else None
    inner.finish()
    return DayOfPeriod(month, day), at
