"""Batches and the windows in which an act is in time (申报时间).

All days are Beijing days, both ends included: 23:59:59.999 of the last day is in,
00:00 of the next is out (A-19). Closing on a rest day, a fixed date stands (A-18).
A window may be open on one side, or on working days only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from domain import beijing
from domain.policy.asking import read_when
from domain.policy.own_wording import Wording, read_wording
from domain.policy.when import When
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.policy.facts import Facts
    from domain.policy.reading import Reader

APPLICANT = "applicant"
ARRIVAL = "arrival:"
"""A window that binds the arrival at a stage binds ``arrival:`` and the stage's id."""


LATE = frozenset({"closed", "next"})
"""What is told of an act that comes too late: when it closed, and what can be done now."""


class Held(NamedTuple):
    """How long a case was held still: from the day on which it was to that on which it went on.

    ``returned`` says that it waited for its applicant, to whom it had been returned.
    """

    since: date
    until: date
    returned: bool = False


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One round of applications.

    ``reference`` is its date for counting years, ``education_reference`` that until which a
    diploma must have been gained; None where the other, or the day of filing, says so.
    """

    id: str
    chinese: str
    english: str
    reference: date | None
    citations: tuple[Citation, ...]
    education_reference: date | None = None


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days in which the named actors must act, for those whom ``when`` describes.

    ``opens`` is None where only an end is set, ``closes`` where only a beginning is;
    ``closes_at`` is an hour of the last day, included, where the notice sets one. ``binds`` are
    ``applicant``, stage ids, and ``arrival:`` stage ids. ``on_working_days`` says that no act is in
    time on a day of rest; ``late`` are the notice's own words for what comes too late.
    """

    id: str
    batch: str
    binds: tuple[str, ...]
    opens: date | None
    closes: date | None
    when: When
    citations: tuple[Citation, ...]
    closes_at: time | None = None
    on_working_days: bool = False
    late: Wording | None = None

    @property
    def last_day(self) -> date:
        """The last day; where none is set, the last that there is."""
        return self.closes or date.max

    def holds_at(self, at: datetime) -> bool:
        """Whether an instant lies in the window."""
        return (self.opens is None or at >= beijing.begin(self.opens)) and not self.over_at(at)

    def open_until(self, day: date) -> Window:
        """The same window open to the end of a later day; unchanged by an earlier one."""
        if day <= self.last_day:
            return self
        return replace(self, closes=day, closes_at=None)

    def without(self, held: Iterable[Held]) -> Window:
        """The same window for a case that was held still: that time is not counted against it.

        What was held while the window ran is added at its end; ``held`` don't overlap.
        """
        if self.closes is None:
            return self
        closes = self.closes
        for each in sorted(held):
            since = max(each.since, self.opens or each.since)
            if since <= closes:
                closes += max(each.until - since, timedelta())
        return replace(self, closes=closes)

    def over_at(self, at: datetime) -> bool:
        """Whether the window has closed by an instant: at 24:00, or from its hour on."""
        if self.closes is None:
            return False
        if self.closes_at is None:
            return at >= beijing.end(self.closes)
        return at > datetime.combine(self.closes, self.closes_at, beijing.BEIJING)


def batch_at(windows: Iterable[Window], facts: Facts, day: date) -> str | None:
    """The batch in which a filing on this day falls, else the next that will still close."""
    open_ones = sorted(
        (
            window
            for window in windows
            if APPLICANT in window.binds or any(bound.startswith(ARRIVAL) for bound in window.binds)
            if window.when.fits(facts) is not False and window.last_day >= day
        ),
        key=lambda window: window.last_day,
    )
    return open_ones[0].batch if open_ones else None


def next_batch(
    windows: Iterable[Window],
    batches: Mapping[str, Batch],
    facts: Facts,
    after: date,
    reached: date,
) -> str | None:
    """The first batch in which what is reached on a day is reached in time."""
    for window in sorted(windows, key=lambda each: each.last_day):
        if APPLICANT not in window.binds or window.when.fits(facts) is False:
            continue
        measured = batches[window.batch].reference or window.last_day
        if window.last_day >= after and measured >= reached:
            return window.batch
    return None


def read_batch(reader: Reader) -> Batch:
    """Read one ``[[batches]]`` table."""
    return Batch(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        reference=reader.maybe_day("reference"),
        education_reference=reader.maybe_day("education_reference"),
        citations=reader.citations(),
    )


def read_window(reader: Reader) -> Window:
    """Read one ``[[windows]]`` table."""
    binds = reader.texts("binds")
    window = Window(
        id=reader.text("id"),
        batch=reader.text("batch"),
        binds=binds,
        opens=reader.maybe_day("opens"),
        closes=reader.maybe_day("closes"),
        when=read_when(reader),
        citations=reader.citations(),
        closes_at=reader.maybe_time("closes_at"),
        on_working_days=reader.flag("on_working_days", default=False),
        late=read_late(reader, binds),
    )
    if window.opens is None and window.closes is None:
        reader.missing("closes")
    if window.closes is None and window.closes_at:
        reader.fault("closes_at", "an hour of which day", "写了截止钟点，没有写截止日期")
    if window.opens and window.opens > window.last_day:
        reader.fault("opens", "a window opens before it closes", "开始日期不能晚于截止日期")
    return window


def read_late(reader: Reader, binds: tuple[str, ...]) -> Wording | None:
    """The notice's own words for what comes too late; None where it has none."""
    if "says" not in reader and "code" not in reader:
        return None
    general = "WINDOW_CLOSED" if APPLICANT in binds else "STAGE_DEADLINE_MISSED"
    return read_wording(reader, LATE, general)
