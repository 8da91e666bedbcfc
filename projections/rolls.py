"""Whom an office recognised in a year, and the rolls that it filed (年度名册备案).

The list of a year that is over changes no more, but a title that was lost since is marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from domain import beijing
from domain.case import ending, next_stage
from domain.case.rescission import ActRescinded
from domain.organisation.roll import RollFiled, RollOverdue
from domain.organisation.state import organisation_of
from domain.person.titles import TitleState
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page


@dataclass(slots=True)
class Approval:
    """One title that an organisation recognised; ``year`` is that of ``effective_on`` (Beijing)."""

    case: str
    organisation: str
    year: int
    effective_on: date
    label: str
    series: str
    specialty: str
    level: str
    position: int
    state: str = TitleState.HELD
    lost_on: date | None = None


@dataclass(slots=True)
class Roll:
    """One roll as it was filed; ``listed`` is how many cases it names."""

    organisation: str
    year: int
    receiver: str
    listed: int
    filed_on: date
    due_on: date
    late: bool
    position: int


@dataclass(slots=True)
class Overdue:
    """A roll that was not there on its day, as the timekeeper noted it."""

    organisation: str
    year: int
    receiver: str
    due_on: date
    position: int


approvals = Table("approval", Approval, key=("case",), indexes=("(organisation, year, position)",))
rolls = Table("roll", Roll, key=("organisation", "year"), indexes=("(receiver, year)",))
overdue = Table("overdue_roll", Overdue, key=("organisation", "year"))
view = View("rolls", 3, (approvals, rolls, overdue))


@view.on(next_stage.TitleRecognised)
def _recognised(fact: Fact, page: Page) -> None:
    effective_on = fact.day("effective_on")
    assert effective_on is not None
    page.rows(approvals).put(
        Approval(
            case=fact.stream,
            organisation=fact["organisation"],
            year=effective_on.year,
            effective_on=effective_on,
            label=fact["label"],
            series=fact["series"],
            specialty=fact["specialty"],
            level=fact["level"],
            position=fact.position,
        )
    )


@view.on(ending.TitleRevoked)
def _revoked(fact: Fact, page: Page) -> None:
    _turn(fact, page, TitleState.HELD, TitleState.REVOKED, fact.day("revoked_on"))


@view.on(ending.RevocationAnnulled)
def _restored(fact: Fact, page: Page) -> None:
    _turn(fact, page, TitleState.REVOKED, TitleState.HELD, None)


@view.on(ActRescinded)
def _rescinded(fact: Fact, page: Page) -> None:
    _turn(fact, page, TitleState.HELD, TitleState.RESCINDED, beijing.day(fact.at))


@view.on(RollFiled)
def _filed(fact: Fact, page: Page) -> None:
    filed_on, due_on = fact.day("filed_on"), fact.day("due_on")
    assert filed_on is not None
    assert due_on is not None
    page.rows(rolls).put(
        Roll(
            organisation=organisation_of(fact.stream),
            year=fact["year"],
            receiver=fact["receiver"],
            listed=len(fact["cases"]),
            filed_on=filed_on,
            due_on=due_on,
            late=fact["late"],
            position=fact.position,
        )
    )


@view.on(RollOverdue)
def _overdue(fact: Fact, page: Page) -> None:
    due_on = fact.day("due_on")
    assert due_on is not None
    page.rows(overdue).put(
        Overdue(organisation_of(fact.stream), fact["year"], fact["receiver"], due_on, fact.position)
    )


def _turn(fact: Fact, page: Page, before: str, after: str, lost_on: date | None) -> None:
    row = page.rows(approvals).get(fact.stream)
    if row is not None and row.state == before:
        row.state, row.lost_on = after, lost_on
        page.rows(approvals).put(row)


def approved(connection: Connection[Any], organisation: str, year: int) -> list[Approval]:
    """The titles that an organisation recognised in a year, in the order of the record."""
    where = "WHERE organisation = %s AND year = %s ORDER BY position"
    return approvals.select(connection, where, (organisation, year))


def filed(connection: Connection[Any], organisation: str, year: int) -> Roll | None:
    """The roll of a year, None while it has not been filed."""
    where = "WHERE organisation = %s AND year = %s"
    found = rolls.select(connection, where, (organisation, year))
    return found[0] if found else None


def received(connection: Connection[Any], receiver: str, year: int) -> list[Roll]:
    """The rolls of a year that were filed with an organisation."""
    where = "WHERE receiver = %s AND year = %s ORDER BY position"
    return rolls.select(connection, where, (receiver, year))


def noted_overdue(connection: Connection[Any], organisation: str, year: int) -> Overdue | None:
    """That the roll of a year was not there on its day; None where it was, or may still come."""
    where = "WHERE organisation = %s AND year = %s"
    found = overdue.select(connection, where, (organisation, year))
    return found[0] if found else None


def outstanding(connection: Connection[Any], before: int) -> list[tuple[str, int]]:
    """Organisations with years before this one of which no roll is filed nor noted as overdue."""
    query = f"""
        SELECT DISTINCT organisation, year FROM {approvals.source}
        WHERE year < %s AND state <> 'rescinded'
          AND NOT EXISTS (
            SELECT FROM {rolls.source}
            WHERE roll.organisation = approval.organisation AND roll.year = approval.year
          )
          AND NOT EXISTS (
            SELECT FROM {overdue.stored} AS noted
            WHERE noted.organisation = approval.organisation AND noted.year = approval.year
          )
        ORDER BY organisation, year
    """
    return [(str(each[0]), int(each[1])) for each in connection.execute(query, (before,))]
