"""Who sits in the seats of an organisation, and when (审查人任职).

What was decided under an appointment stays decided when it ends (XW-24).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain import beijing
from domain.event import Event
from domain.organisation.state import organisation_of
from domain.replacing import replace
from domain.separation import Humans, opposite
from domain.shared_collections import Ledger

if TYPE_CHECKING:
    from domain.event import Told


@dataclass(frozen=True, kw_only=True)
class AppointmentOpened(Event, topic="seats:appointment-opened:1", chinese="审查人指派"):
    """A person was appointed to a seat of the organisation (审查人指派).

    ``ends_on`` is the first day in Beijing without it, where that is known from the beginning.
    ``stands_in_for`` is the appointment whose holder is away meanwhile (AB 角), ``reason`` why,
    nothing personal. ``late_entry`` says that it was entered after the day from which it counts:
    what was done before the entry was not done under it.
    """

    appointment: str
    seat: str
    person: str
    account: str
    effective_on: date
    document: str | None
    ends_on: date | None
    stands_in_for: str | None
    reason: str | None
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class AppointmentClosed(Event, topic="seats:appointment-closed:1", chinese="审查人卸任"):
    """An appointment ends; what was decided under it stays decided (审查人卸任).

    ``effective_on`` is the first day in Beijing without it; ``late_entry`` says that this was
    entered after that day had begun to count.
    """

    appointment: str
    reason: str
    effective_on: date
    late_entry: bool


SeatsEvent = AppointmentOpened | AppointmentClosed


@dataclass(frozen=True)
class Appointment:
    """A seat that a person holds from ``effective_on`` until the day before ``ends_on`` (Beijing).

    ``ends_on`` is None while nobody has said that it ends. What stands in for another appointment
    holds no longer than that one: see ``Seats.held``. ``acted_until`` is the day on which an end
    was entered that lay in the past: until then it was acted under.
    """

    appointment: str
    seat: str
    person: str
    account: str
    effective_on: date
    ends_on: date | None = None
    stands_in_for: str | None = None
    acted_until: date | None = None

    def over(self, on: date) -> bool:
        """Whether the appointment has ended by a day."""
        return self.ends_on is not None and self.ends_on <= on

    def holds(self, on: date) -> bool:
        """Whether the seat is held by it on a day."""
        return self.effective_on <= on and not self.over(on)


@dataclass(frozen=True)
class Seats:
    """The seats of an organisation with every appointment ever made, over or not."""

    organisation: str
    appointments: Ledger[str, Appointment] = field(default_factory=Ledger)

    def holder(self, account: str, seat: str, on: date) -> Appointment | None:
        """The appointment by which ``account`` holds ``seat`` on a day, if there is one."""
        return next((each for each in self.held_by(account, on) if each.seat == seat), None)

    def held_by(self, account: str, on: date) -> tuple[Appointment, ...]:
        """The appointments by which an account holds seats on a day."""
        return self.appointments.reckoned(("held", on), lambda: self._held(on)).get(account, ())

    def filling(self, seat: str, on: date) -> tuple[Appointment, ...]:
        """The appointments by which anybody holds a seat on a day."""
        return tuple(each for each in self.open_on(on) if each.seat == seat and each.holds(on))

    def across_from(self, account: str, day: date) -> tuple[Appointment, ...]:
        """The appointments to the seats across from those that an account has, then or later."""
        opened = self.open_on(day)
        across = {opposite(each.seat) for each in opened if each.account == account}
        return tuple(each for each in opened if each.seat in across)

    def open_on(self, day: date) -> tuple[Appointment, ...]:
        """The appointments that hold on a day, or will after it."""
        return self.appointments.reckoned(("open", day), lambda: self._open(day))

    def _held(self, on: date) -> dict[str, tuple[Appointment, ...]]:
        """The appointments that hold on a day, by account."""
        held: dict[str, tuple[Appointment, ...]] = {}
        for each in self.open_on(on):
            if each.holds(on):
                held[each.account] = (*held.get(each.account, ()), each)
        return held

    def _open(self, day: date) -> tuple[Appointment, ...]:
        return tuple(
            each for each in self.appointments if not each.over(day) and self._not_alone(each, day)
        )

    def _not_alone(self, appointment: Appointment, on: date) -> bool:
        """Who stands in does so while there is an appointment in which to stand in."""
        absent = self.appointments.under(appointment.stands_in_for or "")
        return appointment.stands_in_for is None or (absent is not None and not absent.over(on))

    def persons_in(self, seat: str, since: date) -> tuple[str, ...]:
        """The persons who hold a seat on a day or are appointed to hold it later."""
        return tuple(each.person for each in self.open_on(since) if each.seat == seat)


@dataclass(frozen=True, kw_only=True)
class Officer:
    """Who acts for an organisation, whose seats these are, on which day in Beijing."""

    person: str
    account: str
    seats: Seats
    humans: Humans
    today: date

    def sits(self, seat: str) -> bool:
        """Whether they hold a seat of the organisation."""
        return self.seats.holder(self.account, seat, self.today) is not None


def evolve(state: Seats | None, event: SeatsEvent, told: Told) -> Seats:
    """The seats after an event of their stream. Never refuses."""
    known = state or Seats(organisation_of(told.stream))
    match event:
        case AppointmentOpened():
            opened = Appointment(
                event.appointment,
                event.seat,
                event.person,
                event.account,
                event.effective_on,
                event.ends_on,
                event.stands_in_for,
            )
            appointments = known.appointments.entered(event.appointment, opened)
            return replace(known, appointments=appointments)
        case AppointmentClosed():
            return closed(known, event, beijing.day(told.recorded_at))
        case _:
            assert_never(event)


def closed(known: Seats, event: AppointmentClosed, entered_on: date) -> Seats:
    """The seats after the end of an appointment, which was entered on a day in Beijing."""
    ending = known.appointments.under(event.appointment)
    if ending is None:
        return known
    until = entered_on if event.late_entry else None
    ended = replace(ending, ends_on=event.effective_on, acted_until=until)
    return replace(known, appointments=known.appointments.entered(event.appointment, ended))
