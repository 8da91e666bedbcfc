"""``mingjian bench lists``: every list of the desk over a filled record, as the database brings it.

Of each list, filter, order and count, for several callers and cases: the milliseconds in the
database, planning included, as the least of several tries, and the blocks that were touched, which
no other work on the machine changes. Beside a smaller record it says which of them grow.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from bench.asking import samples
from bench.costs import PARTS, questions
from bench.following import looking
from bench.growth import Filled, Growth, Verdict, grown
from bench.site import a_kept_site
from projections.catalogue import VIEWS
from projections.follow import catch_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.costs import Costs, Of

_SHOWN = 40


@dataclass(frozen=True)
class Listed:
    """One question asked by one caller: the worst over the samples, in milliseconds and blocks."""

    bench: str
    events: int
    list: str
    asked: str
    caller: str
    page_ms: float
    next_page_ms: float
    count_ms: float
    blocks: int

    @classmethod
    def of(cls, of: Of, events: int, costs: Costs) -> Listed:
        """What a question took, in short."""
        page, following, count = (max(each.ms for each in costs[part]) for part in PARTS)
        blocks = max(each.blocks for part in PARTS for each in costs[part])
        return cls("lists", events, of.list, of.asked, of.caller, page, following, count, blocks)

    @property
    def worst(self) -> float:
        """The longest of its statements, in milliseconds."""
        return max(self.page_ms, self.next_page_ms, self.count_ms)


@click.command("lists")
@click.option("--cases", default=8, show_default=True, help="抽取件数 / cases that are asked about")
@click.option("--seed", default="1", show_default=True, help="抽取种子 / draws the same cases")
@click.option(
    "--data", type=click.Path(path_type=Path), required=True, help="已填充的目录 / what was filled"
)
@click.option(
    "--beside",
    type=click.Path(path_type=Path),
    help="较小的已填充目录，对照增长 / a smaller one, to see what grows",
)
@click.option("--only", default="", help="名称所含 / lists whose name contains this")
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one object a line")
def lists_bench(
    cases: int, seed: str, data: Path, beside: Path | None, only: str, *, as_json: bool
) -> None:
    """在已填充的记录上逐一查询全部列表 / ask every list over a filled record."""
    found, growths = list[Listed](), list[Growth]()
    with _filled(data, seed, cases) as filled:
        known = {of: filled.costs(of) for of in questions(only)}
        found = [Listed.of(of, filled.events, costs) for of, costs in known.items()]
        if beside is not None:
            with _filled(beside, seed, cases) as smaller:
                for of, costs in known.items():
                    growths += grown(of, smaller, filled, costs)
    if as_json:
        for line in (*map(asdict, found), *map(_told, growths)):
            click.echo(json.dumps(line))
        return
    console = Console(width=130)
    console.print(_slowest(found, filled))
    if growths:
        console.print(_growing(growths))
        console.print(_summed(growths))


@contextmanager
def _filled(data: Path, seed: str, cases: int) -> Iterator[Filled]:
    with a_kept_site(data) as site, looking(site.url) as connection:
        with site.record(connections=1) as record:
            events = record.head()
            catch_up(connection, record, VIEWS)
        yield Filled(events, connection, samples(connection, seed, cases))


def _slowest(found: Sequence[Listed], filled: Filled) -> Table:
    """The slowest, and how all lie."""
    ordered = sorted(found, key=lambda each: each.worst, reverse=True)
    half, last = (ordered[int(len(ordered) * share)].worst for share in (0.5, 0.01))
    asked = f"{len(found)} questions x {len(filled.drawn)} cases over {filled.events} events"
    table = _table(
        f"{asked}: half within {half} ms, 99 of 100 within {last} ms",
        *("list", "asked", "caller", "page", "next page", "count", "blocks"),
    )
    for each in islice(ordered, _SHOWN):
        costs = (each.page_ms, each.next_page_ms, each.count_ms, each.blocks)
        table.add_row(each.list, each.asked, each.caller, *map(str, costs))
    return table


def _growing(growths: Sequence[Growth]) -> Table:
    """What takes longer in the larger record, what grows before what tells of more."""
    longer = [each for each in growths if each.verdict is not Verdict.WITHIN]
    longer.sort(key=lambda each: each.times / each.tells, reverse=True)
    table = _table(
        "what takes longer in the larger record: milliseconds, blocks and rows in both",
        *("list", "asked", "caller", "part", "ms", "blocks", "rows", "times", "verdict"),
    )
    for each in islice(longer, _SHOWN):
        pairs = [
            f"{round(one, 2)} {round(other, 2)}"
            for one, other in (
                (each.smaller.ms, each.larger.ms),
                (each.smaller.blocks, each.larger.blocks),
                (each.smaller.rows, each.larger.rows),
            )
        ]
        of = each.of
        table.add_row(
            *(of.list, of.asked, of.caller, each.part, *pairs), f"{each.times:.2f}", each.verdict
        )
    return table


def _summed(growths: Sequence[Growth]) -> Table:
    """How many parts of questions came to which verdict."""
    counts = Counter((each.part, each.verdict) for each in growths)
    table = _table("from the smaller record to the larger", "part", *Verdict)
    for part in PARTS:
        table.add_row(part, *(str(counts[part, each]) for each in Verdict))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title)
    for column in columns:
        table.add_column(column)
    return table


def _told(growth: Growth) -> dict[str, object]:
    told = {**asdict(growth.of), "part": growth.part}
    both = {"smaller": asdict(growth.smaller), "larger": asdict(growth.larger)}
    return {
        "bench": "growth",
        **told,
        **both,
        "times": round(growth.times, 2),
        "verdict": growth.verdict,
    }
