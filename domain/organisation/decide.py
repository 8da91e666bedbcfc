"""What an organisation may do: be registered, appoint, end an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.account.events import Role
from domain.organisation import credit_code
from domain.organisation.events import (
    AppointmentClosed,
    AppointmentOpened,
    Kind,
    OrganisationRegistered,
    Ownership,
)
from domain.organisation.state import evolve
from domain.refusal import Refusal, Refused
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
    from domain.organisation.state import Organisation, OrganisationEvent


@dataclass(frozen=True, kw_only=True)
class RegisterOrganisation:
    """Register an organisation; its name and place are as in its founding document."""

    name: str
    credit_code: str | None
    kind: Kind
    ownership: Ownership
    level: str
    area: str
    bodies: tuple[str, ...]
    traits: tuple[str, ...]
    superior: str | None
    bureau: str | None


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


Command = RegisterOrganisation | OpenAppointment | CloseAppointment | ReplaceInSeat


def decide(
    state: Organisation | None, command: Command, law: CitingLaw, humans: Humans
) -> tuple[OrganisationEvent, ...]:
    """The events that a command leads to.

    Raises ``Refused`` with all reasons, ``SAME_REVIEWER`` among them when the person, under
    whatever account or document, holds the opposite seat (XW-23); ``CREDIT_CODE`` where the
    code of a new organisation is mistyped.
    """
    match command:
        case RegisterOrganisation():
            return (_register(command),)
        case OpenAppointment():
            return (_open(_known(state), command, law, humans),)
        case CloseAppointment():
            return (_close(_known(state), command),)
        case ReplaceInSeat():
            known = _known(state)
            closed = _close(known, command.close)
            left = evolve(known, closed, known.organisation)
            return (closed, _open(left, command.open, law, humans))
        case _:
            assert_never(command)


def _known(state: Organisation | None) -> Organisation:
    if state is None:
        raise Refused(
            Refusal(
                "UNKNOWN_ORGANISATION", "该单位尚未建档。", "The organisation is not registered."
            )
        )
    return state


def _register(command: RegisterOrganisation) -> OrganisationRegistered:
    code = None if command.credit_code is None else credit_code.read(command.credit_code)
    return OrganisationRegistered(
        name=command.name,
        credit_code=code,
        kind=command.kind,
        ownership=command.ownership,
        level=command.level,
        area=command.area,
        bodies=command.bodies,
        traits=command.traits,
        superior=command.superior,
        bureau=command.bureau,
    )


def _open(
    state: Organisation, command: OpenAppointment, law: CitingLaw, humans: Humans
) -> AppointmentOpened:
    refusals = []
    if command.seat not in SEATS:
        refusals.append(
            Refusal(
                "UNKNOWN_SEAT",
                f"没有「{command.seat}」这一岗位，可用：{'、'.join(SEATS)}。",
                f"There is no seat {command.seat!r}; there are {', '.join(SEATS)}.",
                pointer="/seat",
            )
        )
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


def _close(state: Organisation, command: CloseAppointment) -> AppointmentClosed:
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
