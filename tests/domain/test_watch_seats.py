"""The watch notices who acts by an appointment that is not theirs to act by, or not any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bench.town.founding import founded, write
from bench.town.watch.watch import Watch
from domain.actor import AccountActor
from domain.organisation.seats import AppointmentClosed, AppointmentOpened
from domain.organisation.state import stream_of
from domain.person.events import FilingBegun

BEGUN = FilingBegun(case="case-9", pack="town")


class Place:
    """A town in which somebody was appointed and acts."""

    def __init__(self) -> None:
        self.town = founded()
        self.today = self.town.now.date()
        self.school = next(n for n, o in self.town.organisations.items() if o.name == "中学")
        self.persons = [name for name in self.town.persons if "-0" in name]

    def appointed(
        self, *, in_days: int = 0, ends_in: int | None = None, stands_in_for: str | None = None
    ) -> None:
        """To handle, from some day on, perhaps for a term."""
        opened = AppointmentOpened(
            appointment="appointment-9",
            seat="handler",
            person=self.persons[0],
            account="account-9",
            effective_on=self.today + timedelta(days=in_days),
            document=None,
            ends_on=None if ends_in is None else self.today + timedelta(days=ends_in),
            stands_in_for=stands_in_for,
            reason=None,
            late_entry=False,
        )
        write(self.town, (stream_of("seats", self.school), opened))

    def ended(self, *, in_days: int = 0, appointment: str = "appointment-9") -> None:
        """From some day on."""
        closed = AppointmentClosed(
            appointment=appointment,
            reason="调离",
            effective_on=self.today + timedelta(days=in_days),
            late_entry=False,
        )
        write(self.town, (stream_of("seats", self.school), closed))

    def seen(self, person: int = 0, seat: str = "handler") -> set[str]:
        """Somebody acts by that appointment; what the watch says of it."""
        actor = AccountActor(
            account="account-9",
            person=self.persons[person],
            organisation=self.school,
            seat=seat,
            appointment="appointment-9",
            sign_in="-",
            method="password",
        )
        write(self.town, (self.persons[1], BEGUN), actor=actor)
        watch = Watch(self.town)
        watch.look()
        return {each.partition(" ")[2] for each in watch.breaches if "acted on" in each}


@pytest.fixture
def place() -> Place:
    return Place()


def test_who_holds_the_seat_may_act(place: Place) -> None:
    place.appointed()
    place.ended(in_days=1)
    assert place.seen() == set()


def test_an_appointment_that_there_is_not(place: Place) -> None:
    assert place.seen() == {"is acted on by an appointment that there is not"}


def test_an_appointment_that_has_ended(place: Place) -> None:
    place.appointed()
    place.ended()
    assert place.seen() == {"is acted on by an appointment that has ended"}


def test_a_term_that_has_run_out(place: Place) -> None:
    place.appointed(ends_in=1)
    assert place.seen() == set()
    place.appointed(ends_in=0)
    assert place.seen() == {"is acted on by an appointment that has ended"}


def test_standing_in_for_somebody_who_has_gone(place: Place) -> None:
    """Who is away held an appointment of the town's founding."""
    absent = place.town.seats_of(place.school).appointments[0].appointment
    place.appointed(ends_in=2, stands_in_for=absent)
    assert place.seen() == set()
    place.ended(appointment=absent)
    assert place.seen() == {"is acted on for somebody whose appointment has ended"}


def test_an_appointment_that_has_not_begun(place: Place) -> None:
    place.appointed(in_days=1)
    assert place.seen() == {"is acted on by an appointment that has not begun"}


def test_somebody_elses_appointment(place: Place) -> None:
    place.appointed()
    assert place.seen(person=1) == {"is acted on by somebody else's appointment"}


def test_another_seat_than_that_of_the_appointment(place: Place) -> None:
    place.appointed()
    assert place.seen(seat="leader") == {
        "is acted on from another seat than that of the appointment"
    }
