"""Asking the law about a filing: its claims, its employer's posts, its extensions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import relation, window_extension
from api.acts.vacancy_form import form_of
from domain import beijing
from domain.account.events import Role
from domain.case import particulars, refusals
from domain.case.application import Application
from domain.case.facts import About, about, facts
from domain.case.law_answer import LawAnswer, ask, personal_obstacles
from domain.organisation.changes import nothing_new
from domain.organisation.window_extension import Extension
from domain.policy.law import Law
from domain.policy.publicity_in_time import ending_too_late
from domain.policy.undated import foreseen

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.desk import Desk
    from api.office import Office
    from domain.case.state import Case
    from domain.organisation.state import Organisation
    from domain.policy.facts import Facts
    from domain.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked about a case, and the answer.

    ``law`` is the notice with its windows as ``extensions`` keep them open for this applicant.
    """

    about: About
    law: Law
    extensions: tuple[Extension, ...]
    answer: LawAnswer


def ask_of(
    desk: Desk,
    law: Law,
    case: Case,
    employer: Organisation,
    filed_at: datetime,
    *,
    in_window: bool = True,
) -> Asked:
    """Ask the law of a notice about a case that has an application, as if filed at an instant.

    What the law is told of one that is filed, and the verdict, are remembered: those who decide
    after one another ask of the same facts.
    """
    applicant, following = desk.circle(case.applicant), desk.following(case.applicant)
    known = about(case, employer, applicant, following)
    if case.chain:
        granted = window_extension.of_case(desk, law, case)
    else:
        persons = [each.person for each in known.applicant]
        told = facts(known, law, filed_at)
        granted = window_extension.before_filing(
            desk, law, told, employer, persons, beijing.day(filed_at)
        )
    extended = window_extension.extended(law, granted)
    answer = ask(
        extended,
        known,
        filed_at=filed_at,
        present={each.kind for each in case.materials},
        in_window=in_window,
        vacancies=form_of(desk, law, case.employer),
        calendar=desk.calendar,
        remember=desk.history(case.case).remember if case.chain else None,
    )
    return Asked(about=known, law=extended, extensions=granted, answer=answer)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What would be filed, through whom, with which materials, and when (UTC)."""

    pack: str | None
    employer: str
    series: str
    specialty: str
    level: str
    application: Application
    materials: frozenset[str]
    supported: frozenset[str]
    filed_at: datetime


def warnings(office: Office, law: Law, told: Facts, question: Question) -> tuple[Refusal, ...]:
    """What could not be dated soon after such a filing, or could not end in time."""
    on = beijing.day(question.filed_at)
    late = ending_too_late(law, told, on, office.calendar)
    return (*foreseen(office.calendar, on), *late)


def check(
    office: Office, acting: Acting, question: Question
) -> tuple[Law, LawAnswer, tuple[Refusal, ...]]:
    """The law's answer, with all that would stand in the way of filing.

    An applicant asks about themselves, so the titles, documents and integrity record that
    the record knows count; anybody else asks about an applicant of whom it knows nothing.
    Raises the problems ``POLICY_UNKNOWN`` and ``EMPLOYER_UNKNOWN``.
    """
    desk = office.desk(acting)
    relation.require(desk, (Act.CHECK_ELIGIBILITY,), ())
    laws, named = desk.laws.on(beijing.day(question.filed_at)), question.pack
    if named is not None:
        laws.law(named)
    employer = relation.employer_of(desk, question.employer)
    law = laws.found(employer.area, None) if named is None else laws.law(named, employer.area)
    own = acting.has((Role.APPLICANT,))
    applicant = desk.circle(acting.actor.person) if own else ()
    about = About(
        series=question.series,
        specialty=question.specialty,
        level=question.level,
        application=question.application,
        supported=question.supported,
        employer=employer,
        applicant=applicant,
        documents=tuple(kind for person in applicant for kind in person.documents),
        following=desk.following(acting.actor.person) if own else (),
    )
    persons = [each.person for each in applicant]
    told = facts(about, law, question.filed_at)
    on = beijing.day(question.filed_at)
    granted = window_extension.before_filing(desk, law, told, employer, persons, on)
    answer = ask(
        window_extension.extended(law, granted),
        about,
        filed_at=question.filed_at,
        present=question.materials,
        vacancies=form_of(desk, law, question.employer),
        calendar=office.calendar,
    )
    personal = personal_obstacles(law, about, "", question.filed_at)
    twice = particulars.said_twice(question.application)
    unclear = (refusals.said_twice(twice),) if twice else ()
    return law, answer, (*nothing_new(employer), *unclear, *answer.obstacles, *personal)
