"""Publicity (公示): where, for how many working days, and what a breach brings.

The day of posting is not counted; it ends at 24:00 of the last working day, and the case
goes on from 00:00 of the next calendar day (A-02). Taken down earlier, it is void.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from domain import beijing
from domain.policy.asking import read_when
from domain.policy.computed import DaysAfter, WorkingDays
from domain.policy.when import ALWAYS, When
from domain.refusal import Citation
from domain.refusals.sentences_by_code import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.calendar import Calendar
    from domain.policy.reading import Reader
    from domain.refusal import Refusal

FLAG, REFUSE = "flag", "refuse"
UNIT, PUBLIC = "unit", "public"
AFTER_POSTING = "working_days_after_posting"
FRIDAY = 5


@dataclass(frozen=True)
class Run:
    """One posting: the days that count, in order; ``working`` says that only working days do."""

    posted: date
    days: tuple[date, ...]
    working: bool = True

    @property
    def ends(self) -> date:
        """The last day; the publicity ends at its 24:00."""
        return self.days[-1]

    @property
    def free_from(self) -> datetime:
        """The instant from which the case may go on: 00:00 Beijing of the next day."""
        return beijing.end(self.ends)

    @property
    def computed(self) -> WorkingDays | DaysAfter:
        """The arithmetic, to be shown."""
        if self.working:
            return WorkingDays(self.posted, len(self.days), self.ends)
        return DaysAfter(self.posted, len(self.days), self.ends, rest=False, moved=self.ends)


def after_posting(posted: date, count: int, calendar: Calendar) -> tuple[date, ...]:
    """So many working days after the day of posting."""
    return calendar.working_days_after(posted, count)


def with_posting_day(posted: date, count: int, calendar: Calendar) -> tuple[date, ...]:
    """So many working days, the day of posting counted if it is one."""
    return calendar.working_days_after(posted - timedelta(days=1), count)


def weekdays_after_posting(posted: date, count: int, calendar: Calendar) -> tuple[date, ...]:
    """So many working days after the day of posting, no make-up days among them (不含调休)."""
    days: list[date] = []
    while len(days) < count:
        posted += timedelta(days=1)
        if posted.isoweekday() <= FRIDAY and calendar.is_working_day(posted):
            days.append(posted)
    return tuple(days)


def calendar_days(posted: date, count: int, _calendar: Calendar) -> tuple[date, ...]:
    """So many days of any kind after the day of posting (自然日)."""
    return tuple(posted + timedelta(days=number) for number in range(1, count + 1))


CALENDAR_DAYS = "calendar_days_after_posting"
COUNTING = {
    AFTER_POSTING: after_posting,
    "working_days_with_posting_day": with_posting_day,
    "weekdays_after_posting": weekdays_after_posting,
    CALENDAR_DAYS: calendar_days,
}
"""Methods of counting, by the name under which packs refer to them."""


@dataclass(frozen=True, kw_only=True)
class Publicity:
    """One publicity.

    ``working_days`` is the least length in the days that ``counting`` counts (working days,
    unless it counts calendar days), ``length_source`` the pack that sets it
    (``national-default`` where the notice is silent). ``before`` is what may not happen
    until it has ended: ``forward`` or ``issue``. ``on_breach`` is ``refuse`` or ``flag``.
    ``shown_to`` is ``unit`` where it is for the people of the unit (在本单位), who are told its
    number there, and else ``public``.
    """

    id: str
    chinese: str
    english: str
    stage: str
    before: str
    place: str
    working_days: int
    length_source: str
    counting: str
    on_breach: str
    citations: tuple[Citation, ...]
    shown_to: str = PUBLIC

    @property
    def length(self) -> tuple[str, str]:
        """The least length in words."""
        if self.counting == CALENDAR_DAYS:
            return (f"{self.working_days}天", f"{self.working_days} days")
        return (f"{self.working_days}个工作日", f"{self.working_days} working days")

    def run(self, posted: date, calendar: Calendar) -> Run:
        """The days that a posting runs.

        Raises ``CalendarNotPublishedError`` when a day's year is not known.
        """
        days = COUNTING[self.counting](posted, self.working_days, calendar)
        return Run(posted, days, working=self.counting != CALENDAR_DAYS)

    def too_short(self, run: Run, at: datetime) -> Refusal | None:
        """Why the case may not go on at this instant, if it may not."""
        if at >= run.free_from:
            return None
        standing = runs_until(run.ends, self.length)
        return refusal("PUBLICITY_TOO_SHORT", self.citations, standing=standing)


def runs_until(ends: date | None, length: tuple[str, str] = ("", "")) -> tuple[str, str]:
    """What is told of a publicity that keeps a case from going on, in both languages.

    ``ends`` is its last day in Beijing, None where nothing was posted; ``length`` is how long it
    has to be, where that is known beside its end.
    """
    if ends is None:
        return ("尚未公示，请先录入公示", "nothing has been posted; enter the posting first")
    chinese, english = length
    until = f"{english} until the end of {ends}".strip()
    return (
        f"公示{chinese}至 {ends} 24 时止，次日零时起可以办理",
        f"it runs {until}; go on from 00:00 of the next day",
    )


@dataclass(frozen=True, kw_only=True)
class PublicityWords:
    """What a pack says of one publicity; what it leaves open is None.

    ``when`` describes the cases that are made public at the stage.
    """

    id: str
    chinese: str
    english: str
    stage: str
    before: str
    place: str
    working_days: int | None
    counting: str | None
    on_breach: str
    citations: tuple[Citation, ...]
    when: When = ALWAYS
    shown_to: str = PUBLIC


@dataclass(frozen=True, kw_only=True)
class PublicityDefault:
    """The length and counting where a notice prescribes publicity without them."""

    working_days: int
    counting: str
    citations: tuple[Citation, ...]


def completed(words: PublicityWords, default: PublicityDefault, source: str) -> Publicity:
    """The publicity with what the notice leaves open taken from the default, and shown so."""
    own_length = words.working_days is not None
    silent = not own_length or words.counting is None
    return Publicity(
        id=words.id,
        chinese=words.chinese,
        english=words.english,
        stage=words.stage,
        before=words.before,
        place=words.place,
        working_days=words.working_days
        if own_length and words.working_days
        else default.working_days,
        length_source=source if own_length else default.citations[0].source,
        counting=words.counting or default.counting,
        on_breach=words.on_breach,
        citations=words.citations + (default.citations if silent else ()),
        shown_to=words.shown_to,
    )


def read_publicity(reader: Reader) -> PublicityWords:
    """Read one ``[[publicity]]`` table."""
    return PublicityWords(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        stage=reader.text("stage"),
        before=reader.one_of("before", ("forward", "issue")),
        place=reader.text("place"),
        working_days=reader.maybe_number("working_days"),
        counting=_read_counting(reader),
        on_breach=reader.one_of("on_breach", (FLAG, REFUSE), REFUSE),
        when=read_when(reader),
        shown_to=reader.one_of("shown_to", (UNIT, PUBLIC), PUBLIC),
        citations=reader.citations(),
    )


def read_publicity_default(reader: Reader) -> PublicityDefault:
    """Read the ``[publicity_default]`` table."""
    counting: Mapping[str, object] = COUNTING
    return PublicityDefault(
        working_days=reader.number("working_days"),
        counting=reader.one_of("counting", tuple(counting)),
        citations=reader.citations(),
    )


def _read_counting(reader: Reader) -> str | None:
    return reader.one_of("counting", tuple(COUNTING)) if "counting" in reader else None
