"""Whether an act is in time: which window binds it, until or from when, and why not.

A stage is bound by the windows of the batch in which the case was filed, and by no other's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from domain import beijing
from domain.calendar import Calendar, CalendarNotPublishedError
from domain.policy.own_wording import Wording
from domain.policy.undated import postpones_act
from domain.policy.windows import APPLICANT, Held, Window
from domain.refusal import Citation, Refusal
from domain.refusals.sentences_by_code import Words, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.facts import Facts
    from domain.policy.silent import Silent

PUBLISHED = Calendar()
"""The working days that were published when this was released."""


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


def admission(
    windows: Iterable[Window],
    elsewhere: Iterable[Silent],
    bound: str,
    at: datetime,
    facts: Facts,
    *,
    batch: str | None = None,
    held: Iterable[Held] = (),
    calendar: Calendar = PUBLISHED,
) -> Admission:
    """Whether an act of the actor or stage ``bound`` at this instant is in time.

    ``batch`` is that whose windows alone bind it, None for any; ``held`` is the time that is not
    counted against a window.
    """
    for other in elsewhere:
        if other.when.applies(facts) is not False:
            return undetermined(bound, other.citations)
    time_out = tuple(held)
    binding = sorted(
        (
            each.without(time_out)
            for each in windows
            if bound in each.binds and each.when.fits(facts) is not False
            if batch is None or each.batch == batch
        ),
        key=lambda window: window.last_day,
    )
    if not binding:
        return Admission(timeliness=Timeliness.UNBOUND, bound=bound)
    opening = _next_opening(binding, beijing.day(at), calendar)
    resting: Admission | None = None
    for window in (each for each in binding if each.holds_at(at)):
        rest = _rest_day(window, bound, at, calendar, opening)
        if rest is None:
            return _by(window, bound, Timeliness.OPEN)
        resting = resting or rest
    return resting or _out_of_time(binding, bound, at, opening)


class _Opening(NamedTuple):
    """The next window to open, and the first day on which it does."""

    window: Window
    day: date


def _next_opening(binding: list[Window], day: date, calendar: Calendar) -> _Opening | None:
    ahead = [window for window in binding if window.opens and window.opens > day]
    openings = (_Opening(each, _first_day(each, calendar)) for each in ahead)
    return min(openings, key=lambda opening: opening.day, default=None)


def _first_day(window: Window, calendar: Calendar) -> date:
    """The day on which it opens; of working days the first, as far as these are published."""
    opens = window.opens or date.min
    if not window.on_working_days:
        return opens
    try:
        return calendar.moved_to_working_day(opens)
    except CalendarNotPublishedError:
        return opens


def _rest_day(
    window: Window, bound: str, at: datetime, calendar: Calendar, opening: _Opening | None
) -> Admission | None:
    """Why an act is not in time in a window of working days; None where it is.

    After the last working day of the window it is too late.
    """
    day = beijing.day(at)
    if not window.on_working_days:
        return None
    try:
        working = calendar.moved_to_working_day(day)
    except CalendarNotPublishedError as unknown:
        postponed = postpones_act(unknown.year)
        return replace(undetermined(bound, window.citations), refusal=postponed)
    if working == day:
        return None
    if working > window.last_day:
        return _too_late(window, bound, opening.day if opening else None)
    told = {"day": day.isoformat(), "next": working.isoformat()}
    early = refusal("REST_DAY", window.citations, specifics=told)
    return _by(window, bound, Timeliness.NOT_OPEN, working, early)


def strictest(answers: list[Admission]) -> Admission:
    """What holds where several windows bind one act: who refuses, then who admits by a window."""
    refusing = [each for each in answers if not each.admitted]
    admitting = [each for each in answers if each.timeliness is Timeliness.OPEN]
    return (refusing or admitting or answers)[0]


def undetermined(bound: str, citations: tuple[Citation, ...]) -> Admission:
    """The answer where the dates are not in what was supplied."""
    return Admission(timeliness=Timeliness.UNDETERMINED, bound=bound, citations=citations)


def _out_of_time(
    binding: list[Window], bound: str, at: datetime, opening: _Opening | None
) -> Admission:
    past = [window for window in binding if window.over_at(at)]
    if past or opening is None:
        return _too_late(past[-1], bound, opening.day if opening else None)
    ahead = opening.window
    early = refusal("WINDOW_NOT_OPEN", ahead.citations, opens=opening.day.isoformat())
    return _by(ahead, bound, Timeliness.NOT_OPEN, opening.day, early)


def _too_late(missed: Window, bound: str, next_opening: date | None) -> Admission:
    late = missed.late or Wording(
        "WINDOW_CLOSED" if bound == APPLICANT else "STAGE_DEADLINE_MISSED"
    )
    words: dict[str, Words] = {
        "closed": missed.last_day.isoformat(),
        "next": _what_now(bound, next_opening),
    }
    refused = late.refusal(missed.citations, words)
    return _by(missed, bound, Timeliness.CLOSED, next_opening, refused)


def _by(
    window: Window,
    bound: str,
    timeliness: Timeliness,
    next_opening: date | None = None,
    refused: Refusal | None = None,
) -> Admission:
    """What one window says of an act."""
    return Admission(
        timeliness=timeliness,
        bound=bound,
        batch=window.batch,
        opens=window.opens,
        closes=window.closes,
        next_opening=next_opening,
        citations=window.citations,
        refusal=refused,
    )


def _what_now(bound: str, next_opening: date | None) -> tuple[str, str]:
    """What can still be done where an act came too late."""
    if bound != APPLICANT:
        return ("可报请有权机关延期", "an authority above can extend it")
    if next_opening is None:
        return ("本通知无后续批次", "this notice has no later batch")
    opens = next_opening.isoformat()
    return (f"下一批自{opens}起", f"the next opens on {opens}")
