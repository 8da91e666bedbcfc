"""What became of an employer's promises to appoint (承诺聘任): filings, titles, terms.

Promises are the employer's, by whichever of its forms they were made: under a notice, a batch, or
the edition of another year.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.acts import relation
from api.acts.guard import act_as
from api.identifiers import derived_stream
from domain import beijing
from domain.actor import TIMEKEEPER
from domain.calendar import CalendarNotPublishedError
from domain.policy.process import APPOINTMENT, URGING
from domain.policy.vacancy_form import PER_BATCH
from domain.vacancies.events import VacanciesStated
from domain.vacancies.promises import Followed, urge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from api.acts.acting import Answer
    from api.acts.desk import Desk
    from api.office import Office
    from domain.person.state import Person
    from domain.policy.law import Law
    from domain.vacancies.state import Promise, VacancyForm


def stream_for(law: Law, employer: str, batch: str | None) -> str:
    """The one stream in which an employer states its posts under a notice, or for a batch."""
    rule = law.vacancy_form()
    per_batch = rule is not None and rule.per == PER_BATCH
    return derived_stream("vacancies", employer, law.id, (per_batch and batch) or "")


def followed(desk: Desk, employer: str) -> tuple[Followed, ...]:
    """Every promise of an employer, once: as it was made first, and kept by whichever form."""
    made: dict[tuple[str, str], tuple[VacancyForm, Promise]] = {}
    for form in _forms(desk, employer):
        for promise in form.promises:
            key = (promise.person, promise.level)
            other = made.get(key, (form, promise))
            first, before = min(other, (form, promise), key=lambda each: each[1].since)
            kept = promise.appointed_on or other[1].appointed_on
            made[key] = (first, replace(before, appointed_on=kept))
    return tuple(_follow(desk, employer, *each) for each in made.values())


def on_staff(desk: Desk, person: str, organisation: str) -> bool:
    """Whether a person has an account at an organisation."""
    entry = desk.person(person)
    return entry is not None and any(where == organisation for _, where, _ in entry.accounts)


def urge_to_appoint(office: Office, form_id: str, command: str, at: datetime) -> Answer:
    """Tell, as the timekeeper, an employer that it appointed nobody in its term; then above it."""

    def decide(desk: Desk) -> None:
        form = desk.vacancies(form_id)
        employer = None if form is None else form.latest.stated.organisation
        house = None if employer is None else desk.organisation(employer)
        if form is None or house is None or house.ended is not None:
            return
        here = [each for each in followed(desk, house.organisation) if each.form == form_id]
        above = (each.organisation for each in relation.above(desk, house) if each.ended is None)
        patience = desk.laws.edition(form.latest.stated.digest).process_term(URGING)
        today = beijing.day(at)
        told = urge(here, house.organisation, next(above, None), patience, today, desk.calendar)
        desk.because(form_id, VacanciesStated)
        desk.write(form_id, *told)

    return act_as(office.desk, TIMEKEEPER, command, at, decide)


def _forms(desk: Desk, employer: str) -> Iterator[VacancyForm]:
    """The forms that it stated under any law that is offered, or was ever put in force."""
    streams = dict.fromkeys(
        stream_for(law, employer, batch)
        for law in desk.laws
        if (rule := law.vacancy_form()) is not None
        for batch in ([each.id for each in law.batches()] if rule.per == PER_BATCH else [None])
    )
    yield from filter(None, map(desk.vacancies, streams))


def _follow(desk: Desk, employer: str, form: VacancyForm, promise: Promise) -> Followed:
    """One that works elsewhere now is promised nothing here any more."""
    here = on_staff(desk, promise.person, employer)
    circle = desk.circle(promise.person) if here else ()
    gained_on = _gained_on(promise, circle)
    law = desk.laws.edition(form.latest.stated.digest)
    return Followed(
        form=form.form,
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
