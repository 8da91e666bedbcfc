"""The employer's vacancies and its competition for them (岗位空缺、竞聘)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.comparing import bare
from domain.policy.condition import Finding, unsaid
from domain.policy.records import NotMentioned

if TYPE_CHECKING:
    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.facts import Facts, VacancyForm
    from domain.policy.reading import Reader

ARITHMETIC = "VACANCY_ARITHMETIC"


@dataclass(frozen=True)
class Vacant:
    """A vacancy in the column of the form that belongs to the level applied for.

    The columns are those of the notice's ``[vacancy_form]``.
    """

    def find(self, facts: Facts, context: Context) -> Finding:
        """Approved posts less those filled; a stated number that differs is marked."""
        form = facts.vacancy_form
        if isinstance(form, NotMentioned):
            return unsaid("vacancy_form")
        if form is None:
            return Finding(met=False)
        counted = _counted(form)
        vacant = form.vacant if counted is None else counted
        shown = (f"{form.level}: {form.approved} − {form.employed} = {vacant}",)
        differs = form.vacant is not None and counted is not None and form.vacant != counted
        flags = (ARITHMETIC,) if differs else ()
        enough = vacant is None or vacant >= 1
        offered = form.offered is None or vacant is None or 1 <= form.offered <= vacant
        fits = form.level is None or _column(facts, context) in {None, form.level}
        return Finding(met=enough and offered and fits, facts=shown, flags=flags)


@dataclass(frozen=True)
class Competed:
    """The competition's list names the applicant, for the title applied for."""

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Not met where the form says that another, or another title, was recommended."""
        form = facts.vacancy_form
        if isinstance(form, NotMentioned) or form is None:
            return unsaid("vacancy_form")
        another = _differs(form.recommended_title, facts.applied) or _differs(
            form.recommended_series, facts.series
        )
        return Finding(
            met=form.lists_applicant is not False and not another,
            facts=tuple(filter(None, (form.recommended_title, form.recommended_series))),
        )


@dataclass(frozen=True)
class Sealed:
    """The form bears the seals that it asks for."""

    seals: tuple[str, ...]

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Name the seals that are missing."""
        form = facts.vacancy_form
        if isinstance(form, NotMentioned) or form is None or form.seals is None:
            return unsaid("vacancy_form")
        missing = [seal for seal in self.seals if seal not in form.seals]
        return Finding(
            met=not missing, facts=form.seals, specifics={"material": "、".join(missing)}
        )


def _differs(recommended: str | None, applied: str | NotMentioned) -> bool:
    """Whether something else was recommended; what nobody mentions is not at issue."""
    if recommended is None or isinstance(applied, NotMentioned):
        return False
    return bare(recommended) != bare(applied)


def _column(facts: Facts, context: Context) -> str | None:
    """What the form calls the column of the level applied for; None where nothing says so."""
    if isinstance(facts.applied, NotMentioned) or context.vacancy_form is None:
        return None
    column = context.vacancy_form.column_of(facts.applied)
    return column.chinese if column else None


def _counted(form: VacancyForm) -> int | None:
    if form.approved is None or form.employed is None:
        return None
    return form.approved - form.employed


def read_vacancy(_reader: Reader) -> Check:
    """Has no parameters."""
    return Vacant()


def read_competition(_reader: Reader) -> Check:
    """Has no parameters."""
    return Competed()


def read_form_seals(reader: Reader) -> Check:
    """``with = { seals = ["department", "hr"] }``."""
    parameters = reader.needed("with")
    check = Sealed(parameters.texts("seals"))
    parameters.finish()
    return check
