"""Editions of law as they were proposed, and how each stands (政策版本)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.law.events import (
    EditionConfirmed,
    EditionDeclined,
    EditionProposed,
    EditionStepConfirmed,
    EditionStepProposed,
    NoticeAttached,
    Step,
)
from projections.listing import ALWAYS, listing
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from projections.fact import Fact
    from projections.listing import Listing
    from projections.page import Page


@dataclass(slots=True, kw_only=True)
class Edition:
    """One edition; ``pending`` is the step that waits for another official, ``done`` the last.

    Both are null where there is none: nobody decided yet, or it was declined. ``notice`` is the
    digest of the notice itself, null until it is attached.
    """

    edition: str
    kind: str
    law: str
    number: int
    title: str
    jurisdiction: str
    extends: str | None
    digest: str
    notice: str | None = None
    starts_on: date
    organisation: str
    person: str | None
    pending: str | None
    done: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    proposed_at: datetime
    position: int


editions = Table("edition", Edition, key=("edition",))
view = View("editions", 3, (editions,))


@view.on(EditionProposed)
def _proposed(fact: Fact, page: Page) -> None:
    said = fact["edition"]
    page.rows(editions).put(
        Edition(
            edition=fact.stream,
            kind=said["kind"],
            law=said["law"],
            number=said["number"],
            title=said["title"],
            jurisdiction=said["jurisdiction"],
            extends=said["extends"],
            digest=said["digest"],
            starts_on=date.fromisoformat(fact["starts_on"]),
            organisation=fact["organisation"],
            person=fact.person,
            pending=Step.PUT_IN_FORCE,
            proposed_at=fact.at,
            position=fact.position,
        )
    )


@view.on(NoticeAttached)
def _attached(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.notice = fact["digest"]
    page.rows(editions).put(row)


@view.on(EditionStepProposed)
def _step(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.pending, row.person, row.proposed_at = fact["step"], fact.person, fact.at
    page.rows(editions).put(row)


@view.on(EditionConfirmed, EditionStepConfirmed, EditionDeclined)
def _decided(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    if fact.topic != EditionDeclined.topic:
        row.done = row.pending
    row.pending = None
    row.decided_by, row.decided_at = fact.person, fact.at
    page.rows(editions).put(row)


def _row(fact: Fact, page: Page) -> Edition:
    row = page.rows(editions).get(fact.stream)
    if row is None:
        msg = "an event of an edition that was never proposed"
        raise LookupError(msg)
    return row


def known(*, waiting: bool = False) -> Listing[Edition]:
    """Editions, the newest first; or those alone that wait for another official."""
    asked = ("pending IS NOT NULL", []) if waiting else ALWAYS
    return listing(editions, [asked], ("position",))
