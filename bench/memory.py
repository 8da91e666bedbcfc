"""``mingjian bench memory``: what a process that answers holds after sign-ins and exports.

At a server as an operator runs it: several people sign in at the same moment, and an inspector
takes a list out as a file again and again.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from api.client import Client
from api.conventions.exporting import MEDIA_TYPES
from api.demo.filing import SCAN
from bench.requests import SECRET
from bench.served import a_served
from bench.town.founding import INSPECTOR, open_account
from bench.town.served.process import open_record
from bench.town.served.town import ServedTown
from bench.town.served.walk import TOWN, founded_at
from domain.account.events import Role

if TYPE_CHECKING:
    from bench.served import Served
    from bench.town.served.process import Place

_DOCUMENT = 9_999_996
_SETTINGS = {**TOWN, "MINGJIAN_FRESH_SECONDS": "3600"}
_MANDATE = {
    "kind": "audit_notice",
    "document": "某审通〔2024〕1号",
    "scope": {"areas": [""]},
    "last_day": "2099-12-31",
}


@dataclass(frozen=True)
class Resident:
    """Resident megabytes of each process that answers, the least first."""

    bench: str
    sign_ins_at_once: int
    exports: int
    at_first: list[float]
    after_sign_ins: list[float]
    after_exports: list[float]


def measure(data: Path, at_once: int, rounds: int, exports: int) -> Resident:
    """Found a town, sign in so many at once for some rounds, then take out so many files."""
    with a_served(data, _SETTINGS) as served:
        place = founded_at(served)
        one, other = _inspectors(place)
        mandate = _mandated(one, other)
        at_first = served.resident_megabytes()
        logins = list(place.logins.values())[:at_once]
        with ThreadPoolExecutor(at_once) as people:
            for _ in range(rounds):
                list(people.map(partial(_signs_in, served), logins))
        after_sign_ins = served.resident_megabytes()
        for number in range(exports):
            body = {"list": "acts", "media_type": MEDIA_TYPES[number % len(MEDIA_TYPES)]}
            one.act("/v1/exports", body, mandate=mandate).done()
        return Resident(
            bench="memory",
            sign_ins_at_once=len(logins),
            exports=exports,
            at_first=at_first,
            after_sign_ins=after_sign_ins,
            after_exports=served.resident_megabytes(),
        )


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
@click.option("--exports", default=5, show_default=True, help="导出次数 / files taken out")
@click.option("--json", "as_json", is_flag=True, help="一个 JSON 对象 / one object")
def memory(at_once: int, rounds: int, exports: int, *, as_json: bool) -> None:
    """登录与导出之后各进程占用的内存 / what each process holds after sign-ins and exports."""
    with TemporaryDirectory(prefix="mingjian-bench-") as scratch:
        found = measure(Path(scratch) / "data", at_once, rounds, exports)
    if as_json:
        click.echo(json.dumps(asdict(found)))
        return
    for when, held in (
        ("at first", found.at_first),
        (f"after {rounds} times {at_once} sign-ins", found.after_sign_ins),
        (f"after {exports} exports", found.after_exports),
    ):
        click.echo(f"{when}: {', '.join(str(each) for each in held)} MB")
