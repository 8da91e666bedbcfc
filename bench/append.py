"""``mingjian bench append``: appends a second, beside the library's recorder and a bare INSERT."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from threading import Barrier, Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING

import click
import psycopg

from bench.site import a_site
from bench.slow_flush import NoCompilerError
from bench.stalls import longest_stalls
from bench.subjects import SUBJECTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.site import Site
    from bench.subjects import Writer

WRITERS = (1, 8, 32)


@dataclass(frozen=True)
class Speed:
    """One subject at one number of writers: median of the runs, the slowest and the fastest."""

    bench: str
    subject: str
    flush_milliseconds: float
    writers: int
    runs: int
    appends_per_second: int
    slowest_appends_per_second: int
    fastest_appends_per_second: int
    times_eventsourcing: float
    times_bare: float


def compare(site: Site, runs: int, seconds: float, flush: float = 0) -> Iterator[Speed]:
    """Measure the subjects in turn, run by run, so that whatever else goes on meets them all."""
    for writers in WRITERS:
        rates: dict[str, list[float]] = {subject: [] for subject in SUBJECTS}
        for _ in range(runs):
            for subject, prepare in SUBJECTS.items():
                with prepare(site, writers) as make:
                    rates[subject].append(rate(make, writers, seconds))
        middle = {subject: median(each) for subject, each in rates.items()}
        for subject, each in rates.items():
            yield Speed(
                bench="append",
                subject=subject,
                flush_milliseconds=flush,
                writers=writers,
                runs=runs,
                appends_per_second=round(middle[subject]),
                slowest_appends_per_second=round(min(each)),
                fastest_appends_per_second=round(max(each)),
                times_eventsourcing=round(middle[subject] / middle["eventsourcing"], 2),
                times_bare=round(middle[subject] / middle["bare"], 2),
            )


def rate(make: Callable[[], Writer], writers: int, seconds: float) -> float:
    """Appends a second of so many threads, once each has appended and its connection is warm."""
    everybody, enough = Barrier(writers + 1), Event()
    counts = [0] * writers

    def append(place: int) -> None:
        write = make()
        write(1)
        everybody.wait()
        while not enough.is_set():
            counts[place] += 1
            write(counts[place] + 1)

    threads = [Thread(target=append, args=(place,)) for place in range(writers)]
    for thread in threads:
        thread.start()
    everybody.wait()
    started = perf_counter()
    enough.wait(seconds)
    enough.set()
    for thread in threads:
        thread.join()
    return sum(counts) / (perf_counter() - started)


@click.command("append")
@click.option("--runs", default=5, show_default=True, help="Runs of each subject.")
@click.option("--seconds", default=3.0, show_default=True, help="How long a run takes.")
@click.option(
    "--flush", default=0.0, help="Milliseconds that each flush takes longer; 0: as it is."
)
@click.option("--data", type=click.Path(path_type=Path), help="Data directory of the server.")
@click.option("--json", "as_json", is_flag=True, help="Print one object a line.")
def append(runs: int, seconds: float, flush: float, data: Path | None, *, as_json: bool) -> None:
    """Compare this record, eventsourcing's recorder and a bare INSERT on the same server."""
    try:
        _tell(runs, seconds, flush, data, as_json=as_json)
    except NoCompilerError as error:
        skipped = {"bench": "append", "flush_milliseconds": flush, "skipped": str(error)}
        click.echo(json.dumps(skipped) if as_json else f"skipped: {error}")


def _tell(runs: int, seconds: float, flush: float, data: Path | None, *, as_json: bool) -> None:
    with a_site(data, flush) as site:
        with psycopg.connect(site.owner_url) as connection:
            connection.execute(TABLES)
        for speed in compare(site, runs, seconds, flush):
            click.echo(
                json.dumps(asdict(speed))
                if as_json
                else f"{speed.subject:>14} {speed.writers:>3} writers"
                f" {speed.appends_per_second:>7}/s"
                f" ({speed.slowest_appends_per_second}–{speed.fastest_appends_per_second}),"
                f" {speed.times_eventsourcing} × eventsourcing, {speed.times_bare} × bare"
            )
        for stall in longest_stalls(site, seconds):
            click.echo(
                json.dumps(asdict(stall))
                if as_json
                else f"longest append during {stall.during}: {stall.longest_append_milliseconds} ms"
            )
