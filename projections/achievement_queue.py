"""Entries of records of achievements (业绩档案库) on which no employer has said anything yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.person.achievements import (
    AchievementEntered,
    AchievementReviewed,
    AchievementWithdrawn,
)
from domain.person.events import PersonErased
from projections.accounts import HELD, accounts
from projections.listing import listing, merged
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from projections.fact import Fact
    from projections.listing import Gathered
    from projections.page import Page


@dataclass(slots=True, kw_only=True)
class Unreviewed:
    """An entry that waits, with whose record it is in and through which employer it came.

    ``since`` (UTC) and ``position`` say when it was entered.
    """

    person: str
    entry: str
    organisation: str
    since: datetime
    position: int


unreviewed = Table(
    "unreviewed_achievement",
    Unreviewed,
    key=("person", "entry"),
    indexes=("(organisation, position)",),
)
view = View("achievements", 1, (unreviewed,))


@view.on(AchievementEntered)
def _entered(fact: Fact, page: Page) -> None:
    rows = page.rows(unreviewed)
    if (corrected := fact["corrects"]) is not None:
        rows.remove(fact.stream, corrected)
    rows.put(
        Unreviewed(
            person=fact.stream,
            entry=fact["entry"],
            organisation=fact["organisation"],
            since=fact.at,
            position=fact.position,
        )
    )


@view.on(AchievementReviewed, AchievementWithdrawn)
def _settled(fact: Fact, page: Page) -> None:
    page.rows(unreviewed).remove(fact.stream, fact["entry"])


@view.on(PersonErased)
def _erased(fact: Fact, page: Page) -> None:
    rows = page.rows(unreviewed)
    for row in rows.of(fact.stream):
        rows.remove(row.person, row.entry)


def waiting(organisation: str) -> Gathered[Unreviewed]:
    """What waits for an employer, the longest first: entered through it, or by who works there."""
    entry = unreviewed.name
    through = f"{entry}.organisation = %s"
    since = f"""{entry}.organisation <> %s
        AND {entry}.person IN (SELECT person FROM {accounts.stored} AS held
            WHERE held.organisation = %s AND {HELD.format("held")})"""
    sources = ((through, [organisation]), (since, [organisation, organisation]))
    return merged(
        *(listing(unreviewed, [each], ("position",), ascending=True) for each in sources),
        ascending=True,
    )
