"""How somebody stands to a thing, and whether the table of access lets them do an act on it.

The same table, turned into the scope of a query, says which rows of a list they see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted, relations_for
from api.acts.desk import known
from api.acts.seats import integrity_seats
from api.problems import Problem
from domain.account.events import Role
from domain.area import covers
from domain.case.chain import Around
from projections.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from api.acts.desk import Desk
    from domain.case.state import Case
    from domain.organisation.state import Organisation

_WATCHERS = (Role.AUDITOR, Role.INSPECTOR)
_HELPING = frozenset({Relation.ORGANISATION, Relation.SUBORDINATE})
"""How who files for an applicant stands to the employer."""
_HIGHEST = 8
"""Steps upwards that are looked at; registers are not that deep."""


def above_by_distance(desk: Desk, organisation: Organisation) -> list[list[Organisation]]:
    """The organisations above one, nearest first: those that are equally near stand together."""
    return desk.once(_above_by_distance, organisation)


def _above_by_distance(desk: Desk, organisation: Organisation) -> list[list[Organisation]]:
    found: list[list[Organisation]] = []
    nearest, seen = [organisation], {organisation.organisation}
    while nearest and len(found) < _HIGHEST:
        uppers = (upper for one in nearest for upper in one.uppers)
        named = [each for each in dict.fromkeys(uppers) if each not in seen]
        seen.update(named)
        nearest = [entry for each in named if (entry := desk.organisation(each)) is not None]
        if nearest:
            found.append(nearest)
    return found


def uppers(desk: Desk, employer: Organisation, on: date) -> Around:
    """Who stands above an employer, with what each may do on a day in Beijing."""
    return Around(
        employer=employer,
        above=[
            [each for each in near if each.ended is None]
            for near in above_by_distance(desk, employer)
        ],
        powers=desk.authority,
        on=on,
    )


def above(desk: Desk, organisation: Organisation) -> list[Organisation]:
    """The organisations above one, nearest first: competent departments and personnel offices.

    Who was merged into another hands on to that one what stood beneath it, and is beneath it.
    """
    return [each for near in above_by_distance(desk, organisation) for each in near]


def above_case(desk: Desk, case: Case) -> frozenset[str]:
    """The organisations above the employer of a case, and the one that decides it."""
    upper = {each.organisation for each in above(desk, registered(desk, case))}
    return frozenset(upper | {each.organisation for each in case.chain if each.decides})


def registered(desk: Desk, case: Case) -> Organisation:
    """The employer through which a case was opened."""
    employer = desk.organisation(case.employer)
    assert employer is not None
    return employer


def employer_of(desk: Desk, organisation: str) -> Organisation:
    """The employer of that id. Raises the problem ``EMPLOYER_UNKNOWN``."""
    return known(desk.organisation(organisation), "EMPLOYER_UNKNOWN")


def watched_areas(desk: Desk) -> tuple[str, ...]:
    """The areas over which the caller watches, by the power of their organisation; none for most.

    The empty area is the whole record.
    """
    acting = desk.acting
    if not acting.has(_WATCHERS) or acting.actor.organisation is None:
        return ()
    return desk.authority(acting.actor.organisation).watched(acting.today)


def watches_over(desk: Desk, area: str) -> bool:
    """Whether the caller watches over an area."""
    return any(covers(each, area) for each in watched_areas(desk))


def to_organisation(desk: Desk, organisation: Organisation) -> set[Relation]:
    """How the caller stands to an organisation."""
    return set(desk.once(_to_organisation, organisation))


def _to_organisation(desk: Desk, organisation: Organisation) -> set[Relation]:
    relations = set()
    own = desk.acting.actor.organisation
    if own == organisation.organisation:
        relations.add(Relation.ORGANISATION)
    if own in {each.organisation for each in above(desk, organisation)}:
        relations.add(Relation.SUBORDINATE)
    if watches_over(desk, organisation.area):
        relations.add(Relation.JURISDICTION)
    return relations


def to_office(desk: Desk, organisation: str) -> set[Relation]:
    """How the caller stands to the organisation that something names, which is on record."""
    entry = desk.organisation(organisation)
    assert entry is not None
    return to_organisation(desk, entry)


def to_matter(
    desk: Desk,
    organisation: str,
    *,
    own: bool,
    officers_alone: Iterable[Relation] = (Relation.ORGANISATION,),
) -> set[Relation]:
    """How the caller stands to a matter of discipline that an organisation deals with.

    ``own`` is whether it is about them, and they may know it; in the relations that are for
    ``officers_alone`` nobody stands who holds no integrity seat.
    """
    relations = to_office(desk, organisation)
    if not integrity_seats(desk):
        relations.difference_update(officers_alone)
    return relations | ({Relation.OWN} if own else set())


def to_case(desk: Desk, case: Case, seats: Iterable[str] = ()) -> set[Relation]:
    """How the caller stands to a case; ``seats`` are those of its stage that they may fill.

    One that was never filed is its applicant's, and that of who files it for them.
    """
    relations = set(desk.once(_to_case, case))
    if case.filed_at is not None and any(seats):
        relations |= {Relation.SEATED, Relation.ORGANISATION}
    return relations


def _to_case(desk: Desk, case: Case) -> set[Relation]:
    relations = set()
    actor = desk.acting.actor
    if owns(desk, case.applicant):
        relations.add(Relation.OWN)
    if assists(desk, case):
        relations.add(Relation.ASSISTING)
    if case.filed_at is None:
        return relations
    own = actor.organisation
    if own is not None and own in {each.organisation for each in case.chain}:
        relations.add(Relation.ORGANISATION)
    if any(each.account == actor.account for each in case.substitutes):
        relations.add(Relation.ORGANISATION)
    return relations | to_office(desk, case.employer)


def same_human(desk: Desk, person: str) -> bool:
    """Whether the caller is that person, under whatever account or document."""
    own = desk.acting.actor.person
    return own == person or desk.humans([person]).same(own, person)


def owns(desk: Desk, person: str) -> bool:
    """Whether what is a person's is the caller's own: they are that human, and showed that here."""
    account = desk.account(desk.acting.actor.account)
    return account is not None and person in account.claims and same_human(desk, person)


def assists(desk: Desk, case: Case) -> bool:
    """Whether the caller files a case for its applicant: that human, of the same house still.

    And that house is the employer still, or stands above it.
    """
    given = case.assistance
    if given is None or given.ended or not owns(desk, given.by.person):
        return False
    here = given.organisation == desk.acting.actor.organisation
    return here and not _HELPING.isdisjoint(to_office(desk, case.employer))


def require(
    desk: Desk, acts: tuple[Act, ...], relations: Iterable[Relation], *, reading: Act | None = None
) -> None:
    """Let one of these acts through, or answer as the table says.

    Raises the problem ``NOT_FOUND`` to whom may not even read the thing, ``FORBIDDEN`` to whom
    may read it but not do this, or where there is nothing to be kept from (no ``reading``).
    """
    stands, roles = set(relations), desk.acting.roles
    if any(permitted(act, roles, stands) for act in acts):
        return
    if reading is None or permitted(reading, roles, stands):
        raise Problem("FORBIDDEN")
    raise Problem("NOT_FOUND")


def _own_persons(desk: Desk) -> frozenset[str]:
    account, person = desk.account(desk.acting.actor.account), desk.acting.actor.person
    claims = frozenset[str]() if account is None else account.claims
    return claims & desk.humans([person]).circle(person)


def scope_for(act: Act, desk: Desk) -> Scope:
    """The relations in which the table lets the caller do ``act``; an empty scope shows nothing."""
    acting = desk.acting
    if acting.within is not None:
        return acting.within
    allowed = relations_for(act, acting.roles)
    areas = frozenset(watched_areas(desk)) if Relation.JURISDICTION in allowed else frozenset()
    if Relation.ANYWHERE in allowed or "" in areas:
        return EVERYTHING
    own, house = acting.actor, frozenset[str]()
    if own.organisation is not None and allowed & {Relation.ORGANISATION, Relation.SUBORDINATE}:
        house = frozenset({own.organisation})
    return Scope(
        organisations=house,
        beneath=bool(house) and Relation.SUBORDINATE in allowed,
        accounts=frozenset({own.account} if Relation.ORGANISATION in allowed else ()),
        persons=_own_persons(desk) if Relation.OWN in allowed else frozenset(),
        assisting=_own_persons(desk) if Relation.ASSISTING in allowed else frozenset(),
        areas=areas,
    )
