"""Which persons are one human being, as the separation trail knows it: its own, on purpose.

Links are few, so all that stand are read at once, when a page first asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projections.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projections.fact import Fact
    from projections.page import Page


@dataclass(slots=True)
class Link:
    """``one`` and ``other`` are held to be one human being."""

    one: str
    other: str


links = Table("separation_link", Link, key=("one", "other"))


class Same:
    """Answers who is one human being by the links that stand."""

    def __init__(self, standing: Iterable[Link]) -> None:
        self._next: dict[str, set[str]] = {}
        for link in standing:
            self._next.setdefault(link.one, set()).add(link.other)
            self._next.setdefault(link.other, set()).add(link.one)

    def circle(self, person: str) -> set[str]:
        """All persons who are one human being with ``person``, itself among them."""
        reached, waiting = {person}, [person]
        while waiting:
            new = self._next.get(waiting.pop(), set()) - reached
            reached |= new
            waiting += new
        return reached

    def meet(self, ones: set[str], others: set[str]) -> bool:
        """Whether somebody of ``ones`` is the same human being as somebody of ``others``.

        Nobody (an empty id) is never the same as anybody.
        """
        if not ones.isdisjoint(others) and (ones & others) - {""}:
            return True
        return bool(self._next) and any(
            not others.isdisjoint(self.circle(each)) for each in ones & self._next.keys()
        )


def same(page: Page) -> Same:
    """The links as they stand at this point of the record."""
    return page.once(links.name, lambda page: Same(page.rows(links).everything()))


def link(fact: Fact, page: Page) -> None:
    """The person of the stream and another were found to be one human being."""
    page.rows(links).put(Link(fact.stream, fact["other"]))
    page.memory.pop(links.name, None)


def unlink(fact: Fact, page: Page) -> None:
    """They were found not to be, whichever of the two streams said that they were."""
    page.rows(links).remove(fact.stream, fact["other"])
    page.rows(links).remove(fact["other"], fact.stream)
    page.memory.pop(links.name, None)
