"""``mingjian bench delivery``: what writers store is what followers get, in order, none twice."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING

import click

from bench.site import a_site
from bench.subjects import mingjian

if TYPE_CHECKING:
    from audit.record import Record
    from bench.site import Site
    from bench.subjects import Writer

_PAGE = 500


@dataclass(frozen=True)
class Delivery:
    """What was stored, and what the follower that got least, or most wrongly, got of it."""

    writers: int
    followers: int
    stored: int
    delivered: int
    out_of_order: int
    twice: int
    seconds: float


def deliver(site: Site, events: int, writers: int, followers: int) -> Delivery:
    """Write from so many threads while so many followers read, each at its own pace."""
    share = events // writers
    done = Event()
    started = perf_counter()
    with (
        site.record(connections=followers + 1) as record,
        mingjian(site, writers) as make,
        ThreadPoolExecutor(writers + followers) as threads,
    ):
        following = [threads.submit(_follow, record, done) for _ in range(followers)]
        writing = [threads.submit(_write, make(), share) for _ in range(writers)]
        for writer in writing:
            writer.result()
        done.set()
        got = [one.result() for one in following]
        stored = record.head()
    return Delivery(
        writers=writers,
        followers=followers,
        stored=stored,
        delivered=min(map(len, got)),
        out_of_order=max(sum(b <= a for a, b in pairwise(one)) for one in got),
        twice=max(len(one) - len(set(one)) for one in got),
        seconds=round(perf_counter() - started, 1),
    )


def _write(write: Writer, share: int) -> None:
    for number in range(1, share + 1):
        write(number)


def _follow(record: Record, done: Event) -> list[int]:
    """The positions in the order in which they came; ends when all was written and read."""
    positions: list[int] = []
    with record.bell() as bell:
        while True:
            ending = done.is_set()
            page = record.rows(positions[-1] if positions else 0, _PAGE)
            positions += [row[0] for row in page]
            if not page:
                if ending:
                    return positions
                bell.wait(0.2)


@click.command("delivery")
@click.option("--events", default=100_000, show_default=True)
@click.option("--writers", default=8, show_default=True)
@click.option("--followers", default=3, show_default=True)
@click.option("--data", type=click.Path(path_type=Path), help="Data directory of the server.")
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
def delivery(
    events: int, writers: int, followers: int, data: Path | None, *, as_json: bool
) -> None:
    """Show that nothing is skipped, repeated or exchanged on its way to followers."""
    with a_site(data) as site:
        seen = deliver(site, events, writers, followers)
    if as_json:
        click.echo(json.dumps({"bench": "delivery", "subject": "mingjian", **asdict(seen)}))
    else:
        click.echo(", ".join(f"{what} {count}" for what, count in asdict(seen).items()))
    if seen.stored != seen.delivered or seen.out_of_order or seen.twice:
        raise SystemExit(1)
