"""What a later decision needs to remember of a form of posts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from domain.vacancies.events import VacanciesStated, VacancyOpinionGiven

if TYPE_CHECKING:
    from domain.actor import Actor

VacanciesEvent = VacanciesStated | VacancyOpinionGiven


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

    ``version`` is that of its event in the stream, ``person`` who stated it.
    """

    version: int
    stated: VacanciesStated
    person: str
    opinions: tuple[Opinion, ...] = ()

    @property
    def given(self) -> tuple[str, ...]:
        """The seals that it bears."""
        return tuple(each.seal for each in self.opinions if each.in_favour)

    @property
    def refused(self) -> bool:
        """Whether somebody whose seal it needs was against it; then it has to be stated anew."""
        return any(not each.in_favour for each in self.opinions)

    @property
    def sealed(self) -> bool:
        """Whether it bears every seal that its notice asks for."""
        return not self.refused and set(self.stated.seals) <= set(self.given)


@dataclass(frozen=True)
class VacancyForm:
    """The form of one employer: what was stated last, and what is in force.

    A statement is in force once it bears all its seals, and stays so until another does.
    """

    form: str
    latest: Statement
    in_force: Statement | None = None

    @property
    def current(self) -> Statement:
        """What the law is told: the statement in force, else the last one."""
        return self.in_force or self.latest


def evolve(
    state: VacancyForm | None, event: VacanciesEvent, stream: str, actor: Actor, version: int
) -> VacancyForm:
    """The form after an event of its stream, done by ``actor``. Never refuses."""
    person: str = getattr(actor, "person", "")
    match event:
        case VacanciesStated():
            stated = Statement(version, event, person)
            before = None if state is None else state.in_force
            return VacancyForm(stream, stated, stated if stated.sealed else before)
        case VacancyOpinionGiven():
            assert state is not None
            given = Opinion(event.seal, event.organisation, person, event.in_favour)
            latest = replace(state.latest, opinions=(*state.latest.opinions, given))
            return replace(
                state, latest=latest, in_force=latest if latest.sealed else state.in_force
            )
        case _:
            assert_never(event)
