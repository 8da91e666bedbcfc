"""What became of an employer's promises to appoint (承诺聘任): filings, titles, terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendar import CalendarNotPublishedError
from domain.policy.process import APPOINTMENT
from domain.vacancies.promises import Followed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from api.acts.desk import Desk
    from domain.person.state import Person
    from domain.policy.law import Law
    from domain.vacancies.state import Promise, VacancyForm


def followed(desk: Desk, law: Law, employer: str, form: VacancyForm) -> tuple[Followed, ...]:
    """Every promise of a form, in the order in which they were made."""
    return tuple(_follow(desk, law, employer, each) for each in form.promises)


def on_staff(desk: Desk, person: str, organisation: str) -> bool:
    """Whether a person has an account at an organisation."""
    entry = desk.person(person)
    return entry is not None and any(where == organisation for _, where, _ in entry.accounts)


def _follow(desk: Desk, law: Law, employer: str, promise: Promise) -> Followed:
    """One that works elsewhere now is promised nothing here any more."""
    here = on_staff(desk, promise.person, employer)
    circle = desk.circle(promise.person) if here else ()
    gained_on = _gained_on(promise, circle)
    return Followed(
        promise=promise,
        gained_on=gained_on,
        due_on=None if gained_on is None else _due_on(desk, law, gained_on),
        waiting=_waiting(desk, promise, employer, circle),
    )


def _gained_on(promise: Promise, circle: Iterable[Person]) -> date | None:
    titles = (title for person in circle for title in person.held)
    days = (
        title.gained_on
        for title in titles
        if title.level == promise.level and title.gained_on >= promise.since
    )
    return min(days, default=None)


def _waiting(desk: Desk, promise: Promise, employer: str, circle: Iterable[Person]) -> bool:
    cases = (desk.case(filing) for person in circle for filing in person.filings)
    return any(
        case is not None and case.employer == employer and case.level == promise.level
        for case in cases
    )


def _due_on(desk: Desk, law: Law, gained_on: date) -> date | None:
    try:
        return law.process_term(APPOINTMENT).last_day(gained_on, desk.calendar)
    except CalendarNotPublishedError:
        return None
