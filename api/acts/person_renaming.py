"""A person's name changes, by a document: proposed by one officer, confirmed by another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.person_link import confirming_house, require_office
from api.acts.thing import Thing, own_house
from domain.person import person_renaming
from domain.person.events import NameProof
from domain.person.naming import names
from domain.person.person_renaming import RenamingProposed
from domain.personal import Personal, Purpose, tells_only

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from api.acts.competence import Concern
    from domain.organisation.state import Organisation
    from domain.person.person_renaming import Renaming
    from domain.person.state import Person


@tells_only("kind")
@dataclass(frozen=True)
class Proof:
    """The document that shows the new name, as the officer saw it."""

    kind: NameProof
    number: str


def propose(
    desk: Desk, house: Organisation, *, person: str, name: str, proof: Proof, effective_on: date
) -> Events:
    """Propose, as the first officer, that a person has another name since a day."""
    require_office(desk)
    renamed = known(desk.person(person), "PERSON_UNKNOWN")
    over = competence.over_persons(desk, person)
    competence.require_over(desk, Act.PROPOSE_RENAMING, over)
    command = RenamingProposed(
        person=person,
        name=Personal(name, person, Purpose.OFFICIAL),
        replaces=renamed.named,
        proof=proof.kind,
        number=Personal(proof.number, person, Purpose.OFFICIAL),
        effective_on=effective_on,
        organisation=house.organisation,
    )
    *_, present = names(desk.history(person).events)
    actor, today = desk.acting.actor, desk.acting.today
    humans = desk.humans([person, actor.person])
    return person_renaming.propose(
        command, renamed, today, actor, humans, same=present.text == name
    )


def confirm(desk: Desk, proposal: Renaming) -> Events:
    """Confirm it as the second officer; from then on that is the person's name."""
    house, actor = confirming_house(desk, Act.CONFIRM_RENAMING), desk.acting.actor
    person = _person(desk, proposal)
    humans = desk.humans([person.person, proposal.proposer, actor.person])
    today = desk.acting.today
    confirmed, renamed = person_renaming.confirm(proposal, person, house, today, actor, humans)
    desk.write(proposal.renaming, confirmed)
    desk.write(person.person, renamed)
    return ()


def _person(desk: Desk, proposal: Renaming) -> Person:
    return known(desk.person(proposal.proposed.person))


def _stands(desk: Desk, proposal: Renaming) -> set[Relation]:
    return relation.to_office(desk, proposal.proposed.organisation)


def _invites(desk: Desk, proposal: Renaming) -> Iterator[Act]:
    """Confirm, as another than who proposed it."""
    if person_renaming.stands(proposal, _person(desk, proposal)):
        yield Act.CONFIRM_RENAMING


def _concern(desk: Desk, proposal: Renaming) -> Concern:
    return competence.over_persons(desk, proposal.proposed.person)


RENAMING = Thing(
    find=Desk.renaming,
    stands=_stands,
    reading=Act.READ_RENAMING,
    invites=_invites,
    concern=_concern,
)
PROPOSE = Row(
    own_house(None), Act.PROPOSE_RENAMING, propose, begins=RenamingProposed, changes=False
)
CONFIRM = Row(RENAMING, Act.CONFIRM_RENAMING, confirm, fresh=True, blank={})
