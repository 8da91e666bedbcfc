"""Changes of persons' names (人员更名): proposed, and confirmed. The names stand in the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.person.person_renaming import RenamingConfirmed, RenamingProposed
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
class Renaming:
    """One proposed change; ``confirmed`` is the position of its confirmation."""

    renaming: str
    person: str
    proof: str
    effective_on: date
    organisation: str
    proposer: str | None
    proposed_at: datetime
    confirmed: int | None = None
    version: int
    position: int


renamings = Table(
    "renaming", Renaming, key=("renaming",), indexes=("(position)", "(organisation, position)")
)
view = View("renamings", 2, (renamings,))


@view.on(RenamingProposed)
def _proposed(fact: Fact, page: Page) -> None:
    page.rows(renamings).put(
        Renaming(
            renaming=fact.stream,
            person=fact["person"],
            proof=fact["proof"],
            effective_on=date.fromisoformat(fact["effective_on"]),
            organisation=fact["organisation"],
            proposer=fact.person,
            proposed_at=fact.at,
            version=fact.version,
            position=fact.position,
        )
    )


@view.on(RenamingConfirmed)
def _confirmed(fact: Fact, page: Page) -> None:
    row = page.rows(renamings).get(fact.stream)
    if row is None:
        msg = "a change of name was confirmed that was never proposed"
        raise LookupError(msg)
    row.confirmed, row.version = fact.position, fact.version
    page.rows(renamings).put(row)


def visible(scope: Scope, *, waiting: bool = True) -> Gathered[Renaming]:
    """Changes proposed by organisations that ``scope`` shows, the newest first.

    ``waiting`` leaves out those that were confirmed.
    """
    asked = ("confirmed IS NULL", []) if waiting else ALWAYS
    return at_offices(renamings, scope, [asked], ("position",))
