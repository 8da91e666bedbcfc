"""What may be tried with people: time, accounts, appointments, and who is whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bench.town.chance import MOSTLY
from bench.town.town import FOUNDER, LAW, ORGANISATIONS, PERSONS, open_account, words
from domain.account.events import Role
from domain.organisation import decide as organisation
from domain.person import link
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from bench.town.town import Choose, Town
    from domain.organisation.state import Appointment

SEATS = (HANDLER, LEADER)


def time_passes(town: Town, choose: Choose) -> None:
    """A minute, a day, or long enough for whatever is due."""
    town.now += timedelta(minutes=choose((1, 60, 24 * 60, 12 * 24 * 60)))


def an_account_is_opened(town: Town, choose: Choose) -> None:
    """Somebody gets a further account, here or elsewhere."""
    open_account(town, choose(PERSONS), choose(ORGANISATIONS))


def somebody_is_appointed(town: Town, choose: Choose) -> None:
    """To a seat of an organisation, through an account there, now or from tomorrow."""
    where = choose(ORGANISATIONS)
    command = _opening(town, choose, where, choose(SEATS))
    _organise(town, where, command)


def an_appointment_ends(town: Town, choose: Choose) -> None:
    """Whoever held the seat holds it no more."""
    where = choose(ORGANISATIONS)
    for held in _held(town, choose, where):
        _organise(town, where, _closing(town, held))


def somebody_is_replaced(town: Town, choose: Choose) -> None:
    """One goes and another comes, in one act."""
    where = choose(ORGANISATIONS)
    for held in _held(town, choose, where):
        opening = _opening(town, choose, where, held.seat if choose(MOSTLY) else choose(SEATS))
        command = organisation.ReplaceInSeat(close=_closing(town, held), open=opening)
        _organise(town, where, command)


def two_are_proposed_as_one(town: Town, choose: Choose) -> None:
    """An officer proposes that two persons are one human being; rarely, or all become one."""
    if len(town.links) >= len(PERSONS) // 3:
        return
    actor = town.actor(choose(tuple(town.accounts)))
    command = link.ProposeLink(
        first=choose(PERSONS),
        second=choose(PERSONS),
        organisation=actor.organisation or "",
        evidence=words(actor.person),
    )
    town.record(town.number("link"), link.propose(command, actor, town.humans()), actor)


def a_link_is_confirmed(town: Town, choose: Choose) -> None:
    """A second officer agrees."""
    if not town.links:
        return
    proposed = choose(tuple(town.links))
    actor = town.actor(choose(tuple(town.accounts)))
    command = link.ConfirmLink(organisation=actor.organisation or "")
    confirmed, first, second = link.confirm(town.links[proposed], command, actor, town.humans())
    town.record(proposed, confirmed, actor)
    town.record(second.other, [first], actor)
    town.record(first.other, [second], actor)


def _opening(town: Town, choose: Choose, where: str, seat: str) -> organisation.OpenAppointment:
    here = tuple(name for name, each in town.accounts.items() if each.organisation == where)
    account = choose(here)
    return organisation.OpenAppointment(
        appointment=town.number("appointment"),
        seat=seat,
        person=town.accounts[account].person,
        account=account,
        account_organisation=where,
        roles_of_person=frozenset({Role.OFFICIAL}),
        effective_on=town.now.date() + timedelta(days=choose((0, 0, 1))),
        document=None,
    )


def _closing(town: Town, held: Appointment) -> organisation.CloseAppointment:
    return organisation.CloseAppointment(
        appointment=held.appointment,
        reason="调离",
        effective_on=town.now.date(),
        entered_on=town.now.date(),
    )


def _held(town: Town, choose: Choose, where: str) -> tuple[Appointment, ...]:
    appointments = town.organisations[where].open_on(town.now.date())
    return (choose(appointments),) if appointments else ()


def _organise(town: Town, where: str, command: organisation.Command) -> None:
    events = organisation.decide(town.organisations[where], command, LAW, town.humans())
    town.record(where, events, FOUNDER)
