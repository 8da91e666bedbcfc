"""Stating an employer's posts, sealing the statement, and reading it for a filing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.organisation import ORGANISATION
from api.acts.promise import followed, on_staff, stream_for
from api.acts.seats import acting_officer
from api.acts.thing import Thing
from api.problems import Problem
from domain.area import covers
from domain.organisation.state import Organisation
from domain.personal import Personal, Purpose
from domain.policy.vacancy_form import BUREAU, EMPLOYER, PER_BATCH, SUPERIOR
from domain.refusal import Refusal, Refused
from domain.refusals.sentences_by_code import outside_area
from domain.separation import HANDLER, LEADER
from domain.vacancies.decide import Sealing, Stating, state_vacancies
from domain.vacancies.decide import give_opinion as seal_vacancies
from domain.vacancies.form_arithmetic import Figures
from domain.vacancies.promises import KeepPromise, posts_spoken_for
from domain.vacancies.promises import keep_promise as keep
from domain.vacancies.state import VacancyForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from api.acts.competence import Concern
    from domain.case.law_answer import Find
    from domain.policy.law import Law
    from domain.vacancies.promises import Followed


@dataclass(frozen=True, kw_only=True)
class StatedForm:
    """A form as the employer fills it in; ``committed`` is the undertaking to appoint."""

    pack: str
    batch: str | None
    figures: Figures
    committed: bool

    @classmethod
    def of(cls, *, pack: str, batch: str | None, committed: bool, **figures: Any) -> Self:  # noqa: ANN401 -- each as ``Figures`` names it
        """The form as it stands on one sheet."""
        return cls(pack=pack, batch=batch, figures=Figures(**figures), committed=committed)


@dataclass(frozen=True)
class Sheet:
    """A form of an employer, whether there is one of that id or not."""

    employer: Organisation
    found: VacancyForm | None

    @property
    def form(self) -> VacancyForm:
        """The form. Raises the problem ``NOT_FOUND`` where the employer has none of that id."""
        form = known(self.found)
        if form.latest.stated.organisation != self.employer.organisation:
            raise Problem("NOT_FOUND")
        return form


def form_of(desk: Desk, law: Law, employer: str) -> Find:
    """How to find the form of an employer under a notice."""

    def find(batch: str | None) -> VacancyForm | None:
        if law.vacancy_form() is None:
            return None
        return desk.vacancies(stream_for(law, employer, batch))

    return find


def state_form(desk: Desk, employer: Organisation, *, command: StatedForm) -> Events:
    """State the employer's posts under a notice, or state them anew, as its handler.

    Every line that does not come out is named, each with its place; what is in force stays until
    the new statement is sealed.
    """
    organisation, figures = employer.organisation, command.figures
    law = _law(desk, command.pack, command.batch, employer)
    staff = frozenset(
        each.person for each in figures.listed if on_staff(desk, each.person, organisation)
    )
    stating = Stating(
        batch=command.batch,
        figures=replace(figures, promised=_spoken_for(desk, law, organisation, figures)),
        committed=command.committed,
        staff=staff,
    )
    officer = acting_officer(desk, organisation, staff)
    form = stream_for(law, organisation, command.batch)
    desk.relying_on(law)
    desk.write(form, *state_vacancies(stating, officer, law))
    return ()


def give_opinion(
    desk: Desk, sheet: Sheet, *, seal: str, in_favour: bool, reason: str | None
) -> Events:
    """Put a seal on the form, or refuse to, as the leader of one whose opinion it needs."""
    form, own = sheet.form, desk.house
    law = edition(desk, form)
    persons = [form.latest.person, *(each.person for each in form.latest.stated.listed)]
    caller = desk.acting.actor.person
    command = Sealing(
        seal=seal,
        in_favour=in_favour,
        reason=None if reason is None else Personal(reason, caller, Purpose.OFFICIAL),
        mine=_seals_of(law, own.organisation, sheet.employer),
    )
    officer = acting_officer(desk, own.organisation, persons)
    return seal_vacancies(form, command, officer, law)


def sheet_of(organisation: str, form: str) -> str:
    """How acts name a form of an employer."""
    return f"{organisation}/{form}"


def edition(desk: Desk, form: VacancyForm) -> Law:
    """The law under which the form was stated last, whatever became of the notice since."""
    return desk.laws.edition(form.latest.stated.digest)


def _law(desk: Desk, pack: str, batch: str | None, employer: Organisation) -> Law:
    """The notice whose form it is. Raises ``Refused`` where it is another area's."""
    law = desk.laws.law(pack, employer.area)
    rule = law.vacancy_form()
    if not covers(law.jurisdiction, employer.area):
        raise Refused(outside_area(law.title))
    named = {each.id for each in law.batches()}
    wanted = named if rule is not None and rule.per == PER_BATCH else {None}
    if rule is not None and batch not in wanted:
        raise Refused(_other_batch(named if wanted == named else set()))
    return law


def _spoken_for(desk: Desk, law: Law, employer: str, figures: Figures) -> Mapping[str, int]:
    """The posts that the employer promised to others by any of its forms, by column."""
    rule = law.vacancy_form()
    if rule is None:
        return {}
    listed = [(each.person, each.level) for each in figures.listed]
    return posts_spoken_for(followed(desk, employer), rule, listed)


def promises(desk: Desk, sheet: Sheet) -> tuple[Followed, ...]:
    """What the employer promised by this form, and by others as far as posts are spoken for."""
    made = followed(desk, sheet.employer.organisation)
    return tuple(each for each in made if each.spoken_for or _made_by(sheet.form, each))


def keep_promise(
    desk: Desk, sheet: Sheet, *, person: str, level: str, appointed_on: date
) -> Events:
    """Enter, as the employer's handler, that it appointed whom it had recommended."""
    made = {
        (each.promise.person, each.promise.level): each
        for each in promises(desk, sheet)
        if _made_by(sheet.form, each)
    }
    command = KeepPromise(appointed_on=appointed_on, followed=made.get((person, level)))
    officer = acting_officer(desk, sheet.employer.organisation, [person])
    return keep(command, officer, edition(desk, sheet.form))


def _made_by(form: VacancyForm, followed: Followed) -> bool:
    return form.promises.under((followed.promise.person, followed.promise.level)) is not None


def _find(desk: Desk, name: str) -> Sheet | None:
    organisation, _, form = name.partition("/")
    employer = desk.organisation(organisation)
    return None if employer is None else Sheet(employer, desk.vacancies(form))


def _stands(desk: Desk, sheet: Sheet) -> set[Relation]:
    return relation.to_organisation(desk, sheet.employer)


def _concern(desk: Desk, sheet: Sheet) -> Concern:
    return competence.about_organisation(desk, sheet.employer)


def _invites(desk: Desk, sheet: Sheet) -> Iterator[Act]:
    yield Act.STATE_VACANCIES
    if any(each.appointed_on is None for each in sheet.form.promises):
        yield Act.KEEP_PROMISE
    own = desk.acting.actor.organisation or ""
    mine = _seals_of(edition(desk, sheet.form), own, sheet.employer)
    if not sheet.form.latest.refused and mine - set(sheet.form.latest.given):
        yield Act.SEAL_VACANCIES


def _form_in(name: str) -> str:
    return name.partition("/")[2]


def _seals_of(law: Law, own: str, employer: Organisation) -> frozenset[str]:
    """The seals that an organisation may put on the form of an employer."""
    rule = law.vacancy_form()
    whose = {
        EMPLOYER: employer.organisation,
        SUPERIOR: employer.superior or employer.bureau,
        BUREAU: employer.bureau,
    }
    seals = rule.seals.values() if rule is not None else ()
    return frozenset(each.id for each in seals if whose[each.by] == own)


def _other_batch(batches: set[str]) -> Refusal:
    wanted = "、".join(sorted(batches)) or "不分批次"
    return Refusal(
        "VACANCY_FORM_BATCH",
        f"岗位信息表的批次不符，应为：{wanted}。",
        f"The form is stated for {', '.join(sorted(batches)) or 'the whole notice'}.",
        pointer="/batch",
    )


FORM = Thing(
    find=_find,
    stands=_stands,
    reading=Act.READ_ORGANISATION,
    invites=_invites,
    stream=_form_in,
    concern=_concern,
)
STATE = Row(ORGANISATION, Act.STATE_VACANCIES, state_form, (HANDLER,))
KEEP = Row(FORM, Act.KEEP_PROMISE, keep_promise, (HANDLER,))
SEAL = Row(FORM, Act.SEAL_VACANCIES, give_opinion, (LEADER,), fresh=True)
