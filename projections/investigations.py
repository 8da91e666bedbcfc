"""Investigations (核查): that there is one, about whom, and where it stands.

Their streams are restricted; who may see even this is the caller's question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.investigation import events as investigation
from projections.table import Table
from projections.view import View, events_about

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True, kw_only=True)
class Investigation:
    """One investigation; ``phase`` is opened, notified, answered, proposed, found or closed.

    ``answer_by`` is the instant (UTC) until which the person may answer.
    """

    investigation: str
    case: str
    subject: str
    organisation: str
    raised_at_stage: str | None
    phase: str
    answer_by: datetime | None = None
    ground: str | None = None
    decision: str | None = None
    proposer: str | None = None
    opened_at: datetime
    changed_at: datetime
    version: int
    position: int


investigations = Table(
    "investigation",
    Investigation,
    key=("investigation",),
    indexes=('("case")', "(subject)", "(organisation, investigation)"),
)
view = View("investigations", 1, (investigations,))

_PHASES = {
    investigation.AllegationNotified.topic: "notified",
    investigation.StatementReceived.topic: "answered",
    investigation.FindingProposed.topic: "proposed",
    investigation.MisconductFound.topic: "found",
    investigation.InvestigationClosed.topic: "closed",
}


@view.on(*events_about("investigation"))
def _went_on(fact: Fact, page: Page) -> None:
    row = page.rows(investigations).get(fact.stream)
    row = _opened(fact) if row is None else row
    row.phase = _PHASES.get(fact.topic, row.phase)
    row.ground = fact.fields.get("ground", row.ground)
    row.decision = fact.fields.get("decision", row.decision)
    if "answer_by" in fact.fields:
        row.answer_by = fact.instant("answer_by")
    if fact.topic == investigation.FindingProposed.topic:
        row.proposer = fact.person
    row.changed_at, row.version, row.position = fact.at, fact.version, fact.position
    page.rows(investigations).put(row)


def _opened(fact: Fact) -> Investigation:
    return Investigation(
        investigation=fact.stream,
        case=fact["case"],
        subject=fact["subject"],
        organisation=fact["organisation"],
        raised_at_stage=fact["raised_at_stage"],
        phase="opened",
        opened_at=fact.at,
        changed_at=fact.at,
        version=fact.version,
        position=fact.position,
    )


def of(connection: Connection[Any], stream: str) -> Investigation | None:
    """The investigation with this id."""
    found = investigations.select(connection, "WHERE investigation = %s", (stream,))
    return found[0] if found else None


def of_case(connection: Connection[Any], case: str) -> list[Investigation]:
    """The investigations of a case, the oldest first."""
    return investigations.select(connection, 'WHERE "case" = %s ORDER BY investigation', (case,))


def visible(
    connection: Connection[Any],
    scope: Scope,
    *,
    phase: str | None = None,
    before: str | None = None,
    limit: int = 50,
) -> list[Investigation]:
    """The investigations that organisations in ``scope`` conduct, the newest first.

    ``before`` is the id of the last one seen; ids grow with time.
    """
    rest = """
        WHERE (%s OR organisation = ANY (%s) OR organisation IN (
                SELECT organisation.organisation FROM organisation,
                       unnest(%s::text[]) AS wider (area)
                WHERE starts_with(organisation.area || '/', wider.area || '/')))
          AND phase = coalesce(%s, phase) AND (%s::text IS NULL OR investigation < %s)
        ORDER BY investigation DESC LIMIT %s
    """
    everything = scope.everything or "" in scope.areas
    given = (everything, sorted(scope.organisations), sorted(scope.areas), phase, before, before)
    return investigations.select(connection, rest, (*given, limit))
