"""Proposals that two persons are one human being (人员合并提议): who has still to confirm which.

The evidence is somebody's and stands here sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.person.link import LinkConfirmed, LinkProposed, LinkSevered, SeveranceProposed
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
class Proposal:
    """One proposal by ``proposer``; ``confirmed`` is the position of its confirmation.

    ``severing`` and ``severed`` are those of the proposal to sever it, and of its confirmation.
    """

    link: str
    first: str
    second: str
    organisation: str
    proposer: str | None
    evidence: Sealed | None
    proposed_at: datetime
    confirmed: int | None = None
    severing: int | None = None
    severed: int | None = None
    version: int
    position: int


_WAITING = "(confirmed IS NULL OR severing IS NOT NULL AND severed IS NULL)"

proposals = Table(
    "link_proposal",
    Proposal,
    key=("link",),
    indexes=(
        "(position)",
        "(organisation, position)",
        f"(organisation, link) WHERE {_WAITING}",
    ),
)
view = View("proposals", 3, (proposals,))


@view.on(LinkProposed)
def _proposed(fact: Fact, page: Page) -> None:
    page.rows(proposals).put(
        Proposal(
            link=fact.stream,
            first=fact["first"],
            second=fact["second"],
            organisation=fact["organisation"],
            proposer=fact.person,
            evidence=fact.sealed("evidence"),
            proposed_at=fact.at,
            version=fact.version,
            position=fact.position,
        )
    )


@view.on(LinkConfirmed)
def _confirmed(fact: Fact, page: Page) -> None:
    row = page.rows(proposals).get(fact.stream)
    if row is None:
        msg = "a link was confirmed that was never proposed"
        raise LookupError(msg)
    row.confirmed, row.version = fact.position, fact.version
    page.rows(proposals).put(row)


@view.on(SeveranceProposed)
def _severing(fact: Fact, page: Page) -> None:
    row = page.rows(proposals).get(fact.stream)
    if row is not None:
        row.severing, row.version = fact.position, fact.version
        page.rows(proposals).put(row)


@view.on(LinkSevered)
def _severed(fact: Fact, page: Page) -> None:
    row = page.rows(proposals).get(fact.stream)
    if row is not None:
        row.severed, row.version = fact.position, fact.version
        page.rows(proposals).put(row)


def visible(scope: Scope, *, waiting: bool = True) -> Gathered[Proposal]:
    """Proposals of organisations that ``scope`` shows, the newest first.

    ``waiting`` leaves out those that a second officer has confirmed.
    """
    asked = (_WAITING, []) if waiting else ALWAYS
    return at_offices(proposals, scope, [asked], ("position",))
