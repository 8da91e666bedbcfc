"""``mingjian bench fill``: a record of invented provinces, to be listed, exported and looked at.

It stays where it was laid; ``mingjian bench lists`` measures the lists of it. Who was interrupted
says the same once more: what is missing of the season that was broken off stays missing.
"""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from heapq import merge
from itertools import chain
from multiprocessing import get_context
from operator import attrgetter
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click
import psycopg
from psycopg.sql import SQL, Identifier

from audit.keys.keyfile import KeyFile
from audit.record import Record
from bench.filling.county import EVENTS_OF_A_SEASON, beginning, lived
from bench.filling.transcribing import Transcriber
from bench.following import looking
from bench.site import GROUND, a_kept_site
from projections.advance import collector_at_rest
from projections.case_status import cases
from projections.catalogue import VIEWS
from projections.parallel_rebuild import Ground, grow_in_parallel
from projections.rebuild import rebuild
from projections.schema import look_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from audit.record import AppendRequest
    from bench.filling.county import DecidingRecord
    from bench.site import Site

FIRST_YEAR, YEARS, MOST_YEARS = 2011, 11, 13
"""The seasons of a record: so early, and so many, that the working days of all are known."""
FEWEST_ABREAST = 1
"""Counties that have their season in one year, at least."""
_LAST_MONTH = 2
"""A season ends with February."""


_FILED = f"SELECT count(*) FROM {cases.stored}"  # noqa: S608 -- a constant of the code


@dataclass(frozen=True)
class Filled:
    """One run: ``writing`` decides and appends the events, ``following`` builds the views."""

    bench: str
    seed: int
    events: int
    cases: int
    writing_seconds: float
    events_per_second: int
    following_seconds: float


def commands(
    begun: DecidingRecord, first: int, written: int, events: int, seed: int, processes: int
) -> Iterator[AppendRequest]:
    """What was decided in one season after the other, from the ``first`` on, in order of time.

    Each year other counties have their season, as many at once as make so many events in the years
    that there are; while one season is written, the next is decided.
    """
    if first == 0:
        yield from begun.taken()
    abreast = max(FEWEST_ABREAST, -(-events // (EVENTS_OF_A_SEASON * YEARS)))
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:

        def season(number: int) -> list[Future[list[AppendRequest]]]:
            year, counties = FIRST_YEAR + number, range(number * abreast, (number + 1) * abreast)
            return [pool.submit(lived, begun, each, year, f"{seed}/{each}") for each in counties]

        following, decided = season(first) if written < events else [], written
        for number in range(first + 1, MOST_YEARS + 1):
            present = [each.result() for each in following]
            decided += sum(map(how_many, chain(*present)))
            following = season(number) if decided < events else []
            yield from merge(*present, key=attrgetter("at"))


def how_many(request: AppendRequest) -> int:
    """The events that a command appends."""
    return sum(len(each.events) for each in request.writes)


def seasons_begun(record: Record) -> int:
    """How many seasons a record has, of the last of which the end may be missing."""
    if (head := record.head()) == 0:
        return 0
    ((*_, at),) = record.rows(head - 1, 1)
    return at.year - FIRST_YEAR + (at.month > _LAST_MONTH)


def fill(
    record: Record,
    events: int,
    seed: int,
    processes: int = 2,
    begun: DecidingRecord | None = None,
) -> int:
    """Write so many events to a record, and what remains of the last commands; how many it has.

    A record that was begun as ``begun`` goes on with the season after the one that was broken off.
    """
    begun, first = begun or beginning(FIRST_YEAR), seasons_begun(record)
    transcriber = Transcriber(record, goes_on=first > 0)
    with collector_at_rest():
        for request in commands(begun, first, transcriber.written, events, seed, processes):
            transcriber.take(request)
            if transcriber.written >= events:
                break
        transcriber.flush()
    return transcriber.written


def begun_in(place: Path) -> DecidingRecord:
    """How the record of a directory begins: what every season goes on from, after a break too."""
    kept = place / "beginning.pickle"
    if not kept.exists():
        kept.write_bytes(pickle.dumps(beginning(FIRST_YEAR)))
    begun: DecidingRecord = pickle.loads(kept.read_bytes())  # noqa: S301 -- the bench's own
    return begun


@contextmanager
def opened_again(url: str, key_file: Path) -> Iterator[Record]:
    """The record of a site, opened by another process."""
    with Record(url, GROUND, KeyFile(key_file), connections=2) as record:
        yield record


def measure(site: Site, events: int, seed: int, processes: int) -> Filled:
    """Fill the record of a site, and build the views once it is there."""
    with site.record(connections=2) as record:
        began, stood = perf_counter(), record.head()
        written = fill(record, events, seed, processes, begun_in(site.data))
        wrote = perf_counter()
        with psycopg.connect(site.owner_url, autocommit=True) as owner:
            owner.execute(SQL("ANALYZE {}.event").format(Identifier(GROUND.schema)))
        opened = partial(opened_again, site.url, site.key_file.path)
        grow_in_parallel(Ground(site.url, GROUND.views, opened), VIEWS, processes)
        with looking(site.url) as connection:
            rebuild(connection, GROUND.views, record, VIEWS)
            look_at(connection, GROUND.views)
            connection.execute("VACUUM ANALYZE")
            ((filed,),) = connection.execute(_FILED).fetchall()
        followed = perf_counter()
    return Filled(
        bench="fill",
        seed=seed,
        events=written,
        cases=filed,
        writing_seconds=round(wrote - began, 1),
        events_per_second=round((written - stood) / (wrote - began)),
        following_seconds=round(followed - wrote, 1),
    )


@click.command("fill")
@click.option("--events", default=100_000, show_default=True, help="事件数 / how many events")
@click.option("--seed", default=1, show_default=True, help="同一种子办理相同 / acts the same way")
@click.option("--processes", default=2, show_default=True, help="进程数 / processes that decide")
@click.option(
    "--data", type=click.Path(path_type=Path), required=True, help="存放目录 / where it stays"
)
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one object a line")
def fill_bench(events: int, seed: int, processes: int, data: Path, *, as_json: bool) -> None:
    """以虚构各地填充记录，事件每秒 / fill a record with invented provinces, events a second."""
    with a_kept_site(data, may_be_new=True) as site:
        found = measure(site, events, seed, processes)
    if as_json:
        click.echo(json.dumps(asdict(found)))
    else:
        click.echo(
            f"{found.events} events of {found.cases} cases in {found.writing_seconds} s,"
            f" {found.events_per_second}/s; views in {found.following_seconds} s"
        )
