"""A busy organisation: one to which very much had happened before anybody looks."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from api.acts.guard import act_as
from api.identifiers import new_id
from domain.actor import SystemActor
from domain.organisation.events import OrganisationRenamed
from domain.organisation.seats import AppointmentClosed, AppointmentOpened
from domain.organisation.state import stream_of

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.desk import Desk
    from api.office import Office
    from domain.event import Event

_TOGETHER = 400
"""Events that are laid at once."""


def burden(office: Office, organisation: str, events: int, at: datetime) -> None:
    """Let so many events stand there: half of them of its seats, half of its name."""
    seats, day = stream_of("seats", organisation), at.date() - timedelta(days=400)
    for first in range(0, events, _TOGETHER):
        told: list[Event] = []
        named: list[Event] = []
        for number in range(first, min(first + _TOGETHER, events), 4):
            told += [
                AppointmentOpened(
                    appointment=f"appointment-{number}",
                    seat="handler",
                    person=f"person-{number}",
                    account=f"account-{number}",
                    effective_on=day,
                    document=None,
                    ends_on=None,
                    stands_in_for=None,
                    reason=None,
                    late_entry=False,
                ),
                AppointmentClosed(
                    appointment=f"appointment-{number}",
                    reason="离任",
                    effective_on=day + timedelta(days=1),
                    late_entry=False,
                ),
            ]
            renamed = OrganisationRenamed(
                name=f"某单位{number}", effective_on=day, document="某字1号", late_entry=False
            )
            named += [renamed, renamed]
        written = {seats: told, organisation: named}
        act_as(office.desk, SystemActor("bench"), new_id(at), at, partial(_write, written))


def _write(written: dict[str, list[Event]], desk: Desk) -> None:
    for stream, events in written.items():
        desk.write(stream, *events)
