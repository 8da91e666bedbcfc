"""What may be done about a form of posts: state it, and put one's seal on it or refuse to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.personal import Personal
from domain.refusal import Refused, rules_of
from domain.refusals.entries import reason_missing
from domain.refusals.seats import not_in_seat
from domain.separation import HANDLER, LEADER, same_reviewer, self_review
from domain.vacancies import refusals
from domain.vacancies.events import VacanciesStated, VacancyOpinionGiven
from domain.vacancies.form_arithmetic import Figures, wrong_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.organisation.seats import Officer
    from domain.policy.law import Law
    from domain.policy.vacancy_form import FormSeal, VacancyFormRule
    from domain.refusal import Refusal
    from domain.vacancies.state import Statement, VacancyForm


@dataclass(frozen=True, kw_only=True)
class Stating:
    """A form as its employer fills it in; ``staff`` are the persons it has accounts for."""

    batch: str | None
    figures: Figures
    committed: bool
    staff: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Sealing:
    """An opinion on the form; ``mine`` are the seals that the officer's organisation may put."""

    seal: str
    in_favour: bool
    reason: Personal | None
    mine: frozenset[str]


def state_vacancies(command: Stating, officer: Officer, law: Law) -> tuple[VacanciesStated, ...]:
    """The employer's handler states the form; every line that does not come out is named.

    Raises ``Refused`` with all reasons.
    """
    rule = law.vacancy_form()
    if rule is None:
        raise Refused(refusals.not_asked())
    refused = list(_about_the_officer(command.figures, officer, law, HANDLER))
    if strange := sorted({e.column for e in command.figures.columns} ^ set(rule.columns)):
        refused.append(refusals.other_columns(strange, rule))
    else:
        wrong, _ = wrong_lines(command.figures, rule)
        refused += wrong
    refused += _about_the_list(command, law)
    if not command.committed:
        refused.append(refusals.commitment_missing(rule.citations))
    if refused:
        raise Refused(*refused)
    figures = command.figures
    return (
        VacanciesStated(
            organisation=officer.seats.organisation,
            pack=law.id,
            digest=law.digest,
            batch=command.batch,
            establishment=figures.establishment,
            posts=figures.posts,
            columns=figures.columns,
            totals=figures.totals,
            appointed=figures.appointed,
            recommended=figures.recommended,
            committed=command.committed,
            listed=figures.listed,
            flags=wrong_lines(figures, rule)[1],
            seals=tuple(rule.seals),
            rules=rules_of(rule.citations),
        ),
    )


def give_opinion(
    form: VacancyForm, command: Sealing, officer: Officer, law: Law
) -> tuple[VacancyOpinionGiven, ...]:
    """The leader of one whose seal is asked for gives their opinion, once a statement.

    Raises ``Refused`` with all reasons.
    """
    statement, rule = form.latest, law.vacancy_form()
    refused = []
    if rule is None or command.seal not in rule.seals:
        raise Refused(refusals.no_such_seal(command.seal))
    if command.seal not in command.mine:
        refused.append(refusals.not_your_seal(rule.seals[command.seal].citations))
    refused += _about_the_officer(statement.stated, officer, law, LEADER)
    if _stated_it(statement, officer):
        refused.append(same_reviewer(law))
    if statement.refused or command.seal in statement.given:
        refused.append(refusals.opinion_given())
    elif lacking := _lacking_before(command.seal, statement, rule):
        refused.append(refusals.seal_order(lacking))
    if not command.in_favour and command.reason is None:
        refused.append(reason_missing("/reason"))
    if refused:
        raise Refused(*refused)
    return (
        VacancyOpinionGiven(
            statement=statement.version,
            seal=command.seal,
            organisation=officer.seats.organisation,
            in_favour=command.in_favour,
            given_on=officer.today,
            reason=command.reason,
            rules=rules_of(rule.seals[command.seal].citations),
        ),
    )


def _about_the_officer(
    form: Figures | VacanciesStated, officer: Officer, law: Law, seat: str
) -> Iterator[Refusal]:
    """They hold the seat, and do not recommend themselves (XW-25 as house rule)."""
    if not officer.sits(seat):
        yield not_in_seat(seat)
    if officer.humans.among(officer.person, [each.person for each in form.listed]):
        yield self_review(law)


def _lacking_before(seal: str, statement: Statement, rule: VacancyFormRule) -> tuple[FormSeal, ...]:
    """The seals that come before this one on the form and are not there yet (逐级)."""
    order = list(rule.seals.values())
    before = order[: [each.id for each in order].index(seal)]
    return tuple(each for each in before if each.id not in statement.given)


def _stated_it(statement: Statement, officer: Officer) -> bool:
    """Whether the same human stated the form at the same organisation."""
    here = officer.seats.organisation == statement.stated.organisation
    return here and officer.humans.same(officer.person, statement.person)


def _about_the_list(command: Stating, law: Law) -> Iterator[Refusal]:
    named: set[str] = set()
    for number, each in enumerate(command.figures.listed):
        if each.person not in command.staff:
            yield refusals.not_on_staff(f"/listed/{number}/person")
        if each.person in named:
            yield refusals.listed_twice(f"/listed/{number}/person")
        named.add(each.person)
        if each.level not in law.whole.levels:
            yield refusals.unknown_level(f"/listed/{number}/level", law.whole.levels)
