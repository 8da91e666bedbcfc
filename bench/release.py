"""The next release of the program: some views of the next version, some new, some gone.

``become`` must be called before anything has looked into ``projections.catalogue``.
Run as a program it follows a record as that release until it is ended:
``python -m bench.release URL KEY_FILE``.
"""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import domain.vocabulary  # noqa: F401 -- registers every topic
from domain.event import topics
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Collection

    from projections.fact import Fact
    from projections.page import Page

RAISED, GONE, NEW = ("certificates", "status", "queue"), ("indicators",), (1,)


@dataclass(slots=True)
class Count:
    """How often something happened in a stream, times the version."""

    stream: str
    events: int


def counting(version: int) -> View:
    """A view in versions that never agree: each event counts for as much as the version."""
    table = Table("counted", Count, key=("stream",), indexes=("(events)",))
    view = View("counting", version, (table,))

    @view.on(*topics().values())
    def _happened(fact: Fact, page: Page) -> None:
        row = page.rows(table).get(fact.stream) or Count(fact.stream, 0)
        row.events += version
        page.rows(table).put(row)

    return view


def become(raised: Collection[str], gone: Collection[str] = (), new: Collection[int] = ()) -> None:
    """Raise these views by one version, leave those out, and count in these versions."""
    named = View.__post_init__

    def raise_some(self: View) -> None:
        if self.name in raised:
            object.__setattr__(self, "version", self.version + 1)
        named(self)

    setattr(View, "__post_init__", raise_some)  # noqa: B010 -- in this process alone
    from projections import catalogue  # noqa: PLC0415 -- its views are made by looking into it

    kept = tuple(view for view in catalogue.VIEWS if view.name not in gone)
    setattr(catalogue, "VIEWS", (*kept, *map(counting, new)))  # noqa: B010 -- the same


def _follow(url: str, key_file: Path) -> None:
    from bench.following import following  # noqa: PLC0415 -- as the next release has it
    from bench.rebuild import known  # noqa: PLC0415 -- the same
    from projections.catalogue import VIEWS  # noqa: PLC0415 -- the same

    with known(url, key_file) as record, closing(record.record.bell()) as bell:
        following(url, record, bell, VIEWS).run(Event())


if __name__ == "__main__":
    become(RAISED, GONE, NEW)
    _follow(sys.argv[1], Path(sys.argv[2]))
