"""Moves to another employer (调动): who asked, accepted and released, and what still waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.account.move import MoveAccepted, MoveAsked, MoveReleased, MoveWithdrawn
from projections import organisations
from projections.listing import ALWAYS, either, listing
from projections.offices import by_offices
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from projections.fact import Fact
    from projections.listing import Condition, Gathered
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True, kw_only=True)
class Move:
    """One move: asked, accepted, released or withdrawn; or joined, of who left nobody.

    Days are those of Beijing.
    """

    move: str
    person: str
    leaves: str | None
    joins: str
    state: str
    asked_at: datetime
    release_by: date | None = None
    released_at: datetime | None = None
    version: int
    position: int


moves = Table(
    "move",
    Move,
    key=("move",),
    indexes=("(position)", "(leaves, position)", "(joins, position)", "(person, position)"),
)
view = View("moves", 1, (moves,))


@view.on(MoveAsked)
def _asked(fact: Fact, page: Page) -> None:
    page.rows(moves).put(
        Move(
            move=fact.stream,
            person=fact["person"],
            leaves=fact["leaves"],
            joins=fact["joins"],
            state="asked",
            asked_at=fact.at,
            version=fact.version,
            position=fact.position,
        )
    )


@view.on(MoveAccepted)
def _accepted(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    last = fact["release_by"]
    row.state = "accepted" if row.leaves is not None else "joined"
    row.release_by = None if last is None else date.fromisoformat(last)
    page.rows(moves).put(row)


@view.on(MoveReleased)
def _released(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.state, row.released_at = "released", fact.at
    page.rows(moves).put(row)


@view.on(MoveWithdrawn)
def _withdrawn(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    row.state = "withdrawn"
    page.rows(moves).put(row)


def _row(fact: Fact, page: Page) -> Move:
    row = page.rows(moves).get(fact.stream)
    if row is None:
        msg = "an event of a move that was never asked for"
        raise LookupError(msg)
    row.version = fact.version
    return row


def seen(scope: Scope) -> Condition:
    """That a move is the caller's own, or from or to an organisation that ``scope`` shows."""
    if scope.everything:
        return ALWAYS
    own: Condition = ("move.person = ANY (%s)", [sorted(scope.persons)])
    sides = (organisations.seen(scope, f"move.{side}") for side in ("leaves", "joins"))
    return either(own, *sides)


def visible(scope: Scope, *, waiting: bool = True) -> Gathered[Move]:
    """The moves that ``scope`` shows, the newest first; ``waiting`` leaves out what is over."""
    asked: Condition = ("state IN ('asked', 'accepted')", []) if waiting else ALWAYS
    own: Condition = ("move.person = ANY (%s)", [sorted(scope.persons)])
    return by_offices(
        lambda theirs: listing(moves, [either(own, theirs), asked], ("position",)),
        scope,
        "move.leaves",
        "move.joins",
        gathered=True,
    )
