"""Whose name, document, seat or employer is another, as offices say; two that are one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.identifiers import untimed_stream
from bench.town.founding import write
from domain.account.events import Role
from domain.account.move import MoveAsked
from domain.beijing import day
from domain.case.phase import UnderReview
from domain.document import DocumentKind
from domain.organisation.seats import AppointmentClosed, AppointmentOpened
from domain.person.binding_correction import RebindingConfirmed, RebindingProposed
from domain.person.events import NameProof, PersonsLinked
from domain.person.link import LinkProposed
from domain.person.person_renaming import RenamingConfirmed, RenamingProposed
from domain.personal import Personal, Purpose
from domain.separation import DUTY_OFFICER, HANDLER, LEADER
from tests.naive.hand import WORDS
from tests.naive.made_by_offices import OFFICES

if TYPE_CHECKING:
    from domain.case.state import Case
    from tests.naive.hand import Hand

_LATE = timedelta(days=9)


def made_about_people(hand: Hand) -> None:
    """All of it."""
    for house in map(hand.house, OFFICES):
        _renamings(hand, house)
        _corrections(hand, house)
        _links(hand, house)
        _move(hand, house)
        _appointments(hand, house)
    _one_human(hand)


def _renamings(hand: Hand, house: str) -> None:
    by, other = hand.staff(house, Role.OFFICIAL)[:2]
    words = Personal(WORDS, hand.person(other), Purpose.OFFICIAL)
    proposed = RenamingProposed(
        person=hand.person(other),
        name=words,
        replaces=1,
        proof=NameProof.HOUSEHOLD_REGISTER,
        number=words,
        effective_on=day(hand.town.now),
        organisation=house,
    )
    hand.begins(by, "renaming", proposed)
    hand.begins(by, "renaming", proposed, RenamingConfirmed(organisation=house))


def _corrections(hand: Hand, house: str) -> None:
    by, holder, rightful = hand.staff(house, Role.OFFICIAL)[:3]
    number = Personal("ZZ0000000", hand.person(rightful), Purpose.OFFICIAL)
    proposed = RebindingProposed(
        kind=DocumentKind.PASSPORT.value,
        number=number,
        holder=hand.person(holder),
        rightful=hand.person(rightful),
        name=None,
        organisation=house,
        evidence=number,
    )
    hand.begins(by, "rebinding", proposed)
    hand.begins(by, "rebinding", proposed, RebindingConfirmed(organisation=house))


def _links(hand: Hand, house: str) -> None:
    by, first, second = hand.staff(house, Role.OFFICIAL)[:3]
    proposed = LinkProposed(
        first=hand.person(first),
        second=hand.person(second),
        organisation=house,
        evidence=Personal(WORDS, hand.person(first), Purpose.OFFICIAL),
    )
    hand.begins(by, "link", proposed)


def _move(hand: Hand, house: str) -> None:
    by, joins = hand.staff(house, Role.APPLICANT)[0], hand.house("医院")
    hand.begins(
        by, "move", MoveAsked(account=by, person=hand.person(by), leaves=house, joins=joins)
    )


def _appointments(hand: Hand, house: str) -> None:
    """Two that were entered late, of which one is over, as was entered late as well."""
    seats, since = house.replace("organisation", "seats"), day(hand.town.now) - _LATE
    by, *others = hand.staff(house, Role.OFFICIAL)
    for account in others[-2:]:
        appointment = untimed_stream("appointment")
        opened = AppointmentOpened(
            appointment=appointment,
            seat=DUTY_OFFICER,
            person=hand.person(account),
            account=account,
            effective_on=since,
            document=None,
            ends_on=None,
            stands_in_for=None,
            reason=None,
            late_entry=True,
        )
        hand.says(by, seats, opened)
    closed = AppointmentClosed(
        appointment=appointment, reason=WORDS, effective_on=since + _LATE / 3, late_entry=True
    )
    hand.says(by, seats, closed)


def _one_human(hand: Hand) -> None:
    """Whoever applies in a case is one with all who hold the seat there for which it waits."""
    case, holders = next(
        (each, holders) for each in hand.town.cases.values() if (holders := _waits_for(hand, each))
    )
    for each in holders:
        link = untimed_stream("link")
        both = ((case.applicant, each), (each, case.applicant))
        write(hand.town, *((one, PersonsLinked(other=other, link=link)) for one, other in both))


def _waits_for(hand: Hand, case: Case) -> set[str]:
    """Who holds the seat for which a case waits, but for whose it is."""
    if not isinstance(case.phase, UnderReview) or case.is_held:
        return set()
    house = case.stage(case.phase.stage).organisation
    held = hand.holders(house, HANDLER if case.phase.opinion is None else LEADER)
    return {hand.person(each) for each in held} - {case.applicant}
