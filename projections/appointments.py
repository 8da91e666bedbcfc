"""Who sits in the seats of organisations, now and on any day (审查人任职)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.organisation.seats import AppointmentClosed, AppointmentOpened
from domain.organisation.state import organisation_of
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page


@dataclass(slots=True, kw_only=True)
class Appointment:
    """A seat held by a person from ``effective_on`` until the day before ``ends_on`` (Beijing).

    ``opened`` and ``closed`` are the positions at which that became known; ``term`` is the first
    day without it as was known from the beginning, if it was. ``stands_in_for`` is the appointment
    whose holder is away meanwhile; with that one it ends.
    """

    organisation: str
    appointment: str
    seat: str
    person: str
    account: str
    document: str | None
    effective_on: date
    opened: int
    opened_at: datetime
    late_entry: bool
    term: date | None = None
    stands_in_for: str | None = None
    ends_on: date | None = None
    reason: str | None = None
    closed: int | None = None
    closed_at: datetime | None = None


def entered_on(column: str) -> str:
    """The day in Beijing on which something was entered, of the instant in a column."""
    return f"({column} AT TIME ZONE INTERVAL '8 hours')::date"


appointments = Table(
    "appointment",
    Appointment,
    key=("organisation", "appointment"),
    indexes=(
        "(person)",
        "(opened)",
        f"(opened) WHERE {entered_on('opened_at')} > effective_on",
        f"(closed) WHERE {entered_on('closed_at')} > ends_on",
    ),
)
view = View("appointments", 3, (appointments,))


@view.on(AppointmentOpened)
def _opened(fact: Fact, page: Page) -> None:
    page.rows(appointments).put(
        Appointment(
            organisation=organisation_of(fact.stream),
            appointment=fact["appointment"],
            seat=fact["seat"],
            person=fact["person"],
            account=fact["account"],
            document=fact["document"],
            effective_on=date.fromisoformat(fact["effective_on"]),
            opened=fact.position,
            opened_at=fact.at,
            late_entry=fact["late_entry"],
            term=fact.day("ends_on"),
            stands_in_for=fact["stands_in_for"],
            ends_on=fact.day("ends_on"),
            reason=fact["reason"],
        )
    )


@view.on(AppointmentClosed)
def _closed(fact: Fact, page: Page) -> None:
    row = page.rows(appointments).get(organisation_of(fact.stream), fact["appointment"])
    if row is None:
        msg = "an appointment ended that was never opened"
        raise LookupError(msg)
    _end(row, fact, page)
    for each in page.rows(appointments).of(row.organisation):
        if each.stands_in_for == row.appointment and not _over(each, row):
            _end(each, fact, page)


def _over(stand_in: Appointment, absent: Appointment) -> bool:
    """Whether who stands in has gone by the time at which who was stood in for goes."""
    if stand_in.ends_on is None or absent.ends_on is None:
        return False
    return stand_in.ends_on <= absent.ends_on


def _end(row: Appointment, fact: Fact, page: Page) -> None:
    row.ends_on, row.reason = fact.day("effective_on"), fact["reason"]
    row.closed, row.closed_at = fact.position, fact.at
    page.rows(appointments).put(row)


def seats_of(
    connection: Connection[Any], persons: Sequence[str], *, on: date, known_at: int | None = None
) -> list[Appointment]:
    """The seats that some persons hold on a day in Beijing, as known at a position (or now)."""
    return _held(connection, "person = ANY (%s)", list(persons), on, known_at)


def holders(
    connection: Connection[Any], organisation: str, *, on: date, known_at: int | None = None
) -> list[Appointment]:
    """Who holds the seats of an organisation on a day, as known at a position (or now)."""
    return _held(connection, "organisation = %s", organisation, on, known_at)


def history(connection: Connection[Any], organisation: str) -> list[Appointment]:
    """All appointments that an organisation ever made, the oldest first."""
    return appointments.select(
        connection, "WHERE organisation = %s ORDER BY opened", (organisation,)
    )


def _held(
    connection: Connection[Any], whose: str, given: str | list[str], on: date, known_at: int | None
) -> list[Appointment]:  # fmt: skip
    rest = f"""
        WHERE {whose} AND effective_on <= %s AND opened <= coalesce(%s, opened)
          AND (ends_on IS NULL OR ends_on > %s OR closed > %s) AND (term IS NULL OR term > %s)
        ORDER BY organisation, seat, opened
    """  # one of two constants
    return appointments.select(connection, rest, (given, on, known_at, on, known_at, on))
