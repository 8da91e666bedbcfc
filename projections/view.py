"""A view: its tables, the shape they have now, and what each event does to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import domain.vocabulary  # noqa: F401 -- registers every topic
from domain.event import Event, topics
from projections.table import Table

Row = TypeVar("Row")

if TYPE_CHECKING:
    from collections.abc import Callable

    from projections.fact import Fact
    from projections.page import Page

    Evolve = Callable[[Fact, Page], None]
    Finish = Callable[[Row], None]


@dataclass(frozen=True)
class View:
    """Tables that follow from the record alone.

    ``version`` is raised with every change of the tables or of what an event does to them.
    Each version has tables of its own: programs that know an earlier one go on following and
    reading it, until somebody retires it (``projections.retire``).
    """

    name: str
    version: int
    tables: tuple[Table[Any], ...]
    evolve: dict[str, Evolve] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Name the tables by the version."""
        for table in self.tables:
            table.of_version(self.version)

    def on(self, *events: type[Event]) -> Callable[[Evolve], Evolve]:
        """Declare what events of these classes do. Applying may not refuse."""

        def declare(evolve: Evolve) -> Evolve:
            for event in events:
                self.evolve[event.topic] = evolve
            return evolve

        return declare

    def finishes(self, table: Table[Row]) -> Callable[[Finish[Row]], Finish[Row]]:
        """Declare what follows from the rest of a row: it is worked out once a page, not by event.

        No event may look at it.
        """

        def declare(finish: Finish[Row]) -> Finish[Row]:
            table.finish = finish
            return finish

        return declare


def events_about(subject: str) -> tuple[type[Event], ...]:
    """The event classes whose topics begin with ``subject``, wherever they are defined."""
    return tuple(kind for topic, kind in topics().items() if topic.startswith(f"{subject}:"))
