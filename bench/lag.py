"""How long the views take to show what was appended, seen from beside a server at work."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import quantiles
from threading import Event, Thread
from typing import TYPE_CHECKING

import psycopg

from api.database import reach
from projections.catalogue import VIEWS
from projections.progress import reached
from projections.schema import look_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.settings import Settings

_BETWEEN = 0.01
"""Seconds between two looks; no lag is known more exactly."""


@dataclass
class Looks:
    """When it was looked, in seconds, how far the record was, and then how far all views were."""

    taken: list[tuple[float, int, int]] = field(default_factory=list)

    def lags(self) -> list[float]:
        """Of each event appended since the first look and shown by the last, milliseconds.

        From the look that first saw it in the record to the one that first saw it in every view.
        """
        lags: list[float] = []
        shown = iter(self.taken)
        at, _, views = next(shown, (0.0, 0, 0))
        for (_, before, _), (appended, after, _) in pairwise(self.taken):
            for position in range(before + 1, after + 1):
                while views < position:
                    at, _, views = next(shown, (at, 0, -1))
                    if views < 0:
                        return lags
                lags.append(1000 * max(0.0, at - appended))
        return lags


@dataclass(frozen=True)
class Lag:
    """Of how many events, and how long all views took to show one, in milliseconds."""

    events: int
    median: float
    p99: float
    longest: float

    @classmethod
    def of(cls, lags: list[float]) -> Lag:
        """The same of at least two events."""
        cut = quantiles(lags, n=100)
        return cls(len(lags), *(round(each, 1) for each in (cut[49], cut[98], max(lags))))


@contextmanager
def _looking(settings: Settings) -> Iterator[Callable[[], tuple[int, int]]]:
    """A look at how far the record of a server is, and then how far all its views are."""
    with (
        reach(settings) as found,
        psycopg.connect(found.settings.database_url or "", autocommit=True) as connection,
    ):
        look_at(connection, found.ground.views)
        head = f"SELECT max(notification_id) FROM {found.ground.schema}.event"  # noqa: S608

        def look() -> tuple[int, int]:
            row = connection.execute(head.encode()).fetchone()
            return (row[0] if row else 0), reached(connection, VIEWS) or 0

        yield look


def wait_until_shown(settings: Settings) -> None:
    """Come back when all views of a server show what is on record."""
    with _looking(settings) as look:
        appended, _ = look()
        while look()[1] < appended:
            time.sleep(_BETWEEN)


@contextmanager
def watched(settings: Settings) -> Iterator[Looks]:
    """Look at the record and the views of a server again and again until the block ends."""
    looks, over = Looks(), Event()
    with _looking(settings) as look:

        def look_on() -> None:
            while not over.wait(_BETWEEN):
                looks.taken.append((time.perf_counter(), *look()))

        watching = Thread(target=look_on)
        watching.start()
        try:
            yield looks
        finally:
            over.set()
            watching.join()
