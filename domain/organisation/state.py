"""What a later decision needs to remember of an organisation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.organisation.events import (
    AppointmentClosed,
    AppointmentOpened,
    Kind,
    OrganisationRegistered,
    Ownership,
)
from domain.organisation.extension import (
    Extension,
    ExtensionDeclined,
    ExtensionGranted,
    ExtensionProposed,
)
from domain.organisation.roll import RollFiled, RollOverdue

if TYPE_CHECKING:
    from domain.actor import Actor

Registered = OrganisationRegistered | AppointmentOpened | AppointmentClosed
Rolled = RollFiled | RollOverdue
Extended = ExtensionProposed | ExtensionGranted | ExtensionDeclined
OrganisationEvent = Registered | Rolled | Extended


@dataclass(frozen=True)
class Appointment:
    """A seat that a person holds from ``effective_on`` until the day before ``ends_on`` (Beijing).

    ``ends_on`` is None while nobody has said that it ends.
    """

    appointment: str
    seat: str
    person: str
    account: str
    effective_on: date
    ends_on: date | None = None

    def over(self, on: date) -> bool:
        """Whether the appointment has ended by a day."""
        return self.ends_on is not None and self.ends_on <= on

    def holds(self, on: date) -> bool:
        """Whether the seat is held by it on a day."""
        return self.effective_on <= on and not self.over(on)


@dataclass(frozen=True)
class Organisation:
    """An organisation with every appointment that it ever made, those that are over among them.

    ``rolls`` are the years whose roll it has filed, ``rolls_overdue`` those whose roll was not
    there on its day; ``extensions`` those that it has proposed or decided.
    """

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
    rolls: frozenset[int] = frozenset()
    rolls_overdue: frozenset[int] = frozenset()
    extensions: tuple[Extension, ...] = ()

    def holder(self, account: str, seat: str, on: date) -> Appointment | None:
        """The appointment by which ``account`` holds ``seat`` on a day, if there is one."""
        return next((each for each in self.held_by(account, on) if each.seat == seat), None)

    def held_by(self, account: str, on: date) -> tuple[Appointment, ...]:
        """The appointments by which an account holds seats on a day."""
        return tuple(
            each for each in self.appointments if each.account == account and each.holds(on)
        )

    def open_on(self, day: date) -> tuple[Appointment, ...]:
        """The appointments that hold on a day, or will after it."""
        return tuple(each for each in self.appointments if not each.over(day))

    def persons_in(self, seat: str, since: date) -> tuple[str, ...]:
        """The persons who hold a seat on a day or are appointed to hold it later."""
        return tuple(each.person for each in self.open_on(since) if each.seat == seat)

    def proposed_extension(self, extension: str) -> Extension | None:
        """An extension that nobody has decided yet."""
        waiting = (each for each in self.extensions if each.granted is None)
        return next((each for each in waiting if each.extension == extension), None)


def evolve(
    state: Organisation | None, event: OrganisationEvent, stream: str, actor: Actor | None = None
) -> Organisation:
    """The organisation after an event of its stream, done by ``actor``. Never refuses."""
    if isinstance(event, Extended):
        assert state is not None
        return _extended(state, event, getattr(actor, "person", ""))
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
            ending = tuple(
                replace(each, ends_on=event.effective_on)
                if each.appointment == event.appointment
                else each
                for each in state.appointments
            )
            return replace(state, appointments=ending)
        case RollFiled():
            assert state is not None
            return replace(state, rolls=state.rolls | {event.year})
        case RollOverdue():
            assert state is not None
            return replace(state, rolls_overdue=state.rolls_overdue | {event.year})
        case _:
            assert_never(event)


def _extended(state: Organisation, event: Extended, person: str) -> Organisation:
    match event:
        case ExtensionProposed():
            proposed = Extension(
                event.extension,
                event.pack,
                event.window,
                event.until,
                event.employer,
                event.person,
                event.reason,
                person,
            )
            return replace(state, extensions=(*state.extensions, proposed))
        case ExtensionGranted():
            return _decided(state, event.extension, granted=True)
        case ExtensionDeclined():
            return _decided(state, event.extension, granted=False)
        case _:
            assert_never(event)


def _decided(state: Organisation, extension: str, *, granted: bool) -> Organisation:
    decided = tuple(
        replace(each, granted=granted) if each.extension == extension else each
        for each in state.extensions
    )
    return replace(state, extensions=decided)
