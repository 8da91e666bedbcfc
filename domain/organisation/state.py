"""What a later decision needs to remember of an organisation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from domain.organisation.events import (
    AppointmentClosed,
    AppointmentOpened,
    Kind,
    OrganisationRegistered,
    Ownership,
)

OrganisationEvent = OrganisationRegistered | AppointmentOpened | AppointmentClosed


@dataclass(frozen=True)
class Appointment:
    """A seat that a person holds, from ``effective_on`` (a day in Beijing)."""

    appointment: str
    seat: str
    person: str
    account: str
    effective_on: date


@dataclass(frozen=True)
class Organisation:
    """An organisation with the appointments that are open now."""

    organisation: str
    name: str
    kind: Kind
    ownership: Ownership
    level: str
    area: str
    bodies: tuple[str, ...]
    traits: tuple[str, ...]
    superior: str | None
    bureau: str | None
    appointments: tuple[Appointment, ...] = ()

    def holder(self, account: str, seat: str, on: date) -> Appointment | None:
        """The open appointment by which ``account`` holds ``seat`` on a day, if there is one."""
        for each in self.appointments:
            if (each.account, each.seat) == (account, seat) and each.effective_on <= on:
                return each
        return None

    def persons_in(self, seat: str) -> tuple[str, ...]:
        """The persons who hold a seat now or are appointed to hold it."""
        return tuple(each.person for each in self.appointments if each.seat == seat)


def evolve(state: Organisation | None, event: OrganisationEvent, stream: str) -> Organisation:
    """The organisation after an event of its stream. Never refuses."""
    match event:
        case OrganisationRegistered():
            return Organisation(
                organisation=stream,
                name=event.name,
                kind=event.kind,
                ownership=event.ownership,
                level=event.level,
                area=event.area,
                bodies=event.bodies,
                traits=event.traits,
                superior=event.superior,
                bureau=event.bureau,
            )
        case AppointmentOpened():
            assert state is not None
            opened = Appointment(
                event.appointment, event.seat, event.person, event.account, event.effective_on
            )
            return replace(state, appointments=(*state.appointments, opened))
        case AppointmentClosed():
            assert state is not None
            left = tuple(a for a in state.appointments if a.appointment != event.appointment)
            return replace(state, appointments=left)
        case _:
            assert_never(event)
