"""``mingjian bench memory``: what a process that answers holds after sign-ins and exports.

At a server as an operator runs it: several people sign in at the same moment, and an inspector
takes all acts on record out again and again, as each kind of file in turn. The record is a town's
that was founded over HTTP, or one of ``--events`` that was filled before, whose deadlines the
server finds passed when it starts.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING, Self
from uuid import uuid4

import click

from api.client import Client, NotDoneError
from api.conventions.exporting import MEDIA_TYPES
from api.demo.filing import SCAN
from bench.filling.served import lay, overlays
from bench.requests import SECRET, until_answered
from bench.served import Served, a_served
from bench.town.founding import INSPECTOR, open_account
from bench.town.served.process import open_record
from bench.town.served.town import ServedTown
from bench.town.served.walk import TOWN, founded_at
from domain.account.events import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.town.served.process import Place

_DOCUMENT = 9_999_996
_FRESH = {"MINGJIAN_FRESH_SECONDS": "3600", "MINGJIAN_ACCESS_SECONDS": str(24 * 60 * 60)}
_MANDATE = {
    "kind": "audit_notice",
    "document": "某审通〔2024〕1号",
    "scope": {"areas": [""]},
    "last_day": "2099-12-31",
}
_SECONDS_TO_ANSWER = 1800
_LOOK_AGAIN_SECONDS, _PIECE = 0.1, 1 << 16


@dataclass(frozen=True)
class TakenOut:
    """One file: its rows and octets, how long it took, and what each process held meanwhile.

    Resident megabytes of each process that answers: before, at most, and afterwards.
    """

    media_type: str
    rows: int
    octets: int
    seconds: float
    processor_seconds: float
    before: list[float]
    at_most: list[float]
    afterwards: list[float]


@dataclass(frozen=True)
class Resident:
    """Resident megabytes of each process that answers, the least first."""

    bench: str
    sign_ins_at_once: int
    at_first: list[float]
    after_sign_ins: list[float]
    exports: list[TakenOut]


def of_a_town(data: Path, at_once: int, rounds: int, exports: int) -> Resident:
    """Found a town, sign in so many at once for some rounds, then take out so many files."""
    with a_served(data, {**TOWN, **_FRESH}) as served:
        place = founded_at(served)
        one, other = _inspectors(place)
        mandate = _mandated(one, other)
        logins = list(place.logins.values())[:at_once]
        return _measured(served, one, mandate, logins, rounds, exports)


def of_a_filled_record(
    data: Path, events: int, seed: int, at_once: int, rounds: int, exports: int
) -> Resident:
    """Fill a record, serve it, and let an inspector do all of the same."""
    further = {**overlays(data.with_suffix(".notices")), **_FRESH}
    codes = lay(Served(data, 0, further).settings, events, seed)
    with a_served(data, further) as served:
        one, other = (
            until_answered(partial(Client(served.address).entered, login, code, SECRET))
            for login, code in codes.items()
        )
        mandate = _mandated(one, other)
        logins = [INSPECTOR] * at_once
        return _measured(served, one, mandate, logins, rounds, exports)


def _measured(
    served: Served,
    inspector: Client,
    mandate: str,
    logins: Sequence[str],
    rounds: int,
    exports: int,
) -> Resident:
    at_first = served.resident_megabytes()
    with ThreadPoolExecutor(len(logins)) as people:
        for _ in range(rounds):
            list(people.map(partial(_signs_in, served), logins))
    after_sign_ins = served.resident_megabytes()
    taken = [
        _takes_out(served, inspector, mandate, MEDIA_TYPES[number % len(MEDIA_TYPES)])
        for number in range(exports)
    ]
    return Resident(
        bench="memory",
        sign_ins_at_once=len(logins),
        at_first=at_first,
        after_sign_ins=after_sign_ins,
        exports=taken,
    )


def _takes_out(served: Served, inspector: Client, mandate: str, media_type: str) -> TakenOut:
    """Take all acts on record out, and look meanwhile at what every process holds."""
    before, spent = served.resident(), served.processor_seconds()["answering"]
    began = perf_counter()
    with _Looking(served) as looking:
        octets = _download(served.address, inspector, mandate, media_type)
    took = perf_counter() - began
    told = inspector.request("GET", "/v1/exports?limit=1").done().body["exports"][0]
    after = served.resident()
    return TakenOut(
        media_type=media_type,
        rows=told["rows"],
        octets=octets,
        seconds=round(took, 1),
        processor_seconds=round(served.processor_seconds()["answering"] - spent, 1),
        before=_rounded(before[each] for each in sorted(before)),
        at_most=_rounded(looking.most.get(each, 0.0) for each in sorted(before)),
        afterwards=_rounded(after.get(each, 0.0) for each in sorted(before)),
    )


def _download(address: str, inspector: Client, mandate: str, media_type: str) -> int:
    """The file, piece by piece and kept nowhere; how many octets it has."""
    body = json.dumps({"list": "acts", "media_type": media_type})
    headers = {
        "Authorization": f"Bearer {inspector.token}",
        "Content-Type": "application/json",
        "Idempotency-Key": uuid4().hex,
        "Mandate": mandate,
    }
    connection = HTTPConnection(address, timeout=_SECONDS_TO_ANSWER)
    try:
        connection.request("POST", "/v1/exports", body, headers)
        answer = connection.getresponse()
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise NotDoneError(answer.status, answer.read().decode())
        return sum(map(len, iter(partial(answer.read, _PIECE), b"")))
    finally:
        connection.close()


class _Looking:
    """Looks again and again, as long as it is entered, at what each process holds at most."""

    def __init__(self, served: Served) -> None:
        self._served, self._enough = served, Event()
        self.most: dict[int, float] = {}

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._enough.wait(_LOOK_AGAIN_SECONDS):
            for process, held in self._served.resident().items():
                self.most[process] = max(held, self.most.get(process, 0.0))


def _rounded(megabytes: Iterable[float]) -> list[float]:
    return [round(each, 1) for each in megabytes]


def _inspectors(place: Place) -> tuple[Client, Client]:
    """The inspector of everything, and another of the same body, both signed in."""
    with open_record(place.settings) as record:
        town = ServedTown.at(record, place.address, place.logins, "memory")
        body = town.accounts[town.known_as[INSPECTOR]].organisation
        open_account(town, _DOCUMENT, body, (Role.INSPECTOR,))
        town.hear()
        logins = [
            town.door.logins[name]
            for name, each in town.accounts.items()
            if Role.INSPECTOR in each.roles
        ]
    one, other = (Client(place.address).signed_in(login, SECRET) for login in logins)
    return one, other


def _mandated(one: Client, other: Client) -> str:
    """A mandate over the whole record, proposed by one and approved by the other; its id."""
    mandate = one.act("/v1/mandates", _MANDATE).done().stream
    path = f"/v1/mandates/{mandate}"
    sent = one.act(f"{path}/uploads", SCAN, media_type="application/pdf").done()
    document = {"upload": sent.body["upload"]}
    seen = one.request("GET", path).done()
    one.act(f"{path}/documents", document, version=seen.version).done()
    seen = other.request("GET", path).done()
    other.act(f"{path}/decisions", {"approved": True}, version=seen.version).done()
    return mandate


def _signs_in(served: Served, login: str) -> None:
    Client(served.address, browser=login).signed_in(login, SECRET)


@click.command("memory")
@click.option("--at-once", default=8, show_default=True, help="同时登录人数 / sign-ins at once")
@click.option("--rounds", default=3, show_default=True, help="登录轮数 / how often they do")
@click.option("--exports", default=6, show_default=True, help="导出次数 / files taken out")
@click.option("--events", default=0, show_default=True, help="先填充的事件数 / filled before")
@click.option("--seed", default=1, show_default=True, help="同一种子办理相同 / acts the same way")
@click.option("--json", "as_json", is_flag=True, help="一个 JSON 对象 / one object")
def memory(
    at_once: int, rounds: int, exports: int, events: int, seed: int, *, as_json: bool
) -> None:
    """登录与导出之后各进程占用的内存 / what each process holds after sign-ins and exports."""
    with TemporaryDirectory(prefix="mingjian-bench-") as scratch:
        data, asked = Path(scratch) / "data", (at_once, rounds, exports)
        if events:
            found = of_a_filled_record(data, events, seed, *asked)
        else:
            found = of_a_town(data, *asked)
    if as_json:
        click.echo(json.dumps(asdict(found)))
        return
    click.echo(f"at first: {_listed(found.at_first)}")
    click.echo(f"after {rounds} times {at_once} sign-ins: {_listed(found.after_sign_ins)}")
    for each in found.exports:
        held = "; ".join(map(_listed, (each.before, each.at_most, each.afterwards)))
        took = f"{each.seconds} s, {each.processor_seconds} s of processors"
        click.echo(f"{each.media_type}: {each.rows} rows, {each.octets} octets, {took}: {held}")


def _listed(megabytes: Iterable[float]) -> str:
    return f"{', '.join(map(str, megabytes))} MB"
