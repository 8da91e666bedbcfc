"""``mingjian bench rebuild``: events a second while all views are built from nothing."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click
import orjson
import psycopg
from psycopg.sql import SQL, Identifier

from audit.keys.keyfile import KeyFile
from audit.keys.sealing import SealingKey, from_token
from audit.migrate import migrate
from audit.record import Record
from bench.leaves import SECRET, rows
from bench.province import Province
from bench.site import GROUND, a_site
from projections.advance import PAGE
from projections.catalogue import VIEWS
from projections.follow import catch_up
from projections.parallel_rebuild import Ground, grow_in_parallel
from projections.rebuild import rebuild
from projections.schema import OF_THE_VIEWS, look_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from audit.record import Row
    from bench.site import Site
    from domain.personal import Personal


@dataclass(frozen=True)
class Speed:
    """One run: ``follow`` by one process on indexed tables, or ``rebuild`` as the command does.

    ``read`` is what neither can do without: the leaves as the database brings them, parsed.
    """

    bench: str
    subject: str
    events: int
    seconds: float
    events_per_second: int


@dataclass(frozen=True)
class InventedKeys:
    """The record, with the keys of the invented province instead of its own."""

    record: Record

    def rows(self, after: int, limit: int) -> Sequence[Row]:
        """As the record reads them."""
        return self.record.rows(after, limit)

    def opened(self, tokens: Sequence[str]) -> list[Personal]:
        """The words, under the one invented secret."""
        return [from_token(token, self) for token in tokens]

    def blind(self, purpose: str, words: str) -> bytes:
        """As the record does."""
        return self.record.blind(purpose, words)

    def find(self, key_id: str) -> SealingKey:
        """Every key there could be."""
        return SealingKey(key_id, SECRET)


def measure(site: Site, events: int, processes: int) -> Iterator[Speed]:
    """Fill the record with an invented province, follow it from the first event, and rebuild."""
    open_record = partial(known, site.url, site.key_file.path)
    with open_record() as record, psycopg.connect(site.url, autocommit=True) as connection:
        fill(site, record.record.origin, events)
        look_at(connection, GROUND.views)
        yield _timed("read", events, lambda: read_and_parse(record))
        yield _timed("follow", events, lambda: catch_up(connection, record, VIEWS))
        ground = Ground(site.url, GROUND.views, open_record)

        def build_anew() -> None:
            grow_in_parallel(ground, VIEWS, processes)
            rebuild(connection, GROUND.views, record, VIEWS)

        yield _timed("rebuild", events, build_anew)


def read_and_parse(record: InventedKeys) -> None:
    """Bring every row of the record, a page at a time, and parse its leaf."""
    page = record.rows(0, PAGE)
    while page:
        for _, _, _, _, leaf, _ in page:
            orjson.loads(leaf)
        last, *_ = page[-1]
        page = record.rows(last, PAGE)


@contextmanager
def known(url: str, key_file: Path) -> Iterator[InventedKeys]:
    """The record of a site, for leaves that were laid into it."""
    with Record(url, GROUND, KeyFile(key_file), connections=2) as record:
        yield InventedKeys(record)


PROVINCE = Province(counties=20, employers=20, calm=10_000)
"""In which it all happens."""


def fill(site: Site, origin: str, events: int) -> None:
    """Lay the leaves into an empty record."""
    migrate(site.owner_url, GROUND, origin, datetime.now(UTC), sets=(OF_THE_VIEWS,))
    lay(site, rows(PROVINCE, events, origin))
    with psycopg.connect(site.owner_url, autocommit=True) as owner:
        owner.execute(SQL("ANALYZE {}.event").format(Identifier(GROUND.schema)))


def lay(site: Site, leaves: Iterable[Row]) -> None:
    """Lay leaves into the record as its owner; how they are appended is measured elsewhere."""
    statement = SQL(
        "COPY {}.event (notification_id, originator_id, originator_version, topic, state,"
        " placed_at) FROM STDIN"
    ).format(Identifier(GROUND.schema))
    with (
        psycopg.connect(site.owner_url, autocommit=True) as owner,
        owner.cursor().copy(statement) as copy,
    ):
        for row in leaves:
            copy.write_row(row)


def _timed(subject: str, events: int, run: Callable[[], object]) -> Speed:
    began = perf_counter()
    run()
    seconds = perf_counter() - began
    return Speed("rebuild", subject, events, round(seconds, 2), round(events / seconds))


@click.command("rebuild")
@click.option("--events", default=200_000, show_default=True, help="事件数 / how many events")
@click.option("--processes", default=2, show_default=True, help="进程数 / processes at work")
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one object a line")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录 / data directory")
def rebuild_bench(events: int, processes: int, data: Path | None, *, as_json: bool) -> None:
    """从头建立全部视图，事件每秒 / build all views from the first event."""
    with a_site(data) as site:
        for speed in measure(site, events, processes):
            if as_json:
                click.echo(json.dumps(asdict(speed)))
            else:
                click.echo(
                    f"{speed.subject:8} {speed.events:>10} events {speed.seconds:>8} s "
                    f"{speed.events_per_second:>8} events/s"
                )


if __name__ == "__main__":
    rebuild_bench()
