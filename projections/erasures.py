"""Erasures (删除个人信息): who is to be erased or was, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.erasure import events as erasure
from domain.erasure.state import Phase
from projections import organisations
from projections.listing import either, listing, narrowed
from projections.offices import by_offices
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition, Gathered
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True, kw_only=True)
class Erasure:
    """One erasure; times are UTC."""

    stream: str
    person: str
    organisation: str
    purposes: tuple[str, ...]
    basis: str
    phase: str
    decision: str | None = None
    requested_at: datetime
    changed_at: datetime
    version: int
    position: int


erasures = Table(
    "erasure",
    Erasure,
    key=("stream",),
    indexes=(
        "(organisation, stream DESC)",
        "(person)",
        "(phase) WHERE phase IN ('ordered', 'carried_out')",
    ),
)
view = View("erasures", 3, (erasures,))

_REACHED = {
    erasure.ErasureApproved.topic: Phase.APPROVED,
    erasure.ErasureOrdered.topic: Phase.ORDERED,
    erasure.ErasureDeclined.topic: Phase.DECLINED,
    erasure.KeysDestroyed.topic: Phase.CARRIED_OUT,
    erasure.ErasureCompleted.topic: Phase.COMPLETED,
}


@view.on(erasure.ErasureRequested)
def _requested(fact: Fact, page: Page) -> None:
    page.rows(erasures).put(
        Erasure(
            stream=fact.stream,
            person=fact["person"],
            organisation=fact["organisation"],
            purposes=tuple(fact["purposes"]),
            basis=fact["basis"],
            phase=Phase.REQUESTED.value,
            requested_at=fact.at,
            changed_at=fact.at,
            version=fact.version,
            position=fact.position,
        )
    )


@view.on(
    erasure.ErasureApproved,
    erasure.ErasureOrdered,
    erasure.ErasureDeclined,
    erasure.KeysDestroyed,
    erasure.ErasureCompleted,
)
def _went_on(fact: Fact, page: Page) -> None:
    row = page.rows(erasures).get(fact.stream)
    if row is None:
        return
    row.phase = _REACHED[fact.topic].value
    row.changed_at, row.version, row.position = fact.at, fact.version, fact.position
    if fact.topic in (erasure.ErasureOrdered.topic, erasure.ErasureDeclined.topic):
        row.decision = fact["decision"]
    page.rows(erasures).put(row)


def to_be_finished(connection: Connection[Any]) -> list[Erasure]:
    """Those that are ordered but not completed, the oldest first."""
    return erasures.select(connection, "WHERE phase IN ('ordered', 'carried_out') ORDER BY stream")


def seen(scope: Scope) -> Condition:
    """That an erasure is the caller's own, or decided by an organisation shown."""
    own: Condition = ("erasure.person = ANY (%s)", [sorted(scope.persons)])
    return either(own, organisations.seen(scope, "erasure.organisation"))


def visible(scope: Scope, *, phase: str | None = None) -> Gathered[Erasure]:
    """The erasures that ``scope`` shows, the newest first."""
    own: Condition = ("erasure.person = ANY (%s)", [sorted(scope.persons)])
    asked = narrowed({"phase = %s": phase})
    return by_offices(
        lambda theirs: listing(erasures, [either(own, theirs), *asked], ("stream",)),
        scope,
        "erasure.organisation",
    )
