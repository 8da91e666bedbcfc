"""Two persons of the record who are one human being, or not after all: by two officers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.rehearsal import empty
from api.acts.seats import unseated
from api.acts.thing import Thing, own_house
from domain.person import link
from domain.person.link import ConfirmLink, LinkProposed, ProposeLink, ProposeSeverance
from domain.personal import Personal, Purpose
from domain.refusal import Refused
from domain.separation import HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.competence import Concern
    from domain.event import Event
    from domain.organisation.state import Organisation
    from domain.person.link import Link
    from domain.refusal import Refusal

_OFFICES = (HANDLER, LEADER, INTEGRITY_HANDLER, INTEGRITY_LEADER)
"""Seats whose holders decide on who is who."""


def propose(desk: Desk, house: Organisation, *, first: str, second: str, evidence: str) -> Events:
    """Propose, as the first officer, that two persons are one human being."""
    require_office(desk)
    for each in (first, second):
        known(desk.person(each), "PERSON_UNKNOWN")
    competence.require_over(desk, Act.PROPOSE_LINK, competence.over_persons(desk, first, second))
    command = ProposeLink(
        first=first,
        second=second,
        organisation=house.organisation,
        evidence=Personal(evidence, first, Purpose.OFFICIAL),
    )
    actor = desk.acting.actor
    humans = desk.humans([first, second, actor.person])
    return link.propose(command, actor, humans)


def confirm(desk: Desk, known: Link) -> Events:
    """Confirm a proposal as the second officer; from then on the two count as one."""
    house, actor = confirming_house(desk), desk.acting.actor
    humans = desk.humans([known.first, known.second, known.proposer, actor.person])
    events, *both = link.confirm(known, ConfirmLink(organisation=house), actor, humans)
    return _also_of_persons(desk, known, events, *both)


def propose_severance(desk: Desk, known: Link, *, evidence: str) -> Events:
    """Propose, as the first officer, to sever a link that was wrong."""
    house, actor = confirming_house(desk), desk.acting.actor
    words = Personal(evidence, known.first, Purpose.OFFICIAL)
    command = ProposeSeverance(organisation=house, evidence=words)
    humans = desk.humans([known.first, known.second, actor.person])
    return link.propose_severance(known, command, actor, humans)


def sever(desk: Desk, known: Link) -> Events:
    """Sever the link as the second officer; from then on the two count as two."""
    house, actor = confirming_house(desk), desk.acting.actor
    people = [known.first, known.second, known.severer or "", actor.person]
    events, *both = link.sever(known, house, actor, desk.humans(people))
    return _also_of_persons(desk, known, events, *both)


def confirming_house(desk: Desk, act: Act = Act.CONFIRM_LINK) -> str:
    """The organisation for which the caller confirms, in an office that decides on persons."""
    house = desk.house
    relation.require(desk, (act,), relation.to_organisation(desk, house))
    require_office(desk)
    return house.organisation


def require_office(desk: Desk) -> None:
    """Raises ``Refused`` with ``NOT_IN_SEAT`` for who holds no office that decides on persons."""
    if refusals := officer_objections(desk):
        raise Refused(*refusals)


def officer_objections(desk: Desk) -> tuple[Refusal, ...]:
    """Why the caller does not decide on who is who: they hold no seat today whose act that is."""
    return unseated(desk, desk.acting.actor.organisation or "", *_OFFICES)


def _also_of_persons(desk: Desk, known: Link, events: Events, *both: Event) -> Events:
    """The link's own events, after which the streams of the two persons go on."""
    desk.write(known.link, *events)
    for person, event in zip((known.first, known.second), both, strict=True):
        desk.write(person, event)
    return ()


def _stands(desk: Desk, known: Link) -> set[Relation]:
    return relation.to_office(desk, known.organisation)


def _invites(_desk: Desk, known: Link) -> Iterator[Act]:
    """Confirm; propose to sever; confirm that: each by another than who proposed it."""
    if not known.severed:
        yield Act.CONFIRM_LINK


def _concern(desk: Desk, known: Link) -> Concern:
    return competence.over_persons(desk, known.first, known.second)


LINK = Thing(
    find=Desk.link,
    stands=_stands,
    reading=Act.READ_LINK,
    invites=_invites,
    concern=_concern,
)
PROPOSE = Row(own_house(None), Act.PROPOSE_LINK, propose, begins=LinkProposed, changes=False)
CONFIRM = Row(
    LINK, Act.CONFIRM_LINK, confirm, fresh=True, when=lambda link: not link.confirmed, blank={}
)
PROPOSE_SEVERANCE = Row(
    LINK,
    Act.CONFIRM_LINK,
    propose_severance,
    when=lambda link: link.confirmed,
    blank=empty(propose_severance),
)
SEVER = Row(
    LINK, Act.CONFIRM_LINK, sever, fresh=True, when=lambda link: link.severer is not None, blank={}
)
