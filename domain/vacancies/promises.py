"""What an employer undertook with its list (承诺聘任): whom it appoints once they hold the title.

Whoever a form in force recommends is promised a post of the level. It is theirs from their filing
on, until they were appointed, or hold no title in the end, or work elsewhere; nobody else is
recommended for it meanwhile, in a later batch or under a later notice either (HZ-05, HZ-56). An
employer that lets the term pass is told so, and then the office above it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.calendar import CalendarNotPublishedError
from domain.refusal import Refusal, Refused
from domain.refusals.entries import occurred_later
from domain.refusals.seats import not_in_seat
from domain.separation import HANDLER, self_review
from domain.vacancies.events import PromiseKept, PromiseUrged
from domain.vacancies.state import Promise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.calendar import Calendar
    from domain.organisation.seats import Officer
    from domain.policy.law import Law
    from domain.policy.process import ProcessTerm
    from domain.policy.vacancy_form import VacancyFormRule


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A promise, and what became of it; all days are in Beijing.

    ``form`` is the one by which it was made first. ``gained_on`` is since when they hold the
    title, ``due_on`` the last day for appointing them, both None while they don't; ``waiting`` says
    that their filing is under way.
    """

    form: str
    promise: Promise
    gained_on: date | None
    due_on: date | None
    waiting: bool

    @property
    def spoken_for(self) -> bool:
        """Whether a post is theirs to which nobody has appointed them."""
        open_ = self.promise.appointed_on is None
        return open_ and (self.waiting or self.gained_on is not None)

    def overdue(self, today: date) -> bool:
        """Whether they should have been appointed before a day, and were not."""
        return self.spoken_for and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, kw_only=True)
class KeepPromise:
    """The employer enters that it appointed somebody; ``followed`` is what it had promised them."""

    appointed_on: date
    followed: Followed | None


def posts_spoken_for(
    followed: Iterable[Followed], rule: VacancyFormRule, listed: Iterable[tuple[str, str]]
) -> Mapping[str, int]:
    """How many posts of each column are promised to others than the ``listed``, by their levels."""
    again, taken = set(listed), Counter[str]()
    for each in followed:
        column = rule.column_of(each.promise.level)
        new = (each.promise.person, each.promise.level) not in again
        if column is not None and each.spoken_for and new:
            taken[column.id] += 1
    return taken


def keep_promise(command: KeepPromise, officer: Officer, law: Law) -> tuple[PromiseKept, ...]:
    """The employer's handler enters the appointment, once, after the title was gained.

    Raises ``Refused`` with all reasons.
    """
    followed = command.followed
    if followed is None:
        raise Refused(_not_promised())
    refused = [] if officer.sits(HANDLER) else [not_in_seat(HANDLER)]
    if officer.humans.same(officer.person, followed.promise.person):
        refused.append(self_review(law))
    if command.appointed_on > officer.today:
        refused.append(occurred_later(command.appointed_on, "/appointed_on"))
    if followed.promise.appointed_on is not None:
        refused.append(_kept_before(followed.promise.appointed_on))
    elif followed.gained_on is None or command.appointed_on < followed.gained_on:
        refused.append(_no_title_then(followed.gained_on))
    if refused:
        raise Refused(*refused)
    due_on = followed.due_on
    return (
        PromiseKept(
            person=followed.promise.person,
            level=followed.promise.level,
            appointed_on=command.appointed_on,
            due_on=due_on,
            late=due_on is not None and command.appointed_on > due_on,
        ),
    )


def urge(
    followed: Iterable[Followed],
    employer: str,
    above: str | None,
    patience: ProcessTerm,
    today: date,
    calendar: Calendar,
) -> Iterator[PromiseUrged]:
    """What the timekeeper tells of promises that are overdue: each once, and once above.

    ``above`` is the organisation above the employer, which is told after ``patience``.
    """
    for each in followed:
        promise, gained_on, due_on = each.promise, each.gained_on, each.due_on
        if gained_on is None or due_on is None or not each.overdue(today):
            continue
        told = None if promise.urged_on is None else above
        if promise.urged_above or (promise.urged_on and told is None):
            continue
        if told is not None and not _waited(due_on, patience, today, calendar):
            continue
        yield PromiseUrged(
            organisation=employer,
            person=promise.person,
            level=promise.level,
            gained_on=gained_on,
            due_on=due_on,
            above=told,
            rules=patience.rules,
        )


def _waited(since: date, patience: ProcessTerm, today: date, calendar: Calendar) -> bool:
    try:
        return today > patience.last_day(since, calendar)
    except CalendarNotPublishedError:
        return False


def _not_promised() -> Refusal:
    return Refusal(
        "NOT_PROMISED",
        "生效的岗位信息表没有以该级别推荐此人，无承诺可兑现。请核对人员和级别。",
        "No form in force recommended this person for this level: nothing was promised.",
        pointer="/person",
    )


def _kept_before(on: date) -> Refusal:
    return Refusal(
        "APPOINTED_ALREADY",
        f"已登记于{on:%Y年%m月%d日}聘任，无需重复登记。",
        f"The appointment of {on:%Y-%m-%d} has been entered already.",
        pointer="/person",
    )


def _no_title_then(gained_on: date | None) -> Refusal:
    return Refusal(
        "APPOINTED_WITHOUT_TITLE",
        "聘任须在取得任职资格之后。"
        + ("尚未取得。" if gained_on is None else f"取得日期为{gained_on:%Y年%m月%d日}，请核对。"),
        "Who was recommended is appointed once they hold the title: "
        + ("they don't yet." if gained_on is None else f"since {gained_on:%Y-%m-%d}."),
        pointer="/appointed_on",
    )
