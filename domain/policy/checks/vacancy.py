"""The employer's vacancies and its competition for them (岗位空缺、竞聘)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.condition import Finding
from domain.policy.facts import Facts, NotMentioned, VacancyForm
from domain.policy.match import LEVEL_GROUPS

if TYPE_CHECKING:
    from domain.policy.condition import Check
    from domain.policy.occasion import Occasion
    from domain.policy.reading import Reader

ARITHMETIC = "VACANCY_ARITHMETIC"


@dataclass(frozen=True)
class Vacant:
    """A vacancy in the column of the form that belongs to the level applied for."""

    columns: Mapping[str, str]

    def find(self, facts: Facts, _occasion: Occasion) -> Finding:
        """Approved posts less those filled; a stated number that differs is marked."""
        form = facts.vacancy_form
        if isinstance(form, NotMentioned):
            return Finding(met=None)
        if form is None:
            return Finding(met=False)
        counted = _counted(form)
        vacant = form.vacant if counted is None else counted
        shown = (f"{form.level}: {form.approved} − {form.employed} = {vacant}",)
        differs = form.vacant is not None and counted is not None and form.vacant != counted
        flags = (ARITHMETIC,) if differs else ()
        enough = vacant is None or vacant >= 1
        offered = form.offered is None or vacant is None or 1 <= form.offered <= vacant
        fits = form.level is None or self._column(facts) in {None, form.level}
        return Finding(met=enough and offered and fits, facts=shown, flags=flags)

    def _column(self, facts: Facts) -> str | None:
        if isinstance(facts.applied, NotMentioned):
            return None
        for level, column in self.columns.items():
            if facts.applied == level or facts.applied in LEVEL_GROUPS.get(level, ()):
                return column
        return None


@dataclass(frozen=True)
class Competed:
    """The competition's list names the applicant, for the title applied for."""

    def find(self, facts: Facts, _occasion: Occasion) -> Finding:
        """Not met where the form says that another, or another title, was recommended."""
        form = facts.vacancy_form
        if isinstance(form, NotMentioned) or form is None:
            return Finding(met=None)
        another = (
            form.recommended_title is not None
            and not isinstance(facts.applied, NotMentioned)
            and form.recommended_title != facts.applied
        )
        return Finding(
            met=form.lists_applicant is not False and not another,
            facts=tuple(filter(None, (form.recommended_title,))),
        )


@dataclass(frozen=True)
class Sealed:
    """The form bears the seals that it asks for."""

    seals: tuple[str, ...]

    def find(self, facts: Facts, _occasion: Occasion) -> Finding:
        """Name the seals that are missing."""
        form = facts.vacancy_form
        if isinstance(form, NotMentioned) or form is None or form.seals is None:
            return Finding(met=None)
        missing = [seal for seal in self.seals if seal not in form.seals]
        return Finding(
            met=not missing, facts=form.seals, specifics={"material": "、".join(missing)}
        )


def _counted(form: VacancyForm) -> int | None:
    if form.approved is None or form.employed is None:
        return None
    return form.approved - form.employed


def read_vacancy(reader: Reader) -> Check:
    """``with = { columns = { junior = "初级及未定级" } }``."""
    parameters = reader.needed("with")
    columns = {level: str(column) for level, column in parameters.table("columns").items()}
    parameters.finish()
    return Vacant(columns)


def read_competition(_reader: Reader) -> Check:
    """Has no parameters."""
    return Competed()


def read_form_seals(reader: Reader) -> Check:
    """``with = { seals = ["department", "hr"] }``."""
    parameters = reader.needed("with")
    check = Sealed(parameters.texts("seals"))
    parameters.finish()
    return check
