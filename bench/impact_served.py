"""How a process that answers fares while somebody reads through what a draft would change.

A city is founded and applicants file over HTTP; one official reads the impact of a draft page by
page, another goes on with the daily work, each from a process of their own.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from io import StringIO
from itertools import cycle
from multiprocessing import get_context
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from rich.console import Console

from api.client import Client
from api.clock import SettableClock
from api.demo import founding
from api.demo.empowering import empower
from api.demo.filing import prepare, submit
from api.demo.invented import PASSWORD
from api.demo.printing import Printer
from api.demo.quarters import quarters
from api.demo.setting_up import RECORD, set_stage
from api.demo.teller import Teller
from api.demo.yiyang.cast import BUREAU, CLAIMS, EVIDENCE, HOUSES, INSTITUTE, TITLE
from api.log import configure_log
from api.settings import read_settings
from bench.answer import MORNING
from domain.authority.power import LAW

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from api.demo.stage import Stage

_DRAFT = """
[pack]
id = "yiyang-2026"
version = 1
title = "invented"
follows = { id = "yiyang-2024", version = 1 }
"""
_DAILY = ("/v1/work-queue", "/v1/cases?limit=20", "{case}", "{case}/history")
"""What an official reads all day."""
_PAGE = 50


@dataclass(frozen=True)
class Meanwhile:
    """Requests of another while an impact is read, or while none is: ``during`` says which.

    ``impact_filings_per_second`` are judged meanwhile, over HTTP; milliseconds are of an answer.
    """

    bench: str
    during: str
    filings: int
    impact_filings_per_second: float
    requests: int
    requests_per_second: float
    median_milliseconds: float
    p99_milliseconds: float


def measure_served(data: Path, filings: int, seconds: float) -> list[Meanwhile]:
    """File so many cases, then ask for so long without an impact, and with one going on."""
    configure_log("warning", StringIO())
    settings = replace(read_settings({}), record=RECORD, data=data, port=0)
    teller = Teller(Printer("en", Console(file=StringIO())), "en")
    with (
        quarters(settings) as reached,
        set_stage(reached, SettableClock(MORNING), teller) as stage,
        ProcessPoolExecutor(2, get_context("spawn")) as clients,
    ):
        edition = _founded(stage, filings)
        leader, other = (_token(stage, f"{BUREAU.key}-{who}") for who in ("leader", "handler"))
        daily = [each.format(case=stage.cases["0"]) for each in _DAILY]
        asking = partial(_ask_on, stage.address, other, daily)
        reading = partial(_read_on, stage.address, leader, f"{edition}/impact?limit={_PAGE}")
        for warming in (clients.submit(asking, 1.0), clients.submit(reading, 1.0)):
            warming.result()
        alone = clients.submit(asking, seconds).result()
        judged = clients.submit(reading, seconds)
        beside = clients.submit(asking, seconds).result()
        return [
            _meanwhile("nothing", filings, 0, alone, seconds),
            _meanwhile("impact", filings, judged.result(), beside, seconds),
        ]


def _founded(stage: Stage, filings: int) -> str:
    """The path of a draft over a city in which so many have filed."""
    founding.found(stage, HOUSES)
    empower(stage, BUREAU.key, BUREAU.area, (), (LAW,))
    for number in range(filings):
        key = str(number)
        somebody = founding.applicant(stage, INSTITUTE, key, "某人")
        prepare(stage, somebody, key, TITLE, CLAIMS, (EVIDENCE,))
        stage.quietly(submit(stage, somebody, key))
    handler = stage.people[f"{BUREAU.key}-handler"]
    body = {"text": _DRAFT, "starts_on": "2026-01-01", "reason": "invented"}
    edition = f"/v1/editions/{stage.quietly(handler.post('/v1/editions', body)).stream}"
    stage.look(handler, "/v1/cases")
    return edition


def _token(stage: Stage, name: str) -> str:
    """Of a sign-in at the time to which the story has come, which stands still from now on."""
    somebody = stage.people[name]
    token = Client(stage.address).signed_in(somebody.login, PASSWORD).token
    assert token is not None
    return token


def _ask_on(address: str, token: str, paths: Sequence[str], seconds: float) -> list[float]:
    """Read one after the other for so long; the milliseconds of each answer."""
    client, taken = Client(address, token), list[float]()
    until = perf_counter() + seconds
    for path in cycle(paths):
        began = perf_counter()
        if began > until:
            return taken
        client.request("GET", path).done()
        taken.append(1000 * (perf_counter() - began))
    return taken


def _read_on(address: str, token: str, path: str, seconds: float) -> float:
    """Read an impact page by page, again from its first, for so long; filings a second."""
    client, judged, done, at = Client(address, token), 0, 0, path
    began = perf_counter()
    while perf_counter() - began < seconds:
        page = client.request("GET", at).done()
        judged += page.body["done"] - done
        link = page.headers["Link"]
        done, at = (page.body["done"], link[1 : link.index(">")]) if link else (0, path)
    return judged / (perf_counter() - began)


def _meanwhile(
    during: str, filings: int, judged: float, taken: list[float], seconds: float
) -> Meanwhile:
    return Meanwhile(
        bench="impact served",
        during=during,
        filings=filings,
        impact_filings_per_second=round(judged, 1),
        requests=len(taken),
        requests_per_second=round(len(taken) / seconds, 1),
        median_milliseconds=round(median(taken), 1),
        p99_milliseconds=round(quantiles(taken, n=100)[98], 1),
    )
