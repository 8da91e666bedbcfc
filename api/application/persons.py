"""Persons: two that turn out to be one human being."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, permitted
from api.application import standing
from api.identifiers import new_stream
from api.problems import Problem
from domain.person.events import LinkProposed
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
from domain.separation import HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER

if TYPE_CHECKING:
    from api.application.acting import Acting
    from api.application.deliberation import Deliberation
    from api.application.desk import Answer, Desk
    from domain.organisation.state import Organisation
    from domain.person.link import Link

_OFFICES = (HANDLER, LEADER, INTEGRITY_HANDLER, INTEGRITY_LEADER)


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
            own = own_house(acting, deliberation, Act.CONFIRM_LINK)
            known = deliberation.link(link)
            if known is None or known.organisation != own.organisation:
                raise Problem("NOT_FOUND")
            organisation = officer(acting, deliberation, Act.CONFIRM_LINK)
            people = [known.first, known.second, known.proposer, acting.actor.person]
            humans = deliberation.humans(people)
            events, first, second = confirm(
                known, ConfirmLink(organisation=organisation), acting.actor, humans
            )
            deliberation.write(link, *events)
            deliberation.write(known.first, first)
            deliberation.write(known.second, second)

        return self._desk.act(acting, think, named=link)

    def links_of(self, acting: Acting) -> str:
        """The organisation whose proposals the caller may read. Raises ``FORBIDDEN``."""
        return own_house(acting, self._desk.deliberate(), Act.CONFIRM_LINK).organisation

    def read_link(self, acting: Acting, link: str) -> tuple[Link, int, Personal]:
        """A proposal of the caller's organisation, its version and its evidence."""
        deliberation = self._desk.deliberate()
        known = deliberation.link(link)
        own = own_house(acting, deliberation, Act.CONFIRM_LINK)
        if known is None or known.organisation != own.organisation:
            raise Problem("NOT_FOUND")
        history = deliberation.history(link)
        proposed = history.recorded[0].event
        assert isinstance(proposed, LinkProposed)
        return known, history.version, proposed.evidence

    def propose_severance(self, acting: Acting, link: str, evidence: str) -> Answer:
        """The first officer's proposal to sever a link that was wrong."""

        def think(deliberation: Deliberation) -> None:
            known, organisation = self._linked(acting, deliberation, link)
            words = Personal(evidence, known.first, Purpose.OFFICIAL)
            command = ProposeSeverance(organisation=organisation, evidence=words)
            humans = deliberation.humans([known.first, known.second, acting.actor.person])
            deliberation.write(link, *propose_severance(known, command, acting.actor, humans))

        return self._desk.act(acting, think, named=link)

    def sever(self, acting: Acting, link: str) -> Answer:
        """The second officer's confirmation; from then on the two count as two."""

        def think(deliberation: Deliberation) -> None:
            known, organisation = self._linked(acting, deliberation, link)
            people = [known.first, known.second, known.severer or "", acting.actor.person]
            humans = deliberation.humans(people)
            events, first, second = sever(known, organisation, acting.actor, humans)
            deliberation.write(link, *events)
            deliberation.write(known.first, first)
            deliberation.write(known.second, second)

        return self._desk.act(acting, think, named=link)

    def _linked(self, acting: Acting, deliberation: Deliberation, link: str) -> tuple[Link, str]:
        own = own_house(acting, deliberation, Act.CONFIRM_LINK)
        known = deliberation.link(link)
        if known is None or known.organisation != own.organisation:
            raise Problem("NOT_FOUND")
        return known, officer(acting, deliberation, Act.CONFIRM_LINK)


def officer(acting: Acting, deliberation: Deliberation, act: Act) -> str:
    """The caller's organisation, in which they hold an office that decides on persons."""
    organisation = own_house(acting, deliberation, act)
    account = acting.actor.account
    if not any(organisation.holder(account, seat, acting.today) for seat in _OFFICES):
        raise Refused(
            Refusal(
                "NOT_IN_SEAT",
                "只有在任的经办人或领导可以办理人员身份事项。",
                "Only a handler or leader in office decides on who is who.",
            )
        )
    return organisation.organisation


def own_house(acting: Acting, deliberation: Deliberation, act: Act) -> Organisation:
    """The caller's organisation, if the table lets them do the act in it."""
    organisation = deliberation.organisation(acting.actor.organisation or "")
    if organisation is None:
        raise Problem("FORBIDDEN")
    relations = standing.to_organisation(acting, deliberation, organisation)
    if not permitted(act, acting.roles, relations):
        raise Problem("FORBIDDEN")
    return organisation
