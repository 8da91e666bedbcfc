"""Stating an employer's posts, sealing the statement, and reading it for a filing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, permitted
from api.acts import standing
from api.identifiers import derived_stream
from api.problems import Problem
from domain.area import covers
from domain.organisation.state import Organisation
from domain.personal import Personal, Purpose
from domain.policy.law import Law
from domain.policy.vacancy_form import BUREAU, EMPLOYER, PER_BATCH, SUPERIOR
from domain.refusal import Refusal, Refused
from domain.separation import HANDLER, LEADER
from domain.vacancies.decide import Sealing, Stating, give_opinion, state_vacancies
from domain.vacancies.state import VacancyForm

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.law.book import LawBook
    from domain.vacancies.arithmetic import Figures

Find = Callable[[str | None], VacancyForm | None]
"""The form for a batch; where the notice asks for one form in all, whatever the batch."""


@dataclass(frozen=True, kw_only=True)
class SeenForm:
    """A form as one caller sees it; ``version`` is that of its stream."""

    form: VacancyForm
    employer: Organisation
    law: Law
    version: int
    offers: tuple[Act, ...]


def form_of(deliberation: Deliberation, law: Law, employer: str) -> Find:
    """How to find the form of an employer under a notice."""

    def find(batch: str | None) -> VacancyForm | None:
        if law.vacancy_form() is None:
            return None
        return deliberation.vacancies(stream_for(law, employer, batch))

    return find


def stream_for(law: Law, employer: str, batch: str | None) -> str:
    """The one stream in which an employer states its posts under a notice, or for a batch."""
    rule = law.vacancy_form()
    per_batch = rule is not None and rule.per == PER_BATCH
    return derived_stream("vacancies", employer, law.id, (per_batch and batch) or "")


class Vacancies:
    """The use cases about forms of posts."""

    def __init__(self, desk: Desk, laws: LawBook) -> None:
        self._desk = desk
        self._laws = laws

    def state(
        self,
        acting: Acting,
        organisation: str,
        pack: str,
        batch: str | None,
        figures: Figures,
        *,
        committed: bool,
    ) -> Answer:
        """State the employer's posts, or state them anew; what is in force stays until sealed."""

        def think(deliberation: Deliberation) -> None:
            known = self._known(acting, deliberation, organisation, Act.STATE_VACANCIES)
            law = self._law(pack, batch, known)
            standing.take_seat(acting, deliberation, organisation, HANDLER)
            staff = frozenset(
                each.person
                for each in figures.listed
                if _on_staff(deliberation, each.person, organisation)
            )
            command = Stating(batch=batch, figures=figures, committed=committed, staff=staff)
            officer = standing.officer(acting, deliberation, organisation, staff)
            form = stream_for(law, organisation, batch)
            deliberation.write(form, *state_vacancies(command, officer, law))

        return self._desk.act(acting, think, named=organisation)

    def give_opinion(
        self,
        acting: Acting,
        organisation: str,
        form: str,
        seal: str,
        *,
        in_favour: bool,
        reason: str | None,
    ) -> Answer:
        """Put a seal on the statement that was made last, or refuse it."""

        def think(deliberation: Deliberation) -> None:
            employer = self._known(acting, deliberation, organisation, Act.SEAL_VACANCIES)
            state = _form(deliberation, form, organisation)
            own = deliberation.organisation(acting.actor.organisation or "")
            if own is None:
                raise Problem("NOT_FOUND")
            standing.take_seat(acting, deliberation, own.organisation, LEADER)
            law = _edition(self._laws, state)
            persons = [state.latest.person, *(e.person for e in state.latest.stated.listed)]
            words = None
            if reason is not None:
                words = Personal(reason, acting.actor.person, Purpose.OFFICIAL)
            command = Sealing(
                seal=seal,
                in_favour=in_favour,
                reason=words,
                mine=_seals_of(law, own.organisation, employer),
            )
            officer = standing.officer(acting, deliberation, own.organisation, persons)
            deliberation.write(form, *give_opinion(state, command, officer, law))

        return self._desk.act(acting, think, named=form)

    def read(self, acting: Acting, organisation: str, form: str) -> SeenForm:
        """A form as it stands. Raises the problems ``NOT_FOUND`` and ``FORBIDDEN``."""
        deliberation = self._desk.deliberate()
        employer = self._known(acting, deliberation, organisation, Act.READ_VACANCIES)
        state = _form(deliberation, form, organisation)
        law = _edition(self._laws, state)
        relations = standing.to_organisation(acting, deliberation, employer)
        mine = _seals_of(law, acting.actor.organisation or "", employer)
        invited = [Act.STATE_VACANCIES]
        if not state.latest.refused and mine - set(state.latest.given):
            invited.append(Act.SEAL_VACANCIES)
        return SeenForm(
            form=state,
            employer=employer,
            law=law,
            version=deliberation.history(form).version,
            offers=tuple(act for act in invited if permitted(act, acting.roles, relations)),
        )

    def readable(self, acting: Acting, organisation: str) -> None:
        """Raises ``NOT_FOUND`` or ``FORBIDDEN`` for who may not read an employer's forms."""
        self._known(acting, self._desk.deliberate(), organisation, Act.READ_VACANCIES)

    def _known(
        self, acting: Acting, deliberation: Deliberation, organisation: str, act: Act
    ) -> Organisation:
        known = deliberation.organisation(organisation)
        if known is None:
            raise Problem("NOT_FOUND")
        relations = standing.to_organisation(acting, deliberation, known)
        standing.require(acting, act, relations, reading=Act.READ_ORGANISATION)
        return known

    def _law(self, pack: str, batch: str | None, employer: Organisation) -> Law:
        """The notice whose form it is. Raises ``Refused`` where it is another area's."""
        law = self._laws.law(pack)
        rule = law.vacancy_form()
        if not covers(law.jurisdiction, employer.area):
            raise Refused(_elsewhere(law.title))
        known = {each.id for each in law.batches()}
        wanted = known if rule is not None and rule.per == PER_BATCH else {None}
        if rule is not None and batch not in wanted:
            raise Refused(_other_batch(known if wanted == known else set()))
        return law


def _form(deliberation: Deliberation, form: str, organisation: str) -> VacancyForm:
    state = deliberation.vacancies(form)
    if state is None or state.latest.stated.organisation != organisation:
        raise Problem("NOT_FOUND")
    return state


def _edition(laws: LawBook, form: VacancyForm) -> Law:
    """The law under which the form was stated last, whatever became of the notice since."""
    return laws.edition(form.latest.stated.pack, form.latest.stated.digest)


def _on_staff(deliberation: Deliberation, person: str, organisation: str) -> bool:
    known = deliberation.person(person)
    return known is not None and any(where == organisation for _, where, _ in known.accounts)


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


def _elsewhere(title: str) -> Refusal:
    return Refusal(
        "NOT_IN_SCOPE",
        f"该单位不在《{title}》适用的地区，请选择单位所在地的通知。",
        f"The employer is not in the area of the notice {title!r}; choose that of its own area.",
        pointer="/pack",
    )


def _other_batch(batches: set[str]) -> Refusal:
    wanted = "、".join(sorted(batches)) or "不分批次"
    return Refusal(
        "VACANCY_FORM_BATCH",
        f"岗位信息表的批次不符，应为：{wanted}。",
        f"The form is stated for {', '.join(sorted(batches)) or 'the whole notice'}.",
        pointer="/batch",
    )
