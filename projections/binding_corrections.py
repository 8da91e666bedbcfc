"""Documents that are said to belong to somebody else (证件绑定更正): proposed, and confirmed.

Number, name and evidence are somebody's and stand here sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.person.binding_correction import RebindingConfirmed, RebindingProposed
from projections.fact import Sealed
from projections.listing import ALWAYS
from projections.offices import at_offices
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from projections.fact import Fact
    from projections.listing import Gathered
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True, kw_only=True)
class Rebinding:
    """One proposed correction; ``confirmed`` is the position of its confirmation."""

    rebinding: str
    kind: str
    number: Sealed | None
    holder: str
    rightful: str
    organisation: str
    proposer: str | None
    evidence: Sealed | None
    proposed_at: datetime
    confirmed: int | None = None
    version: int
    position: int


rebindings = Table(
    "rebinding", Rebinding, key=("rebinding",), indexes=("(position)", "(organisation, position)")
)
view = View("rebindings", 2, (rebindings,))


@view.on(RebindingProposed)
def _proposed(fact: Fact, page: Page) -> None:
    page.rows(rebindings).put(
        Rebinding(
            rebinding=fact.stream,
            kind=fact["kind"],
            number=fact.sealed("number"),
            holder=fact["holder"],
            rightful=fact["rightful"],
            organisation=fact["organisation"],
            proposer=fact.person,
            evidence=fact.sealed("evidence"),
            proposed_at=fact.at,
            version=fact.version,
            position=fact.position,
        )
    )


@view.on(RebindingConfirmed)
def _confirmed(fact: Fact, page: Page) -> None:
    row = page.rows(rebindings).get(fact.stream)
    if row is None:
        msg = "a correction was confirmed that was never proposed"
        raise LookupError(msg)
    row.confirmed, row.version = fact.position, fact.version
    page.rows(rebindings).put(row)


def visible(scope: Scope, *, waiting: bool = True) -> Gathered[Rebinding]:
    """Corrections proposed by organisations that ``scope`` shows, the newest first.

    ``waiting`` leaves out those that were confirmed.
    """
    asked = ("confirmed IS NULL", []) if waiting else ALWAYS
    return at_offices(rebindings, scope, [asked], ("position",))
