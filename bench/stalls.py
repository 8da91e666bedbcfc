"""How long an append is held up while the database is being looked after."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING

import psycopg

from bench.subjects import mingjian

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.site import Site

WORK = {
    "nothing": "SELECT 1",
    "VACUUM": "VACUUM record.event",
    "ANALYZE": "ANALYZE record.event",
    "CREATE INDEX CONCURRENTLY": "CREATE INDEX CONCURRENTLY ON record.event (topic)",
}


@dataclass(frozen=True)
class Stall:
    """The longest append while something else went on."""

    bench: str
    subject: str
    during: str
    longest_append_milliseconds: float
    appends: int


def longest_stalls(site: Site, seconds: float) -> Iterator[Stall]:
    """One writer goes on while each kind of work is done, again and again, for so long."""
    for during, statement in WORK.items():
        over, taken = Event(), list[float]()
        thread = Thread(target=_append_until, args=(site, over, taken))
        thread.start()
        with psycopg.connect(site.owner_url, autocommit=True) as connection:
            until = perf_counter() + seconds
            while perf_counter() < until:
                connection.execute(statement.encode())
        over.set()
        thread.join()
        yield Stall("append stall", "mingjian", during, round(1000 * max(taken), 1), len(taken))


def _append_until(site: Site, over: Event, taken: list[float]) -> None:
    with mingjian(site, 1) as make:
        write = make()
        write(1)
        number = 1
        while not over.is_set() or not taken:
            number += 1
            started = perf_counter()
            write(number)
            taken.append(perf_counter() - started)
