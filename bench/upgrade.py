"""``mingjian bench upgrade``: the next release fills its views beside a living one.

Meanwhile events are laid behind the others, the living release follows and is read, and the
filling process is killed again and again.
"""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click
from psycopg import Connection

from audit.migrate import migrate
from bench.following import following, looking
from bench.leaves import rows
from bench.rebuild import PROVINCE, known, lay
from bench.release import GONE, NEW, RAISED
from bench.site import GROUND, Site, a_site
from projections import case_status, certificates, work_queue
from projections.catalogue import VIEWS
from projections.follow import catch_up
from projections.progress import progress, standing, wait_for
from projections.retire import retire
from projections.schema import OF_THE_VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT_ONCE = 20
_SHOWN_SECONDS = 60.0
_ROOT = Path(__file__).parents[1]
_NEXT = {
    *((view.name, view.version + (view.name in RAISED)) for view in VIEWS if view.name not in GONE),
    *(("counting", version) for version in NEW),
}


@dataclass
class Upgrade:
    """What was seen until the next release showed everything.

    ``less`` counts looks at which a view of the living release had stepped back, ``late`` pages
    that it did not show within a minute, ``otherwise`` rows of a raised view that are not those
    of the version before, ``wrong`` certificates that were called none; ``longest`` is the
    longest time in seconds until the living release showed a page that was laid.
    """

    events: int
    laid: int = 0
    kills: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    looks: int = 0
    less: int = 0
    late: int = 0
    wrong: int = 0
    otherwise: int = 0
    retired: int = 0


@dataclass
class _Writer:
    """Lays events behind those that there are until told to stop, and waits for each page."""

    site: Site
    connection: Connection[Any]
    bell: _Ring
    seen: Upgrade
    done: Event = field(default_factory=Event)

    def write(self, further: Iterator[Any]) -> None:
        while not self.done.is_set():
            page = list(islice(further, _AT_ONCE))
            lay(self.site, page)
            self.bell.ring()
            began = perf_counter()
            shown = wait_for(self.connection, VIEWS, page[-1][0], _SHOWN_SECONDS)
            self.seen.late += not shown
            self.seen.longest = round(max(self.seen.longest, perf_counter() - began), 3)
            self.seen.laid += len(page)


class _Ring:
    """A bell within this process."""

    def __init__(self) -> None:
        self._rung = Event()

    def ring(self) -> None:
        """Wake who waits."""
        self._rung.set()

    def wait(self, seconds: float) -> bool:
        """Wait for a ring."""
        rung = self._rung.wait(seconds)
        self._rung.clear()
        return rung


def upgrade(site: Site, events: int, kills: int) -> Upgrade:
    """Fill the record, let the living release follow it, and put the next one beside it."""
    seen, bell, until = Upgrade(events), _Ring(), Event()
    with (
        ThreadPoolExecutor(2) as threads,
        known(site.url, site.key_file.path) as record,
        closing(looking(site.url)) as reader,
        closing(looking(site.url)) as another,
    ):
        writer = _Writer(site, another, bell, seen)
        further = rows(PROVINCE, events * 3, record.record.origin)
        lay(site, islice(further, events))
        catch_up(reader, record, VIEWS)
        living = threads.submit(following(site.url, record, bell, VIEWS).run, until)
        writing = threads.submit(writer.write, further)
        began = perf_counter()
        try:
            _fill_beside(site, reader, writer, kills)
        finally:
            writer.done.set()
            until.set()
        seen.seconds = round(perf_counter() - began, 1)
        writing.result()
        living.result()
        seen.otherwise = _otherwise(reader)
        seen.retired = len(retire(reader, GROUND.views, VIEWS).gone)
    return seen


def _fill_beside(site: Site, reader: Connection[Any], writer: _Writer, kills: int) -> None:
    """Run the next release until it shows everything, and look at the living one meanwhile."""
    seen = writer.seen
    numbers = [each.certificate for each in certificates.certificates.select(reader, "LIMIT 5")]
    stood = {each.view: each.position for each in standing(reader, VIEWS)}
    begun = 0
    shown: int | None = 0
    while shown is not None:
        with _next_release(site) as process:
            while (shown := _next_shows(reader, seen.events)) is not None:
                seen.looks += 1
                now = {each.view: each.position for each in standing(reader, VIEWS)}
                seen.less += sum(now[view] < stood[view] for view in stood)
                seen.wrong += sum(certificates.verify(reader, each) == "none" for each in numbers)
                stood = now
                if process.poll() is not None:
                    msg = "the next release ended by itself"
                    raise RuntimeError(msg)
                if seen.kills < kills and shown > begun:
                    begun = shown + seen.events // (2 * kills)
                    seen.kills += 1
                    break
            else:
                writer.done.set()
                _let_catch_up(reader)


def _next_shows(reader: Connection[Any], wanted: int) -> int | None:
    """The position up to which the next release shows everything; None when that is enough."""
    there = {(each.view, each.version): each.position for each in progress(reader)}
    least = min(there.get(each, 0) for each in _NEXT)
    return None if least >= wanted else least


def _let_catch_up(reader: Connection[Any]) -> None:
    """Come back when both releases show the same."""
    known = {*_NEXT, *((view.name, view.version) for view in VIEWS)}
    while len({e.position for e in progress(reader) if (e.view, e.version) in known}) > 1:
        pass


@contextmanager
def _next_release(site: Site) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the next release, killed at the end."""
    command = [sys.executable, "-P", "-m", "bench.release", site.url, str(site.key_file.path)]
    with subprocess.Popen(command, cwd=_ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def _otherwise(reader: Connection[Any]) -> int:
    """Rows of raised views that are not those of the version before: they do the same."""
    count = 0
    for view in (certificates.view, case_status.view, work_queue.view):
        for table in view.tables:
            raised = f"{table.name}_{view.version + 1}"
            both = f"(TABLE {table.stored} EXCEPT TABLE {raised})"
            back = f"(TABLE {raised} EXCEPT TABLE {table.stored})"
            row = reader.execute(f"SELECT count(*) FROM ({both} UNION ALL {back}) AS x").fetchone()  # noqa: S608
            count += row[0] if row else 0
    return count


@click.command("upgrade")
@click.option("--events", default=100_000, show_default=True, help="事件数 / how many events")
@click.option("--kills", default=3, show_default=True, help="强制结束次数 / how often it is killed")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / one object")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录 / data directory")
def upgrade_bench(events: int, kills: int, data: Path | None, *, as_json: bool) -> None:
    """在旁建立下一版本的视图 / fill the views of the next release beside the living ones."""
    with a_site(data) as site:
        migrate(site.owner_url, GROUND, "mingjian/bench", datetime.now(UTC), sets=(OF_THE_VIEWS,))
        seen = upgrade(site, events, kills)
    if as_json:
        click.echo(json.dumps({"bench": "upgrade", "subject": "mingjian", **asdict(seen)}))
    else:
        click.echo(", ".join(f"{what} {count}" for what, count in asdict(seen).items()))
    if seen.less or seen.late or seen.wrong or seen.otherwise:
        raise SystemExit(1)
