"""Mandates (审计通知书、调取函): proposed with the document by one, approved by another, relied on.

What is read in bulk is narrowed to what a mandate is about: a file that is taken out, the feed of
events, the integrity records of everybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import relation
from api.acts.desk import Desk
from api.acts.guard import Row
from api.acts.person import PERSON
from api.acts.thing import Thing, own_house
from api.problems import Problem
from domain.area import covers
from domain.mandate import (
    MandateDocumentAttached,
    MandateKind,
    MandateProposed,
    MandateScope,
    attach,
    decide,
    propose,
    rely_on,
)
from projections.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from api.acts.desk import Events
    from domain.case.state import Case
    from domain.mandate import Mandate
    from domain.organisation.state import Organisation


def propose_mandate(
    desk: Desk,
    own: Organisation,
    *,
    kind: MandateKind,
    document: str,
    scope: MandateScope,
    last_day: date,
) -> Events:
    """Propose the document under which one's own people look, with its scope and last day."""
    command = MandateProposed(
        organisation=own.organisation,
        kind=kind,
        document=document,
        scope=scope,
        last_day=last_day,
    )
    return propose(command, desk.acting.today, _beyond(desk, scope))


def attach_document(desk: Desk, mandate: Mandate, *, command: MandateDocumentAttached) -> Events:
    """Attach the document itself, which was uploaded before."""
    return attach(mandate, command, proposed_it=_proposed_it(desk, mandate))


def decide_mandate(desk: Desk, mandate: Mandate, *, approved: bool) -> Events:
    """Approve it, or decline it, as another person of the same organisation."""
    return decide(
        mandate,
        desk.acting.today,
        _beyond(desk, mandate.scope),
        approved=approved,
        proposed_it=_proposed_it(desk, mandate),
    )


def over_person(desk: Desk, name: str, person: str | None) -> Mandate:
    """The mandate of the caller's body under which they look at a person, who may be nobody.

    Raises ``Refused``, as every function here that lets somebody rely on one.
    """
    mandate = _own(desk, name)
    covered = mandate is not None and person is not None and about(desk, mandate.scope, person)
    return rely_on(mandate, desk.acting.today, covers=covered)


def over_case(desk: Desk, name: str, case: Case) -> Mandate:
    """The mandate of the caller's body under which they look into a case."""
    mandate = _own(desk, name)
    covered = mandate is not None and about_case(desk, mandate.scope, case)
    return rely_on(mandate, desk.acting.today, covers=covered)


def over_anybody(desk: Desk, name: str) -> Mandate:
    """The mandate of the caller's body under which they ask who somebody is."""
    return rely_on(_own(desk, name), desk.acting.today, covers=True)


def in_bulk(desk: Desk, name: str | None) -> tuple[Mandate, Scope]:
    """The mandate under which a watcher reads in bulk, and the rows that it lets them read.

    Raises the problem ``MANDATE_REQUIRED`` where none is named.
    """
    if not name:
        raise Problem("MANDATE_REQUIRED")
    mandate = _own(desk, name)
    scope = Scope() if mandate is None else _rows(desk, mandate.scope)
    any_rows = scope.everything or bool(scope.parties)
    return rely_on(mandate, desk.acting.today, covers=any_rows), scope


def about(desk: Desk, scope: MandateScope, person: str) -> bool:
    """Whether a mandate of this scope is about a person, under whatever document."""
    circle = desk.circle(person)
    if {each.person for each in circle} & set(scope.persons):
        return True
    houses = {held for each in circle for _, held, _ in each.accounts if held is not None}
    cases = (desk.case(each) for each in scope.cases)
    return any(_within(desk, scope, each) for each in sorted(houses)) or any(
        case is not None and case.applicant in {each.person for each in circle} for case in cases
    )


def about_case(desk: Desk, scope: MandateScope, case: Case) -> bool:
    """Whether a mandate of this scope is about a case."""
    return (
        case.case in scope.cases
        or about(desk, MandateScope(persons=scope.persons), case.applicant)
        or _within(desk, scope, case.employer)
        or any(each.organisation in scope.organisations for each in case.chain)
    )


def _within(desk: Desk, scope: MandateScope, organisation: str) -> bool:
    """Whether an organisation is one of the scope's, beneath one, or in its areas."""
    house = desk.organisation(organisation)
    if house is None:
        return False
    above = {organisation, *(each.organisation for each in relation.above(desk, house))}
    return not above.isdisjoint(scope.organisations) or any(
        covers(each, house.area) for each in scope.areas
    )


def _rows(desk: Desk, scope: MandateScope) -> Scope:
    """The rows of lists that a mandate is about; none where it names cases alone."""
    beyond = _beyond(desk, scope)
    areas = frozenset(scope.areas) - beyond
    if "" in areas:
        return EVERYTHING
    known = (desk.circle(each) for each in scope.persons if each not in beyond)
    return Scope(
        organisations=frozenset(scope.organisations) - beyond,
        beneath=True,
        mandated=True,
        persons=frozenset(each.person for circle in known for each in circle),
        areas=areas,
    )


def _beyond(desk: Desk, scope: MandateScope) -> frozenset[str]:
    """What of a scope there is not, or the caller's organisation does not watch over."""
    return frozenset(
        (
            *(each for each in scope.areas if not relation.watches_over(desk, each)),
            *(each for each in scope.organisations if not _watched(desk, each)),
            *(each for each in scope.cases if not _watched_case(desk, each)),
            *(each for each in scope.persons if not _watched_person(desk, each)),
        )
    )


def _watched(desk: Desk, organisation: str) -> bool:
    house = desk.organisation(organisation)
    return house is not None and relation.watches_over(desk, house.area)


def _watched_case(desk: Desk, name: str) -> bool:
    case = desk.case(name)
    return case is not None and Relation.JURISDICTION in relation.to_case(desk, case)


def _watched_person(desk: Desk, name: str) -> bool:
    person = desk.person(name)
    return person is not None and Relation.JURISDICTION in PERSON.stands(desk, person)


def _own(desk: Desk, name: str) -> Mandate | None:
    """The mandate of the caller's own organisation; None for any other."""
    mandate = desk.mandate(name)
    own = desk.acting.actor.organisation
    return mandate if mandate is not None and mandate.organisation == own else None


def _proposed_it(desk: Desk, mandate: Mandate) -> bool:
    return relation.same_human(desk, mandate.proposer)


def _stands(desk: Desk, mandate: Mandate) -> set[Relation]:
    return relation.to_office(desk, mandate.organisation)


def _invites(desk: Desk, mandate: Mandate) -> Iterator[Act]:
    if mandate.approved is None:
        if _proposed_it(desk, mandate):
            yield Act.PROPOSE_MANDATE
        yield Act.APPROVE_MANDATE


MANDATE = Thing(find=Desk.mandate, stands=_stands, reading=Act.READ_MANDATES, invites=_invites)
PROPOSE = Row(
    own_house(None), Act.PROPOSE_MANDATE, propose_mandate, begins=MandateProposed, changes=False
)
ATTACH = Row(MANDATE, Act.PROPOSE_MANDATE, attach_document)
DECIDE = Row(MANDATE, Act.APPROVE_MANDATE, decide_mandate, fresh=True, blank={"approved": True})
