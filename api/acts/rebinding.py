"""A document that turns out to belong to another person than it was bound to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import invitations, standing
from api.acts.persons import officer, to_house
from api.acts.registers import seen
from api.identifiers import new_stream
from api.problems import Problem
from audit.record import IdentityClaim
from domain import document
from domain.document import DocumentKind
from domain.person.events import DocumentBound, PersonRegistered
from domain.person.rebinding import RebindingProposed, confirm, no_such_proposal, propose
from domain.personal import Personal, Purpose
from domain.refusal import Refused

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.acts.registers import Seen
    from audit.record import History
    from domain.person.rebinding import Rebinding


@dataclass(frozen=True, kw_only=True)
class Misbound:
    """A document that is bound to the wrong person, and whose it is.

    Either ``person``, whom the record knows, or the ``name`` of somebody whom it does not.
    """

    kind: DocumentKind
    number: str
    person: str | None
    name: str | None
    evidence: str

    def __repr__(self) -> str:
        """Say nothing personal: reprs end up in logs."""
        return f"Misbound(kind={self.kind!r}, person={self.person!r}, …)"


class Rebindings:
    """The use cases of correcting whose a document is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def propose(self, acting: Acting, misbound: Misbound) -> Answer:
        """The first officer's proposal.

        Raises the problem ``PERSON_UNKNOWN`` where nobody has the document, or there is no such
        person; ``Refused`` with ``ID_FORMAT``, ``ALREADY_ONE`` or ``OWN_AFFAIR``.
        """
        stream = new_stream("rebinding", acting.at)
        newcomer = new_stream("person", acting.at)

        def think(deliberation: Deliberation) -> None:
            organisation = officer(acting, deliberation, Act.PROPOSE_LINK)
            read = document.read(misbound.kind, misbound.number, acting.today)
            holder = self._desk.record.person_of(read.kind.value, read.number)
            known = misbound.person is None or deliberation.person(misbound.person) is not None
            if holder is None or not known:
                raise Problem("PERSON_UNKNOWN")
            rightful = misbound.person or newcomer
            name = None
            if misbound.person is None:
                name = Personal(misbound.name, rightful, Purpose.OFFICIAL)
            command = RebindingProposed(
                kind=read.kind.value,
                number=Personal(read.number, rightful, Purpose.OFFICIAL),
                holder=holder,
                rightful=rightful,
                name=name,
                organisation=organisation,
                evidence=Personal(misbound.evidence, rightful, Purpose.OFFICIAL),
            )
            humans = deliberation.humans([holder, rightful, acting.actor.person])
            deliberation.write(stream, *propose(command, acting.actor, humans))

        return self._desk.act(acting, think)

    def confirm(self, acting: Acting, rebinding: str) -> Answer:
        """The second officer's confirmation: the document is the rightful person's from now on."""

        def think(deliberation: Deliberation) -> None:
            known = self._known(acting, deliberation, rebinding)
            organisation = officer(acting, deliberation, Act.CONFIRM_LINK)
            proposed = known.proposed
            if self._holder(proposed) != proposed.holder:
                raise Refused(no_such_proposal())
            people = [proposed.holder, proposed.rightful, known.proposer, acting.actor.person]
            humans = deliberation.humans(people)
            bound = _binding(deliberation.history(proposed.holder), proposed)
            confirmed, corrected, rebound = confirm(
                known, bound, organisation, acting.actor, humans
            )
            deliberation.write(rebinding, confirmed)
            deliberation.write(proposed.holder, corrected)
            if proposed.name is not None:
                deliberation.write(proposed.rightful, PersonRegistered(name=proposed.name))
            deliberation.write(proposed.rightful, rebound)
            number, holder = proposed.number.text or "", proposed.holder
            claim = IdentityClaim(proposed.kind, number, proposed.rightful, holder=holder)
            deliberation.bind(claim)

        return self._desk.act(acting, think, named=rebinding)

    def read(self, acting: Acting, rebinding: str) -> Seen[Rebinding]:
        """A proposal, for the organisation that made it and for those who watch over it."""
        deliberation = self._desk.deliberate()
        known = deliberation.rebinding(rebinding)
        if known is None:
            raise Problem("NOT_FOUND")
        return seen(
            acting,
            deliberation.history(rebinding),
            known,
            to_house(acting, deliberation, known.proposed.organisation),
            Act.READ_LINK,
            invitations.to_rebinding(acting, deliberation, known),
        )

    def _holder(self, proposed: RebindingProposed) -> str | None:
        """Who has the document by now; nobody, where its number is erased."""
        number = proposed.number.text or ""
        return self._desk.record.person_of(proposed.kind, number)

    def _known(self, acting: Acting, deliberation: Deliberation, rebinding: str) -> Rebinding:
        known = deliberation.rebinding(rebinding)
        if known is None:
            raise Problem("NOT_FOUND")
        relations = to_house(acting, deliberation, known.proposed.organisation)
        standing.require(acting, Act.CONFIRM_LINK, relations, reading=Act.READ_LINK)
        return known


def _binding(history: History, proposed: RebindingProposed) -> int:
    """The version at which the document was bound to its holder; 0 where that is erased."""
    bound = 0
    for version, event in enumerate(history.events, start=1):
        if isinstance(event, DocumentBound) and event.kind == proposed.kind:
            bound = version if event.number.text == proposed.number.text else bound
    return bound
