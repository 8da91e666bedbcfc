"""How somebody stands to a thing, and whether the table of access lets them do an act on it.

The same table, turned into the scope of a query, says which rows of a list they see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted, relations_for
from api.acts.deliberation import known
from api.problems import Problem
from domain.account.events import Role
from domain.area import covers
from domain.case.circumstances import Circumstances
from domain.organisation.seats import Officer
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER
from projections.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.access import Act
    from api.acts.deliberation import Deliberation
    from domain.case.state import Case
    from domain.organisation.state import Organisation
    from domain.policy.law import Law

_WATCHERS = (Role.AUDITOR, Role.INSPECTOR)
OBJECTION_SEATS = (DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER)
"""The seats that deal with objections and complaints."""
_HIGHEST = 8
"""Organisations above one another that are looked at; registers are not that deep."""


def above(deliberation: Deliberation, organisation: Organisation) -> list[Organisation]:
    """The organisations above one, nearest first: competent departments and personnel offices."""
    found: list[Organisation] = []
    waiting = [organisation]
    seen = {organisation.organisation}
    while waiting and len(found) < _HIGHEST:
        one = waiting.pop(0)
        for upper in (one.superior, one.bureau):
            if upper is None or upper in seen:
                continue
            seen.add(upper)
            if (entry := deliberation.organisation(upper)) is not None:
                found.append(entry)
                waiting.append(entry)
    return found


def above_case(deliberation: Deliberation, case: Case) -> frozenset[str]:
    """The organisations above the employer of a case, and the one that decides it."""
    upper = {each.organisation for each in above(deliberation, registered(deliberation, case))}
    return frozenset(upper | {each.organisation for each in case.chain if each.decides})


def registered(deliberation: Deliberation, case: Case) -> Organisation:
    """The employer through which a case was opened."""
    employer = deliberation.organisation(case.employer)
    assert employer is not None
    return employer


def watched_area(deliberation: Deliberation) -> str | None:
    """The area over which the caller watches; empty for the whole record, None for nobody's."""
    acting = deliberation.acting
    if not acting.has(_WATCHERS):
        return None
    if acting.actor.organisation is None:
        return ""
    own = deliberation.organisation(acting.actor.organisation)
    return own.area if own is not None else None


def to_organisation(deliberation: Deliberation, organisation: Organisation) -> set[Relation]:
    """How the caller stands to an organisation."""
    relations = set()
    own = deliberation.acting.actor.organisation
    if own == organisation.organisation:
        relations.add(Relation.ORGANISATION)
    if own is not None and own in {each.organisation for each in above(deliberation, organisation)}:
        relations.add(Relation.SUBORDINATE)
    area = watched_area(deliberation)
    if area is not None and covers(area, organisation.area):
        relations.add(Relation.JURISDICTION)
    return relations


def to_office(deliberation: Deliberation, organisation: str) -> set[Relation]:
    """How the caller stands to the organisation that something names, which is on record."""
    entry = deliberation.organisation(organisation)
    assert entry is not None
    return to_organisation(deliberation, entry)


def to_case(deliberation: Deliberation, case: Case, seats: Iterable[str] = ()) -> set[Relation]:
    """How the caller stands to a case; ``seats`` are those of its stage that they may fill."""
    relations = set()
    actor = deliberation.acting.actor
    if same_human(deliberation, case.applicant):
        relations.add(Relation.OWN)
    if any(seats):
        relations |= {Relation.SEATED, Relation.ORGANISATION}
    own = actor.organisation
    if own is not None and own in {each.organisation for each in case.chain}:
        relations.add(Relation.ORGANISATION)
    if any(each.account == actor.account for each in case.substitutes):
        relations.add(Relation.ORGANISATION)
    return relations | to_office(deliberation, case.employer)


def seats_at_home(deliberation: Deliberation, *seats: str) -> list[str]:
    """Those of some seats that the caller's account holds today in its organisation."""
    acting = deliberation.acting
    if acting.actor.organisation is None:
        return []
    own = deliberation.seats(acting.actor.organisation)
    return [seat for seat in seats if own.holder(acting.actor.account, seat, acting.today)]


def integrity_seats(deliberation: Deliberation) -> list[str]:
    """The integrity seats that the caller's account holds today in its organisation."""
    return seats_at_home(deliberation, INTEGRITY_HANDLER, INTEGRITY_LEADER)


def objection_seats(deliberation: Deliberation) -> list[str]:
    """The seats that deal with objections and complaints which the caller's account holds today."""
    return seats_at_home(deliberation, *OBJECTION_SEATS)


def own_organisation(deliberation: Deliberation) -> Organisation:
    """The organisation for which the caller acts. Raises the problem ``NOT_FOUND``."""
    return known(deliberation.organisation(deliberation.acting.actor.organisation or ""))


def officer(deliberation: Deliberation, organisation: str, persons: Iterable[str] = ()) -> Officer:
    """The caller as one who acts for an organisation; ``persons`` are those to be told apart."""
    acting = deliberation.acting
    return Officer(
        person=acting.actor.person,
        account=acting.actor.account,
        seats=deliberation.seats(organisation),
        humans=deliberation.humans([acting.actor.person, *sorted(persons)]),
        today=acting.today,
    )


def circumstances(
    deliberation: Deliberation,
    organisation: Organisation,
    law: Law,
    persons: Iterable[str],
    case: Case | None = None,
) -> Circumstances:
    """What an act for an organisation is judged by; ``persons`` are those to be told apart.

    ``case`` is that of whose title it speaks.
    """
    acting = deliberation.acting
    return Circumstances(
        actor=acting.actor,
        at=acting.at,
        humans=deliberation.humans([acting.actor.person, *persons]),
        organisation=organisation,
        seats=deliberation.seats(organisation.organisation),
        law=law,
        outcome_label=law.outcome_label(case.result.route if case and case.result else None),
    )


def take_seat(deliberation: Deliberation, organisation: str, seats: tuple[str, ...]) -> None:
    """Let the events say in which seat the caller acts, and by which appointment.

    The first of these seats that they hold today. Where they hold none, one seat alone is named
    all the same: whether they may act, the domain says.
    """
    acting = deliberation.acting
    held = deliberation.seats(organisation).held_by(acting.actor.account, acting.today)
    for appointment in held:
        if appointment.seat in seats:
            deliberation.in_seat(appointment.seat, appointment.appointment)
            return
    if len(seats) == 1:
        deliberation.in_seat(seats[0], None)


def same_human(deliberation: Deliberation, person: str) -> bool:
    """Whether the caller is that person, under whatever account or document."""
    own = deliberation.acting.actor.person
    return own == person or deliberation.humans([person]).same(own, person)


def require(
    deliberation: Deliberation,
    acts: tuple[Act, ...],
    relations: Iterable[Relation],
    *,
    reading: Act | None = None,
) -> None:
    """Let one of these acts through, or answer as the table says.

    Raises the problem ``NOT_FOUND`` to whom may not even read the thing, ``FORBIDDEN`` to whom
    may read it but not do this, or where there is nothing to be kept from (no ``reading``).
    """
    stands, roles = set(relations), deliberation.acting.roles
    if any(permitted(act, roles, stands) for act in acts):
        return
    if reading is None or permitted(reading, roles, stands):
        raise Problem("FORBIDDEN")
    raise Problem("NOT_FOUND")


def scope_for(act: Act, deliberation: Deliberation) -> Scope:
    """The rows on which the table lets the caller do ``act``; an empty scope shows nothing.

    A list of cases names among its parties whoever stands above the employer, so the caller's
    own organisation stands for ``subordinate`` as well.
    """
    acting = deliberation.acting
    allowed = relations_for(act, acting.roles)
    if Relation.ANYWHERE in allowed:
        return EVERYTHING
    organisations: frozenset[str] = frozenset()
    own = acting.actor.organisation
    if own is not None and allowed & {Relation.ORGANISATION, Relation.SUBORDINATE}:
        organisations = frozenset({own})
    persons: frozenset[str] = frozenset()
    if Relation.OWN in allowed:
        persons = deliberation.humans([acting.actor.person]).circle(acting.actor.person)
    areas: frozenset[str] = frozenset()
    if Relation.JURISDICTION in allowed:
        area = watched_area(deliberation)
        if area == "":
            return EVERYTHING
        areas = frozenset() if area is None else frozenset({area})
    return Scope(organisations=organisations, persons=persons, areas=areas)
