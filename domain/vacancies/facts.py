"""What the law is told of an employer's form of posts in one case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.policy import facts as policy

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.policy.facts import Facts
    from domain.policy.vacancy_form import VacancyFormRule
    from domain.vacancies.state import VacancyForm


def with_vacancies(
    told: Facts,
    rule: VacancyFormRule | None,
    form: VacancyForm | None,
    applicant: Collection[str],
) -> Facts:
    """The facts with what the form says of the level applied for.

    ``applicant`` are all persons of the record that are the applicant. Where the notice asks
    for no form in this case nothing is said of one; where it does and none was stated, that
    there is none.
    Of an applicant whom the record does not know it is not at issue whether the form lists them.
    """
    if rule is None or rule.when.applies(told) is False:
        return told
    if form is None:
        return replace(told, vacancy_form=None)
    stated = form.current.stated
    wanted = rule.column_of(told.applied) if isinstance(told.applied, str) else None
    column = next((each for each in stated.columns if wanted and each.column == wanted.id), None)
    row = next((each for each in stated.listed if each.person in applicant), None)
    return replace(
        told,
        vacancy_form=policy.VacancyForm(
            level=wanted.chinese if wanted else None,
            approved=column.approved if column else 0,
            employed=column.employed if column else 0,
            vacant=column.vacant if column else 0,
            offered=column.offered if column else 0,
            lists_applicant=(row is not None) if applicant else None,
            recommended_title=row.level if row else None,
            recommended_series=row.series if row else None,
            seals=tuple(form.current.given),
        ),
    )
