"""What has become of one's own account: what it was opened for, its codes, its seats."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from domain.organisation.seats import AppointmentClosed, AppointmentOpened
from domain.organisation.state import stream_of

if TYPE_CHECKING:
    from api.acts.desk import Desk
    from audit.record import Recorded


def history(desk: Desk) -> list[Recorded]:
    """Every event of the caller's account, and of the seats that it holds or held, newest first."""
    actor = desk.acting.actor
    events = list(desk.history(actor.account).recorded)
    if actor.organisation is not None:
        events += _seats(desk, actor.account, actor.organisation)
    return sorted(events, key=attrgetter("position"), reverse=True)


def _seats(desk: Desk, account: str, organisation: str) -> list[Recorded]:
    recorded = desk.history(stream_of("seats", organisation)).recorded
    own = {
        one.event.appointment
        for one in recorded
        if isinstance(one.event, AppointmentOpened) and one.event.account == account
    }
    return [
        one
        for one in recorded
        if isinstance(one.event, AppointmentOpened | AppointmentClosed)
        and one.event.appointment in own
    ]
