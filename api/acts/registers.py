"""The registers of organisations, accounts, persons and investigations, as callers read them.

From the record itself, so that nobody sees what was true a moment ago.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from api.access import Act, Relation, permitted
from api.acts import invitations, standing
from api.problems import Problem
from audit.record import History
from domain.person.events import PersonRegistered
from domain.separation import HANDLER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.acting import Acting
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from domain.account.state import Account
    from domain.investigation.state import Investigation
    from domain.organisation.seats import Seats
    from domain.organisation.state import Organisation
    from domain.person.state import Person
    from domain.personal import Personal

State = TypeVar("State")


@dataclass(frozen=True)
class Seen(Generic[State]):
    """Something as one caller sees it; ``offers`` is what they may do next about it."""

    state: State
    history: History
    relations: frozenset[Relation]
    offers: tuple[Act, ...]


class Registers:
    """Each reading raises the problem ``NOT_FOUND`` to whom may not know of the thing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def seats(self, organisation: str) -> Seats:
        """Who sits in the seats of an organisation; who may read it may read them."""
        return self._desk.deliberate().seats(organisation)

    def organisation(self, acting: Acting, stream: str) -> Seen[Organisation]:
        """An organisation with who sits in its seats now."""
        deliberation = self._desk.deliberate()
        known = _known(deliberation.organisation(stream))
        relations = standing.to_organisation(acting, deliberation, known)
        invited = [Act.OPEN_APPOINTMENT, Act.OPEN_ACCOUNT]
        seats = deliberation.seats(stream)
        if seats.open_on(acting.today):
            invited.insert(1, Act.CLOSE_APPOINTMENT)
        if seats.holder(acting.actor.account, HANDLER, acting.today):
            invited += [Act.PUBLISH_DECISION, Act.FILE_ROLL]
            invited += [Act.STATE_VACANCIES, Act.PROPOSE_EXTENSION]
        return seen(
            acting, deliberation.history(stream), known, relations, Act.READ_ORGANISATION, invited
        )

    def account(self, acting: Acting, stream: str) -> Seen[Account]:
        """An account: whose it is, what for, and whether it can be used."""
        deliberation = self._desk.deliberate()
        known = _known(deliberation.account(stream))
        relations = _to_organisations(acting, deliberation, [known.organisation])
        invited = (
            [] if known.disabled else [Act.REISSUE_CODE, Act.BIND_ACCOUNT, Act.DISABLE_ACCOUNT]
        )
        return seen(
            acting, deliberation.history(stream), known, relations, Act.READ_ACCOUNT, invited
        )

    def person(self, acting: Acting, stream: str) -> Seen[Person]:
        """A person: their documents, accounts and links."""
        deliberation = self._desk.deliberate()
        known = _known(deliberation.person(stream))
        relations = to_person(acting, deliberation, known)
        invited = [Act.UNMASK_PERSON, Act.READ_INTEGRITY, Act.REQUEST_ERASURE, Act.HOLD_PERSON]
        if invitations.holds_office(acting, deliberation):
            invited.append(Act.PROPOSE_LINK)
        return seen(
            acting, deliberation.history(stream), known, relations, Act.READ_PERSON, invited
        )

    def name_of(self, person: str) -> Personal:
        """The name under which a person is registered, for those who may read them."""
        for one in self._desk.deliberate().history(person).recorded:
            if isinstance(one.event, PersonRegistered):
                return one.event.name
        raise Problem("NOT_FOUND")

    def investigation(self, acting: Acting, stream: str) -> Seen[Investigation]:
        """An investigation, for its two officers, for whom it is about, and for inspectors.

        Others of the same organisation don't learn that there is one.
        """
        deliberation = self._desk.deliberate()
        known = _known(deliberation.investigation(stream))
        relations = standing.to_investigation(acting, deliberation, known)
        return seen(
            acting,
            deliberation.history(stream),
            known,
            relations,
            Act.READ_INVESTIGATION,
            invitations.to_investigation(acting, deliberation, known),
        )


def to_person(acting: Acting, deliberation: Deliberation, person: Person) -> set[Relation]:
    """How the caller stands to a person: through the organisations of the person's accounts."""
    organisations = [organisation for _, organisation, _ in person.accounts]
    relations = _to_organisations(acting, deliberation, organisations)
    if standing.same_human(acting, deliberation, person.person):
        relations.add(Relation.OWN)
    return relations


def _to_organisations(
    acting: Acting, deliberation: Deliberation, organisations: list[str | None]
) -> set[Relation]:
    relations: set[Relation] = set()
    for each in dict.fromkeys(organisations):
        organisation = deliberation.organisation(each) if each is not None else None
        if organisation is not None:
            relations |= standing.to_organisation(acting, deliberation, organisation)
        elif standing.watched_area(acting, deliberation) == "":
            relations.add(Relation.JURISDICTION)
    return relations


def _known(state: State | None) -> State:
    if state is None:
        raise Problem("NOT_FOUND")
    return state


def seen(
    acting: Acting,
    history: History,
    state: State,
    relations: set[Relation],
    reading: Act,
    invited: Iterable[Act],
) -> Seen[State]:
    """Something as the caller sees it, with those of the acts invited that the table allows them.

    Raises the problem ``NOT_FOUND`` to whom may not read it.
    """
    standing.require(acting, reading, relations, reading=reading)
    offers = tuple(act for act in invited if permitted(act, acting.roles, relations))
    return Seen(state, history, frozenset(relations), offers)
