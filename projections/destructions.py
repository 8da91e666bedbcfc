"""Orders to destroy keys (销毁决定), so that none is forgotten between its event and its doing.

And the rotations (轮换密钥) by which what was destroyed is gone for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.case.purge import MaterialPurged
from domain.objection.kept import UploadsDiscarded, WordsErased
from domain.person.events import PersonErased
from domain.single_events import KeysRotated
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page


@dataclass(slots=True)
class Destruction:
    """An order at a position of a stream: the ids of the keys that it destroys."""

    stream: str
    position: int
    keys: tuple[str, ...]


@dataclass(slots=True)
class Rotation:
    """A rotation at a position: the key file has no epoch of wrapping before ``wrapping``."""

    position: int
    wrapping: int


destructions = Table(
    "destruction", Destruction, key=("stream", "position"), indexes=("(position)",)
)
rotations = Table("rotation", Rotation, key=("position",))
view = View("destructions", 3, (destructions, rotations))


@view.on(PersonErased, MaterialPurged, UploadsDiscarded, WordsErased)
def _ordered(fact: Fact, page: Page) -> None:
    page.rows(destructions).add(Destruction(fact.stream, fact.position, tuple(fact["keys"])))


@view.on(KeysRotated)
def _rotated(fact: Fact, page: Page) -> None:
    page.rows(rotations).add(Rotation(fact.position, fact["wrapping"]))


def ordered(connection: Connection[Any], after: int = 0) -> list[Destruction]:
    """The orders behind a position, the oldest first."""
    return destructions.select(connection, "WHERE position > %s ORDER BY position", (after,))


def latest(connection: Connection[Any]) -> int:
    """Where the last order or rotation stands; 0 where there is none."""
    query = (
        f"SELECT greatest((SELECT max(position) FROM {destructions.stored}),"
        f" (SELECT max(position) FROM {rotations.stored}), 0)"
    )
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def rotated_to(connection: Connection[Any]) -> int:
    """The epoch of wrapping before which the key file has none any more."""
    query = f"SELECT coalesce(max(wrapping), 0) FROM {rotations.stored}"
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
