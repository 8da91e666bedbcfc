"""Who looked at whose restricted data, and what was taken out of the system (查询与导出留痕)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.single_events import ConsultationReleased, RecordConsulted, RecordExported
from projections import case_scope, organisations
from projections.case_status import cases
from projections.concerned import concerned, few_persons
from projections.fact import Sealed
from projections.listing import ALWAYS, either, listing, narrowed
from projections.offices import at_offices
from projections.reach import among, asked_first, few_cases, few_offices
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Collection

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition, Gathered, Listing
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True)
class Consultation:
    """One look at ``subject``, a stream; ``extent`` is what was shown of it.

    ``organisation`` is that of who looked; None for who watches over the whole record.
    ``withheld`` says that whom it is about is not told of it before ``released_at``.
    """

    position: int
    consultation: str
    at: datetime
    person: str | None
    account: str | None
    organisation: str | None
    subject: str
    extent: str
    mandate: str | None
    reason: Sealed | None
    withheld: bool
    released_at: datetime | None = None


@dataclass(slots=True)
class Export:
    """One list that was taken out, with the digest of what was handed out."""

    position: int
    at: datetime
    person: str | None
    account: str | None
    organisation: str | None
    query: str
    count: int
    first_position: int | None
    last_position: int | None
    digest: str
    media_type: str
    mandate: str | None


consultations = Table(
    "consultation",
    Consultation,
    key=("consultation",),
    indexes=(
        "(position)",
        "(subject, position)",
        "(person, position)",
        "(organisation, position)",
    ),
)
exports = Table(
    "export", Export, key=("position",), indexes=("(person, position)", "(organisation, position)")
)
view = View("consultations", 4, (consultations, exports))


@view.on(RecordConsulted)
def _consulted(fact: Fact, page: Page) -> None:
    page.rows(consultations).put(
        Consultation(
            position=fact.position,
            consultation=fact.stream,
            at=fact.at,
            person=fact.person,
            account=fact.account,
            organisation=fact.actor.get("organisation"),
            subject=fact["subject"],
            extent=fact["extent"],
            mandate=fact["mandate"],
            reason=fact.sealed("reason"),
            withheld=fact.fields.get("withheld", True),
        )
    )


@view.on(ConsultationReleased)
def _released(fact: Fact, page: Page) -> None:
    row = page.rows(consultations).get(fact.stream)
    if row is None:
        msg = "the release of a consultation that was never recorded"
        raise LookupError(msg)
    row.released_at = fact.at
    page.rows(consultations).put(row)


@view.on(RecordExported)
def _exported(fact: Fact, page: Page) -> None:
    page.rows(exports).add(
        Export(
            position=fact.position,
            at=fact.at,
            person=fact.person,
            account=fact.account,
            organisation=fact.actor.get("organisation"),
            query=fact["query"],
            count=fact["count"],
            first_position=fact["first_position"],
            last_position=fact["last_position"],
            digest=fact["digest"],
            media_type=fact["media_type"],
            mandate=fact.fields.get("mandate"),
        )
    )


_THEIR_CASE = f"""EXISTS (SELECT FROM {cases.stored} AS own
    WHERE own."case" = consultation.subject AND own.applicant = ANY (%s))"""
_KEPT_BACK = f"""(withheld AND released_at IS NULL AND consultation.person <> ALL (%s)
    AND (subject = ANY (%s) OR {_THEIR_CASE}))"""


def consulted(
    scope: Scope,
    reader: Collection[str],
    *,
    subject: str | None = None,
    person: str | None = None,
) -> Gathered[Consultation]:
    """Looks at ``subject``, or by ``person``, the newest first.

    Those by organisations that ``scope`` shows, and those at persons and cases in its charge; but
    for those at ``reader``, the persons who are the one who reads, of which they are not told yet
    (依法不公开).
    """
    asked = narrowed({"subject = %s": subject, "consultation.person = %s": person})
    theirs = either(
        organisations.seen(scope, "consultation.organisation"),
        concerned(scope, "consultation.subject"),
        case_scope.seen(scope, "consultation.subject"),
    )
    own = sorted(reader)
    told: Condition = (f"NOT {_KEPT_BACK}", [own, own, own])

    def found(connection: Connection[Any]) -> Listing[Consultation]:
        named, offices = ALWAYS, few_offices(connection, scope)
        some, persons = few_cases(connection, scope), few_persons(connection, scope)
        if offices is not None and some is not None and persons is not None:
            named = either(
                among("consultation.organisation", offices),
                among("consultation.subject", [*some, *persons]),
            )
        return listing(consultations, [named, theirs, told, *asked], ("position",))

    return asked_first(found, ("position",))


def exported(scope: Scope, *, person: str | None = None) -> Gathered[Export]:
    """What organisations that ``scope`` shows took out, the newest first.

    Whoever has no organisation watches over the whole record, and is seen by their like alone.
    """
    return at_offices(exports, scope, narrowed({"person = %s": person}), ("position",))
