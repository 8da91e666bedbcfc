"""Whether a locality is ready (就绪情况): which powers nobody has, which seats stand empty.

What the law's chain needs is looked for as at a filing: the nearest above who has the power, and
of two equally near, neither. A condition that turns on the applicant counts as met here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.authority.power import (
    AFFAIRS,
    EMPLOYER,
    GRANTED_BODIES,
    INTEGRITY,
    OBJECTIONS,
    Matter,
)
from domain.case.chain import able_as, acting_at
from domain.case.facts import facts_of_unit
from domain.policy import vacancy_form
from domain.separation import DUTY_OFFICER, HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from domain.case.chain import Around
    from domain.organisation.seats import Seats
    from domain.organisation.state import Organisation
    from domain.policy.chain import Stage
    from domain.policy.law import Law
    from domain.separation import Humans


class LackKind(StrEnum):
    """What is wrong."""

    NOBODY_HAS_POWER = "NOBODY_HAS_POWER"
    SEVERAL_HAVE_POWER = "SEVERAL_HAVE_POWER"
    SEAT_EMPTY = "SEAT_EMPTY"
    TOO_FEW_PERSONS = "TOO_FEW_PERSONS"
    NOBODY_ABOVE = "NOBODY_ABOVE"
    MATTERS_WAIT = "MATTERS_WAIT"


class Task(StrEnum):
    """What an organisation needs people for."""

    REVIEWING = "reviewing"
    SEALING = "sealing"
    INTEGRITY = "integrity"
    OBJECTIONS = "objections"


SEATS_FOR: Mapping[Task, tuple[str, ...]] = {
    Task.REVIEWING: (HANDLER, LEADER),
    Task.SEALING: (LEADER,),
    Task.INTEGRITY: (INTEGRITY_HANDLER, INTEGRITY_LEADER),
    Task.OBJECTIONS: (DUTY_OFFICER,),
}
"""The seats of a task; each is another person's."""
SEAL = "vacancy_form_seal"
"""Putting a seal on a unit's form of posts, which takes the power to be any body."""
_TASKS = {INTEGRITY: Task.INTEGRITY, OBJECTIONS: Task.OBJECTIONS}
_ENOUGH = len({*SEATS_FOR[Task.REVIEWING], *SEATS_FOR[Task.INTEGRITY]})
"""Persons with whom an office deals with whatever is beside its own cases by itself."""


@dataclass(frozen=True, kw_only=True)
class Lack:
    """One thing that is lacking: a body, an affair, a seal or a seat (``lacks``), and where.

    ``organisation`` is the one whose seat it is, or above which the power is looked for.
    ``number`` is how many units stand so, or how many objections and complaints wait.
    """

    organisation: str
    name: str
    lacks: str
    kind: LackKind
    number: int = 1
    among: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Staff:
    """How many distinct persons sit in the seats of a task, and how many it needs."""

    organisation: str
    name: str
    task: Task
    persons: int
    needed: int


@dataclass(frozen=True, kw_only=True)
class Powers:
    """What was found above some units: what is lacking, and who has which body or affair."""

    lacks: tuple[Lack, ...]
    holders: Mapping[str, frozenset[str]]


def powers_above(law: Law, around: Around, units: int) -> Powers:
    """What the law needs above an employer, and who has it; ``units`` stand as it does."""
    lacks: list[Lack] = []
    holders: dict[str, frozenset[str]] = {}
    matter = Matter(area=around.employer.area)
    for kind, able in _needed(law, around, matter):
        if len(able) == 1:
            known = holders.get(able[0].organisation, frozenset())
            holders[able[0].organisation] = known | {kind}
        else:
            lacks.append(_lack(around.employer, kind, able, units))
    return Powers(lacks=tuple(dict.fromkeys(lacks)), holders=holders)


def _needed(
    law: Law, around: Around, matter: Matter
) -> Iterator[tuple[str, Sequence[Organisation]]]:
    """Each body and affair, with who is nearest to have it."""
    for stage in law.whole.stages.values():
        for at_a_body in _bodies(stage, around.employer):
            if at_a_body.body != EMPLOYER:
                yield at_a_body.body, acting_at(at_a_body, matter, around)
    yield from ((SEAL, able) for able in _sealing(law, around, matter))
    for affair in AFFAIRS:
        yield affair, able_as((affair,), matter, around)


def _sealing(law: Law, around: Around, matter: Matter) -> Iterator[Sequence[Organisation]]:
    """Who puts each seal but the unit's own on its form of posts, where the law asks for one."""
    form, unit = law.vacancy_form(), around.employer
    if form is None or form.when.holds(facts_of_unit(unit)) is False:
        return
    whose = {
        vacancy_form.SUPERIOR: unit.superior or unit.bureau,
        vacancy_form.BUREAU: unit.bureau,
    }
    for seal in form.seals.values():
        if seal.by in whose:
            yield [
                each
                for near in around.above
                for each in near
                if each.organisation == whose[seal.by]
                and around.powers(each.organisation).by_which(GRANTED_BODIES, (matter,), around.on)
            ]


def _bodies(stage: Stage, unit: Organisation) -> Iterator[Stage]:
    """The stage at each body that it may belong to, for some applicant of the unit."""
    facts = facts_of_unit(unit)
    if stage.when.holds(facts) is False:
        return
    others = [each for each in stage.instead if each.when.holds(facts) is not False]
    if not any(each.when.holds(facts) for each in others):
        yield stage
    yield from (replace(stage, body=each.body) for each in others)


def _lack(unit: Organisation, kind: str, able: Sequence[Organisation], units: int) -> Lack:
    return Lack(
        organisation=unit.organisation,
        name=unit.name,
        lacks=kind,
        kind=LackKind.SEVERAL_HAVE_POWER if able else LackKind.NOBODY_HAS_POWER,
        number=units,
        among=tuple(each.name for each in able),
    )


def tasks_of(kinds: Iterable[str]) -> tuple[Task, ...]:
    """What an organisation with these bodies and affairs needs people for."""
    known = set(kinds)
    bodies = known - {*AFFAIRS, SEAL}
    first = [Task.REVIEWING] if bodies else [Task.SEALING] if SEAL in known else []
    return (*first, *(task for affair, task in _TASKS.items() if affair in known))


def staff(
    house: Organisation, task: Task, seats: Seats, humans: Humans, on: date
) -> tuple[Staff, tuple[Lack, ...]]:
    """Who sits in the seats of a task on a day in Beijing, and what is lacking of them."""
    held = {
        seat: [each.person for each in seats.open_on(on) if each.seat == seat and each.holds(on)]
        for seat in SEATS_FOR[task]
    }
    persons = {humans.circle(person) for sitting in held.values() for person in sitting}
    needed = len(held)
    empty = [seat for seat, sitting in held.items() if not sitting]
    lacks = [_of_seat(house, seat, LackKind.SEAT_EMPTY) for seat in empty]
    if not empty and len(persons) < needed:
        lacks.append(_of_seat(house, SEATS_FOR[task][-1], LackKind.TOO_FEW_PERSONS))
    told = Staff(
        organisation=house.organisation,
        name=house.name,
        task=task,
        persons=len(persons),
        needed=needed,
    )
    return told, tuple(lacks)


def alone(
    house: Organisation, kinds: Iterable[str], seats: Seats, humans: Humans, around: Around
) -> tuple[Lack, ...]:
    """With what an office of few is left alone: what is beside the cases that it reviews itself.

    Whoever reviewed a case does not look into objections to it or misconduct in it. Two reviewers
    and two further persons can; fewer need somebody above who takes it over. ``around`` is who
    stands above the office. An office with an empty seat is told of that.
    """
    known, on = set(kinds), around.on
    if Task.REVIEWING not in tasks_of(known):
        return ()
    asked = [*SEATS_FOR[Task.REVIEWING], *SEATS_FOR[Task.INTEGRITY]]
    sitting = [seats.filling(seat, on) for seat in asked]
    persons = {humans.circle(each.person) for held in sitting for each in held}
    if not all(sitting) or len(persons) >= _ENOUGH:
        return ()
    matter = Matter(area=house.area)
    return tuple(
        _of_seat(house, affair, LackKind.NOBODY_ABOVE)
        for affair in _TASKS
        if affair in known and not able_as((affair,), matter, around)
    )


def waiting(house: Organisation, lacks: Iterable[Lack], number: int) -> tuple[Lack, ...]:
    """Objections and complaints that wait for seats which stand empty, where there are any."""
    seats = [*SEATS_FOR[Task.INTEGRITY], *SEATS_FOR[Task.OBJECTIONS]]
    empty = {each.lacks for each in lacks if each.kind is LackKind.SEAT_EMPTY}
    return tuple(
        replace(_of_seat(house, seat, LackKind.MATTERS_WAIT), number=number)
        for seat in seats
        if number and seat in empty
    )


def _of_seat(house: Organisation, seat: str, kind: LackKind) -> Lack:
    return Lack(organisation=house.organisation, name=house.name, lacks=seat, kind=kind)
