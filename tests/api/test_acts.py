"""The acts that a representation lists are those that its reader may do next, over HTTP.

At every step of a matter everybody reads it and tries every act on it.
An act that is listed is tried at a version that never was: it is not forbidden, and changes
nothing. An act that is not listed is tried in earnest: it is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from api.access import Act
from tests.api.access_cast import cast
from tests.api.access_routes import ROUTES
from tests.api.client import Client
from tests.api.filings import acts_in, done, draft, file, filed, opine, passed
from tests.api.renamings import proposed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.access_cast import Member
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

NOWHERE = 999_999
REFUSED = (403, 404, 409)
WITHOUT = frozenset({"Beside", "Certificate", "Publicity", "Pack", "SingleEvent", "StoredQuery"})
"""What nobody signed in does anything to."""
ASKED = (
    "applicant",
    "suspect",
    "handler",
    "leader",
    "administrator",
    "leader above",
    "integrity handler",
    "integrity leader",
    "handler of the bureau",
    "foreign leader",
    "auditor",
    "inspector",
)
NUMBERED = {"decision": "某发〔2024〕1号", "reason": "理由"}


@dataclass(frozen=True)
class Try:
    """One operation on a thing, of one or another act, with a body that fits."""

    acts: tuple[Act, ...]
    tail: str
    body: Any


def _of(*operations: tuple[tuple[Act, ...] | Act, str, Any]) -> tuple[Try, ...]:
    return tuple(
        Try(acts if isinstance(acts, tuple) else (acts,), tail, body)
        for acts, tail, body in operations
    )


CRITICISMS = _of(
    (Act.CRITICISE, "/notifications", {}),
    ((Act.CRITICISE, Act.ANSWER_CRITICISM), "/statements", {"statement": "陈述"}),
    (Act.CRITICISE, "/issues", {"decision": "某发〔2024〕1号", "text": "通报"}),
    (Act.CRITICISE, "/drops", NUMBERED),
)
ERASURES = _of(
    (Act.APPROVE_ERASURE, "/approvals", {"grounds": "符合条件"}),
    (Act.APPROVE_ERASURE, "/orders", {"decision": "某发〔2024〕1号"}),
    (Act.APPROVE_ERASURE, "/refusals", NUMBERED),
)
LINKS = _of(
    (Act.CONFIRM_LINK, "/confirmations", {}),
    (Act.CONFIRM_LINK, "/severances", {"evidence": "指纹不符"}),
    (Act.CONFIRM_LINK, "/severances/confirmations", {}),
)
CORRECTIONS = _of((Act.CONFIRM_LINK, "/confirmations", {}))
RENAMINGS = _of((Act.CONFIRM_RENAMING, "/confirmations", {}))


def _routes(about: str) -> tuple[Try, ...]:
    return tuple(
        Try(route.acts, route.tail, route.body)
        for route in ROUTES
        if route.about == about and route.body is not None
    )


class Scene:
    """The county with everybody in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.applicant = world.applicant(world.school, "某申报人")
        self.suspect = world.applicant(world.school, "某嫌疑人")
        everybody = cast(world, self.applicant, self.suspect)
        self.members = {name: everybody[name] for name in ASKED}

    def look(self, path: str, tries: tuple[Try, ...], **names: str) -> dict[str, set[str]]:
        """Let everybody try everything; answers the acts that each of its readers was told."""
        return {
            name: told
            for name, member in self.members.items()
            if (told := self._try(name, member, path, tries, names)) is not None
        }

    def _try(
        self, name: str, member: Member, path: str, tries: tuple[Try, ...], names: dict[str, str]
    ) -> set[str] | None:
        read = cache(lambda part: member.actor.get(path + part))
        seen = read("")
        buttons = seen.body["acts"] if seen.status == 200 else []
        offered = "|".join(at(each["address"]) for each in buttons if not each["refusals"])
        told = set(acts_in(seen.body)) if seen.status == 200 else None
        known = {"account": self.suspect.account, **names}
        for each in tries:
            address = path + each.tail.format(**known)
            listed = re.fullmatch(offered, address) is not None
            answer = member.actor.post(
                address,
                orjson.loads(
                    orjson.dumps(each.body).replace(b"{account}", known["account"].encode())
                ),
                version=NOWHERE if listed else version_of(read(part_at(path, each.tail))),
            )
            asked = (name, path, each.tail, told, answer.status, answer.body)
            assert (answer.status not in (403, 404)) if listed else answer.status in REFUSED, asked
        return told


def at(address: str) -> str:
    """An address as a pattern: what stands in braces is the id of a part."""
    return re.sub("[{][^}]+[}]", "[^/]+", address)


PARTS = {
    "appointments": "/appointments",
    "window-extensions": "/window-extensions",
    "rolls": "/rolls/2023",
}
"""Parts of an organisation that have versions of their own, and where these are told."""


@pytest.fixture(scope="module")
def scene(world: World) -> Scene:
    return Scene(world)


def part_at(path: str, tail: str) -> str:
    """Where the version is told that an act rests on: at the thing, or at a part of it."""
    return PARTS.get(tail.split("/")[1], "") if path.startswith("/v1/organisations/") else ""


def version_of(seen: Answer) -> int:
    """The version of what was read; any where it may not be."""
    return int(seen.headers["ETag"][2:-1]) if seen.status == 200 else 1


def steps(by: Actor, path: str, *acts: tuple[Actor | None, str, Any]) -> Iterator[str]:
    """The path at its first step, and after each act."""
    yield path
    for actor, act, body in acts:
        done((actor or by).change(path, act, body))
        yield path


def test_every_representation_of_one_thing_lists_acts(world: World) -> None:
    document = Client(world.address).get("/openapi.json").body
    lacking = set()
    for path, operations in document["paths"].items():
        shown = operations.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        name = shown.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")
        members = document["components"]["schemas"].get(name[2], {}).get("properties", {})
        of_one = path.endswith("}") and not path.endswith("/receipts/{position}")
        if name[2] and of_one and "acts" not in members:
            lacking.add(name[2])
    assert lacking == WITHOUT


def test_the_acts_on_a_criticism(scene: Scene) -> None:
    world, reviewer = scene.world, scene.world.school.handler
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    passing = filed(world.applicant(world.school), world.school)
    passed(passing, world.school)
    body = {
        "target": "person",
        "about": reviewer.person,
        "cases": [passing.rpartition("/")[2]],
        "grounds": "未核对原件",
    }
    criticism = f"/v1/criticisms/{done(officer.post('/v1/criticisms', body)).body['stream']}"
    told = [
        scene.look(path, CRITICISMS)
        for path in steps(
            officer,
            criticism,
            (None, "/notifications", {}),
            (reviewer, "/statements", {"statement": "已核对"}),
            (leader, "/issues", {"decision": "某发〔2024〕1号", "text": "通报"}),
        )
    ]
    conduct, answer = {"criticisms.conduct"}, {"criticisms.answer"}
    officers = ("integrity handler", "integrity leader")
    assert [each.get("handler") for each in told] == [None, answer, answer, set()]
    assert all(each[name] == conduct for each in told[:-1] for name in officers)
    assert set(told[-1]) == {*officers, "handler", "inspector"}
    assert not any(told[-1].values())


def test_the_acts_on_an_erasure(scene: Scene) -> None:
    world = scene.world
    leaver = world.applicant(world.school, "某离职者")
    body = {
        "person": leaver.person,
        "purposes": ["applicant"],
        "organisation": world.bureau.organisation,
        "basis": "个人信息保护法第四十七条",
        "reason": "本人申请",
    }
    erasure = f"/v1/erasures/{done(leaver.post('/v1/erasures', body)).body['stream']}"
    told = [
        scene.look(path, ERASURES)
        for path in steps(
            world.bureau.integrity_handler,
            erasure,
            (None, "/approvals", {"grounds": "符合条件"}),
            (world.bureau.integrity_leader, "/refusals", NUMBERED),
        )
    ]
    may = {"erasures.approve"}
    assert [each["integrity handler"] for each in told] == [may, set(), set()]
    assert [each["integrity leader"] for each in told] == [may, may, set()]


def test_the_acts_on_a_link(scene: Scene) -> None:
    world = scene.world
    first, second = world.applicant(world.school), world.applicant(world.school)
    body = {"first": first.person, "second": second.person, "evidence": "同一指纹"}
    link = done(world.bureau.integrity_handler.post("/v1/person-links", body)).body["stream"]
    told = [
        scene.look(path, LINKS)
        for path in steps(
            world.bureau.integrity_leader,
            f"/v1/person-links/{link}",
            (None, "/confirmations", {}),
            (None, "/severances", {"evidence": "指纹不符"}),
            (world.bureau.integrity_handler, "/severances/confirmations", {}),
        )
    ]
    may = {"links.confirm"}
    assert [each["integrity handler"] for each in told] == [set(), may, may, set()]
    assert [each["integrity leader"] for each in told] == [may, may, set(), set()]


def test_the_acts_on_a_correction(scene: Scene) -> None:
    world = scene.world
    holder = world.applicant(world.school)
    body = {
        "document": {"kind": "resident_identity_card", "number": holder.number},
        "name": "某真正持证人",
        "evidence": "录入时选错了人",
    }
    proposed = done(world.bureau.integrity_handler.post("/v1/binding-corrections", body)).body[
        "stream"
    ]
    told = [
        scene.look(path, CORRECTIONS)
        for path in steps(
            world.bureau.integrity_leader,
            f"/v1/binding-corrections/{proposed}",
            (None, "/confirmations", {}),
        )
    ]
    assert [each["integrity leader"] for each in told] == [{"links.confirm"}, set()]
    assert not any(each["integrity handler"] for each in told)


def test_the_acts_on_a_change_of_name(scene: Scene) -> None:
    bureau = scene.world.bureau
    first = proposed(bureau.integrity_handler, scene.suspect, "某更名者")
    told = [
        scene.look(path, RENAMINGS)
        for path in steps(bureau.integrity_leader, first, (None, "/confirmations", {}))
    ]
    assert [each["integrity leader"] for each in told] == [{"renamings.confirm"}, set()]
    assert not any(each["integrity handler"] for each in told)


def test_the_acts_on_an_investigation(scene: Scene) -> None:
    world, suspect = scene.world, scene.suspect
    officer, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    suspected = filed(suspect, world.school)
    opening = officer.change(suspected, "/investigations", {"suspicion": "疑似伪造"})
    investigation = f"/v1/investigations/{done(opening).body['stream']}"
    served = {"remedy": "六十日内申请复核"}
    told = [
        scene.look(path, _routes("investigation"))
        for path in steps(
            officer,
            investigation,
            (None, "/allegations", {"allegation": "查无此证"}),
            (suspect, "/statements", {"statement": "我承认"}),
            (
                None,
                "/proposals",
                {"ground": "弄虚作假", "evidence": ["学信"], "finding": "伪造"},
            ),
            (leader, "/findings", {"decision": "某发〔2024〕1号", "finding": "伪造"}),
            (None, "/services", served),
            (suspect, "/review-requests", {"grounds": "不服"}),
        )
    ]
    conduct, decide = {"investigations.conduct"}, {"investigations.decide"}
    state, nothing = {"investigations.make_statement"}, set[str]()
    assert [each["integrity handler"] for each in told] == [conduct] * 5 + [nothing] * 2
    assert [each["integrity leader"] for each in told] == [decide] * 4 + [nothing] * 3
    assert [each.get("suspect", nothing) for each in told] == [nothing] + [state] * 5 + [nothing]


@pytest.mark.parametrize("about", ["person", "account", "organisation"])
def test_the_acts_on_what_is_registered(scene: Scene, about: str) -> None:
    clerk = scene.world.applicant(scene.world.school)
    ids = {
        "person": clerk.person,
        "account": clerk.account,
        "organisation": scene.world.school.organisation,
    }
    held = scene.world.school.administrator.get(
        f"/v1/organisations/{ids['organisation']}/appointments"
    )
    appointment = done(held).body["appointments"][0]["appointment"]
    told = scene.look(f"/v1/{about}s/{ids[about]}", _routes(about), appointment=appointment)
    assert told["administrator"] or about == "person"


def test_the_acts_on_a_case(scene: Scene) -> None:
    world, case = scene.world, draft(scene.applicant, scene.world.school)
    material = done(scene.applicant.get(case)).body["materials"][0]["material"]
    tries = tuple(each for each in _routes("case") if each.tail != "/materials")
    told = [scene.look(case, tries, material=material)]
    done(file(scene.applicant, case))
    told.append(scene.look(case, tries, material=material))
    done(opine(world.school.handler, case))
    told.append(scene.look(case, tries, material=material))
    assert "cases.submit" in told[0]["applicant"]
    assert "cases.give_opinion" in told[1]["handler"]
    assert "cases.consult" in told[1]["auditor"]
    assert "cases.decide" in told[2]["leader"]
