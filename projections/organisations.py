"""Organisations (单位) and who sits in their seats, now and on any day (审查人任职).

Names of organisations are no personal data and stand here as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.organisation.events import Kind, OrganisationRegistered
from domain.organisation.seats import AppointmentClosed, AppointmentOpened
from domain.organisation.state import organisation_of
from projections.listing import listing, narrowed
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Listing
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True)
class Organisation:
    """One organisation; ``area`` is a path as in ``domain.area``."""

    organisation: str
    name: str
    credit_code: str | None
    kind: str
    ownership: str
    level: str
    area: str
    traits: tuple[str, ...]
    superior: str | None
    bureau: str | None
    registered_at: datetime
    position: int


@dataclass(slots=True, kw_only=True)
class Appointment:
    """A seat held by a person from ``effective_on`` until the day before ``ends_on`` (Beijing).

    ``opened`` and ``closed`` are the positions at which that became known.
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
    ends_on: date | None = None
    reason: str | None = None
    closed: int | None = None
    closed_at: datetime | None = None


organisations = Table(
    "organisation",
    Organisation,
    key=("organisation",),
    indexes=("(area, organisation)", "(superior)", "(bureau)", "(credit_code)", "(name)"),
)
appointments = Table(
    "appointment",
    Appointment,
    key=("organisation", "appointment"),
    indexes=("(person)", "(account)"),
)
view = View("organisations", 1, (organisations, appointments))


@view.on(OrganisationRegistered)
def _registered(fact: Fact, page: Page) -> None:
    page.rows(organisations).put(
        Organisation(
            organisation=fact.stream,
            name=fact["name"],
            credit_code=fact["credit_code"],
            kind=fact["kind"],
            ownership=fact["ownership"],
            level=fact["level"],
            area=fact["area"],
            traits=fact.words("traits"),
            superior=fact["superior"],
            bureau=fact["bureau"],
            registered_at=fact.at,
            position=fact.position,
        )
    )


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
        )
    )


@view.on(AppointmentClosed)
def _closed(fact: Fact, page: Page) -> None:
    row = page.rows(appointments).get(organisation_of(fact.stream), fact["appointment"])
    if row is None:
        msg = "an appointment ended that was never opened"
        raise LookupError(msg)
    row.ends_on, row.reason = fact.day("effective_on"), fact["reason"]
    row.closed, row.closed_at = fact.position, fact.at
    page.rows(appointments).put(row)


def of(connection: Connection[Any], organisation: str) -> Organisation | None:
    """The organisation with this id."""
    found = organisations.select(connection, "WHERE organisation = %s", (organisation,))
    return found[0] if found else None


def named(connection: Connection[Any], ids: Sequence[str]) -> dict[str, str]:
    """The names of some organisations by their ids."""
    rows = connection.execute(
        f"SELECT organisation, name FROM {organisations.stored} WHERE organisation = ANY (%s)",
        (list(ids),),
    )
    return dict(rows.fetchall())


_SEEN = """(organisation = ANY (%s) OR superior = ANY (%s) OR bureau = ANY (%s)
    OR EXISTS (SELECT FROM unnest(%s::text[]) AS wider (area)
               WHERE starts_with(organisation.area || '/', wider.area || '/')))"""


def visible(scope: Scope, *, name: str | None = None) -> Listing[Organisation]:
    """The organisations in ``scope`` and those directly beneath them, in the order of their ids.

    ``name`` narrows to names that contain it.
    """
    conditions = narrowed({"strpos(name, %s) > 0": name})
    if not (scope.everything or "" in scope.areas):
        own = sorted(scope.organisations)
        conditions.append((_SEEN, [own, own, own, sorted(scope.areas)]))
    return listing(organisations, conditions, ("organisation",), ascending=True)


def beneath(connection: Connection[Any], organisation: str) -> frozenset[str]:
    """All organisations beneath this one, at any depth, itself not among them."""
    rows = connection.execute(
        f"""
        WITH RECURSIVE below (organisation) AS (
            SELECT organisation FROM {organisations.stored}
            WHERE superior = %(it)s OR bureau = %(it)s
            UNION
            SELECT next.organisation FROM {organisations.stored} AS next
            JOIN below ON next.superior = below.organisation OR next.bureau = below.organisation
        )
        SELECT organisation FROM below WHERE organisation <> %(it)s
        """,
        {"it": organisation},
    )
    return frozenset(each for (each,) in rows)


@dataclass(frozen=True)
class Alike:
    """Units that stand beneath the same offices in the same area; ``organisation`` is one."""

    organisation: str
    number: int


def employers_beneath(connection: Connection[Any], organisation: str, limit: int) -> list[Alike]:
    """The units directly beneath this one that are no office, those that stand alike together."""
    rows = connection.execute(
        f"""
        SELECT min(organisation), count(*) FROM {organisations.stored}
        WHERE (superior = %(it)s OR bureau = %(it)s) AND kind <> %(office)s
        GROUP BY superior, bureau, area, level, kind, ownership ORDER BY 1 LIMIT %(limit)s
        """,
        {"it": organisation, "office": Kind.GOVERNMENT, "limit": limit},
    )
    return [Alike(one, number) for one, number in rows]


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
          AND (ends_on IS NULL OR ends_on > %s OR closed > %s)
        ORDER BY organisation, seat, opened
    """  # one of two constants
    return appointments.select(connection, rest, (given, on, known_at, on, known_at))
