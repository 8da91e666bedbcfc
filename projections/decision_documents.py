"""Decision documents (发文) with the cases that they name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.case.decision_document import DecisionCorrected, DecisionDocumentPublished
from projections.listing import listing
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from projections.fact import Fact
    from projections.listing import Listing
    from projections.page import Page


@dataclass(slots=True)
class Decision:
    """One document as it was published; ``content`` is its SHA-256, in hex.

    ``power`` is the grant by which the organisation published it. ``entered_as`` is the number
    that was entered first, where that or the day was corrected since.
    """

    decision: str
    organisation: str
    power: str | None
    number: str
    title: str
    published_on: date
    content: str
    cases: tuple[str, ...]
    position: int
    entered_as: str | None = None


decisions = Table(
    "decision_document", Decision, key=("decision",), indexes=("(organisation, position)",)
)
view = View("decisions", 3, (decisions,))


@view.on(DecisionDocumentPublished)
def _published(fact: Fact, page: Page) -> None:
    published_on = fact.day("published_on")
    assert published_on is not None
    page.rows(decisions).put(
        Decision(
            decision=fact.stream,
            organisation=fact["organisation"],
            power=fact.power,
            number=fact["number"],
            title=fact["title"],
            published_on=published_on,
            content=fact["content"],
            cases=fact.words("cases"),
            position=fact.position,
        )
    )


@view.on(DecisionCorrected)
def _corrected(fact: Fact, page: Page) -> None:
    row, published_on = page.rows(decisions).get(fact.stream), fact.day("published_on")
    assert row is not None
    assert published_on is not None
    row.entered_as = row.entered_as or row.number
    row.number, row.published_on = fact["number"], published_on
    page.rows(decisions).put(row)


def of_organisation(organisation: str) -> Listing[Decision]:
    """The documents of an authority, the oldest first."""
    theirs = [("organisation = %s", [organisation])]
    return listing(decisions, theirs, ("position",), ascending=True)
