"""Mandates (审计通知书、调取函): under which documents watchers look, at what, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.mandate import (
    MandateApproved,
    MandateDeclined,
    MandateDocumentAttached,
    MandateProposed,
)
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
class Mandate:
    """One mandate of an organisation, proposed by ``person`` and decided by ``decided_by``.

    It is about whatever concerns one of ``organisations``, ``areas``, ``cases`` and ``persons``.
    ``last_day`` is its last day in Beijing; ``approved`` is null until somebody has decided.
    """

    mandate: str
    organisation: str
    kind: str
    document: str
    organisations: tuple[str, ...]
    areas: tuple[str, ...]
    cases: tuple[str, ...]
    persons: tuple[str, ...]
    last_day: date
    digest: str | None = None
    approved: bool | None = None
    person: str | None
    account: str | None
    decided_by: str | None = None
    decided_at: datetime | None = None
    proposed_at: datetime
    position: int


mandates = Table(
    "mandate", Mandate, key=("mandate",), indexes=("(position)", "(organisation, position)")
)
view = View("mandates", 3, (mandates,))


@view.on(MandateProposed)
def _proposed(fact: Fact, page: Page) -> None:
    scope = fact["scope"]
    page.rows(mandates).put(
        Mandate(
            mandate=fact.stream,
            organisation=fact["organisation"],
            kind=fact["kind"],
            document=fact["document"],
            organisations=tuple(scope["organisations"]),
            areas=tuple(scope["areas"]),
            cases=tuple(scope["cases"]),
            persons=tuple(scope["persons"]),
            last_day=date.fromisoformat(fact["last_day"]),
            person=fact.person,
            account=fact.account,
            proposed_at=fact.at,
            position=fact.position,
        )
    )


@view.on(MandateDocumentAttached)
def _attached(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.digest = fact["digest"]
    page.rows(mandates).put(row)


@view.on(MandateApproved, MandateDeclined)
def _decided(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.approved = fact.topic == MandateApproved.topic
    row.decided_by, row.decided_at = fact.person, fact.at
    page.rows(mandates).put(row)


def _row(fact: Fact, page: Page) -> Mandate:
    row = page.rows(mandates).get(fact.stream)
    if row is None:
        msg = "an event of a mandate that was never proposed"
        raise LookupError(msg)
    return row


def visible(scope: Scope, *, good_on: date | None = None) -> Gathered[Mandate]:
    """Mandates of organisations that ``scope`` shows, the newest first.

    ``good_on`` leaves out those that were over on that day in Beijing, and those declined.
    """
    good = "(last_day >= %s AND approved IS DISTINCT FROM false)"
    asked = ALWAYS if good_on is None else (good, [good_on])
    return at_offices(mandates, scope, [asked], ("position",))
