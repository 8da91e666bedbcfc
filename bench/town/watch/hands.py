"""Nobody held both secrets of two who act across from one another, nor gave one of them alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.town.watch.known import HANDLER, LEADER, Known, person_of, sat
from domain.account.events import (
    AccountMoved,
    AccountOpened,
    IdentityReleased,
    Part,
    Role,
    SecretGiven,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Recorded

_OTHER = {HANDLER: LEADER, LEADER: HANDLER}


@dataclass
class Held:
    """Through whose hands an account's secrets went: those in force, and first parts, by means.

    ``roles`` are what it is for now.
    """

    person: str
    roles: tuple[Role, ...]
    whole: dict[str, tuple[str, ...]] = field(default_factory=dict)
    begun: dict[str, str] = field(default_factory=dict)

    @property
    def hands(self) -> set[str]:
        """Everybody who held any of it."""
        return {each for hands in self.whole.values() for each in hands}


@dataclass(frozen=True)
class Side:
    """Who acted in a seat, and who had held a part of their secret by then."""

    person: str
    hands: frozenset[str]


class Hands:
    """Follows every secret, and who acted with it."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._held: dict[str, Held] = {}
        self._acted: defaultdict[tuple[str, str, str, str], list[Side]] = defaultdict(list)

    def see(self, recorded: Recorded) -> Iterator[str]:
        """What is wrong with one event, in words."""
        match recorded.event:
            case AccountOpened():
                opened = recorded.event
                self._held[recorded.stream] = Held(opened.person, opened.roles)
            case AccountMoved(roles=roles):
                self._held[recorded.stream].roles = roles
            case SecretGiven():
                yield from self._given(recorded, recorded.event)
            case IdentityReleased():
                self._held[recorded.stream].whole.pop("issuer", None)
            case _:
                yield from self._acts(recorded)

    def close(self, _append: list[Recorded]) -> Iterator[str]:
        """One append says nothing more than its events."""
        yield from ()

    def _given(self, recorded: Recorded, event: SecretGiven) -> Iterator[str]:
        held, giver = self._held[recorded.stream], person_of(recorded)
        means, first = event.means.value, held.begun.pop(event.means.value, "")
        more = set(held.roles) - {Role.APPLICANT}
        if more and giver and event.part is Part.WHOLE:
            yield "gets all of its secret from one"
        if more and self._known.same(giver, held.person):
            yield "gets a part of its secret from its holder"
        if event.part is Part.SECOND and (not first or self._known.same(first, giver)):
            yield "gets both parts of its secret from one"
        if event.part is Part.FIRST:
            held.begun[means] = giver
        else:
            held.whole[means] = tuple(filter(None, (first, giver)))

    def _acts(self, recorded: Recorded) -> Iterator[str]:
        account = getattr(recorded.actor, "account", "")
        for seat in sat(recorded.event):
            stage = getattr(recorded.event, "stage", None)
            if account not in self._held or stage is None:
                continue
            side = Side(person_of(recorded), frozenset(self._held[account].hands))
            where = (recorded.stream, stage, getattr(recorded.event, "organisation", ""))
            for other in self._acted[*where, _OTHER[seat]]:
                yield from self._beside(side, other)
            self._acted[*where, seat].append(side)

    def _beside(self, side: Side, other: Side) -> Iterator[str]:
        among = self._known.among
        if among(other.person, side.hands) or among(side.person, other.hands):
            yield "is reviewed across from whoever gave the other's secret"
        if any(among(each, other.hands) for each in side.hands):
            yield "is reviewed by two whose secrets went through one hand"
