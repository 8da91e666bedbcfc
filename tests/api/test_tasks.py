"""The tasks that ``docs/api.md`` describes are done by the calls that it names, over HTTP."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.api.accounts import PASSWORD
from tests.api.filings import decide, done, filed, opine, refile

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World

PAGES = Path(__file__).parents[2] / "docs" / "api.md"
CALL = re.compile(r"`(GET|POST) (/[^`]*?)(?: (\{[^`]*\}))?(?: \[([\w-]+): ([^`]+?)\])?`")
WHO = {
    "an auditor": lambda world: world.auditor,
    "an inspector": lambda world: world.inspector,
    "an interface developer": lambda world: world.school.handler,
}
NONE_YET = (
    "integrity-records",
    "-findings",
    "late:yes",
    "state:revoked",
    "-appointments",
    "indicators",
    "late-acts",
)
"""Lists that are empty where nothing went wrong."""


def tasks(page: str) -> list[list[tuple[str, ...]]]:
    """The calls of each task of a page."""
    text = PAGES.read_text("utf-8").split(f"## Ten tasks of {page}\n")[1].split("\n## ")[0]
    rows = [row for row in text.splitlines() if row.startswith("| ")][1:]
    return [CALL.findall(row.rpartition(" | ")[2] + "|") for row in rows]


@pytest.fixture(scope="module")
def known(world: World) -> dict[str, Any]:
    """A case that the school passed after it was returned once, and one that waits there."""
    school, applicant = world.school, world.applicant(world.school, "赵申报")
    case = filed(applicant, school)
    item = {"subject": "application", "problem": "请补正。", "rules": ["XW-28"]}
    done(school.handler.change(case, "/returns", {"items": [item], "no_reason_to_recuse": True}))
    done(refile(applicant, case))
    assert decide(school.leader, case).status == 409
    done(opine(school.handler, case))
    done(decide(school.leader, case))
    waiting = filed(world.applicant(school), school)
    suspended, suspicion = filed(world.applicant(school), school), {"suspicion": "证书疑似伪造"}
    done(world.bureau.integrity_handler.change(suspended, "/investigations", suspicion))
    done(world.auditor.get(f"/v1/cases?{world.everything()}"))
    return {
        "case": case.rpartition("/")[2],
        "waiting": waiting.rpartition("/")[2],
        "leader": school.leader.person,
        "account": school.handler.account,
        "organisation": school.organisation,
        "applicant": applicant.person,
        "name": applicant.name,
        "password": PASSWORD,
        "mandate": world.whole(world.auditor),
    }


@pytest.mark.parametrize("page", WHO)
def test_each_task_of_a_page_is_done_by_its_calls(
    world: World, known: dict[str, Any], page: str
) -> None:
    by, ten = WHO[page](world), tasks(page)
    assert len(ten) == 10
    assert all(ten)
    for calls in ten:
        for call in calls:
            _run(by, known, call)


def _run(by: Actor, known: dict[str, Any], call: tuple[str, ...]) -> None:
    method, address, body, name, value = call
    path, _, query = _filled(address, known).partition("?")
    path += f"?{quote(query, safe='=&')}" if query else ""
    headers = {name.replace("-", "_"): _filled(value, known)} if name else {}
    if method == "GET":
        answer = by.get(path, **headers)
    else:
        stated = json.loads(_filled(body or "{}", known))
        answer = by.client.post(path, stated, Idempotency_Key=uuid4().hex, **headers)
    told = done(answer).body if answer.status != 204 else {}
    if isinstance(told, dict):
        assert told.get("count", 1) or any(each in address for each in NONE_YET), (address, told)
        found = {"version": told.get("version"), "consultation": told.get("consultation")}
        for each in told.get("drawn", ()):
            found |= {"drawn": each["case"], "consultation": each["consultation"]}
        known |= {each: it for each, it in found.items() if it is not None}


def _filled(text: str, known: dict[str, Any]) -> str:
    """The text with the ids that were read before."""
    return re.sub(r"\{(\w+)\}", lambda found: str(known[found[1]]), text)
