"""Which seats the caller holds, and in which of them they act: by which appointment, as whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.organisation.seats import Officer
from domain.refusals.seats import not_in_seat
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.desk import Desk
    from domain.refusal import Refusal

OBJECTION_SEATS = (DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER)
"""The seats that deal with objections and complaints."""


def acting_officer(desk: Desk, organisation: str, persons: Iterable[str] = ()) -> Officer:
    """The caller as one who acts for an organisation; ``persons`` are those to be told apart."""
    acting = desk.acting
    return Officer(
        person=acting.actor.person,
        account=acting.actor.account,
        seats=desk.seats(organisation),
        humans=desk.humans([acting.actor.person, *sorted(persons)]),
        today=acting.today,
    )


def take_seat(desk: Desk, organisation: str, seats: tuple[str, ...]) -> None:
    """Let the events say in which seat the caller acts, and by which appointment.

    The first of these seats that they hold today. Where they hold none, one seat alone is named
    all the same: whether they may act, the domain says.
    """
    acting = desk.acting
    held = desk.seats(organisation).held_by(acting.actor.account, acting.today)
    for appointment in held:
        if appointment.seat in seats:
            desk.in_seat(appointment.seat, appointment.appointment)
            return
    if len(seats) == 1:
        desk.in_seat(seats[0], None)


def seats_at_home(desk: Desk, *seats: str) -> list[str]:
    """Those of some seats that the caller's account holds today in its organisation."""
    acting = desk.acting
    if acting.actor.organisation is None:
        return []
    own = desk.seats(acting.actor.organisation)
    return [seat for seat in seats if own.holder(acting.actor.account, seat, acting.today)]


def unseated(desk: Desk, organisation: str, *seats: str) -> tuple[Refusal, ...]:
    """Why the caller does not act for an organisation: they hold none of these seats there."""
    acting, there = desk.acting, desk.seats(organisation)
    held = (there.holder(acting.actor.account, seat, acting.today) for seat in seats)
    return () if any(held) else (not_in_seat(*seats),)


def seats_held(desk: Desk) -> frozenset[str]:
    """All seats that the caller's account holds today in its organisation."""
    actor, today = desk.acting.actor, desk.acting.today
    if actor.organisation is None:
        return frozenset()
    held = desk.seats(actor.organisation).held_by(actor.account, today)
    return frozenset(each.seat for each in held)


def integrity_seats(desk: Desk) -> list[str]:
    """The integrity seats that the caller's account holds today in its organisation."""
    return seats_at_home(desk, INTEGRITY_HANDLER, INTEGRITY_LEADER)


def objection_seats(desk: Desk) -> list[str]:
    """The seats that deal with objections and complaints which the caller's account holds today."""
    return seats_at_home(desk, *OBJECTION_SEATS)
