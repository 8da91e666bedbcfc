"""A version of a view that meets an event which it can't apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.release import counting

if TYPE_CHECKING:
    from projections.fact import Fact
    from projections.page import Page
    from projections.view import View


def tripping(version: int, position: int) -> View:
    """A version that can't apply the event at a position."""
    view = counting(version)
    for topic, evolve in list(view.evolve.items()):

        def trip(fact: Fact, page: Page, evolve=evolve) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
            if fact.position == position:
                raise LookupError
            evolve(fact, page)

        view.evolve[topic] = trip
    return view
