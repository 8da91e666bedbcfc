"""Orders to destroy keys (销毁决定), so that none is forgotten between its event and its doing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.case.purge import MaterialPurged
from domain.objection.kept import UploadsDiscarded, WordsErased
from domain.person.hold import PersonErased
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


destructions = Table("destruction", Destruction, key=("stream", "position"))
view = View("destructions", 2, (destructions,))


@view.on(PersonErased, MaterialPurged, UploadsDiscarded, WordsErased)
def _ordered(fact: Fact, page: Page) -> None:
    page.rows(destructions).add(Destruction(fact.stream, fact.position, tuple(fact["keys"])))


def ordered(connection: Connection[Any]) -> list[Destruction]:
    """Every order, the oldest first."""
    return destructions.select(connection, "ORDER BY position")
