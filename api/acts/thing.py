"""What acts are about: how a kind of thing is found, how the caller stands to it, what is next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from api.access import Act, Relation, permitted
from api.acts import competence, relation
from api.acts.competence import Concern
from api.acts.desk import Desk, known
from api.acts.organisation_name import Names
from api.acts.seats import seats_held, take_seat
from audit.record import History
from domain.refusal import Refusal

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.office import Office
    from domain.organisation.state import Organisation

T = TypeVar("T")


def _nothing(_desk: Desk, _thing: object) -> tuple[Act, ...]:
    return ()


def _at_home(desk: Desk, _thing: object, seats: tuple[str, ...]) -> None:
    if seats:
        own = desk.acting.actor.organisation or ""
        take_seat(desk, own, seats)


def _itself(stream: str) -> str:
    return stream


@dataclass(frozen=True, kw_only=True)
class Thing(Generic[T]):
    """A kind of thing that acts are about.

    ``find`` looks it up by its id, and says None where there is none; ``stands`` tells how the
    caller stands to it. Who may not do ``reading`` does not learn that there is one; without it
    there is nothing to be kept from. ``invites`` are the acts to which its state invites the
    caller, or offers, where something keeps them from an act all the same; an invitation is no
    promise: the law has the last word when the act is done.
    ``seat`` lets the events say in which of some seats an act is done, of the caller's own
    organisation where nothing else is said. ``stream`` is what tells of the thing, where that is
    not named by the id itself.
    """

    find: Callable[[Desk, str], T | None]
    stands: Callable[[Desk, T], set[Relation]]
    reading: Act | None
    invites: Callable[[Desk, T], Iterable[Act | Offer]] = _nothing
    seat: Callable[[Desk, T, tuple[str, ...]], None] = _at_home
    stream: Callable[[str], str] = _itself
    concern: Callable[[Desk, T], Concern | None] = competence.about_itself


@dataclass(frozen=True)
class Offer:
    """An act to which the state of a thing invites the caller.

    ``against`` is what keeps them from it all the same; nothing, where it is on offer.
    """

    act: Act
    against: tuple[Refusal, ...] = ()


def _offer(invited: Act | Offer) -> Offer:
    return invited if isinstance(invited, Offer) else Offer(invited)


@dataclass(frozen=True)
class Seen(Generic[T]):
    """A thing as one caller sees it; ``offers`` is what they may do next about it, and may not yet.

    ``seats`` are those that they hold at home. ``names`` tells how organisations were called, and
    in whose name they acted. ``name`` is the one by which it was found, ``desk`` where all of that
    was read.
    """

    state: T
    history: History
    relations: frozenset[Relation]
    offers: tuple[Offer, ...]
    seats: frozenset[str]
    names: Names
    name: str
    desk: Desk

    @property
    def version(self) -> int:
        """The version of the stream that tells of it."""
        return self.history.version


def read(
    office: Office, acting: Acting, thing: Thing[T], name: str, act: Act | None = None
) -> Seen[T]:
    """A thing as the caller sees it, from the record itself, so that nothing is a moment old.

    ``act`` is what is wanted of it where that is more than to know of it.
    Raises the problem ``NOT_FOUND`` to whom may not know of it, ``FORBIDDEN`` to whom may not
    read this about it.
    """
    desk = office.desk(acting)
    state = known(thing.find(desk, name))
    relations = thing.stands(desk, state)
    wanted = act or thing.reading
    if wanted is not None:
        relation.require(desk, (wanted,), relations, reading=thing.reading)
    concern = thing.concern(desk, state)
    offers = tuple(
        Offer(each.act, competence.lacking(desk, each.act, relations, concern) or each.against)
        for each in map(_offer, thing.invites(desk, state))
        if permitted(each.act, acting.roles, relations)
    )
    history = desk.history(thing.stream(name))
    seats = seats_held(desk)
    return Seen(state, history, frozenset(relations), offers, seats, Names(desk), name, desk)


def _own(desk: Desk, _name: str) -> Organisation | None:
    return desk.organisation(desk.acting.actor.organisation or "")


def own_house(reading: Act | None) -> Thing[Organisation]:
    """The organisation for which the caller acts.

    To whom may not even do ``reading`` there is no such act; without one they are told so.
    """
    return Thing(find=_own, stands=relation.to_organisation, reading=reading)


def _caller(desk: Desk, _name: str) -> Acting:
    return desk.acting


def _beneath(desk: Desk, _caller: Acting) -> set[Relation]:
    return set() if desk.acting.actor.organisation is None else {Relation.SUBORDINATE}


RECORD: Thing[Acting] = Thing(find=_caller, stands=lambda *_: set(), reading=None)
"""The record as a whole, to which everybody stands in the same way."""
BENEATH: Thing[Acting] = Thing(
    find=_caller, stands=_beneath, reading=None, concern=competence.as_asked
)
"""What is to come into being beneath an organisation; whether beneath one's own, the act says."""
EVERYTHING: Thing[Acting] = Thing(find=_caller, stands=lambda *_: set(Relation), reading=None)
"""Whatever lies in the caller's charge: their roles alone say whether there is anything."""
