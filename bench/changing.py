"""``mingjian bench changing``: officials decide while the office around them changes.

Eight handlers of one employer give opinions, each on a case of their own, one after the other over
HTTP. Meanwhile somebody is appointed there and leaves again, the bureau above extends a window, and
powers are granted to it: an opinion rests on all of that. None of it is theirs to wait for, and
nobody is told that a case has changed which did not.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from io import StringIO
from itertools import count
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING

import click

from api.client import tag
from api.demo import empowering
from api.demo.invented import document_number
from api.demo.registering import Role, open_account, path_of, seat
from api.demo.reviewing import establishes, verifications
from api.demo.words import Words
from api.demo.yiyang.cast import BUREAU, INSTITUTE, TITLE
from api.log import configure_log
from bench.answer import filed_cases

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Reply
    from api.demo.participant import Participant
    from api.demo.stage import Stage

OFFICIALS = 8
_FIRST_PLACE = 500
_BETWEEN = 0.2
"""Seconds between two changes of one kind."""
_LEAST_OF_NO = 400


@dataclass
class Told:
    """How often each status was answered, and how long opinions took, in milliseconds."""

    opinions: Counter[int] = field(default_factory=Counter)
    changes: dict[str, Counter[int]] = field(default_factory=dict)
    taken: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """What became of the opinions, and of each kind of change meanwhile, by status.

    ``decided_anew`` is how often an act was, because something else was faster.
    """

    bench: str
    seconds: float
    opinions: dict[int, int]
    changes: dict[str, dict[int, int]]
    decided_anew: int
    median: float
    p99: float


def gather(stage: Stage) -> dict[str, Participant]:
    """Eight handlers of the institute, by the case that is theirs; and one more to come and go."""
    by = stage.people["institute-admin"]
    for number in range(OFFICIALS + 1):
        name = Words(f"经办人{number}", f"handler {number}")
        place = document_number(_FIRST_PLACE + number)
        role = Role(
            key=f"official-{number}",
            name="陆经办",
            login=f"official-{number}",
            part=name,
            number=place,
            roles=("official",),
        )
        open_account(stage, by, role, INSTITUTE.key)
        if number < OFFICIALS:
            seat(stage, by, role.key, "handler")
    officials = [stage.people[f"official-{number}"] for number in range(OFFICIALS)]
    return dict(zip(stage.cases.values(), officials, strict=True))


def opine(path: str, who: Participant, over: Event, told: Told) -> None:
    """Give one opinion after the other on a case that nobody else touches."""
    seen = who.get(path)
    version = int(seen.body["version"])
    body = {
        "recommendation": "approve",
        "reasons": [],
        "verifications": verifications(seen.body, {}),
        "establishes": establishes(who.get(f"{path}/duties").body),
        "opinion": "经逐项核实，建议通过。",
        "no_reason_to_recuse": True,
    }
    while not over.is_set():
        began = time.perf_counter()
        answer = who.post(f"{path}/handler-opinions", body, version=tag(version))
        told.taken.append(1000 * (time.perf_counter() - began))
        told.opinions[answer.status] += 1
        version = int(answer.body["version"]) if answer.status < _LEAST_OF_NO else version


def appointments(stage: Stage) -> Callable[[], list[Reply]]:
    """Somebody gets a seat of the institute and leaves it."""
    by, who = stage.people["institute-admin"], stage.people[f"official-{OFFICIALS}"]
    path = f"{path_of(by)}/appointments"

    def change() -> list[Reply]:
        body = {"seat": "handler", "account": who.account}
        opened = by.act_on(path, "", body)
        held = by.get(f"{path}?wait_for={opened.position}").body["appointments"]
        last = [e["appointment"] for e in held if e["account"] == who.account][-1]
        return [opened, by.act_on(path, f"{last}/closures", {"reason": "工作调整"})]

    return change


def windows(stage: Stage) -> Callable[[], list[Reply]]:
    """The bureau extends the window of the season for everybody beneath it, or does not."""
    handler, leader = stage.people["bureau-handler"], stage.people["bureau-leader"]
    path = f"{path_of(handler)}/window-extensions"
    pack = handler.get(f"/v1/policy-packs/{TITLE.pack}").body
    window = max(pack["windows"], key=lambda each: str(each["closes"]))
    turns = count()

    def change() -> list[Reply]:
        body = {
            "pack": TITLE.pack,
            "window": window["id"],
            "until": f"{int(str(window['closes'])[:4]) + 1}-01-15",
            "employer": None,
            "person": None,
            "reason": "申报系统故障",
        }
        proposed = handler.act_on(path, "", body)
        waiting = [e for e in leader.get(path).body["extensions"] if e["granted"] is None]
        said = {"grant": next(turns) % 2 == 0, "document": "某人社发〔2024〕60号"}
        decided = [leader.act_on(path, f"{e['extension']}/decisions", said) for e in waiting]
        return [proposed, *decided]

    return change


def powers(stage: Stage) -> Callable[[], list[Reply]]:
    """The bureau is granted a further power."""

    def change() -> list[Reply]:
        proposed = empowering.propose(
            stage, stage.administrator, BUREAU.key, BUREAU.area, BUREAU.bodies
        )
        path = empowering.grants_of(stage, BUREAU.key)
        grant = stage.second.get(path).body["grants"][-1]["grant"]
        return [proposed, stage.second.act_on(path, f"{grant}/decisions", {"grant": True})]

    return change


def keep_changing(change: Callable[[], list[Reply]], over: Event, found: Counter[int]) -> None:
    """One change after the other, with a pause."""
    while not over.wait(_BETWEEN):
        found.update(each.status for each in change())


def run(stage: Stage, seconds: float, log: StringIO) -> Report:
    """Let everybody act at once for so long."""
    cases, told, over = gather(stage), Told(), Event()
    kinds = {"appointments": appointments, "windows": windows, "powers": powers}
    changes = {name: kind(stage) for name, kind in kinds.items()}
    seated = ("bureau-handler", "bureau-leader", "institute-admin")
    for who in (*map(stage.people.__getitem__, seated), stage.administrator, stage.second):
        who.confirm()
    log.truncate(0)
    with ThreadPoolExecutor(len(cases) + len(changes)) as everybody:
        going = [everybody.submit(opine, path, who, over, told) for path, who in cases.items()]
        for name, change in changes.items():
            found = told.changes.setdefault(name, Counter())
            going.append(everybody.submit(keep_changing, change, over, found))
        time.sleep(seconds)
        over.set()
    for each in going:
        each.result()
    cut = quantiles(told.taken, n=100)
    return Report(
        bench="changing",
        seconds=seconds,
        opinions=dict(told.opinions),
        changes={name: dict(found) for name, found in told.changes.items()},
        decided_anew=log.getvalue().count("decided anew"),
        median=round(cut[49], 1),
        p99=round(cut[98], 1),
    )


@click.command("changing")
@click.option("--seconds", default=60.0, show_default=True, help="时长（秒） / how long")
@click.option("--json", "as_json", is_flag=True, help="一个 JSON 对象 / one object")
def changing(seconds: float, *, as_json: bool) -> None:
    """八人审查、任职与期限和职权同时变动 / officials decide while their office changes."""
    log = StringIO()
    configure_log("info", log)
    with (
        TemporaryDirectory(prefix="mingjian-bench-") as scratch,
        filed_cases(Path(scratch) / "data", OFFICIALS) as (stage, _),
    ):
        report = run(stage, seconds, log)
    if as_json:
        click.echo(json.dumps(asdict(report)))
        return
    click.echo(
        f"opinions by status: {report.opinions}, median {report.median} ms, p99 {report.p99} ms;"
        f" {report.decided_anew} times decided anew"
    )
    for name, found in report.changes.items():
        click.echo(f"{name:>12} by status: {found}")
