"""``kill -9`` under load: of a writer, of PostgreSQL, and of the keeper with it, in turn."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bench.between import Tally
from bench.killing import kill_postgresql, kill_the_keeper, wait_until_it_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.site import Site

_ROOT = Path(__file__).parents[1]
_LINES_BEFORE = 200
_LINES_AFTER = 100
_THREADS = 4


def under_load(site: Site, rounds: int) -> Tally:
    """Kill something in each round; what a writer said was acknowledged must stand, once."""
    tally = Tally()
    acknowledged: list[str] = []
    for number in range(rounds):
        with _a_writer(site) as (process, lines):
            acknowledged += [lines.readline() for _ in range(_LINES_BEFORE)]
            if number % 3:
                (kill_postgresql if number % 3 == 1 else kill_the_keeper)(site.data)
                acknowledged += [lines.readline() for _ in range(_LINES_AFTER)]
            process.kill()
            acknowledged += lines.readlines()
        wait_until_it_answers(site)
        tally.rounds += 1
    _compare(site, {line.strip() for line in acknowledged if line.endswith("\n")}, tally)
    return tally


@contextmanager
def _a_writer(site: Site) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    command = [sys.executable, "-m", "bench.writer"]
    with subprocess.Popen(
        [*command, site.url, str(site.key_file.path), str(_THREADS)],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            if process.stdout:
                yield process, process.stdout
        finally:
            process.kill()


def _compare(site: Site, acknowledged: set[str], tally: Tally) -> None:
    with site.record(connections=2) as record:
        events = record.read(0, record.flushed_head() + 1)
    commands = Counter(one.command for one in events)
    tally.acknowledged = len(acknowledged)
    tally.lost = len(acknowledged - commands.keys())
    tally.twice = sum(count - 1 for count in commands.values())
    tally.holes = sum(one.position != place for place, one in enumerate(events, start=1))
