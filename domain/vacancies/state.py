"""What a later decision needs to remember of a form of posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain import beijing
from domain.replacing import replace
from domain.shared_collections import Ledger, Several
from domain.vacancies.events import (
    PromiseKept,
    PromiseUrged,
    VacanciesStated,
    VacancyOpinionGiven,
)

if TYPE_CHECKING:
    from domain.event import Told

VacanciesEvent = VacanciesStated | VacancyOpinionGiven | PromiseKept | PromiseUrged


@dataclass(frozen=True)
class Opinion:
    """Who put a seal on a statement, or refused it."""

    seal: str
    organisation: str
    person: str
    in_favour: bool


@dataclass(frozen=True)
class Statement:
    """One statement of the form, with the opinions on it.

    ``version`` is that of its event in the stream, ``person`` who stated it, ``given`` the seals
    that it bears. Once one was ``refused`` that it needs, it has to be stated anew.
    """

    version: int
    stated: VacanciesStated
    person: str
    opinions: Ledger[int, Opinion] = field(default_factory=Ledger)
    given: Several[str] = field(default_factory=Several)
    refused: bool = False

    @property
    def sealed(self) -> bool:
        """Whether it bears every seal that its notice asks for."""
        return not self.refused and all(seal in self.given for seal in self.stated.seals)

    def with_opinion(self, opinion: Opinion) -> Statement:
        """The statement with one more opinion on it."""
        return replace(
            self,
            opinions=self.opinions.added(opinion),
            given=self.given.joined(opinion.seal) if opinion.in_favour else self.given,
            refused=self.refused or not opinion.in_favour,
        )


@dataclass(frozen=True)
class Promise:
    """Whom the employer undertook to appoint at which level, since which day in Beijing.

    ``appointed_on`` is when it did, None until then. ``urged_on`` is the day on which it was told
    that it had not, ``urged_above`` the office above that was told after it.
    """

    person: str
    level: str
    since: date
    appointed_on: date | None = None
    urged_on: date | None = None
    urged_above: str | None = None


@dataclass(frozen=True)
class VacancyForm:
    """The form of one employer: what was stated last, and what is in force.

    A statement is in force once it bears all its seals, and stays so until another does;
    ``promises`` are those of every statement that was, by person and level.
    """

    form: str
    latest: Statement
    in_force: Statement | None = None
    promises: Ledger[tuple[str, str], Promise] = field(default_factory=Ledger)

    @property
    def current(self) -> Statement:
        """What the law is told: the statement in force, else the last one."""
        return self.in_force or self.latest


def evolve(state: VacancyForm | None, event: VacanciesEvent, told: Told) -> VacancyForm:
    """The form after an event of its stream. Never refuses."""
    person: str = getattr(told.actor, "person", "")
    match event:
        case VacanciesStated():
            stated = Statement(told.version, event, person)
            before = None if state is None else state.in_force
            promises = Ledger[tuple[str, str], Promise]() if state is None else state.promises
            return _in_force(VacancyForm(told.stream, stated, before, promises), told)
        case VacancyOpinionGiven():
            assert state is not None
            given = Opinion(event.seal, event.organisation, person, event.in_favour)
            return _in_force(replace(state, latest=state.latest.with_opinion(given)), told)
        case PromiseKept():
            assert state is not None
            kept = replace(_promised(state, event), appointed_on=event.appointed_on)
            return _became(state, kept)
        case PromiseUrged():
            assert state is not None
            urged_on = beijing.day(told.recorded_at)
            promise = _promised(state, event)
            return _became(state, replace(promise, urged_on=urged_on, urged_above=event.above))
        case _:
            assert_never(event)


def _promised(form: VacancyForm, event: PromiseKept | PromiseUrged) -> Promise:
    promise = form.promises.under((event.person, event.level))
    assert promise is not None
    return promise


def _became(form: VacancyForm, promise: Promise) -> VacancyForm:
    key = (promise.person, promise.level)
    return replace(form, promises=form.promises.entered(key, promise))


def _in_force(form: VacancyForm, told: Told) -> VacancyForm:
    """The form with its last statement in force, if that bears every seal."""
    if not form.latest.sealed:
        return form
    promises = form.promises
    for each in form.latest.stated.listed:
        key = (each.person, each.level)
        if promises.under(key) is None:
            promises = promises.entered(key, Promise(*key, beijing.day(told.recorded_at)))
    return replace(form, in_force=form.latest, promises=promises)
