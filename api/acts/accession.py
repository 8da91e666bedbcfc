"""Dealing with employers' applications for registration: sent back, approved, declined.

Whom the notice names registers such a unit, else whoever has the registry there; nobody else learns
who applies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted, relations_for
from api.acts import competence, relation
from api.acts.accession_handed_in import words
from api.acts.account_opening import EnteredDocument, read_document
from api.acts.competence import Concern
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.seats import integrity_seats
from api.acts.thing import Thing
from domain import beijing
from domain.authority.power import COMPETENT_DEPARTMENT, OBJECTIONS, REGISTRY, Matter
from domain.calendar import CalendarNotPublishedError
from domain.organisation import accession_decisions
from domain.organisation.accession import Standing
from domain.organisation.creator import sectors_of, wrong_registrar
from domain.policy.process import ACCESSION as TERM
from domain.refusal import Refused
from domain.refusals.two_persons import own_affair
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER
from projections.accessions import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from domain.document import Document
    from domain.organisation.accession import Accession
    from domain.refusal import Refusal

_ASKED_FOR = "单位注册申请"


def send_back(desk: Desk, accession: Accession, *, missing: str) -> Events:
    """Send an application back, and tell all that is missing at once."""
    own = require_competent(desk, accession)
    return (accession_decisions.send_back(accession, own, words(missing, accession.accession)),)


def decline(desk: Desk, accession: Accession, *, reason: str) -> Events:
    """Decline an application, for a reason that its applicant reads by the receipt."""
    own = require_competent(desk, accession)
    return (accession_decisions.decline(accession, own, words(reason, accession.accession)),)


def require_competent(desk: Desk, accession: Accession) -> str:
    """The caller's office, which registers such units, as somebody whom it does not concern.

    Raises ``Refused`` with ``NOT_ITS_CREATOR``, which says who does, or ``OWN_AFFAIR``.
    """
    own, employer = desk.house, accession.employer
    law = desk.laws.for_area(employer.area)
    refusals = wrong_registrar(law, employer.unit(accession.accession), own)
    refusals += own_affairs(desk, accession)
    if refusals:
        raise Refused(*refusals)
    return own.organisation


def own_affairs(desk: Desk, accession: Accession) -> list[Refusal]:
    """Why whom it names as the administrator deals with it in no way."""
    person = named_in(desk, accession)
    if person is None or not relation.same_human(desk, person):
        return []
    return [own_affair("由本人担任管理员的单位的注册申请", "whose administrator they are")]


def named_in(desk: Desk, accession: Accession) -> str | None:
    """The person of the record whom it names, if it is one; nobody once its words are erased."""
    if accession.administrator.number.text is None:
        return None
    return desk.person_with(identity_of(desk, accession), _ASKED_FOR)


def first_administrator(accession: Accession) -> tuple[str, EnteredDocument]:
    """The first administrator, by name and document."""
    named = accession.administrator
    return known(named.name.text), EnteredDocument(named.document, known(named.number.text))


def identity_of(desk: Desk, accession: Accession) -> Document:
    """The first administrator's document, as it is compared."""
    return read_document(desk, first_administrator(accession)[1], accession.employer.area)


def _concern(desk: Desk, accession: Accession) -> Concern:
    """The registry over the area; a department of its sector registers without it."""
    own = desk.acting.actor.organisation
    house = None if own is None else desk.organisation(own)
    department = house is not None and accession_decisions.of_department(
        accession.employer, accession.competent, house
    )
    return Concern(
        office=own,
        matters=(Matter(area=accession.employer.area),),
        also=(COMPETENT_DEPARTMENT,) if department else (),
    )


def _stands(desk: Desk, accession: Accession) -> set[Relation]:
    relations, charge = set[Relation](), {Relation.SUBORDINATE}
    if competence.may(desk, Act.APPROVE_ACCESSION, charge, _concern(desk, accession)):
        relations |= charge
    if _seats_that_erase(desk) and may_erase(desk, accession):
        relations.add(Relation.ORGANISATION)
    if relation.watches_over(desk, accession.employer.area):
        relations.add(Relation.JURISDICTION)
    return relations


def about_words(desk: Desk, accession: Accession) -> Concern:
    """Whoever erases its words needs power over what is handed in, as for any other."""
    return competence.over(desk, Matter(area=accession.employer.area))


def may_erase(desk: Desk, accession: Accession) -> bool:
    """Whether the caller's office has the power to erase its words."""
    house, concern = {Relation.ORGANISATION}, about_words(desk, accession)
    return competence.may(desk, Act.ERASE_WORDS, house, concern)


def _seats_that_erase(desk: Desk) -> list[str]:
    """The seats of integrity that the caller holds; who administers alone has none."""
    holds = permitted(Act.ERASE_WORDS, desk.acting.roles, {Relation.ORGANISATION})
    return integrity_seats(desk) if holds else []


def masked(desk: Desk, accession: Accession) -> bool:
    """Whether its words and documents are kept from the caller: all but who is to decide."""
    if not permitted(Act.APPROVE_ACCESSION, desk.acting.roles, _stands(desk, accession)):
        return True
    return not accession_decisions.is_competent(accession.competent, desk.house)


def charge(desk: Desk) -> Charge:
    """What the caller's office has in its charge: what ``_stands`` says, for a list of it."""
    own, today = desk.acting.actor.organisation, desk.acting.today
    house = None if own is None else desk.organisation(own)
    if house is None:
        return Charge()
    held = desk.authority(house.organisation)
    erases = held.powers(OBJECTIONS, today) if _seats_that_erase(desk) else ()
    erasing = tuple(each.area for each in erases)
    if Relation.SUBORDINATE not in relations_for(Act.READ_ACCESSION, desk.acting.roles):
        return Charge(erasing=erasing)
    return Charge(
        erasing=erasing,
        registry=tuple(each.area for each in held.powers(REGISTRY, today)),
        department=tuple(each.area for each in held.powers(COMPETENT_DEPARTMENT, today)),
        level=house.level,
        sectors=sectors_of(house.traits),
    )


def decide_by(desk: Desk, accession: Accession) -> date | None:
    """The last day for a decision; none where it waits for none, or nobody can reckon it yet."""
    if accession.standing is not Standing.APPLIED:
        return None
    term = desk.laws.for_area(accession.employer.area).process_term(TERM)
    try:
        return term.last_day(beijing.day(accession.handed_in_at), desk.calendar)
    except CalendarNotPublishedError:
        return None


def _invites(desk: Desk, accession: Accession) -> Iterator[Act]:
    kept = known(desk.kept(accession.accession))
    if not accession.open and not kept.erased:
        next_seat = INTEGRITY_HANDLER if kept.proposal is None else INTEGRITY_LEADER
        if next_seat in _seats_that_erase(desk):
            yield Act.ERASE_WORDS
    if masked(desk, accession):
        return
    if accession.standing is Standing.APPLIED:
        yield from (Act.RETURN_ACCESSION, Act.APPROVE_ACCESSION)
    if accession.open:
        yield Act.DECLINE_ACCESSION


ACCESSION = Thing(
    find=Desk.accession,
    stands=_stands,
    reading=Act.READ_ACCESSION,
    invites=_invites,
    concern=_concern,
)
SEND_BACK = Row(ACCESSION, Act.RETURN_ACCESSION, send_back)
DECLINE = Row(ACCESSION, Act.DECLINE_ACCESSION, decline, fresh=True)
