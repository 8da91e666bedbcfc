"""Appointing to the seats of an organisation, standing in for who holds one, and ending it.

Handler and leader are different persons, under whatever account or document. Who stands in
(AB 角) is another person of the same house, for a term that the law bounds and that ends by itself;
it is not passed on, and is not joined to a term of the same person for the same appointment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never

from domain.account.events import Role
from domain.organisation.seats import AppointmentClosed, AppointmentOpened, closed
from domain.refusal import Refusal, Refused
from domain.refusals.seats import unknown_seat
from domain.separation import (
    SEATS,
    WATCHING_ROLES,
    CitingLaw,
    Humans,
    no_official,
    opposite,
    same_reviewer,
    watcher_seated,
)

if TYPE_CHECKING:
    from domain.organisation.seats import Appointment, Seats, SeatsEvent


@dataclass(frozen=True, kw_only=True)
class OpenAppointment:
    """Appoint a person, acting through one of their accounts, to a seat.

    ``roles_of_person`` are those of all their accounts, of whatever organisation.
    ``effective_on`` is the first day in Beijing with it, ``entered_on`` the day of the entry,
    ``registered_on`` that on which the organisation was registered. ``ends_on`` is the first day
    without it. ``stands_in_for`` is the appointment whose holder is away, for ``longest_days`` at
    most, and ``reason`` why. ``secrets`` says why the account's secret does not allow it.
    """

    appointment: str
    seat: str
    person: str
    account: str
    account_organisation: str | None
    roles_of_person: frozenset[Role]
    effective_on: date
    entered_on: date
    registered_on: date
    document: str | None
    ends_on: date | None = None
    stands_in_for: str | None = None
    reason: str | None = None
    longest_days: int = 0
    secrets: tuple[Refusal, ...] = ()


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
    """End an appointment and open another to the same seat, in one act (XW-24).

    Or let the one who leaves a seat move to another.
    """

    close: CloseAppointment
    open: OpenAppointment


Command = OpenAppointment | CloseAppointment | ReplaceInSeat


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
            return (_close(state, command, "/appointment"),)
        case ReplaceInSeat():
            _refuse_another_seat(state, command, humans)
            ending = _close(state, command.close, "/replaces")
            left = closed(state, ending, command.close.entered_on)
            return (ending, _open(left, command.open, law, humans))
        case _:
            assert_never(command)


def _refuse_another_seat(state: Seats, command: ReplaceInSeat, humans: Humans) -> None:
    """What is replaced is an appointment to the same seat, or of the one who moves from it."""
    replaced, opening = state.appointments.under(command.close.appointment), command.open
    if replaced is None or (
        replaced.seat != opening.seat and not humans.same(replaced.person, opening.person)
    ):
        raise Refused(_no_such_appointment("/replaces"))


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
        refusals.append(no_official("/account"))
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
    refusals += command.secrets
    refusals += _untimely(command)
    if command.stands_in_for is not None:
        refusals += _standing_in(state, command, law, humans)
    if refusals:
        raise Refused(*refusals)
    return AppointmentOpened(
        appointment=command.appointment,
        seat=command.seat,
        person=command.person,
        account=command.account,
        effective_on=command.effective_on,
        document=command.document,
        ends_on=command.ends_on,
        stands_in_for=command.stands_in_for,
        reason=command.reason if command.stands_in_for is not None else None,
        late_entry=command.effective_on < command.entered_on,
    )


def _untimely(command: OpenAppointment) -> list[Refusal]:
    found = []
    if command.effective_on < command.registered_on:
        found.append(
            Refusal(
                "APPOINTED_BEFORE_REGISTERED",
                f"任职起始日期不能早于单位建档之日 {command.registered_on}。"
                "补录的任职自登记之时起才能据以办理，请改填建档之日或以后的日期。",
                f"An appointment begins no earlier than {command.registered_on}, when the"
                " organisation was registered. One entered late covers nothing that was done"
                " before the entry; give that day or a later one.",
                pointer="/effective_on",
            )
        )
    if command.ends_on is not None and command.ends_on <= max(
        command.effective_on, command.entered_on
    ):
        found.append(
            Refusal(
                "APPOINTMENT_ENDS_TOO_EARLY",
                "任职终止日期（不再任职的第一日）须晚于起始日期和今天。",
                "The first day without it lies after the day on which it begins, and after today.",
                pointer="/ends_on",
            )
        )
    return found


def _close(state: Seats, command: CloseAppointment, pointer: str) -> AppointmentClosed:
    """An end that was entered before can still be set to an earlier day.

    What has begun ends no earlier than it began; what has not is called off.
    """
    ending = state.appointments.under(command.appointment)
    if ending is None or ending not in state.open_on(command.effective_on):
        raise Refused(_no_such_appointment(pointer))
    earliest = min(ending.effective_on, command.entered_on)
    if command.effective_on < earliest:
        raise Refused(_before_it_began(earliest))
    return AppointmentClosed(
        appointment=command.appointment,
        reason=command.reason,
        effective_on=command.effective_on,
        late_entry=command.effective_on < command.entered_on,
    )


def _before_it_began(earliest: date) -> Refusal:
    return Refusal(
        "ENDED_BEFORE_IT_BEGAN",
        f"卸任日期（不再任职的第一日）不得早于任职起始日期，请填 {earliest} 或以后的日期。",
        "An appointment ends no earlier than it began: the first day without it is"
        f" {earliest} or later.",
        pointer="/effective_on",
    )


def _no_such_appointment(pointer: str) -> Refusal:
    return Refusal(
        "NO_SUCH_APPOINTMENT",
        "没有这项在任的指派，可能已经卸任，或属于其他岗位。请刷新后核对。",
        "There is no such open appointment; it may have ended already, or be to another seat.",
        pointer=pointer,
    )


def _standing_in(
    state: Seats, command: OpenAppointment, law: CitingLaw, humans: Humans
) -> list[Refusal]:
    absent = state.appointments.under(command.stands_in_for or "")
    still = absent is not None and absent in state.open_on(command.effective_on)
    if absent is None or not still or absent.seat != command.seat:
        return [_no_such_appointment("/stands_in_for")]
    found = _of_term(command, law)
    if absent.stands_in_for is not None:
        found.append(
            Refusal(
                "STAND_IN_PASSED_ON",
                "代理人不得再委托他人代理。请由原任职人员所在单位为其另行指定代理人。",
                "Who stands in is not stood in for. Name a stand-in for the appointment itself.",
                law.behind("STAND_IN_PASSED_ON"),
                "/stands_in_for",
            )
        )
    if any(_joined(each, command) for each in _terms(state, command, humans)):
        found.append(
            Refusal(
                "STAND_IN_AGAIN",
                f"该人员刚代理过此任职，须间隔 {command.longest_days} 日以上才能再次代理。"
                "请指定其他人员；需长期由其履职的，请正式指派。",
                "The person has just stood in for this appointment, and does so again only after"
                f" {command.longest_days} days. Name somebody else, or appoint them to the seat.",
                law.behind("STAND_IN_AGAIN"),
                "/account",
            )
        )
    return found


def _of_term(command: OpenAppointment, law: CitingLaw) -> list[Refusal]:
    """What the term lacks: it is named with a reason, and no longer than the law lets it be."""
    last = command.effective_on + timedelta(days=command.longest_days)
    unbounded = command.ends_on is None or command.ends_on > last
    wrong = {"/ends_on": unbounded, "/reason": command.reason is None}
    return [
        Refusal(
            "STAND_IN_TERM",
            f"代理须写明事由和终止日期，一次最多 {command.longest_days} 日"
            f"（终止日期不晚于 {last}），到期自行终止。",
            "Standing in has a reason and an end, and lasts"
            f" {command.longest_days} days at most (until {last}); it ends by itself.",
            law.behind("STAND_IN_TERM"),
            pointer,
        )
        for pointer, lacking in wrong.items()
        if lacking
    ]


def _terms(state: Seats, command: OpenAppointment, humans: Humans) -> list[Appointment]:
    """The terms in which the same human being stood in for the same appointment."""
    return [
        each
        for each in state.appointments
        if each.stands_in_for == command.stands_in_for and humans.same(each.person, command.person)
    ]


def _joined(term: Appointment, command: OpenAppointment) -> bool:
    """Whether a new term lies too near the end of one that was held to be another term.

    Who still stands in, or will, holds the seat already. An end that was entered late is no end
    before the day of the entry.
    """
    if term.ends_on is None:
        return False
    end = max(term.ends_on, term.acted_until or term.ends_on)
    if end <= term.effective_on:
        return False
    return command.effective_on < end + timedelta(days=command.longest_days)
