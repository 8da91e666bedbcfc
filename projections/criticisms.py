"""Circular criticisms (通报批评) of organisations and persons: which there are, where they stand.

Grounds and text are somebody's and stay in the record; who may see even this is the caller's
question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.criticism import events as criticism
from projections.table import Table
from projections.view import View, events_about

if TYPE_CHECKING:
    from collections.abc import Collection

    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page


@dataclass(slots=True, kw_only=True)
class Criticism:
    """One criticism of ``about``, an organisation or a person (``target`` says which).

    ``phase`` is proposed, notified, answered, issued or dropped; ``organisation`` is who conducts
    it, ``cases`` on what it rests; ``answer_by`` is an instant in UTC.
    """

    criticism: str
    target: str
    about: str
    organisation: str
    cases: tuple[str, ...]
    phase: str = "proposed"
    proposer: str | None = None
    answer_by: datetime | None = None
    decision: str | None = None
    proposed_at: datetime
    changed_at: datetime
    version: int
    position: int


criticisms = Table(
    "criticism",
    Criticism,
    key=("criticism",),
    indexes=("(about, criticism)",),
)
view = View("criticisms", 2, (criticisms,))

_PHASES = {
    criticism.CriticismNotified.topic: "notified",
    criticism.CriticismAnswered.topic: "answered",
    criticism.CircularCriticismIssued.topic: "issued",
    criticism.CriticismDropped.topic: "dropped",
}


@view.on(criticism.CriticismProposed)
def _proposed(fact: Fact, page: Page) -> None:
    page.rows(criticisms).put(
        Criticism(
            criticism=fact.stream,
            target=fact["target"],
            about=fact["about"],
            organisation=fact["organisation"],
            cases=fact.words("cases"),
            proposer=fact.person,
            proposed_at=fact.at,
            changed_at=fact.at,
            version=fact.version,
            position=fact.position,
        )
    )


@view.on(*(e for e in events_about("criticism") if e is not criticism.CriticismProposed))
def _went_on(fact: Fact, page: Page) -> None:
    row = page.rows(criticisms).get(fact.stream)
    if row is None:
        msg = "an event of a criticism that was never proposed"
        raise LookupError(msg)
    row.phase = _PHASES.get(fact.topic, row.phase)
    row.decision = fact.fields.get("decision", row.decision)
    if fact.topic == criticism.CriticismNotified.topic:
        row.answer_by = fact.instant("answer_by")
    row.changed_at, row.version, row.position = fact.at, fact.version, fact.position
    page.rows(criticisms).put(row)


def of(connection: Connection[Any], persons: Collection[str]) -> list[Criticism]:
    """The criticisms of some persons, the oldest first."""
    rest = "WHERE about = ANY (%s) ORDER BY criticism"
    return criticisms.select(connection, rest, (sorted(persons),))
