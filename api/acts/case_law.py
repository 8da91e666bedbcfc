"""Asking the law about a filing: its claims, its employer's posts, its extensions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.acts import extension
from api.acts.vacancy_form import form_of
from domain.case.facts import About, about, facts
from domain.case.law_answer import LawAnswer, ask
from domain.organisation.extension import Extension
from domain.policy.law import Law

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.desk import Desk
    from domain.case.state import Case
    from domain.organisation.state import Organisation


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
    """Ask the law of a notice about a case that has an application, as if filed at an instant."""
    known = about(case, employer, desk.circle(case.applicant))
    if case.chain:
        granted = extension.of_case(desk, law, case)
    else:
        persons = [each.person for each in known.applicant]
        told = facts(known, filed_at)
        granted = extension.before_filing(desk, law, told, employer, persons)
    extended = extension.extended(law, granted)
    answer = ask(
        extended,
        known,
        filed_at=filed_at,
        present={each.kind for each in case.materials},
        in_window=in_window,
        vacancies=form_of(desk, law, case.employer),
    )
    return Asked(about=known, law=extended, extensions=granted, answer=answer)
