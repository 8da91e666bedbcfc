"""Who deals with what somebody hands in: an authority over what it is about, and never that one.

What is about an office, or about one of its people, goes to the nearest authority above it, and
inspectors of the area see it; whoever belongs to the office does not learn that there is anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Relation
from api.acts import standing
from api.problems import Problem
from domain.account.events import Role
from domain.area import covers
from domain.organisation.events import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.desk import Desk
    from domain.case.state import Case
    from domain.objection.state import Complaint, Objection


@dataclass(frozen=True)
class Address:
    """``about`` is an organisation, or that of an official; ``authority`` deals with it.

    No authority: none stands above whom it is about, or it names nothing that the record knows.
    """

    about: str | None
    authority: str | None


def address(desk: Desk, case: Case | None, organisation: str | None) -> Address:
    """To whom something goes that is about a case, an organisation, both, or neither.

    A case whose applicant belongs to the very office that decides it is about that office.
    Raises the problem ``ORGANISATION_UNKNOWN``.
    """
    deciding = case.chain[-1].organisation if case is not None and case.chain else None
    about = organisation
    if about is None and case is not None and deciding in offices_of(desk, case.applicant):
        about = deciding
    if about is None:
        return Address(None, deciding)
    known = desk.organisation(about)
    if known is None:
        raise Problem("ORGANISATION_UNKNOWN")
    upper = standing.above(desk, known)
    if deciding in {each.organisation for each in upper}:
        return Address(about, deciding)
    authorities = (each.organisation for each in upper if each.kind is Kind.GOVERNMENT)
    return Address(about, next(authorities, None))


def stands_to(desk: Desk, handed_in: Objection | Complaint) -> set[Relation]:
    """How the caller stands to what was handed in; in no way, where it is about their own office.

    Of an organisation only those count who hold a seat that deals with such things.
    """
    acting, relations = desk.acting, set[Relation]()
    own = acting.actor.organisation
    if handed_in.about in offices_of(desk, acting.actor.person):
        return relations
    if standing.objection_seats(desk) and own is not None:
        unaddressed = handed_in.authority is None and handed_in.about is None
        if own == handed_in.authority or (unaddressed and takes_unaddressed(desk, own)):
            relations.add(Relation.ORGANISATION)
    if acting.has((Role.INSPECTOR,)) and handed_in.about is not None:
        area = standing.watched_area(desk)
        about = desk.organisation(handed_in.about)
        if area is not None and about is not None and covers(area, about.area):
            relations.add(Relation.JURISDICTION)
    return relations


def watches(relations: Iterable[Relation]) -> bool:
    """Whether who stands so to what was handed in looks at it as an inspector, and does nothing."""
    return set(relations) == {Relation.JURISDICTION}


def offices_of(desk: Desk, person: str) -> frozenset[str]:
    """The organisations to which somebody belongs, through any account of the same human."""
    circle = desk.circle(person)
    held = (organisation for each in circle for _, organisation, _ in each.accounts)
    return frozenset(each for each in held if each is not None)


def takes_unaddressed(desk: Desk, organisation: str) -> bool:
    """Whether what names nobody is for an organisation: an authority with nobody above it."""
    known = desk.organisation(organisation)
    if known is None or known.kind is not Kind.GOVERNMENT:
        return False
    return known.superior is None and known.bureau is None
