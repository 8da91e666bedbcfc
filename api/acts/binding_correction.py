"""A document that turns out to belong to another person than it was bound to: by two officers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.desk import Desk, Events
from api.acts.guard import Row
from api.acts.person_link import confirming_house, require_office
from api.acts.thing import Thing, own_house
from api.identifiers import new_stream
from api.problems import Problem
from audit.record import IdentityClaim
from domain.document import read
from domain.person import binding_correction
from domain.person.binding_correction import Binding, RebindingProposed
from domain.person.events import DocumentBound, PersonRegistered
from domain.person.refusals import no_such_proposal
from domain.personal import Personal, Purpose
from domain.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.account_opening import EnteredDocument
    from api.acts.competence import Concern
    from audit.record import History
    from domain.organisation.state import Organisation
    from domain.person.binding_correction import Rebinding


def propose(
    desk: Desk,
    house: Organisation,
    *,
    document: EnteredDocument,
    person: str | None,
    name: str | None,
    evidence: str,
) -> Events:
    """Propose, as the first officer, that a document belongs to somebody else."""
    # either to a person whom the record knows, or to somebody of a name whom it does not
    require_office(desk)
    acting = desk.acting
    known = read(document.kind, document.number, acting.today)
    holder = desk.person_with(known, "证件绑定更正")
    if holder is None or (person is not None and desk.person(person) is None):
        raise Problem("PERSON_UNKNOWN")
    concerned = (holder,) if person is None else (holder, person)
    over = competence.over_persons(desk, *concerned)
    competence.require_over(desk, Act.PROPOSE_LINK, over)
    rightful = person or new_stream("person", acting.at)
    command = RebindingProposed(
        kind=known.kind.value,
        number=Personal(known.number, rightful, Purpose.OFFICIAL),
        holder=holder,
        rightful=rightful,
        name=Personal(name, rightful, Purpose.OFFICIAL) if person is None else None,
        organisation=house.organisation,
        evidence=Personal(evidence, rightful, Purpose.OFFICIAL),
    )
    humans = desk.humans([holder, rightful, acting.actor.person])
    return binding_correction.propose(command, acting.actor, humans)


def confirm(desk: Desk, known: Rebinding) -> Events:
    """Confirm a correction as the second officer; the document is the other's from then on."""
    house, actor = confirming_house(desk), desk.acting.actor
    proposed = known.proposed
    number = proposed.number.text or ""  # erased: then nobody has the document
    if desk.record.person_of(proposed.kind, number) != proposed.holder:
        raise Refused(no_such_proposal())
    people = [proposed.holder, proposed.rightful, known.proposer, actor.person]
    humans = desk.humans(people)
    binding = _binding(desk.history(proposed.holder), proposed)
    confirmed, corrected, rebound = binding_correction.confirm(known, binding, house, actor, humans)
    desk.write(known.rebinding, confirmed)
    desk.write(proposed.holder, corrected)
    if proposed.name is not None:
        desk.write(proposed.rightful, PersonRegistered(name=proposed.name))
    desk.write(proposed.rightful, rebound)
    desk.bind(IdentityClaim(proposed.kind, number, proposed.rightful, holder=proposed.holder))
    return ()


def _binding(history: History, proposed: RebindingProposed) -> Binding:
    """How the document was bound to its holder; at version 0 where that is erased."""
    bound = Binding(0)
    for version, event in enumerate(history.events, start=1):
        if isinstance(event, DocumentBound) and event.kind == proposed.kind:
            same = event.number.text == proposed.number.text
            bound = Binding(version, event.held_before) if same else bound
    return bound


def _stands(desk: Desk, known: Rebinding) -> set[Relation]:
    return relation.to_office(desk, known.proposed.organisation)


def _invites(_desk: Desk, known: Rebinding) -> Iterator[Act]:
    """Confirm, as another than who proposed it."""
    if not known.confirmed:
        yield Act.CONFIRM_LINK


def _concern(desk: Desk, known: Rebinding) -> Concern:
    proposed = known.proposed
    concerned = [proposed.holder, *([] if proposed.name is not None else [proposed.rightful])]
    return competence.over_persons(desk, *concerned)


CORRECTION = Thing(
    find=Desk.rebinding,
    stands=_stands,
    reading=Act.READ_LINK,
    invites=_invites,
    concern=_concern,
)
PROPOSE = Row(own_house(None), Act.PROPOSE_LINK, propose, begins=RebindingProposed, changes=False)
CONFIRM = Row(CORRECTION, Act.CONFIRM_LINK, confirm, fresh=True, blank={})
