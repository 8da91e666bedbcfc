"""Who looked at whose restricted data, and what was taken out of the system (查询与导出留痕)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.notes import RecordConsulted, RecordExported
from projections import organisations
from projections.concerned import concerned
from projections.fact import Sealed
from projections.listing import either, listing, narrowed
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from projections.fact import Fact
    from projections.listing import Listing
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True)
class Consultation:
    """One look at ``subject``, a stream; ``extent`` is what was shown of it.

    ``organisation`` is that of who looked; None for who watches over the whole record.
    """

    position: int
    at: datetime
    person: str | None
    account: str | None
    organisation: str | None
    subject: str
    extent: str
    mandate: str | None
    reason: Sealed | None


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


consultations = Table(
    "consultation",
    Consultation,
    key=("position",),
    indexes=("(subject, position)", "(person, position)"),
)
exports = Table("export", Export, key=("position",), indexes=("(person, position)",))
view = View("consultations", 2, (consultations, exports))


@view.on(RecordConsulted)
def _consulted(fact: Fact, page: Page) -> None:
    page.rows(consultations).add(
        Consultation(
            position=fact.position,
            at=fact.at,
            person=fact.person,
            account=fact.account,
            organisation=fact.actor.get("organisation"),
            subject=fact["subject"],
            extent=fact["extent"],
            mandate=fact["mandate"],
            reason=fact.sealed("reason"),
        )
    )


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
        )
    )


def consulted(
    scope: Scope, *, subject: str | None = None, person: str | None = None
) -> Listing[Consultation]:
    """Looks at ``subject``, or by ``person``, the newest first.

    Those by organisations that ``scope`` shows, and those at persons in its charge.
    """
    asked = narrowed({"subject = %s": subject, "person = %s": person})
    theirs = either(
        organisations.seen(scope, "consultation.organisation"),
        concerned(scope, "consultation.subject"),
    )
    return listing(consultations, [theirs, *asked], ("position",))


def exported(scope: Scope, *, person: str | None = None) -> Listing[Export]:
    """What organisations that ``scope`` shows took out, the newest first.

    Whoever has no organisation watches over the whole record, and is seen by their like alone.
    """
    theirs = organisations.seen(scope, "export.organisation")
    return listing(exports, [theirs, *narrowed({"person = %s": person})], ("position",))
