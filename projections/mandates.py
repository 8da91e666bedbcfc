"""Mandates (审计通知书): under which documents watchers look things up, about whom, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.mandate import MandateRecorded
from projections import organisations
from projections.listing import listing, narrowed
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from projections.fact import Fact
    from projections.listing import Listing
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True, kw_only=True)
class Mandate:
    """One mandate, recorded by a person of ``organisation`` (None: who watches everything).

    ``persons`` are those whom it is about; none: everybody in the holder's charge.
    ``expires_on`` is its last day in Beijing.
    """

    mandate: str
    document: str
    persons: tuple[str, ...]
    expires_on: date
    person: str | None
    account: str | None
    organisation: str | None
    recorded_at: datetime
    position: int


mandates = Table("mandate", Mandate, key=("mandate",), indexes=("(position)",))
view = View("mandates", 1, (mandates,))


@view.on(MandateRecorded)
def _recorded(fact: Fact, page: Page) -> None:
    page.rows(mandates).put(
        Mandate(
            mandate=fact.stream,
            document=fact["document"],
            persons=fact.words("persons"),
            expires_on=date.fromisoformat(fact["expires_on"]),
            person=fact.person,
            account=fact.account,
            organisation=fact.actor.get("organisation"),
            recorded_at=fact.at,
            position=fact.position,
        )
    )


def visible(scope: Scope, *, good_on: date | None = None) -> Listing[Mandate]:
    """Mandates recorded by organisations that ``scope`` shows, the newest first.

    ``good_on`` leaves out those that were over on that day in Beijing.
    """
    theirs = organisations.seen(scope, "mandate.organisation")
    return listing(mandates, [theirs, *narrowed({"expires_on >= %s": good_on})], ("position",))
