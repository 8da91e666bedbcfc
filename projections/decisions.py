"""Decision documents (发文) with the cases that they name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.case.decision import DecisionDocumentPublished
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page


@dataclass(slots=True)
class Decision:
    """One document as it was published; ``content`` is its SHA-256, in hex."""

    decision: str
    organisation: str
    number: str
    title: str
    published_on: date
    content: str
    cases: tuple[str, ...]
    position: int


decisions = Table(
    "decision_document", Decision, key=("decision",), indexes=("(organisation, position)",)
)
view = View("decisions", 1, (decisions,))


@view.on(DecisionDocumentPublished)
def _published(fact: Fact, page: Page) -> None:
    published_on = fact.day("published_on")
    assert published_on is not None
    page.rows(decisions).put(
        Decision(
            decision=fact.stream,
            organisation=fact["organisation"],
            number=fact["number"],
            title=fact["title"],
            published_on=published_on,
            content=fact["content"],
            cases=fact.words("cases"),
            position=fact.position,
        )
    )


def of_organisation(
    connection: Connection[Any], organisation: str, *, after: int = 0, limit: int = 50
) -> list[Decision]:
    """The documents of an authority, the oldest first."""
    where = "WHERE organisation = %s AND position > %s ORDER BY position LIMIT %s"
    return decisions.select(connection, where, (organisation, after, limit))
