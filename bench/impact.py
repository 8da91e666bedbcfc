"""``mingjian bench impact``: how many filings a second are judged under a draft and their own law.

An invented province is laid into a record; what a draft would change is asked of every filing.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from api.acts.desk import Desk
from api.acts.impact import filings, impact
from api.law import packs
from bench.rebuild import fill
from bench.site import Site, a_site
from domain.calendar import Calendar
from domain.policy.loader import Document, load_law

if TYPE_CHECKING:
    from domain.policy.law import Law

_TOGETHER = 100
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
    """One run: ``reading`` finds the filings on record, ``judging`` puts each to both laws."""

    bench: str
    events: int
    filings: int
    flips: int
    reading_seconds: float
    judging_seconds: float
    filings_per_second: int


class _Desk(Desk):
    """A look at the invented record, of which every case is filed under one notice."""

    def law_of(self, case: object) -> Law:
        """The notice."""
        del case
        return packs.load(_PACK)

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
        read, flips = perf_counter(), 0
        for number, each in enumerate(every):
            if number % _TOGETHER == 0:
                desk = _Desk(record)
            told = impact(desk, draft, each)
            flips += told is not None and told.flips
        judged = perf_counter() - read
    return Judged(
        bench="impact",
        events=events,
        filings=len(every),
        flips=flips,
        reading_seconds=round(read - began, 2),
        judging_seconds=round(judged, 2),
        filings_per_second=round(len(every) / judged),
    )


@click.command("impact")
@click.option("--events", default=100_000, show_default=True, help="事件数 / how many events")
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one object a line")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录 / data directory")
def impact_bench(events: int, data: Path | None, *, as_json: bool) -> None:
    """逐件照草案再判一遍，每秒件数 / judge every filing under a draft, filings a second."""
    with a_site(data) as site:
        found = measure(site, events)
    if as_json:
        click.echo(json.dumps(asdict(found)))
    else:
        click.echo(
            f"{found.filings} filings of {found.events} events: read in {found.reading_seconds} s,"
            f" judged under two laws in {found.judging_seconds} s, {found.filings_per_second}/s"
        )
