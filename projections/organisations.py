"""Organisations (单位), and how they are called, then and now.

Names of organisations are no personal data and stand here as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.organisation.events import (
    CreditCodeCorrected,
    Kind,
    OrganisationClosed,
    OrganisationDescribed,
    OrganisationMergedInto,
    OrganisationPlaced,
    OrganisationRegistered,
    OrganisationRenamed,
)
from projections.listing import ALWAYS, either
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition
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
    position: int
    ended_on: date | None = None
    merged_into: str | None = None


organisations = Table(
    "organisation",
    Organisation,
    key=("organisation",),
    indexes=(
        "(area, organisation)",
        "(superior)",
        "(bureau)",
        "(merged_into)",
    ),
)
view = View("organisations", 6, (organisations,))


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
            position=fact.position,
        )
    )


@view.on(OrganisationRenamed)
def _renamed(fact: Fact, page: Page) -> None:
    row = _known(fact, page)
    row.name = fact["name"]
    page.rows(organisations).put(row)


@view.on(OrganisationPlaced)
def _placed(fact: Fact, page: Page) -> None:
    row = _known(fact, page)
    row.level, row.area = fact["level"], fact["area"]
    row.superior, row.bureau = fact["superior"], fact["bureau"]
    page.rows(organisations).put(row)


@view.on(OrganisationDescribed)
def _described(fact: Fact, page: Page) -> None:
    row = _known(fact, page)
    row.kind, row.ownership = fact["kind"], fact["ownership"]
    row.traits = fact.words("traits")
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


def of(connection: Connection[Any], organisation: str) -> Organisation | None:
    """The organisation with this id."""
    found = organisations.select(connection, "WHERE organisation = %s", (organisation,))
    return found[0] if found else None


def among(connection: Connection[Any], ids: Sequence[str]) -> dict[str, Organisation]:
    """Some organisations by their ids."""
    found = organisations.select(connection, "WHERE organisation = ANY (%s)", (list(ids),))
    return {each.organisation: each for each in found}


def shown(connection: Connection[Any], scope: Scope, some: Sequence[str]) -> set[str]:
    """Those of some organisations that ``scope`` shows."""
    where, given = seen(scope, "asked.organisation")
    rows = connection.execute(
        "SELECT asked.organisation FROM unnest(%s::text[]) AS asked (organisation)"
        f" JOIN {organisations.stored} AS known USING (organisation) WHERE {where}",
        [list(some), *given],
    )
    return {organisation for (organisation,) in rows}


def lie_in(connection: Connection[Any], area: str) -> bool:
    """Whether any organisation lies in an area, or did."""
    where = "area = %s OR (area > %s AND area < %s)"
    query = f"SELECT EXISTS (SELECT FROM {organisations.stored} WHERE {where})"
    row = connection.execute(query, (area, f"{area}/", f"{area}0")).fetchone()
    return row is not None and bool(row[0])


def named(connection: Connection[Any], ids: Sequence[str]) -> dict[str, str]:
    """The names of some organisations by their ids."""
    rows = connection.execute(
        f"SELECT organisation, name FROM {organisations.stored} WHERE organisation = ANY (%s)",
        (list(ids),),
    )
    return dict(rows.fetchall())


_BELOW = f"""
    WITH RECURSIVE below (organisation) AS (
        SELECT unnest(%s::text[]) COLLATE "C"
        UNION
        SELECT next.organisation FROM {organisations.stored} AS next
        JOIN below ON below.organisation IN (next.superior, next.bureau, next.merged_into)
    )
    SELECT organisation FROM below"""
_IN_AREAS = f"""
    SELECT o.organisation FROM unnest(%s::text[]) AS wider (area)
    JOIN {organisations.stored} AS o
      ON o.area = wider.area OR (o.area > wider.area || '/' AND o.area < wider.area || '0')"""
"""As ``covers`` says, of areas that are not the whole country: behind '/' comes '0'."""
_LIES_WITHIN = f"({{column}} IN ({_IN_AREAS})) IS TRUE"
# IS TRUE keeps it a filter: joined instead, it is guessed to leave far too few rows.


def within(scope: Scope) -> Condition:
    """A query for the organisations that ``scope`` shows, with what is given for it.

    Some may come twice. Not for who sees everything, nor for the whole country.
    """
    own = _BELOW if scope.beneath else "SELECT unnest(%s::text[])"
    query = f"SELECT organisation FROM ({own}) AS own (organisation) UNION ALL ({_IN_AREAS})"
    return query, [sorted(scope.organisations), sorted(scope.areas)]


def seen(scope: Scope, column: str = "organisation.organisation") -> Condition:
    """That the organisation in a column is the caller's, stands beneath it, or lies in an area."""
    if scope.everything:
        return ALWAYS
    found: list[Condition] = []
    if scope.organisations:
        own = f"IN ({_BELOW})" if scope.beneath else "= ANY (%s)"
        found.append((f"{column} {own}", [sorted(scope.organisations)]))
    if "" in scope.areas:
        found.append((f"{column} IS NOT NULL", []))
    elif scope.areas:
        found.append((_LIES_WITHIN.format(column=column), [sorted(scope.areas)]))
    return either(*found)


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
