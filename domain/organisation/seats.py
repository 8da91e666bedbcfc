"""Who sits in the seats of an organisation, and when (审查人任职).

What was decided under an appointment stays decided when it ends (XW-24).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.account.events import Role
from domain.event import Event
from domain.growing import Ledger
from domain.organisation.state import organisation_of
from domain.refusal import Refusal, Refused
from domain.refusals import unknown_seat
from domain.replacing import replace
from domain.separation import (
    SEATS,
    WATCHING_ROLES,
    CitingLaw,
    Humans,
    opposite,
    same_reviewer,
    watcher_seated,
)

if TYPE_CHECKING:
    from domain.event import Told


@dataclass(frozen=True, kw_only=True)
class AppointmentOpened(Event, topic="seats:appointment-opened:1", chinese="审查人指派"):
    """A person was appointed to a seat of the organisation (审查人指派)."""

    appointment: str
    seat: str
    person: str
    account: str
    effective_on: date
    document: str | None


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
class Seats:
    """The seats of an organisation with every appointment ever made, over or not."""

    organisation: str
    appointments: Ledger[str, Appointment] = field(default_factory=Ledger)

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


@dataclass(frozen=True, kw_only=True)
class OpenAppointment:
    """Appoint a person, acting through one of their accounts, to a seat.

    ``roles_of_person`` are those of all their accounts, of whatever organisation.
    """

    appointment: str
    seat: str
    person: str
    account: str
    account_organisation: str | None
    roles_of_person: frozenset[Role]
    effective_on: date
    document: str | None


@dataclass(frozen=True, kw_only=True)
class CloseAppointment:
    """End an appointment; decisions made under it keep who made them (XW-24).

    ``effective_on`` is the first day in Beijing without it, ``entered_on`` the day of the entry.
    """

    appointment: str
    reason: str
    effective_on: date
    entered_on: date


@dataclass(frozen=True, kw_only=True)
class ReplaceInSeat:
    """End an appointment and open another to the same seat, in one act (XW-24)."""

    close: CloseAppointment
    open: OpenAppointment


Command = OpenAppointment | CloseAppointment | ReplaceInSeat


def evolve(state: Seats | None, event: SeatsEvent, told: Told) -> Seats:
    """The seats after an event of their stream. Never refuses."""
    known = state or Seats(organisation_of(told.stream))
    match event:
        case AppointmentOpened():
            opened = Appointment(
                event.appointment, event.seat, event.person, event.account, event.effective_on
            )
            appointments = known.appointments.entered(event.appointment, opened)
            return replace(known, appointments=appointments)
        case AppointmentClosed():
            return _ended(known, event)
        case _:
            assert_never(event)


def _ended(known: Seats, event: AppointmentClosed) -> Seats:
    ending = known.appointments.under(event.appointment)
    if ending is None:
        return known
    ended = replace(ending, ends_on=event.effective_on)
    return replace(known, appointments=known.appointments.entered(event.appointment, ended))


def decide(
    state: Seats, command: Command, law: CitingLaw, humans: Humans
) -> tuple[SeatsEvent, ...]:
    """The events that a command leads to.

    Raises ``Refused`` with all reasons, ``SAME_REVIEWER`` among them when the person, under
    whatever account or document, holds the opposite seat (XW-23).
    """
    match command:
        case OpenAppointment():
            return (_open(state, command, law, humans),)
        case CloseAppointment():
            return (_close(state, command),)
        case ReplaceInSeat():
            closed = _close(state, command.close)
            return (closed, _open(_ended(state, closed), command.open, law, humans))
        case _:
            assert_never(command)


def _open(
    state: Seats, command: OpenAppointment, law: CitingLaw, humans: Humans
) -> AppointmentOpened:
    refusals = []
    if command.seat not in SEATS:
        refusals.append(unknown_seat(command.seat, SEATS))
    if command.account_organisation != state.organisation:
        refusals.append(
            Refusal(
                "ACCOUNT_ELSEWHERE",
                "该账号不属于本单位，请先在本单位为其实名创建账号。",
                "The account belongs to another organisation; open one here first.",
                law.behind("REAL_NAME"),
                "/account",
            )
        )
    if Role.OFFICIAL not in command.roles_of_person:
        refusals.append(
            Refusal(
                "NOT_AN_OFFICIAL",
                "该账号没有「工作人员」角色，不能担任审查岗位。",
                "The account is not an official's, so it can't hold a seat.",
                pointer="/account",
            )
        )
    if command.roles_of_person & WATCHING_ROLES:
        refusals.append(watcher_seated("/account"))
    across = opposite(command.seat)
    if across is not None and humans.among(
        command.person, state.persons_in(across, command.effective_on)
    ):
        refusals.append(same_reviewer(law))
    if humans.among(command.person, state.persons_in(command.seat, command.effective_on)):
        refusals.append(
            Refusal(
                "ALREADY_APPOINTED",
                "该人员已担任此岗位，无需重复指派。",
                "The person already holds this seat.",
                pointer="/account",
            )
        )
    if refusals:
        raise Refused(*refusals)
    return AppointmentOpened(
        appointment=command.appointment,
        seat=command.seat,
        person=command.person,
        account=command.account,
        effective_on=command.effective_on,
        document=command.document,
    )


def _close(state: Seats, command: CloseAppointment) -> AppointmentClosed:
    """An end that was entered before can still be set to an earlier day."""
    open_still = (each.appointment for each in state.open_on(command.effective_on))
    if command.appointment not in open_still:
        raise Refused(
            Refusal(
                "NO_SUCH_APPOINTMENT",
                "没有这项在任的指派，可能已经卸任。请刷新后核对。",
                "There is no such open appointment; it may have ended already.",
                pointer="/appointment",
            )
        )
    return AppointmentClosed(
        appointment=command.appointment,
        reason=command.reason,
        effective_on=command.effective_on,
        late_entry=command.effective_on < command.entered_on,
    )
