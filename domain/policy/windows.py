"""Batches and the windows in which an act is in time (申报时间).

All days are Beijing days, both ends included: 23:59:59.999 of the last day is in,
00:00 of the next is out (A-19). Closing on a rest day, a fixed date stands (A-18).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

from domain import beijing
from domain.policy.asking import read_when
from domain.policy.sentences import refusal
from domain.policy.when import When
from domain.refusal import Citation, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.policy.facts import Facts
    from domain.policy.reading import Reader

APPLICANT = "applicant"
ARRIVAL = "arrival:"
"""A window that binds the arrival at a stage binds ``arrival:`` and the stage's id."""


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

    ``opens`` is None where only an end is set; ``closes_at`` is an hour of the last day, included,
    where the notice sets one. ``binds`` are ``applicant``, stage ids, and
    ``arrival:`` stage ids.
    """

    id: str
    batch: str
    binds: tuple[str, ...]
    opens: date | None
    closes: date
    when: When
    citations: tuple[Citation, ...]
    closes_at: time | None = None

    def holds_at(self, at: datetime) -> bool:
        """Whether an instant lies in the window."""
        return (self.opens is None or at >= beijing.begin(self.opens)) and not self.over_at(at)

    def open_until(self, day: date) -> Window:
        """The same window open to the end of a later day; unchanged by an earlier one."""
        if day <= self.closes:
            return self
        return replace(self, closes=day, closes_at=None)

    def over_at(self, at: datetime) -> bool:
        """Whether the window has closed by an instant: at 24:00, or from its hour on."""
        if self.closes_at is None:
            return at >= beijing.end(self.closes)
        return at > datetime.combine(self.closes, self.closes_at, beijing.BEIJING)


class Timeliness(StrEnum):
    """Whether an act is in time."""

    OPEN = "open"
    NOT_OPEN = "not_open"
    CLOSED = "closed"
    UNBOUND = "unbound"
    """No window binds this act: it may be done at any time."""
    UNDETERMINED = "undetermined"
    """The dates are set by another notice that was not supplied."""


@dataclass(frozen=True, kw_only=True)
class Admission:
    """Whether an act is in time, in which batch, and until or from when.

    ``bound`` is what the window binds; it binds the first timely arrival there and no later
    round (A-15). ``refusal`` is given where the act comes too early or too late.
    """

    timeliness: Timeliness
    bound: str
    batch: str | None = None
    opens: date | None = None
    closes: date | None = None
    next_opening: date | None = None
    citations: tuple[Citation, ...] = ()
    refusal: Refusal | None = None

    @property
    def admitted(self) -> bool:
        """Whether the act may be done now as far as time goes."""
        return self.timeliness in {Timeliness.OPEN, Timeliness.UNBOUND}


@dataclass(frozen=True, kw_only=True)
class OtherNotice:
    """Those whose dates another notice sets, which was not supplied."""

    id: str
    when: When
    document: str
    citations: tuple[Citation, ...]


def admission(
    windows: Iterable[Window],
    elsewhere: Iterable[OtherNotice],
    bound: str,
    at: datetime,
    facts: Facts,
) -> Admission:
    """Whether an act of the actor or stage ``bound`` at this instant is in time."""
    for other in elsewhere:
        if other.when.holds(facts):
            return undetermined(bound, other.citations)
    binding = sorted(
        (each for each in windows if bound in each.binds and each.when.holds(facts) is not False),
        key=lambda window: window.closes,
    )
    if not binding:
        return Admission(timeliness=Timeliness.UNBOUND, bound=bound)
    for window in binding:
        if window.holds_at(at):
            return Admission(
                timeliness=Timeliness.OPEN,
                bound=bound,
                batch=window.batch,
                opens=window.opens,
                closes=window.closes,
                citations=window.citations,
            )
    return _out_of_time(binding, bound, at)


def strictest(answers: list[Admission]) -> Admission:
    """What holds where several windows bind one act: who refuses, then who admits by a window."""
    refusing = [each for each in answers if not each.admitted]
    admitting = [each for each in answers if each.timeliness is Timeliness.OPEN]
    return (refusing or admitting or answers)[0]


def undetermined(bound: str, citations: tuple[Citation, ...]) -> Admission:
    """The answer where the dates are not in what was supplied."""
    return Admission(timeliness=Timeliness.UNDETERMINED, bound=bound, citations=citations)


def _out_of_time(binding: list[Window], bound: str, at: datetime) -> Admission:
    day = beijing.day(at)
    past = [window for window in binding if window.over_at(at)]
    ahead = min(
        (window for window in binding if window.opens and window.opens > day),
        key=lambda window: window.opens or day,
        default=None,
    )
    opens = ahead.opens if ahead else None
    if not past and ahead and opens:
        return Admission(
            timeliness=Timeliness.NOT_OPEN,
            bound=bound,
            batch=ahead.batch,
            opens=opens,
            closes=ahead.closes,
            next_opening=opens,
            citations=ahead.citations,
            refusal=refusal("WINDOW_NOT_OPEN", ahead.citations, opens=opens.isoformat()),
        )
    return _too_late(past[-1], bound, opens)


def _too_late(missed: Window, bound: str, next_opening: date | None) -> Admission:
    closed = missed.closes.isoformat()
    if bound == APPLICANT:
        upcoming = (
            (
                f"下一批自{next_opening.isoformat()}起",
                f"the next opens on {next_opening.isoformat()}",
            )
            if next_opening
            else ("本通知无后续批次", "this notice has no later batch")
        )
        refused = refusal("WINDOW_CLOSED", missed.citations, closed=closed, next=upcoming)
    else:
        refused = refusal(
            "STAGE_DEADLINE_MISSED",
            missed.citations,
            closed=closed,
            remedy=("可报请有权机关延期", "an authority above can extend it"),
        )
    return Admission(
        timeliness=Timeliness.CLOSED,
        bound=bound,
        batch=missed.batch,
        opens=missed.opens,
        closes=missed.closes,
        next_opening=next_opening,
        citations=missed.citations,
        refusal=refused,
    )


def batch_at(windows: Iterable[Window], facts: Facts, day: date) -> str | None:
    """The batch in which a filing on this day falls, else the next that will still close."""
    open_ones = sorted(
        (
            window
            for window in windows
            if APPLICANT in window.binds or any(bound.startswith(ARRIVAL) for bound in window.binds)
            if window.when.holds(facts) is not False and window.closes >= day
        ),
        key=lambda window: window.closes,
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
    for window in sorted(windows, key=lambda each: each.closes):
        if APPLICANT not in window.binds or window.when.holds(facts) is False:
            continue
        measured = batches[window.batch].reference or window.closes
        if window.closes >= after and measured >= reached:
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
    window = Window(
        id=reader.text("id"),
        batch=reader.text("batch"),
        binds=reader.texts("binds"),
        opens=reader.maybe_day("opens"),
        closes=reader.day("closes"),
        when=read_when(reader),
        citations=reader.citations(),
        closes_at=reader.maybe_time("closes_at"),
    )
    if window.opens and window.opens > window.closes:
        reader.fault("opens", "a window opens before it closes", "开始日期不能晚于截止日期")
    return window


def read_other_notice(reader: Reader) -> OtherNotice:
    """Read one ``[[set_elsewhere]]`` table."""
    return OtherNotice(
        id=reader.text("id"),
        when=read_when(reader),
        document=reader.text("document"),
        citations=reader.citations(),
    )
