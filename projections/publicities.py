"""Publicities (公示): what is public now, where, and until when.

What a public page shows of a case stands here; names are sealed in ``people``, and a document
number is nowhere near.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.case import draft, publicity
from domain.case.amendment import EntryAmended
from domain.case.rescission import ActRescinded
from projections.listing import listing
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Listing
    from projections.page import Page


@dataclass(slots=True, kw_only=True)
class PublicCase:
    """What a posting says of a case."""

    case: str
    number: str
    applicant: str
    employer: str
    series: str
    specialty: str
    level: str


@dataclass(slots=True, kw_only=True)
class Publicity:
    """One posting; ``standing`` is open, closed or voided. It ends at 24:00 of ``ends_on``.

    ``shown_to`` is ``unit`` where it is listed to nobody, and open to who holds its number.
    ``power`` is the grant by which the organisation published it, where it needed one.
    ``announcement`` is shared by the postings that stood in one announcement.
    """

    posting: str
    announcement: str | None
    case: str
    organisation: str
    power: str | None
    stage: str
    place: str
    address: str | None
    posted_on: date
    ends_on: date
    content: str
    shown_to: str
    standing: str = "open"
    position: int


cases = Table("public_case", PublicCase, key=("case",))
publicities = Table(
    "publicity",
    Publicity,
    key=("case", "posting"),
    indexes=(
        "(posting)",
        "(posting) WHERE standing = 'open' AND shown_to = 'public'",
        "(announcement, posting) WHERE standing = 'open' AND shown_to = 'public'",
    ),
)
view = View("publicities", 7, (cases, publicities))


@view.on(draft.CaseOpened)
def _opened(fact: Fact, page: Page) -> None:
    page.rows(cases).put(
        PublicCase(
            case=fact.stream,
            number=fact["number"],
            applicant=fact["applicant"],
            employer=fact["employer"],
            series=fact["series"],
            specialty=fact["specialty"],
            level=fact["level"],
        )
    )


@view.on(publicity.PublicityOpened)
def _posted(fact: Fact, page: Page) -> None:
    posted_on, ends_on = fact.day("posted_on"), fact.day("ends_on")
    assert posted_on is not None
    assert ends_on is not None
    page.rows(publicities).put(
        Publicity(
            posting=fact["posting"],
            announcement=fact["announcement"],
            case=fact.stream,
            organisation=fact["organisation"],
            power=fact.power,
            stage=fact["stage"],
            place=fact["place"],
            address=fact["address"],
            posted_on=posted_on,
            ends_on=ends_on,
            content=fact["content"],
            shown_to=fact["shown_to"],
            position=fact.position,
        )
    )


@view.on(EntryAmended)
def _amended(fact: Fact, page: Page) -> None:
    """The posting that stands says another day or place; where it runs again, it is open again."""
    posted = fact["says"]["posted"]
    standing = [e for e in page.rows(publicities).of(fact.stream) if e.standing != "voided"]
    if posted is None or not standing:
        return
    row = max(standing, key=lambda each: each.position)
    row.place, row.address = posted["place"], posted["address"]
    row.posted_on = date.fromisoformat(posted["posted_on"])
    row.ends_on = date.fromisoformat(posted["ends_on"])
    row.standing = "open" if posted["runs"] else row.standing
    page.rows(publicities).put(row)


@view.on(publicity.PublicityClosed, publicity.PublicityVoided)
def _over(fact: Fact, page: Page) -> None:
    row = page.rows(publicities).get(fact.stream, fact["posting"])
    if row is not None:
        row.standing = "closed" if fact.topic == publicity.PublicityClosed.topic else "voided"
        page.rows(publicities).put(row)


@view.on(ActRescinded)
def _rescinded(fact: Fact, page: Page) -> None:
    """The approval that made the case public was a slip, so nothing of it is public any more."""
    for row in page.rows(publicities).of(fact.stream):
        if row.standing == "open":
            row.standing = "voided"
            page.rows(publicities).put(row)


def of(connection: Connection[Any], posting: str) -> Publicity | None:
    """A posting, whatever has become of it."""
    found = publicities.select(connection, "WHERE posting = %s", (posting,))
    return found[0] if found else None


def public_on(today: date, announcement: str | None = None) -> Listing[Publicity]:
    """What is public to all on a day in Beijing, the oldest first; of one announcement, or all."""
    shown = "standing = 'open' AND shown_to = 'public' AND posted_on <= %s AND ends_on >= %s"
    runs: list[tuple[str, list[Any]]] = [(shown, [today, today])]
    if announcement is not None:
        runs = [(f"{shown} AND announcement = %s", [today, today, announcement])]
    return listing(publicities, runs, ("posting",), ascending=True)


def about(connection: Connection[Any], ids: Sequence[str]) -> dict[str, PublicCase]:
    """What postings say of these cases."""
    found = cases.select(connection, 'WHERE "case" = ANY (%s)', (list(ids),))
    return {each.case: each for each in found}
