"""Organisations (单位) and who sits in their seats, now and on any day (审查人任职).

Names of organisations are no personal data and stand here as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.organisation.events import (
    CreditCodeCorrected,
    Kind,
    OrganisationClosed,
    OrganisationMergedInto,
    OrganisationPlaced,
    OrganisationRegistered,
    OrganisationRenamed,
)
from domain.organisation.seats import AppointmentClosed, AppointmentOpened
from domain.organisation.state import organisation_of
from projections.area import covers
from projections.listing import ALWAYS, either, listing, narrowed
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition, Listing
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True)
class Organisation:
    """One organisation as it is now; ``area`` is a path as in ``domain.area``.

    ``ended_on`` is the first day in Beijing without it, ``merged_into`` who carries on, if any.
    """

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
    ended_on: date | None = None
    merged_into: str | None = None


@dataclass(slots=True)
class Name:
    """The name of an organisation as the register has it from a position on."""

    organisation: str
    position: int
    name: str


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


organisations = Table(
    "organisation",
    Organisation,
    key=("organisation",),
    indexes=(
        "(area, organisation)",
        "(superior)",
        "(bureau)",
        "(merged_into)",
        "(credit_code)",
        "(name)",
    ),
)
names = Table("organisation_name", Name, key=("organisation", "position"))
appointments = Table(
    "appointment",
    Appointment,
    key=("organisation", "appointment"),
    indexes=("(person)", "(account)"),
)
view = View("organisations", 2, (organisations, names, appointments))


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
    _call(fact, page)


@view.on(OrganisationRenamed)
def _renamed(fact: Fact, page: Page) -> None:
    row = _known(fact, page)
    row.name = fact["name"]
    page.rows(organisations).put(row)
    _call(fact, page)


@view.on(OrganisationPlaced)
def _placed(fact: Fact, page: Page) -> None:
    row = _known(fact, page)
    row.level, row.area = fact["level"], fact["area"]
    row.superior, row.bureau = fact["superior"], fact["bureau"]
    page.rows(organisations).put(row)


@view.on(OrganisationMergedInto, OrganisationClosed)
def _ended(fact: Fact, page: Page) -> None:
    row = _known(fact, page)
    row.ended_on, row.merged_into = fact.day("effective_on"), fact.fields.get("into")
    page.rows(organisations).put(row)


@view.on(CreditCodeCorrected)
def _coded(fact: Fact, page: Page) -> None:
    row = _known(fact, page)
    row.credit_code = fact["credit_code"]
    page.rows(organisations).put(row)


def _known(fact: Fact, page: Page) -> Organisation:
    row = page.rows(organisations).get(fact.stream)
    if row is None:
        msg = "something became of an organisation that was never registered"
        raise LookupError(msg)
    return row


def _call(fact: Fact, page: Page) -> None:
    page.rows(names).put(Name(fact.stream, fact.position, fact["name"]))


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


def named_at(
    connection: Connection[Any], asked: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], str]:
    """The names of some organisations as the register had them at positions of the record."""
    pairs = sorted(set(asked))
    rows = connection.execute(
        f"""
        SELECT asked.organisation, asked.position, known.name
        FROM unnest(%s::text[], %s::bigint[]) AS asked (organisation, position)
        CROSS JOIN LATERAL (
            SELECT name FROM {names.stored}
            WHERE organisation = asked.organisation AND position <= asked.position
            ORDER BY position DESC LIMIT 1
        ) AS known
        """,
        ([each for each, _ in pairs], [at for _, at in pairs]),
    )
    return {(organisation, at): name for organisation, at, name in rows}


_BELOW = f"""
    WITH RECURSIVE below (organisation) AS (
        SELECT unnest(%s::text[]) COLLATE "C"
        UNION
        SELECT next.organisation FROM {organisations.stored} AS next
        JOIN below ON below.organisation IN (next.superior, next.bureau, next.merged_into)
    )
    SELECT organisation FROM below"""
_LIES_WITHIN = f"""EXISTS (
    SELECT FROM {organisations.stored} AS o, unnest(%s::text[]) AS wider (area)
    WHERE o.organisation = {{column}} AND {covers("wider.area", "o.area")}) IS TRUE"""
# IS TRUE keeps it a filter: joined instead, it is guessed to leave far too few rows.


def seen(scope: Scope, column: str = "organisation.organisation") -> Condition:
    """That the organisation in a column is the caller's, stands beneath it, or lies in an area."""
    if scope.everything:
        return ALWAYS
    found: list[Condition] = []
    if scope.organisations:
        own = f"IN ({_BELOW})" if scope.beneath else "= ANY (%s)"
        found.append((f"{column} {own}", [sorted(scope.organisations)]))
    if scope.areas:
        found.append((_LIES_WITHIN.format(column=column), [sorted(scope.areas)]))
    return either(*found)


def visible(scope: Scope, *, name: str | None = None) -> Listing[Organisation]:
    """The organisations that ``scope`` shows, in the order of their ids.

    ``name`` narrows to names that contain it.
    """
    conditions = [seen(scope), *narrowed({"strpos(name, %s) > 0": name})]
    return listing(organisations, conditions, ("organisation",), ascending=True)


def beneath(connection: Connection[Any], organisation: str) -> frozenset[str]:
    """All organisations beneath this one, at any depth, itself not among them."""
    rows = connection.execute(_BELOW, ([organisation],))
    return frozenset(each for (each,) in rows) - {organisation}


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
          AND (ends_on IS NULL OR ends_on > %s OR closed > %s) AND (term IS NULL OR term > %s)
        ORDER BY organisation, seat, opened
    """  # one of two constants
    return appointments.select(connection, rest, (given, on, known_at, on, known_at, on))
