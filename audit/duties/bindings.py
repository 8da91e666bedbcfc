"""Who is who: accounts bound to persons, persons linked, seats held, as the leaves say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.duties.leaf import Leaf


@dataclass(frozen=True)
class Binding:
    """An account belongs to a person, since a position."""

    account: str
    person: str
    position: int


def _organisation_of(seats: str) -> str:
    """The organisation whose appointments a stream tells of: ``seats-`` and the rest of its id."""
    return "organisation-" + seats.removeprefix("seats-")


@dataclass
class Seat:
    """An appointment: who holds which seat of which organisation.

    ``starts_on`` and ``ends_on`` are days in Beijing, the first with and the first without it;
    ``opened`` and ``closed`` the positions at which they were entered.
    """

    appointment: str
    organisation: str
    seat: str
    person: str
    account: str
    opened: int
    starts_on: str
    closed: int | None = None
    ends_on: str = ""

    def held(self, leaf: Leaf) -> bool:
        """Whether the seat was held when an act was recorded.

        An end that was entered later with an earlier day voids nothing that was done before.
        """
        if self.opened >= leaf.position or leaf.day < self.starts_on:
            return False
        return self.closed is None or leaf.position <= self.closed or leaf.day < self.ends_on


@dataclass
class Bindings:
    """Everything that the leaves outside a case say of persons."""

    accounts: dict[str, Binding] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    links: list[tuple[int, str, str, bool]] = field(default_factory=list)

    @classmethod
    def of(cls, leaves: Iterable[Leaf]) -> Bindings:
        """The bindings that these leaves state, in order of position."""
        bindings = cls()
        for leaf in leaves:
            bindings.hear(leaf)
        return bindings

    def hear(self, leaf: Leaf) -> None:
        """One more leaf; those that bind nothing change nothing."""
        match leaf.topic:
            case "account:opened:1":
                bound = Binding(leaf.stream, leaf.fields["person"], leaf.position)
                self.accounts.setdefault(leaf.stream, bound)
            case "seats:appointment-opened:1":
                self.seats[leaf.fields["appointment"]] = Seat(
                    appointment=leaf.fields["appointment"],
                    organisation=_organisation_of(leaf.stream),
                    seat=leaf.fields["seat"],
                    person=leaf.fields["person"],
                    account=leaf.fields["account"],
                    opened=leaf.position,
                    starts_on=leaf.fields["effective_on"],
                )
            case "seats:appointment-closed:1":
                seat = self.seats.get(leaf.fields["appointment"])
                if seat is not None:
                    seat.closed, seat.ends_on = leaf.position, leaf.fields["effective_on"]
            case "person:linked:1" | "person:unlinked:1":
                linked = leaf.topic == "person:linked:1"
                self.links.append((leaf.position, leaf.stream, leaf.fields["other"], linked))
            case _:
                return

    def circle(self, person: str, until: int | None = None) -> frozenset[str]:
        """All persons of the record that are one human being, as linked until a position."""
        joined: dict[str, set[str]] = defaultdict(set)
        for position, one, other, linked in self.links:
            if until is not None and position > until:
                continue
            for a, b in ((one, other), (other, one)):
                if linked:
                    joined[a].add(b)
                else:
                    joined[a].discard(b)
        seen, waiting = {person}, [person]
        while waiting:
            for other in joined[waiting.pop()] - seen:
                seen.add(other)
                waiting.append(other)
        return frozenset(seen)

    def same(self, one: str, other: str, until: int | None = None) -> bool:
        """Whether two persons are one human being, as linked until a position."""
        return one == other or other in self.circle(one, until)

    def evidenced(
        self, leaf: Leaf, organisation: str, seat: str, substitutes: Iterable[tuple[str, str, str]]
    ) -> str | None:
        """Why an act is no evidence; None where it is.

        ``substitutes`` are (organisation, seat, account) designated before the act.
        """
        if leaf.actor.get("type") != "account" or not leaf.account:
            return "no account acted"
        bound = self.accounts.get(leaf.account)
        if bound is None or bound.position >= leaf.position:
            return "the account was not open"
        if bound.person != leaf.person:
            return "the account is bound to another person"
        if (organisation, seat, leaf.account) in set(substitutes):
            return None
        held = self.seats.get(str(leaf.actor.get("appointment") or ""))
        if held is None or not held.held(leaf):
            return "no appointment was open"
        if (held.organisation, held.seat, held.account) != (organisation, seat, leaf.account):
            return "the appointment is to another seat"
        return None
