"""``mingjian bench answer``: what it takes a process to answer, beside a bare view with one SELECT.

In processor time of the one thread that answers, so that whatever else goes on is no part of it:
fifty cases are filed and reviewed over HTTP until they wait for their employer's leader, then read
and given further opinions, in turn with bare views, which pass no gate and know nothing.
"""

from __future__ import annotations

import json
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from io import StringIO
from itertools import cycle
from pathlib import Path
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
from bench.busy import burden
from domain.beijing import BEIJING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from api.demo.participant import Participant
    from api.demo.stage import Stage
    from api.services import Services

MORNING = datetime(2024, 11, 4, 9, tzinfo=BEIJING)
HANDLER, LEADER = "institute-handler", "institute-leader"
CASES = 50
_EVENTS = 50
"""So long is the history that is read."""
_AT_ONCE = 10
"""Requests of one subject before the next has its turn."""

Ask = dict[str, "Callable[[], object]"]
BARE = {"opinion": "insert", "insert": "insert"}
"""Beside which bare view a subject stands, where that is not the one that selects."""


@dataclass(frozen=True)
class Cost:
    """What one answer takes; the least of all turns, as whatever else goes on only adds.

    ``of_bare`` is 1 for a bare view.
    """

    bench: str
    subject: str
    answers: int
    milliseconds: float
    of_bare: float


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
    least = {name: min(each) for name, each in taken.items()}
    for name, each in least.items():
        answers, bare = turns * _AT_ONCE, least[BARE.get(name, "select")]
        yield Cost("answer", name, answers, round(each, 2), round(bare / each, 3))


@contextmanager
def filed_cases(data: Path, cases: int = CASES) -> Iterator[tuple[Stage, Services]]:
    """A stage on which cases wait for the employer's handler, and services over its record."""
    settings = replace(read_settings({}), record=RECORD, data=data, port=0)
    clock, teller = SettableClock(MORNING), Teller(Printer("en"), "en")
    with quarters(settings) as reached, set_stage(reached, clock, teller) as stage:
        founding.found(stage, HOUSES)
        for number in range(cases):
            master = founding.applicant(stage, INSTITUTE, f"master-{number}", "孟拾穗")
            prepare(stage, master, f"master-{number}", TITLE, CLAIMS, (EVIDENCE,))
            stage.quietly(submit(stage, master, f"master-{number}"))
        for each in (HANDLER, LEADER):
            stage.look(stage.people[each], "/v1/cases")
        with closing(open_services(reached.settings, reached.ground, clock)) as services:
            yield stage, services


def subjects_of(stage: Stage, services: Services) -> Ask:
    """What is asked, by name: every case has an opinion before, and the one that is read, many."""
    by, handler = create_app(services).test_client(), stage.people[HANDLER]
    read, *others = (_opining(by, handler, path) for path in stage.cases.values())
    for opine in others:
        opine()
    while read() < _EVENTS:
        pass
    path, turn = next(iter(stage.cases.values())), cycle(others)
    bare = _bare(services, path.rpartition("/")[2]).test_client()
    asked = {
        "select": (bare, {}, "/select"),
        "insert": (bare, {}, "/insert"),
        "case": (by, _signed_in(handler), path),
        "history": (by, _signed_in(handler), f"{path}/history"),
        "queue": (by, _signed_in(stage.people[LEADER]), "/v1/work-queue?limit=50"),
        "list": (by, _signed_in(handler), "/v1/cases?limit=20"),
    }
    reading = {name: partial(_answered, *each) for name, each in asked.items()}

    def opine_in_turn() -> int:
        return next(turn)()

    return {**reading, "opinion": opine_in_turn}


def _signed_in(who: Participant) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {who.client.token}"}


def _opining(by: FlaskClient, handler: Participant, path: str) -> Callable[[], int]:
    """Gives an opinion on a case, as often as it is called; answers the version that came of it."""
    seen = handler.get(path).body
    body = {
        "recommendation": "approve",
        "reasons": [],
        "verifications": verifications(seen, {}),
        "establishes": establishes(handler.get(f"{path}/duties").body),
        "opinion": "经逐项核实，建议通过。",
        "no_reason_to_recuse": True,
    }
    version = [int(seen["version"])]

    def opine() -> int:
        promised = {"If-Match": tag(version[0]), "Idempotency-Key": uuid4().hex}
        headers = {**_signed_in(handler), **promised}
        answer = _answered(by, headers, f"{path}/handler-opinions", body)
        version[0] = int(answer.headers["ETag"].strip('"v'))
        return version[0]

    return opine


def _bare(services: Services, stream: str) -> Flask:
    """Views that answer by one statement in a transaction, and do nothing else."""
    app = Flask("bare")
    query = "SELECT max(originator_version) FROM event WHERE originator_id = %s"
    inserting = (
        "INSERT INTO session (session, account, method, device, began_at, ends_at, fresh_until)"
        " VALUES (%s, %s, 'bare', '', %s, %s, %s)"
    )

    @app.get("/select")
    def select() -> Any:  # noqa: ANN401 -- what Flask makes of it
        with services.database.connection() as connection:
            row = connection.execute(query, (stream,)).fetchone()
        return jsonify({"version": row and row[0]})

    @app.get("/insert")
    def insert() -> Any:  # noqa: ANN401 -- what Flask makes of it
        with services.database.connection() as connection:
            connection.execute(inserting, (uuid4().hex, stream, MORNING, MORNING, MORNING))
        return jsonify({"session": stream})

    return app


def _answered(
    by: FlaskClient, headers: Mapping[str, str], path: str, body: object = None
) -> TestResponse:
    """What is answered, as octets: to read them is the client's business."""
    method = "GET" if body is None else "POST"
    answer = by.open(path, method=method, headers=dict(headers), json=body)
    if answer.status_code not in (200, 201):
        msg = f"{method} {path}: {answer.status_code} {answer.text}"
        raise RuntimeError(msg)
    return answer


@click.command("answer")
@click.option("--turns", default=20, show_default=True, help="轮数 / turns of each subject")
@click.option("--events", default=0, help="用人单位此前的事件数 / events of the employer before")
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON / one object a line")
@click.option("--data", type=click.Path(path_type=Path), help="数据目录 / data directory")
def answer_bench(turns: int, events: int, data: Path | None, *, as_json: bool) -> None:
    """每次应答所需的处理器时间 / processor time of an answer."""
    configure_log("info", StringIO())  # as it is served, but for whoever reads the log
    with (
        TemporaryDirectory(prefix="mingjian-bench-") as scratch,
        filed_cases(data or Path(scratch) / "data") as (stage, services),
    ):
        burden(services.office, stage.places[INSTITUTE.key], events, MORNING)
        for cost in compare(subjects_of(stage, services), turns):
            if as_json:
                click.echo(json.dumps(asdict(cost)))
            else:
                click.echo(
                    f"{cost.subject:8} {cost.milliseconds:>8} ms of processor time,"
                    f" {cost.of_bare} of a bare view's"
                )
