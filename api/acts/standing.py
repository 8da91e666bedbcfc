"""How somebody stands to a thing, and whether the table of access lets them do an act on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.problems import Problem
from domain.account.events import Role
from domain.area import covers
from domain.organisation.seats import Officer
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.acting import Acting
    from api.acts.deliberation import Deliberation
    from domain.case.state import Case
    from domain.investigation.state import Investigation
    from domain.organisation.seats import Appointment
    from domain.organisation.state import Organisation

_WATCHERS = (Role.AUDITOR, Role.INSPECTOR)
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
            if (known := deliberation.organisation(upper)) is not None:
                found.append(known)
                waiting.append(known)
    return found


def above_case(deliberation: Deliberation, case: Case) -> frozenset[str]:
    """The organisations above the employer of a case, and the one that decides it."""
    employer = deliberation.organisation(case.employer)
    assert employer is not None
    upper = {each.organisation for each in above(deliberation, employer)}
    return frozenset(upper | {each.organisation for each in case.chain if each.decides})


def watched_area(acting: Acting, deliberation: Deliberation) -> str | None:
    """The area over which somebody watches; empty for the whole record, None for nobody's."""
    if not acting.has(_WATCHERS):
        return None
    if acting.actor.organisation is None:
        return ""
    own = deliberation.organisation(acting.actor.organisation)
    return own.area if own is not None else None


def to_organisation(
    acting: Acting, deliberation: Deliberation, organisation: Organisation
) -> set[Relation]:
    """How the caller stands to an organisation."""
    relations = set()
    own = acting.actor.organisation
    if own == organisation.organisation:
        relations.add(Relation.ORGANISATION)
    if own is not None and own in {each.organisation for each in above(deliberation, organisation)}:
        relations.add(Relation.SUBORDINATE)
    area = watched_area(acting, deliberation)
    if area is not None and covers(area, organisation.area):
        relations.add(Relation.JURISDICTION)
    return relations


def to_case(
    acting: Acting, deliberation: Deliberation, case: Case, seats: Iterable[str]
) -> set[Relation]:
    """How the caller stands to a case; ``seats`` are those of its stage that they may fill."""
    relations = set()
    if same_human(acting, deliberation, case.applicant):
        relations.add(Relation.OWN)
    if any(seats):
        relations |= {Relation.SEATED, Relation.ORGANISATION}
    own = acting.actor.organisation
    if own is not None and own in {each.organisation for each in case.chain}:
        relations.add(Relation.ORGANISATION)
    if any(each.account == acting.actor.account for each in case.substitutes):
        relations.add(Relation.ORGANISATION)
    employer = deliberation.organisation(case.employer)
    assert employer is not None
    return relations | to_organisation(acting, deliberation, employer)


def to_investigation(
    acting: Acting, deliberation: Deliberation, investigation: Investigation
) -> set[Relation]:
    """How the caller stands to an investigation.

    Of organisations only the integrity officers count: others don't learn that there is one.
    """
    authority = deliberation.organisation(investigation.organisation)
    assert authority is not None
    relations = to_organisation(acting, deliberation, authority)
    if not integrity_seats(acting, deliberation):
        relations -= {Relation.ORGANISATION, Relation.SUBORDINATE}
    if same_human(acting, deliberation, investigation.subject):
        relations.add(Relation.OWN)
    return relations


def held_at_home(acting: Acting, deliberation: Deliberation, *seats: str) -> list[str]:
    """Those of some seats that the caller's account holds today in its organisation."""
    if acting.actor.organisation is None:
        return []
    own = deliberation.seats(acting.actor.organisation)
    return [seat for seat in seats if own.holder(acting.actor.account, seat, acting.today)]


def integrity_seats(acting: Acting, deliberation: Deliberation) -> list[str]:
    """The integrity seats that the caller's account holds today in its organisation."""
    return held_at_home(acting, deliberation, INTEGRITY_HANDLER, INTEGRITY_LEADER)


def objection_seats(acting: Acting, deliberation: Deliberation) -> list[str]:
    """The seats that deal with objections and complaints which the caller's account holds today."""
    return held_at_home(acting, deliberation, DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER)


def officer(
    acting: Acting, deliberation: Deliberation, organisation: str, persons: Iterable[str] = ()
) -> Officer:
    """The caller as one who acts for an organisation; ``persons`` are those to be told apart."""
    return Officer(
        person=acting.actor.person,
        account=acting.actor.account,
        seats=deliberation.seats(organisation),
        humans=deliberation.humans([acting.actor.person, *sorted(persons)]),
        today=acting.today,
    )


def take_seat(
    acting: Acting, deliberation: Deliberation, organisation: str, seat: str
) -> Appointment | None:
    """Let the events say in which seat the caller acts, and by which appointment.

    None where they hold no such seat today: whether they may act all the same, the domain says.
    """
    held = deliberation.seats(organisation).holder(acting.actor.account, seat, acting.today)
    deliberation.in_seat(seat, held.appointment if held else None)
    return held


def same_human(acting: Acting, deliberation: Deliberation, person: str) -> bool:
    """Whether the caller is that person, under whatever account or document."""
    if acting.actor.person == person:
        return True
    humans = deliberation.humans([person])
    return humans.same(acting.actor.person, person)


def require(acting: Acting, act: Act, relations: Iterable[Relation], *, reading: Act) -> None:
    """Let the act through, or answer as the table says.

    Raises the problem ``NOT_FOUND`` to whom may not even read the thing, ``FORBIDDEN`` to whom
    may read it but not do this.
    """
    stands = set(relations)
    if permitted(act, acting.roles, stands):
        return
    if permitted(reading, acting.roles, stands):
        raise Problem("FORBIDDEN")
    raise Problem("NOT_FOUND")
