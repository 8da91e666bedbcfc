"""Who deals with what somebody hands in: an authority over what it is about, and never that one.

What is about an office, or about one of its people, goes to the nearest authority above it, and
inspectors of the area see it; whoever belongs to the office does not learn that there is anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Relation
from api.acts import relation
from api.acts.competence import Concern, matter_of
from api.acts.desk import known
from api.acts.seats import integrity_seats, objection_seats
from api.problems import Problem
from domain.account.events import Role
from domain.authority.power import OBJECTIONS, Matter
from domain.objection.takeover import somebody_eligible
from domain.separation import INTEGRITY_LEADER
from domain.takeover import Office
from projections.objections import Dealing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from api.acts.desk import Desk
    from domain.case.state import Case
    from domain.objection.state import Complaint, Objection
    from domain.organisation.state import Organisation


@dataclass(frozen=True)
class Address:
    """``about`` is an organisation, or that of an official; ``authority`` deals with it.

    No authority: none stands above whom it is about, or it names nothing that the record knows.
    """

    about: str | None
    authority: str | None


def address(desk: Desk, case: Case | None, organisation: str | None, on: date) -> Address:
    """To whom something goes that is about a case, an organisation, both, or neither.

    To the nearest office with power over objections and complaints there: of a case, from the one
    that decides it upwards; of an office, above it. A case whose applicant belongs to the very
    office that decides it is about that office. ``on`` is the day in Beijing.
    Raises the problem ``ORGANISATION_UNKNOWN``.
    """
    deciding = case.chain[-1].organisation if case is not None and case.chain else None
    about = organisation
    if about is None and case is not None and deciding in offices_of(desk, case.applicant):
        about = deciding
    unit = None if about is None else desk.organisation(about)
    if about is not None and unit is None:
        raise Problem("ORGANISATION_UNKNOWN")
    matters = _matters(desk, case, unit)
    able = (each for each in offices_over(desk, case, about) if _has_power(desk, each, matters, on))
    return Address(about, next(able, None))


def offices_over(desk: Desk, case: Case | None, about: str | None) -> list[str]:
    """The offices that stand over what something is about, nearest first.

    Of a case, the one that decides it and those above; of an office, those above it.
    """
    deciding = case.chain[-1].organisation if case is not None and case.chain else None
    offices = [] if deciding is None else [deciding, *_above(desk, deciding)]
    if about is None:
        return offices
    over = _above(desk, about)
    return [each for each in offices if each in over] or over


def deals(desk: Desk, office: str, on: date) -> bool:
    """Whether an office deals with objections and complaints on a day, about whatever."""
    known = desk.organisation(office)
    there = known is not None and known.ended is None
    return there and OBJECTIONS in desk.affairs(office, on)


def _above(desk: Desk, organisation: str) -> list[str]:
    unit = desk.organisation(organisation)
    return [] if unit is None else [each.organisation for each in relation.above(desk, unit)]


def _matters(desk: Desk, case: Case | None, about: Organisation | None) -> tuple[Matter, ...]:
    matters = [] if case is None else [matter_of(desk, case)]
    return (*matters, *([] if about is None else [Matter(area=about.area)]))


def _has_power(desk: Desk, office: str, matters: Iterable[Matter], on: date) -> bool:
    if not deals(desk, office, on):
        return False
    authority = desk.authority(office)
    return all(authority.by_which((OBJECTIONS,), (each,), on) is not None for each in matters)


def stands_to(desk: Desk, handed_in: Objection | Complaint) -> set[Relation]:
    """How the caller stands to what was handed in; in no way, where it is about their own office.

    Of an organisation only those count who hold a seat that deals with such things; of one above,
    who leads there, while it stands still where it is.
    """
    acting, relations = desk.acting, set[Relation]()
    own = acting.actor.organisation
    if handed_in.about in offices_of(desk, acting.actor.person):
        return relations
    if objection_seats(desk) and own is not None:
        unaddressed = handed_in.authority is None and handed_in.about is None
        addressed = own == handed_in.authority and may_deal(desk, handed_in)
        if addressed or (unaddressed and takes_unaddressed(desk, own, acting.today)):
            relations.add(Relation.ORGANISATION)
        elif may_be_taken_over(desk, handed_in):
            relations.add(Relation.SUBORDINATE)
    if acting.has((Role.INSPECTOR,)) and handed_in.about is not None:
        about = desk.organisation(handed_in.about)
        if about is not None and relation.watches_over(desk, about.area):
            relations.add(Relation.JURISDICTION)
    return relations


def dealing(desk: Desk) -> Dealing:
    """As what the caller sees what was handed in: what ``stands_to`` says, for a list of it."""
    acting, own = desk.acting, desk.acting.actor.organisation
    never_about = offices_of(desk, acting.actor.person)
    if own is None or not objection_seats(desk) or not deals(desk, own, acting.today):
        return Dealing(never_about=never_about)
    return Dealing(
        powers=desk.authority(own).powers(OBJECTIONS, acting.today),
        unaddressed=takes_unaddressed(desk, own, acting.today),
        never_about=never_about,
    )


def concern(desk: Desk, handed_in: Objection | Complaint) -> Concern:
    """Whoever deals with it needs power over the case, and over the office, that it is about."""
    return _concern_of(desk, desk.house, handed_in)


def _concern_of(desk: Desk, office: Organisation, handed_in: Objection | Complaint) -> Concern:
    about = None if handed_in.about is None else desk.organisation(handed_in.about)
    matters = _matters(desk, case_of(desk, handed_in), about) or (Matter(area=office.area),)
    return Concern(office=office.organisation, matters=matters)


def case_of(desk: Desk, handed_in: Objection | Complaint) -> Case | None:
    """The case that it is about, if it is about one that there is."""
    return None if handed_in.case is None else desk.case(handed_in.case)


def may_deal(desk: Desk, handed_in: Objection | Complaint, office: str | None = None) -> bool:
    """Whether an office, the caller's own if none is named, has the power to deal with it today."""
    own = desk.house
    house = own if office is None else known(desk.organisation(office))
    needed = _concern_of(desk, house, handed_in)
    return _has_power(desk, house.organisation, needed.matters, desk.acting.today)


def may_be_taken_over(desk: Desk, handed_in: Objection | Complaint) -> bool:
    """Whether it stands still where it is, and the caller leads at an office above, with power."""
    own = desk.acting.actor.organisation
    return (
        handed_in.ending is None
        and own != handed_in.authority
        and INTEGRITY_LEADER in integrity_seats(desk)
        and own in over_it(desk, handed_in)
        and may_deal(desk, handed_in)
        and office_of(desk, handed_in).stands_still
    )


def over_it(desk: Desk, handed_in: Objection | Complaint) -> list[str]:
    """The offices over what it is about."""
    return offices_over(desk, case_of(desk, handed_in), handed_in.about)


def office_of(desk: Desk, handed_in: Objection | Complaint) -> Office:
    """What is known of the office that deals with it; of none, that nobody can."""
    if handed_in.authority is None:
        return Office(powerful=False, eligible=False, ended=False)
    house, case = known(desk.organisation(handed_in.authority)), case_of(desk, handed_in)
    seats, today = desk.seats(house.organisation), desk.acting.today
    humans = desk.humans([each.person for each in seats.open_on(today)])
    return Office(
        powerful=may_deal(desk, handed_in, house.organisation),
        eligible=somebody_eligible(handed_in, case, seats, humans, today),
        ended=house.ended is not None,
    )


def offices_of(desk: Desk, person: str) -> frozenset[str]:
    """The organisations to which somebody belongs, through any account of the same human."""
    circle = desk.circle(person)
    held = (organisation for each in circle for _, organisation, _ in each.accounts)
    return frozenset(each for each in held if each is not None)


def takes_unaddressed(desk: Desk, organisation: str, on: date) -> bool:
    """Whether what names nobody is for an office: one with the power, and nobody above has it."""
    offices = [organisation, *_above(desk, organisation)]
    able = [each for each in offices if deals(desk, each, on)]
    return able == [organisation]
