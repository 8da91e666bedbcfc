"""Whether a locality is ready: which powers and seats an organisation and its units lack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import relation
from api.acts.desk import known
from api.acts.organisation import ORGANISATION
from api.acts.thing import read
from domain.case import readiness
from domain.case.chain import Around
from domain.case.readiness import Lack, Staff
from domain.organisation.events import Kind
from domain.organisation.state import Organisation
from domain.policy.law import Law

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from api.acts.acting import Acting
    from api.acts.desk import Desk
    from api.office import Office


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What is lacking, and who there is, under the law that holds in the organisation's area."""

    organisation: Organisation
    law: Law
    lacks: tuple[Lack, ...]
    staff: tuple[Staff, ...]


def let_read(office: Office, acting: Acting, organisation: str) -> Organisation:
    """The organisation, for who may read its affairs. Raises ``NOT_FOUND`` or ``FORBIDDEN``."""
    return read(office, acting, ORGANISATION, organisation, Act.READ_READINESS).state


def readiness_of(
    office: Office,
    acting: Acting,
    house: Organisation,
    alike: Sequence[tuple[str, int]],
    waiting: Mapping[str, int],
) -> Readiness:
    """How ready an organisation and what is directly beneath it are today.

    ``alike`` are units beneath it, each with how many stand as it does; ``waiting`` says how many
    objections and complaints wait at which office.
    """
    desk, law = office.desk(acting), office.laws.for_area(house.area)
    kinds: dict[str, frozenset[str]] = {house.organisation: _own_kinds(desk, house)}
    lacks: dict[Lack, None] = {}
    for around, units in _seen_from(desk, house, alike):
        found = readiness.powers_above(law, around, units)
        lacks |= dict.fromkeys(found.lacks)
        for holder, held in found.holders.items():
            kinds[holder] = kinds.get(holder, frozenset()) | held
    for waits_at in sorted(waiting):
        kinds.setdefault(waits_at, frozenset())
    staff: list[Staff] = []
    for name, held in kinds.items():
        for told, empty in _staffed(desk, name, held, waits=waiting.get(name, 0)):
            staff += [] if told is None else [told]
            lacks |= dict.fromkeys(empty)
    return Readiness(organisation=house, law=law, lacks=tuple(lacks), staff=tuple(staff))


def _own_kinds(desk: Desk, house: Organisation) -> frozenset[str]:
    """What an organisation is and deals with; one that is no office employs and reviews."""
    powers, today = desk.authority(house.organisation), desk.acting.today
    employs = frozenset() if house.kind is Kind.GOVERNMENT else frozenset({"employer"})
    return employs | powers.bodies(today) | powers.affairs(today)


def _seen_from(
    desk: Desk, house: Organisation, alike: Sequence[tuple[str, int]]
) -> Iterator[tuple[Around, int]]:
    """From where powers are looked for: each sort of unit beneath, or the organisation itself.

    An office of which nobody is beneath stands nearest to itself.
    """
    today = desk.acting.today
    for name, number in alike:
        yield relation.uppers(desk, known(desk.organisation(name)), today), number
    if alike:
        return
    around = relation.uppers(desk, house, today)
    if house.kind is Kind.GOVERNMENT:
        around = Around(
            employer=house, above=[[house], *around.above], powers=around.powers, on=today
        )
    yield around, 1


def _staffed(
    desk: Desk, name: str, kinds: Iterable[str], *, waits: int
) -> Iterator[tuple[Staff | None, tuple[Lack, ...]]]:
    house, today = known(desk.organisation(name)), desk.acting.today
    seats = desk.seats(name)
    humans = desk.humans([each.person for each in seats.open_on(today)])
    tasks, seen = readiness.tasks_of(kinds), list[readiness.Lack]()
    for task in readiness.Task:
        told, empty = readiness.staff(house, task, seats, humans, today)
        seen += empty
        if task in tasks:
            yield told, empty
    around = relation.uppers(desk, house, today)
    yield None, readiness.alone(house, kinds, seats, humans, around)
    yield None, readiness.waiting(house, seen, waits)
