"""A person of the record, as callers may know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.desk import Desk
from api.acts.person_link import officer_objections
from api.acts.thing import Offer, Thing
from domain.person import link, person_renaming
from domain.person.reported_title import SELF_EVALUATING

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
    if relation.owns(desk, person.person):
        relations.add(Relation.OWN)
    return relations


def _in_house(desk: Desk, organisation: str | None) -> set[Relation]:
    house = None if organisation is None else desk.organisation(organisation)
    if house is not None:
        return relation.to_organisation(desk, house)
    return {Relation.JURISDICTION} if relation.watches_over(desk, "") else set()


def _where_held(desk: Desk, person: Person) -> set[Relation]:
    houses = competence.last_held(desk, person.person) or {None}
    return set[Relation]().union(*(_in_house(desk, each) for each in houses))


def _invites(desk: Desk, person: Person) -> Iterator[Act | Offer]:
    """Officials are told what keeps them from saying who somebody is."""
    yield from (Act.UNMASK_PERSON, Act.READ_INTEGRITY, Act.REQUEST_ERASURE, Act.HOLD_PERSON)
    actor, one = desk.acting.actor, person.person
    humans, unfit = desk.humans([one, actor.person]), officer_objections(desk)
    yield Offer(Act.PROPOSE_LINK, unfit or tuple(link.own(actor, humans, one)))
    if not person.forgotten:
        yield Offer(Act.PROPOSE_RENAMING, unfit or tuple(person_renaming.own(actor, humans, one)))
    own = desk.organisation(actor.organisation or "")
    if own is not None and SELF_EVALUATING in own.traits:
        yield Act.REPORT_TITLE


def _concern(desk: Desk, person: Person) -> Concern:
    return competence.over_persons(desk, person.person)


PERSON = Thing(
    find=Desk.person,
    stands=_stands,
    reading=Act.READ_PERSON,
    invites=_invites,
    concern=_concern,
)
