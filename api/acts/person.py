"""A person of the record, as callers may know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, standing
from api.acts.desk import Desk
from api.acts.link import holds_office, may_decide
from api.acts.thing import Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.competence import Concern
    from domain.person.state import Person


def _stands(desk: Desk, person: Person) -> set[Relation]:
    """Through the organisations of the person's accounts.

    Who has left everywhere is known to who watches where they were.
    """
    relations: set[Relation] = set()
    for each in dict.fromkeys(organisation for _, organisation, _ in person.accounts):
        relations |= _in_house(desk, each)
    if not person.accounts:
        relations |= {Relation.JURISDICTION} & _where_held(desk, person)
    if standing.owns(desk, person.person):
        relations.add(Relation.OWN)
    return relations


def _in_house(desk: Desk, organisation: str | None) -> set[Relation]:
    house = None if organisation is None else desk.organisation(organisation)
    if house is not None:
        return standing.to_organisation(desk, house)
    return {Relation.JURISDICTION} if standing.watches_over(desk, "") else set()


def _where_held(desk: Desk, person: Person) -> set[Relation]:
    houses = competence.last_held(desk, person.person) or {None}
    return set[Relation]().union(*(_in_house(desk, each) for each in houses))


def _invites(desk: Desk, person: Person) -> Iterator[Act]:
    yield from (Act.UNMASK_PERSON, Act.READ_INTEGRITY, Act.REQUEST_ERASURE, Act.HOLD_PERSON)
    if holds_office(desk):
        yield Act.PROPOSE_LINK
        yield Act.REPORT_TITLE
    if not person.forgotten and may_decide(desk, person.person):
        yield Act.PROPOSE_RENAMING


def _concern(desk: Desk, person: Person) -> Concern:
    return competence.over_persons(desk, person.person)


PERSON = Thing(
    find=Desk.person,
    stands=_stands,
    reading=Act.READ_PERSON,
    invites=_invites,
    concern=_concern,
)
