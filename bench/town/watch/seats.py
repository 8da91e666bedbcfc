"""Whoever acts in a seat holds it: by an appointment that has begun and has not ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bench.town.watch.known import person_of
from domain.organisation.seats import AppointmentClosed, AppointmentOpened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Recorded

_BEIJING = timedelta(hours=8)


@dataclass
class Held:
    """An appointment: whose, from which day, and the first day without it."""

    opened: AppointmentOpened
    ends_on: date | None = None

    def over(self, today: date) -> bool:
        """Whether it has ended by a day."""
        return self.ends_on is not None and self.ends_on <= today


class Seats:
    """No act by an appointment that has ended, has not begun, or is somebody else's."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}

    def see(self, recorded: Recorded) -> Iterator[str]:
        """What is wrong with one event, in words."""
        appointment = getattr(recorded.actor, "appointment", None)
        if appointment is not None:
            yield from self._acts(recorded, self._held.get(appointment))
        match recorded.event:
            case AppointmentOpened():
                opened = recorded.event
                self._held[opened.appointment] = Held(opened, opened.ends_on)
            case AppointmentClosed():
                self._held[recorded.event.appointment].ends_on = recorded.event.effective_on
            case _:
                pass

    def close(self, _append: list[Recorded]) -> Iterator[str]:
        """One append says nothing more than its events."""
        yield from ()

    def _acts(self, recorded: Recorded, held: Held | None) -> Iterator[str]:
        today = (recorded.recorded_at + _BEIJING).date()
        if held is None:
            yield "is acted on by an appointment that there is not"
        elif held.opened.person != person_of(recorded):
            yield "is acted on by somebody else's appointment"
        elif held.opened.seat != getattr(recorded.actor, "seat", None):
            yield "is acted on from another seat than that of the appointment"
        elif today < held.opened.effective_on:
            yield "is acted on by an appointment that has not begun"
        elif held.over(today):
            yield "is acted on by an appointment that has ended"
        elif (absent := held.opened.stands_in_for) and self._held[absent].over(today):
            yield "is acted on for somebody whose appointment has ended"
