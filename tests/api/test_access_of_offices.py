"""What one office deals with, asked for by everybody: others can't tell that it is there.

The same cast as for cases, and every operation on a link of persons, a change of a name, a
complaint, an erasure and a criticism that do exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.api.access_cast import Member, cast
from tests.api.access_routes import OF_AN_OFFICE
from tests.api.client import Answer, Client
from tests.api.filings import done, filed, opine
from tests.api.renamings import propose

if TYPE_CHECKING:
    from tests.api.world import World

SEEN_BY: dict[str, set[str]] = {
    "person-links": {
        "handler of the bureau",
        "integrity handler",
        "integrity leader",
        "auditor",
        "inspector",
    },
    "person-renamings": {
        "handler of the bureau",
        "integrity handler",
        "integrity leader",
        "auditor",
        "inspector",
    },
    "complaints": {"integrity handler", "integrity leader"},
    "erasures": {
        "applicant",
        "integrity handler",
        "integrity leader",
        "auditor",
        "inspector",
    },
    "criticisms": {
        "handler",
        "integrity handler",
        "integrity leader",
        "inspector",
    },
}
"""Who may know of each; the applicant's words are to be erased, the handler is criticised."""


class Desks:
    """A thing of each kind, all dealt with at the bureau, and everybody."""

    def __init__(self, world: World) -> None:
        applicant, suspect = world.applicant(world.school), world.applicant(world.school)
        path = filed(applicant, world.school)
        done(opine(world.school.handler, path))
        case = path.removeprefix("/v1/cases/")
        officer, nobody = world.bureau.integrity_handler, Client(world.address)
        pair = {"first": applicant.person, "second": suspect.person, "evidence": "照片一致"}
        words = {"person": applicant.person, "purposes": ["applicant"], "basis": "某条"}
        words["organisation"] = world.bureau.organisation
        criticised = {"target": "person", "about": world.school.handler.person, "cases": [case]}
        complaint = {"statement": "某人材料不实", "case": case}
        done(nobody.post("/v1/complaints", complaint))
        world.catch_up()
        rows = done(officer.get("/v1/objections?limit=200")).body["objections"]
        self.things = {
            "person-links": stream(world.bureau.handler.post("/v1/person-links", pair)),
            "person-renamings": stream(propose(world.bureau.handler, suspect, "某更名者")),
            "complaints": next(row["stream"] for row in rows if row["case"] == case),
            "erasures": stream(officer.post("/v1/erasures", {**words, "reason": "本人申请"})),
            "criticisms": stream(
                officer.post("/v1/criticisms", {**criticised, "grounds": "未核对原件"})
            ),
        }
        until = {"answer_by": "2024-11-15T00:00:00Z"}
        criticism = f"/v1/criticisms/{self.things['criticisms']}"
        done(officer.change(criticism, "/notifications", until))
        bureau = world.bureau
        self.others = (case, applicant.person, applicant.account, bureau.organisation)
        self.cast = cast(world, applicant, suspect)


def stream(answer: Answer) -> str:
    """What was made."""
    return str(done(answer).body["stream"])


@pytest.fixture(scope="module")
def desks(world: World) -> Desks:
    """The things, and everybody."""
    return Desks(world)


def asked(who: Member, operation: str, thing: str) -> Answer:
    """One request about a thing, at a version that is never the right one."""
    method, kind, tail, body = OF_AN_OFFICE[operation]
    path = f"/v1/{kind}/{thing}{tail}"
    if method == "GET":
        return who.actor.get(path)
    return who.actor.post(path, body, version=999_999)


def told(answer: Answer) -> dict[str, Any]:
    """The body of a problem, but for the request's id."""
    return {name: value for name, value in answer.body.items() if name != "request_id"}


@pytest.mark.parametrize("kind", SEEN_BY)
def test_whom_it_does_not_concern_cannot_tell_it_from_nothing(desks: Desks, kind: str) -> None:
    wrong = []
    for name, who in desks.cast.items():
        for operation, (_, of_kind, _, _) in OF_AN_OFFICE.items():
            if of_kind != kind:
                continue
            answer = asked(who, operation, desks.things[kind])
            absent = f"{desks.things[kind].partition('-')[0]}-{uuid4()}"
            nothing = asked(who, operation, absent)
            hidden = told(answer) == told(nothing)
            if hidden == (name in SEEN_BY[kind]) and not operation.endswith("read_file"):
                wrong.append((name, operation, answer.status, nothing.status))
            if not hidden and (answer.status == 404 or answer.status >= 500):
                wrong.append((name, operation, answer.status, 404))
    assert not wrong


def test_an_id_of_one_kind_in_the_place_of_another_is_found_by_nobody(desks: Desks) -> None:
    wrong = []
    for operation, (_, kind, tail, _) in OF_AN_OFFICE.items():
        for thing in (*desks.things.values(), *desks.others):
            handed_in = {kind, f"{thing.partition('-')[0]}s"} == {"objections", "complaints"}
            if thing == desks.things.get(kind) or (handed_in and "erasure" in tail):
                continue  # what the public handed in is erased in the same way, whatever it is
            answer = asked(desks.cast["integrity leader"], operation, thing)
            if answer.status not in (403, 404):
                wrong.append((operation, thing.partition("-")[0], answer.status))
    assert not wrong
