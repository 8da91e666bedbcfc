"""``mingjian bench answer``: what it takes a process to answer, beside a bare view with one SELECT.

In processor time of the one thread that answers, so that whatever else goes on is no part of it:
a case is founded and filed over HTTP, then read and reviewed again and again, in turn with the bare
view, which passes no gate and knows nothing.
"""

from __future__ import annotations

import json
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from io import StringIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import thread_time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click
from flask import Flask, jsonify

from api.app import create_app, open_services
from api.client import tag
from api.clock import SettableClock
from api.demo import founding
from api.demo.filing import prepare, submit
from api.demo.printing import Printer
from api.demo.quarters import quarters
from api.demo.reviewing import establishes, verifications
from api.demo.setting_up import RECORD, set_stage
from api.demo.teller import Teller
from api.demo.yiyang.cast import CLAIMS, EVIDENCE, HOUSES, INSTITUTE, TITLE
from api.log import configure_log
from api.settings import read_settings
from domain.beijing import BEIJING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flask.testing import FlaskClient

    from api.demo.stage import Stage
    from api.services import Services

MORNING = datetime(2024, 11, 4, 9, tzinfo=BEIJING)
HANDLER = "institute-handler"
_CASE = "master"
_AT_ONCE = 10
"""Requests of one subject before the next has its turn."""

Ask = dict[str, "Callable[[], object]"]


@dataclass(frozen=True)
class Cost:
    """What one answer takes; the median of all turns. ``times_bare`` is 1 for the bare view."""

    bench: str
    subject: str
    answers: int
    milliseconds: float
    times_bare: float


def compare(subjects: Ask, turns: int) -> Iterator[Cost]:
    """Let the subjects take turns."""
    taken: dict[str, list[float]] = {name: [] for name in subjects}
    for turn in range(turns + 1):
        for name, ask in subjects.items():
            began = thread_time()
            for _ in range(_AT_ONCE):
                ask()
            if turn:  # the first is to get warm
                taken[name].append((thread_time() - began) / _AT_ONCE * 1000)
    middle = {name: median(each) for name, each in taken.items()}
    for name, each in middle.items():
        answers = turns * _AT_ONCE
        yield Cost("answer", name, answers, round(each, 2), round(middle["bare"] / each, 3))


@contextmanager
def a_filed_case(data: Path) -> Iterator[tuple[Stage, Services]]:
    """A stage on which a case waits for the employer's handler, and services over its record."""
    settings = replace(read_settings({}), record=RECORD, data=data, port=0)
    clock, teller = SettableClock(MORNING), Teller(Printer("en"), "en")
    with quarters(settings) as reached, set_stage(reached, clock, teller) as stage:
        founding.found(stage, HOUSES)
        master = founding.applicant(stage, INSTITUTE, _CASE, "孟拾穗")
        prepare(stage, master, _CASE, TITLE, CLAIMS, (EVIDENCE,))
        stage.quietly(submit(stage, master, _CASE))
        stage.look(stage.people[HANDLER], "/v1/cases")
        with closing(open_services(reached.settings, reached.ground, clock)) as services:
            yield stage, services


def subjects_of(stage: Stage, services: Services) -> Ask:
    """What is asked, by name."""
    handler, path = stage.people[HANDLER], stage.cases[_CASE]
    seen = handler.get(path).body
    body = {
        "recommendation": "approve",
        "reasons": [],
        "verifications": verifications(seen, {}),
        "establishes": establishes(handler.get(f"{path}/duties").body),
        "opinion": "经逐项核实，建议通过。",
        "no_reason_to_recuse": True,
    }
    by = create_app(services).test_client()
    signed_in = {"Authorization": f"Bearer {handler.client.token}"}
    version = [int(seen["version"])]

    def opine() -> None:
        headers = {"If-Match": tag(version[0]), "Idempotency-Key": uuid4().hex}
        version[0] = _answered(by, "POST", f"{path}/handler-opinions", signed_in | headers, body)[
            "version"
        ]

    read = {
        "case": path,
        "history": f"{path}/history",
        "queue": "/v1/work-queue",
        "list": "/v1/cases?limit=20",
    }
    reading = {name: lambda at=at: _answered(by, "GET", at, signed_in) for name, at in read.items()}
    bare = _bare(services, path.rpartition("/")[2]).test_client()
    return {"bare": lambda: _answered(bare, "GET", "/", {}), **reading, "opinion": opine}


def _bare(services: Services, stream: str) -> Flask:
    """A view that answers by one SELECT, and does nothing else."""
    app = Flask("bare")
    query = "SELECT max(originator_version) FROM event WHERE originator_id = %s"

    @app.get("/")
    def one() -> Any:  # noqa: ANN401 -- what Flask makes of it
        with services.database.connection() as connection:
            row = connection.execute(query, (stream,)).fetchone()
        return jsonify({"version": row and row[0]})

    return app


def _answered(
    by: FlaskClient, method: str, path: str, headers: Mapping[str, str], body: object = None
) -> Any:  # noqa: ANN401 -- any JSON
    answer = by.open(path, method=method, headers=dict(headers), json=body)
    if answer.status_code not in (200, 201):
        msg = f"{method} {path}: {answer.status_code} {answer.text}"
        raise RuntimeError(msg)
    return answer.json


@click.command("answer")
@click.option("--turns", default=20, show_default=True, help="轮数 / turns of each subject")
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one object a line")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录 / data directory")
def answer_bench(turns: int, data: Path | None, *, as_json: bool) -> None:
    """每次应答所需的处理器时间 / processor time of an answer."""
    configure_log("info", StringIO())  # as it is served, but for whoever reads the log
    with (
        TemporaryDirectory(prefix="mingjian-bench-") as scratch,
        a_filed_case(data or Path(scratch) / "data") as (stage, services),
    ):
        for cost in compare(subjects_of(stage, services), turns):
            if as_json:
                click.echo(json.dumps(asdict(cost)))
            else:
                click.echo(
                    f"{cost.subject:8} {cost.milliseconds:>8} ms of processor time,"
                    f" {cost.times_bare} × bare"
                )
