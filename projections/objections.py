"""Objections and complaints (异议、投诉举报): which there are, and where they stand.

Their streams are restricted and their words are not here; who may see even this is the
caller's question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.case import events as case
from domain.objection import events as objection
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page

_PHASES = {
    objection.ObjectionAdmitted.topic: "admitted",
    objection.ObjectionNotAdmitted.topic: "not_admitted",
    objection.ObjectionInvestigated.topic: "investigated",
    objection.ObjectionUpheld.topic: "upheld",
    objection.ObjectionDismissed.topic: "dismissed",
    objection.ObjectionWithdrawn.topic: "withdrawn",
    objection.ComplaintTakenUp.topic: "taken_up",
    objection.ComplaintClosed.topic: "closed",
}


@dataclass(slots=True, kw_only=True)
class Authority:
    """Which organisation deals with objections to a case: the last of its chain."""

    case: str
    organisation: str


@dataclass(slots=True, kw_only=True)
class Objection:
    """An objection or complaint. ``phase`` is raised until it has been screened."""

    stream: str
    kind: str
    case: str | None
    organisation: str | None
    phase: str
    real_name: bool
    raised_at: datetime
    screen_by: date | None = None
    changed_at: datetime
    version: int
    position: int


authorities = Table("objection_authority", Authority, key=("case",))
objections = Table(
    "objection",
    Objection,
    key=("stream",),
    indexes=("(organisation, stream)", '("case")', "(stream) WHERE organisation IS NULL"),
)
view = View("objections", 2, (authorities, objections))


@view.on(case.CaseSubmitted)
def _submitted(fact: Fact, page: Page) -> None:
    organisation = fact["chain"][-1]["organisation"]
    page.rows(authorities).put(Authority(case=fact.stream, organisation=organisation))


@view.on(objection.ObjectionRaised)
def _raised(fact: Fact, page: Page) -> None:
    authority = page.rows(authorities).get(fact["case"])
    organisation = None if authority is None else authority.organisation
    _put(fact, page, kind="objection", organisation=organisation, real_name=fact["real_name"])


@view.on(objection.ComplaintReceived)
def _received(fact: Fact, page: Page) -> None:
    organisation = fact["organisation"]
    if organisation is None and fact["case"] is not None:
        authority = page.rows(authorities).get(fact["case"])
        organisation = None if authority is None else authority.organisation
    _put(
        fact,
        page,
        kind=fact["origin"],
        organisation=organisation,
        real_name=fact.fields["name"] is not None,
    )


@view.on(
    objection.ObjectionAdmitted,
    objection.ObjectionNotAdmitted,
    objection.ObjectionInvestigated,
    objection.ObjectionUpheld,
    objection.ObjectionDismissed,
    objection.ObjectionWithdrawn,
    objection.ComplaintTakenUp,
    objection.ComplaintClosed,
)
def _went_on(fact: Fact, page: Page) -> None:
    row = page.rows(objections).get(fact.stream)
    if row is not None:
        row.phase = _PHASES[fact.topic]
        row.changed_at, row.version, row.position = fact.at, fact.version, fact.position
        page.rows(objections).put(row)


def _put(fact: Fact, page: Page, *, kind: str, organisation: str | None, real_name: bool) -> None:
    page.rows(objections).put(
        Objection(
            stream=fact.stream,
            kind=kind,
            case=fact["case"],
            organisation=organisation,
            phase="raised",
            real_name=real_name,
            raised_at=fact.at,
            screen_by=fact.day("screen_by") if "screen_by" in fact.fields else None,
            changed_at=fact.at,
            version=fact.version,
            position=fact.position,
        )
    )


def of_organisations(
    connection: Connection[Any],
    organisations: Sequence[str],
    *,
    unaddressed: bool = False,
    before: str | None = None,
    limit: int = 50,
) -> list[Objection]:
    """What these organisations have to deal with or dealt with, the newest first.

    ``unaddressed`` adds the complaints that name neither a case nor an organisation.
    """
    rest = (
        'WHERE (organisation = ANY (%s) OR %s AND organisation IS NULL AND "case" IS NULL)'
        " AND stream < coalesce(%s, 'z') ORDER BY stream DESC LIMIT %s"
    )
    return objections.select(connection, rest, (list(organisations), unaddressed, before, limit))


def of_case(connection: Connection[Any], case_id: str) -> list[Objection]:
    """The objections and complaints about a case, the oldest first."""
    return objections.select(connection, 'WHERE "case" = %s ORDER BY position', (case_id,))
