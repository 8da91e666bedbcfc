"""``mingjian bench impact``: how many filings a second are judged under a draft and their own law.

An invented province is laid into a record; what a draft would change is asked of every filing.
Then it is read over HTTP, while others are answered by the same process.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

import click

from api.acts.desk import Desk
from api.acts.impact import filings, impact, read_together, shares
from api.law import packs
from bench.impact_served import measure_served
from bench.rebuild import fill
from bench.site import Site, a_site
from domain.calendar import Calendar
from domain.policy.loader import Document, load_law

if TYPE_CHECKING:
    from domain.policy.law import Law

_PACK = "xunwu-2024"
_DRAFT = """
[pack]
id = "xunwu-2026"
version = 1
title = "invented"
follows = { id = "xunwu-2024", version = 1 }

[dropped]
"conditions[insured_employer]" = "invented"
"""


@dataclass(frozen=True)
class Judged:
    """One run: ``reading`` finds the filings on record, ``judging`` puts each to both laws.

    ``processor_milliseconds`` is what judging a filing takes of the thread that does it.
    """

    bench: str
    events: int
    filings: int
    flips: int
    reading_seconds: float
    judging_seconds: float
    filings_per_second: int
    processor_milliseconds: float


@cache
def _notice() -> Law:
    return packs.load(_PACK)


class _Desk(Desk):
    """A look at the invented record, of which every case is filed under one notice."""

    def law_of(self, case: object) -> Law:
        """The notice."""
        del case
        return _notice()

    @property
    def calendar(self) -> Calendar:
        """The days that everybody knows."""
        return Calendar()


def measure(site: Site, events: int) -> Judged:
    """Fill the record, and judge all that was filed."""
    default = packs.document(packs.PACKS / "national-default.toml")
    pack = packs.document(packs.pack_path(_PACK))
    draft = load_law(default, pack, [Document("draft.toml", _DRAFT)])
    with site.record(connections=2) as record:
        fill(site, record.origin, events)
        began = perf_counter()
        every = filings(record, None)
        read, worked, flips = perf_counter(), thread_time(), 0
        for share in shares(every):
            desk = _Desk(record)
            read_together(desk, share)
            for each in share:
                told = impact(desk, draft, each)
                flips += told is not None and told.flips
        judged, worked = perf_counter() - read, thread_time() - worked
    return Judged(
        bench="impact",
        events=events,
        filings=len(every),
        flips=flips,
        reading_seconds=round(read - began, 2),
        judging_seconds=round(judged, 2),
        filings_per_second=round(len(every) / judged),
        processor_milliseconds=round(1000 * worked / len(every), 2),
    )


@click.command("impact")
@click.option("--events", default=100_000, show_default=True, help="事件数 / how many events")
@click.option("--filed", default=200, show_default=True, help="经接口申报的件数 / filed over HTTP")
@click.option("--seconds", default=20.0, show_default=True, help="各测多久 / of each measurement")
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one object a line")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录 / data directory")
def impact_bench(
    events: int, filed: int, seconds: float, data: Path | None, *, as_json: bool
) -> None:
    """逐件照草案再判一遍，每秒件数，以及其间的应答 / judge every filing, and answer meanwhile."""
    with a_site(data) as site:
        found = measure(site, events)
    if as_json:
        click.echo(json.dumps(asdict(found)))
    else:
        click.echo(
            f"{found.filings} filings of {found.events} events: read in {found.reading_seconds} s,"
            f" judged under two laws in {found.judging_seconds} s, {found.filings_per_second}/s,"
            f" {found.processor_milliseconds} ms of a processor each"
        )
    with TemporaryDirectory(prefix="mingjian-bench-") as scratch:
        told = measure_served(Path(scratch) / "data", filed, seconds)
    for each in told:
        if as_json:
            click.echo(json.dumps(asdict(each)))
        else:
            click.echo(
                f"during {each.during}: {each.impact_filings_per_second} filings/s judged,"
                f" {each.requests_per_second} requests/s of another, median"
                f" {each.median_milliseconds} ms, p99 {each.p99_milliseconds} ms"
            )
