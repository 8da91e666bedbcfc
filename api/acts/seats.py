"""In which seat of an organisation the caller acts, by which appointment, and as which officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.organisation.seats import Officer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.desk import Desk


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
