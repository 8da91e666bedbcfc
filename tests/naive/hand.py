"""Whoever writes to the record by hand: for somebody of an office, whatever the law says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.identifiers import untimed_stream
from bench.town.founding import write
from bench.town.town import Town
from domain.beijing import day

if TYPE_CHECKING:
    from api.identifiers import Kind
    from domain.account.events import Role
    from domain.event import Event

DIGEST = "0" * 64
WORDS = "虚构"


@dataclass(frozen=True)
class Hand:
    """Writes to a town."""

    town: Town

    def house(self, name: str) -> str:
        """The organisation of that name."""
        known = self.town.organisations
        return next(house for house, each in known.items() if each.name == name)

    def staff(self, house: str, role: Role) -> list[str]:
        """The accounts there that are used for something, in the order of their opening."""
        every = self.town.accounts.items()
        return [name for name, e in every if e.organisation == house and role in e.roles]

    def person(self, account: str) -> str:
        """Whose account it is."""
        return self.town.accounts[account].person

    def holders(self, house: str, seat: str) -> list[str]:
        """The accounts that hold a seat of a house today, and can be used."""
        seats = self.town.states["seats"].get(house.replace("organisation", "seats"))
        held = () if seats is None else seats.filling(seat, day(self.town.now))
        return [each.account for each in held if each.account in self.town.accounts]

    def begins(self, by: str, kind: Kind, *events: Event) -> str:
        """Somebody begins a stream of a kind, and goes on with it."""
        stream = untimed_stream(kind)
        self.says(by, stream, *events)
        return stream

    def says(self, by: str, stream: str, *events: Event, seat: str | None = None) -> None:
        """Somebody goes on with a stream, as if they sat in a seat."""
        actor = replace(self.town.acting(by).actor, seat=seat)
        for each in events:
            write(self.town, (stream, each), actor=actor)
