"""``mingjian bench lists``: every list of the desk over a filled record, as the database brings it.

Of each list, filter, order and count, for several callers and cases: the milliseconds in the
database, planning included, as the least of several tries, and the blocks that were touched, which
no other work on the machine changes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from bench.asking import CALLERS, LISTS, Sample, samples, told
from bench.following import looking
from bench.site import a_kept_site
from projections.catalogue import VIEWS
from projections.follow import catch_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from psycopg import Connection

    from bench.asking import Found, Question, Statement

PAGE = 50
"""Rows that a page of the API shows, unless it is asked for others."""
_TRIES = 9


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

    @property
    def worst(self) -> float:
        """The longest of its statements, in milliseconds."""
        return max(self.page_ms, self.next_page_ms, self.count_ms)


@dataclass(frozen=True)
class Cost:
    """What some statements took together."""

    ms: float = 0.0
    blocks: int = 0


def measure(
    connection: Connection[Any], events: int, drawn: Sequence[Sample], only: str = ""
) -> Iterator[Listed]:
    """Ask everything, on behalf of everybody, about every case that was drawn.

    ``only``: of lists whose name contains it.
    """
    for operation, questions in LISTS.items():
        if only not in operation:
            continue
        for asked, question in questions.items():
            for caller in CALLERS:
                found = [_of(connection, question, caller, each) for each in drawn]
                pages, following, counts = ([each[part] for each in found] for part in range(3))
                yield Listed(
                    bench="lists",
                    events=events,
                    list=operation,
                    asked=asked,
                    caller=caller,
                    page_ms=max(each.ms for each in pages),
                    next_page_ms=max(each.ms for each in following),
                    count_ms=max(each.ms for each in counts),
                    blocks=max(each.blocks for each in (*pages, *following, *counts)),
                )


def _of(
    connection: Connection[Any], question: Question, caller: str, it: Sample
) -> tuple[Cost, Cost, Cost]:
    """The first page, the one behind it where there is one, and the count."""
    found: Found = question(it, CALLERS[caller](it))
    first = told(connection, found, limit=PAGE)
    following: list[Statement] = []
    if first.following:
        following = told(connection, found, behind=first.following, limit=PAGE).page
    said = (first.page, following, first.count)
    return tuple(_cost(connection, each) for each in said)  # type: ignore[return-value] # three


def _cost(connection: Connection[Any], statements: Sequence[Statement]) -> Cost:
    tries = [[_run(connection, *each) for each in statements] for _ in range(_TRIES)]
    least = min(sum(each.ms for each in one) for one in tries)
    return Cost(round(least, 2), sum(each.blocks for each in tries[-1]))


def _run(connection: Connection[Any], query: str, given: Sequence[Any]) -> Cost:
    ((told,),) = connection.execute(
        f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {query}", given
    ).fetchall()
    plan = told[0]
    blocks = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
    return Cost(plan["Planning Time"] + plan["Execution Time"], blocks)


@click.command("lists")
@click.option("--cases", default=8, show_default=True, help="抽取件数 / cases that are asked about")
@click.option("--seed", default="1", show_default=True, help="抽取种子 / draws the same cases")
@click.option(
    "--data", type=click.Path(path_type=Path), required=True, help="已填充的目录 / what was filled"
)
@click.option("--only", default="", help="名称所含 / lists whose name contains this")
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one object a line")
def lists_bench(cases: int, seed: str, data: Path, only: str, *, as_json: bool) -> None:
    """在已填充的记录上逐一查询全部列表 / ask every list over a filled record."""
    with a_kept_site(data) as site, looking(site.url) as connection:
        with site.record(connections=1) as record:
            events = record.head()
            catch_up(connection, record, VIEWS)
        drawn = samples(connection, seed, cases)
        found = list(measure(connection, events, drawn, only))
    if as_json:
        for each in found:
            click.echo(json.dumps(asdict(each)))
        return
    console = Console(width=120)
    console.print(_table(found, events, len(drawn)))


def _table(found: list[Listed], events: int, drawn: int) -> Table:
    """The slowest, and how all lie."""
    ordered = sorted(found, key=lambda each: each.worst, reverse=True)
    half, last = (ordered[int(len(ordered) * share)].worst for share in (0.5, 0.01))
    title = f"{len(found)} questions x {drawn} cases over {events} events: half within {half} ms,"
    table = Table(title=f"{title} 99 of 100 within {last} ms")
    for column in ("list", "asked", "caller", "page", "next page", "count", "blocks"):
        table.add_column(column)
    for each in islice(ordered, 25):
        costs = (each.page_ms, each.next_page_ms, each.count_ms, each.blocks)
        table.add_row(each.list, each.asked, each.caller, *map(str, costs))
    return table
