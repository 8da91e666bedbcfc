"""Persons: two that turn out to be one human being."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, permitted
from api.acts import invitations, standing
from api.acts.registers import seen
from api.identifiers import new_stream
from api.problems import Problem
from domain.person.link import (
    ConfirmLink,
    ProposeLink,
    ProposeSeverance,
    confirm,
    propose,
    propose_severance,
    sever,
)
from domain.personal import Personal, Purpose
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from api.access import Relation
    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.acts.registers import Seen
    from domain.organisation.state import Organisation
    from domain.person.link import Link


class Persons:
    """The use cases about persons."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def propose_link(self, acting: Acting, first: str, second: str, evidence: str) -> Answer:
        """The first officer's proposal that two persons are one."""
        stream = new_stream("link", acting.at)

        def think(deliberation: Deliberation) -> None:
            organisation = officer(acting, deliberation, Act.PROPOSE_LINK)
            for each in (first, second):
                if deliberation.person(each) is None:
                    raise Problem("PERSON_UNKNOWN")
            humans = deliberation.humans([first, second, acting.actor.person])
            command = ProposeLink(
                first=first,
                second=second,
                organisation=organisation,
                evidence=Personal(evidence, first, Purpose.OFFICIAL),
            )
            deliberation.write(stream, *propose(command, acting.actor, humans))

        return self._desk.act(acting, think)

    def confirm_link(self, acting: Acting, link: str) -> Answer:
        """The second officer's confirmation; from then on the two count as one."""

        def think(deliberation: Deliberation) -> None:
            known, organisation = self._known(acting, deliberation, link)
            people = [known.first, known.second, known.proposer, acting.actor.person]
            humans = deliberation.humans(people)
            events, first, second = confirm(
                known, ConfirmLink(organisation=organisation), acting.actor, humans
            )
            deliberation.write(link, *events)
            deliberation.write(known.first, first)
            deliberation.write(known.second, second)

        return self._desk.act(acting, think, named=link)

    def read_link(self, acting: Acting, link: str) -> Seen[Link]:
        """A proposal, for the organisation that made it and for those who watch over it."""
        deliberation = self._desk.deliberate()
        known = deliberation.link(link)
        if known is None:
            raise Problem("NOT_FOUND")
        return seen(
            acting,
            deliberation.history(link),
            known,
            to_house(acting, deliberation, known.organisation),
            Act.READ_LINK,
            invitations.to_link(acting, deliberation, known),
        )

    def propose_severance(self, acting: Acting, link: str, evidence: str) -> Answer:
        """The first officer's proposal to sever a link that was wrong."""

        def think(deliberation: Deliberation) -> None:
            known, organisation = self._known(acting, deliberation, link)
            words = Personal(evidence, known.first, Purpose.OFFICIAL)
            command = ProposeSeverance(organisation=organisation, evidence=words)
            humans = deliberation.humans([known.first, known.second, acting.actor.person])
            deliberation.write(link, *propose_severance(known, command, acting.actor, humans))

        return self._desk.act(acting, think, named=link)

    def sever(self, acting: Acting, link: str) -> Answer:
        """The second officer's confirmation; from then on the two count as two."""

        def think(deliberation: Deliberation) -> None:
            known, organisation = self._known(acting, deliberation, link)
            people = [known.first, known.second, known.severer or "", acting.actor.person]
            humans = deliberation.humans(people)
            events, first, second = sever(known, organisation, acting.actor, humans)
            deliberation.write(link, *events)
            deliberation.write(known.first, first)
            deliberation.write(known.second, second)

        return self._desk.act(acting, think, named=link)

    def _known(self, acting: Acting, deliberation: Deliberation, link: str) -> tuple[Link, str]:
        """A proposal on which the caller may decide, and their organisation, which made it."""
        known = deliberation.link(link)
        if known is None:
            raise Problem("NOT_FOUND")
        relations = to_house(acting, deliberation, known.organisation)
        standing.require(acting, Act.CONFIRM_LINK, relations, reading=Act.READ_LINK)
        return known, officer(acting, deliberation, Act.CONFIRM_LINK)


def officer(acting: Acting, deliberation: Deliberation, act: Act) -> str:
    """The caller's organisation, in which they hold an office that decides on persons."""
    organisation = own_house(acting, deliberation, act)
    if not invitations.holds_office(acting, deliberation):
        raise Refused(
            Refusal(
                "NOT_IN_SEAT",
                "只有在任的经办人或领导可以办理人员身份事项。",
                "Only a handler or leader in office decides on who is who.",
            )
        )
    return organisation.organisation


def to_house(acting: Acting, deliberation: Deliberation, organisation: str) -> set[Relation]:
    """How the caller stands to the organisation that proposed something."""
    known = deliberation.organisation(organisation)
    assert known is not None
    return standing.to_organisation(acting, deliberation, known)


def own_house(acting: Acting, deliberation: Deliberation, act: Act) -> Organisation:
    """The caller's organisation, if the table lets them do the act in it."""
    organisation = deliberation.organisation(acting.actor.organisation or "")
    if organisation is None:
        raise Problem("FORBIDDEN")
    relations = standing.to_organisation(acting, deliberation, organisation)
    if not permitted(act, acting.roles, relations):
        raise Problem("FORBIDDEN")
    return organisation
