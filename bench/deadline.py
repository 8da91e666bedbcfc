"""``mingjian bench deadline``: the last hour of a window, when everybody files at once.

Each applicant has a draft ready and comes at a moment of their own, whether or not others are done:
signs in, reads, uploads a file, attaches it, files, reads on. All of it over HTTP, at a server as
an operator runs it.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from http.client import HTTPException
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from api.client import Client, NotDoneError
from api.demo.filing import DECLARED, SCAN
from bench.drafts import Draft, lay
from bench.lag import Lag, wait_until_shown, watched
from bench.requests import SECRET
from bench.served import a_served
from bench.town.served.process import open_record
from bench.town.served.town import ServedTown
from bench.town.served.walk import TOWN, founded_at
from domain.account.events import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.client import Reply
    from bench.served import Served

_SETTINGS = {**TOWN, "MINGJIAN_FRESH_SECONDS": "300"}
_AT_ONCE = 400
"""Applicants under way at once, at most; the next has to wait for one of them."""
_READINGS = ("", "/history")
"""What of the own case is read, in turn, and in between the list of all own cases."""


@dataclass
class Hour:
    """How everybody was answered: milliseconds by kind of request, and what was no yes."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: Counter[str] = field(default_factory=Counter)
    filed: int = 0
    latest: float = 0
    """Seconds by which the last applicant was begun later than they came."""

    def ask(self, kind: str, send: Callable[[], Reply]) -> Reply:
        """One request, with the time that its answer took; raises ``NotDoneError``."""
        began = time.perf_counter()
        try:
            answer = send()
        except (OSError, HTTPException) as error:
            self.refused[f"{kind}: {type(error).__name__}"] += 1
            raise NotDoneError(0, type(error).__name__) from error
        self.taken[kind].append(1000 * (time.perf_counter() - began))
        if answer.status >= 400:  # noqa: PLR2004 -- the first status that is no yes
            self.refused[f"{kind}: {answer.status}"] += 1
        return answer.done()


@dataclass(frozen=True)
class Applicant:
    """Somebody on the last day; ``readings`` is how often they look."""

    address: str
    draft: Draft
    readings: int

    def files(self, hour: Hour) -> None:
        """Sign in, upload, attach, file, and look in between."""
        own, path = Client(self.address, browser=self.draft.login), self.draft.path
        own = own.within(hour.ask("sign-in", partial(own.sign_in, self.draft.login, SECRET)))
        self._look(own, hour, 0, self.readings // 2)
        sending = partial(own.act, f"{path}/uploads", SCAN, media_type="application/pdf")
        upload = hour.ask("upload", sending)
        attached = {
            "upload": upload.body["upload"],
            "kind": "work_evidence",
            "column": None,
            "supports": [],
            "title": "证明",
        }
        for kind, act, body in (
            ("attachment", "materials", attached),
            ("filing", "submissions", DECLARED),
        ):
            seen = hour.ask("reading", partial(own.request, "GET", path))
            hour.ask(kind, partial(own.act, f"{path}/{act}", body, version=seen.version))
        hour.filed += 1
        self._look(own, hour, self.readings // 2, self.readings - 2)

    def _look(self, own: Client, hour: Hour, first: int, end: int) -> None:
        for number in range(first, end):
            turn = number % (len(_READINGS) + 1)
            at = "/v1/cases?limit=20" if turn == len(_READINGS) else self._part(turn)
            hour.ask("reading", partial(own.request, "GET", at))

    def _part(self, turn: int) -> str:
        return f"{self.draft.path}{_READINGS[turn]}"


@contextmanager
def with_drafts(count: int) -> Iterator[tuple[Served, list[Draft]]]:
    """A server with so many drafts, each of an applicant of their own, shown by all its views."""
    with (
        TemporaryDirectory(prefix="mingjian-bench-") as scratch,
        a_served(Path(scratch) / "data", _SETTINGS) as served,
    ):
        place = founded_at(served)
        with open_record(place.settings) as record:
            town = ServedTown.at(record, place.address, place.logins, "deadline")
        employer = town.employers[0]
        by = next(
            name
            for name, each in town.accounts.items()
            if each.organisation == employer and Role.ADMINISTRATOR in each.roles
        )
        drafts = lay(place.settings, employer, by, count)
        wait_until_shown(place.settings)
        yield served, drafts


@dataclass(frozen=True)
class Told:
    """How one kind of request was answered, in milliseconds."""

    kind: str
    answers: int
    median: float
    p99: float
    longest: float


@dataclass(frozen=True)
class Report:
    """A deadline hour: what came, what was filed, what of it was no yes, and what it cost."""

    bench: str
    filings_per_second: float
    seconds: float
    came: int
    filed: int
    latest_begun_seconds: float
    refused: dict[str, int]
    answers: list[Told]
    processor_milliseconds_per_filing: dict[str, float]
    lag_of_views: Lag


def run(served: Served, drafts: list[Draft], rate: float, readings: int) -> Report:
    """Let everybody come, one after the other at a steady rate, and wait until all are done."""
    hour, before = Hour(), served.processor_seconds()
    began = time.perf_counter()

    def comes(number: int) -> None:
        late = time.perf_counter() - began - number / rate
        hour.latest = max(hour.latest, late)
        with suppress(NotDoneError):  # counted where it was told
            Applicant(served.address, drafts[number], readings).files(hour)

    with watched(served.settings) as looks, ThreadPoolExecutor(_AT_ONCE) as everybody:
        for number in range(len(drafts)):
            time.sleep(max(0.0, began + number / rate - time.perf_counter()))
            everybody.submit(comes, number)
    seconds = time.perf_counter() - began
    cost = {
        part: round(1000 * (spent - before[part]) / len(drafts), 1)
        for part, spent in served.processor_seconds().items()
    }
    answers = [_told(kind, each) for kind, each in hour.taken.items()]
    return Report(
        bench="deadline",
        filings_per_second=rate,
        seconds=round(seconds, 1),
        came=len(drafts),
        filed=hour.filed,
        latest_begun_seconds=round(hour.latest, 2),
        refused=dict(hour.refused),
        answers=answers,
        processor_milliseconds_per_filing=cost,
        lag_of_views=Lag.of(looks.lags()),
    )


def _told(kind: str, taken: list[float]) -> Told:
    cut = quantiles(taken, n=100) if len(taken) > 1 else taken * 99
    return Told(kind, len(taken), *(round(each, 1) for each in (cut[49], cut[98], max(taken))))


@click.command("deadline")
@click.option("--rate", default=10.0, show_default=True, help="每秒申报件数 / filings a second")
@click.option("--seconds", default=600, show_default=True, help="时长（秒） / how long they come")
@click.option("--readings", default=20, show_default=True, help="每件查看次数 / readings of each")
@click.option("--json", "as_json", is_flag=True, help="一个 JSON 对象 / one object")
def deadline(rate: float, seconds: int, readings: int, *, as_json: bool) -> None:
    """截止前一小时：登录、上传、申报、查看 / the last hour: sign in, upload, file, look."""
    with with_drafts(max(1, round(rate * seconds))) as (served, drafts):
        report = run(served, drafts, rate, readings)
    if as_json:
        click.echo(json.dumps(asdict(report)))
        return
    click.echo(
        f"{report.filed} of {report.came} filed in {report.seconds} s;"
        f" begun {report.latest_begun_seconds} s late at most; refused: {report.refused or 'none'}"
    )
    for each in report.answers:
        click.echo(
            f"{each.kind:>11} {each.answers:>7} answers, median {each.median} ms,"
            f" p99 {each.p99} ms, longest {each.longest} ms"
        )
    for part, spent in report.processor_milliseconds_per_filing.items():
        click.echo(f"{part:>11} {spent} ms of processor time a filing")
    lag = report.lag_of_views
    click.echo(
        f"all views show an event after {lag.median} ms (median), {lag.p99} ms (p99),"
        f" {lag.longest} ms at most, of {lag.events}"
    )
