"""Cases go from their drafts to their certificates by ``acts`` alone, over HTTP.

The one who carries them there knows nothing of the field: which button comes next is told, who has
one is told, and so is what it asks for; what is typed stands in a small table.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from api.demo.reviewing import establishes, verifications
from api.demo.xunwu.claims import FILES, claims
from api.demo.yueyang import cast
from api.http.act_names import WAY_NAMES
from api.http.act_operations import WAYS
from domain.beijing import BEIJING
from domain.separation import HANDLER, LEADER
from tests.api.client import Client
from tests.api.filings import WORD, decide, done, filed, opine, passed, title
from tests.api.provinces import post
from tests.api.society import Society
from tests.api.stranger import Stranger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from api.clock import SettableClock
    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.copies import Copies
    from tests.api.provinces import PublishingCity
    from tests.api.world import World

WILL = {
    "cases.state_application": 1,
    "materials.attach": 1,
    "cases.submit": 1,
    "progress.receive_paper": 1,
    "progress.pay": 1,
    "reviews.record_judgement": 1,
    "reviews.give_opinion": 1,
    "progress.record_votes": 1,
    "reviews.decide": 1,
    "progress.open_publicity": 1,
    "progress.go_on": 1,
    "reviews.issue_certificate": 1,
    "reviews.sign_for_certificate": 1,
}
"""What those people want, each once wherever the case stands: on, and nothing else."""
TYPED: Mapping[str, Any] = {
    "declared_truthful": True,
    "declared_unclassified": True,
    "no_reason_to_recuse": True,
    "recommendation": "approve",
    "decision": "approve",
    "opinion": "经逐项核实，建议通过。",
    "satisfied": True,
    "grounds": "经查阅原件，符合条件。",
    "content": "ab" * 32,
    "evidence": "张贴照片",
    "place": "馆务公开栏",
}
LOOKED_UP = {
    "verifications": lambda _by, _path, seen: verifications(seen, {}),
    "establishes": lambda by, path, _: establishes(done(by.get(f"{path}/duties")).body),
    "question": lambda _by, _path, seen: seen["standing"]["open_questions"][0],
}
"""What is typed after a look at the case, and at its duties."""


class CommitteeCity(Society):
    """A city in which a committee votes, with everybody on the way to it."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, cast.CENTRE.area)
        known: dict[str | None, str] = {}
        for each in cast.HOUSES:
            house = self.found(
                each.name,
                self.system if each.kind == "government" else self.houses[-2].administrator,
                each.bodies,
                kind=each.kind,
                level=each.level,
                superior=known.get(each.superior),
                bureau=known.get(each.bureau),
            )
            known[each.key] = house.organisation
            self.seat(house, HANDLER, LEADER)


@pytest.fixture(scope="module")
def city(copies: Copies) -> Iterator[CommitteeCity]:
    with copies.of(CommitteeCity, datetime(2024, 8, 29, 9, tzinfo=BEIJING)) as one:
        yield one


def everybody(place: Society, applicant: Actor) -> list[Actor]:
    return [applicant, *(each for house in place.houses for each in house.seated.values())]


def attached(files: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- of a demonstration
    """What is typed for each file."""
    return [{"kind": f.kind, "title": f.title, "supports": list(f.supports)} for f in files]


def test_a_county_recognises_somebody_by_what_acts_tell(world: World) -> None:
    applicant = world.applicant(world.school)
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title(world.school))).body['stream']}"
    files = attached(FILES)
    stranger = Stranger(
        world,
        everybody(world, applicant),
        WILL | {"materials.attach": len(files)},
        {**TYPED, **claims(insured=world.school.name), "materials.attach": files},
        looked_up=LOOKED_UP,
    )
    stranger.walk(path)
    standing = done(applicant.get(path)).body["standing"]
    assert (standing["phase"], stranger.refused) == ("recognised", [])
    assert standing["certificate"] is not None


def test_a_committee_recognises_somebody_by_what_acts_tell(city: CommitteeCity) -> None:
    applicant = city.applicant(city.houses[-1])
    wanted = {
        "employer": city.houses[-1].organisation,
        "pack": cast.TITLE.pack,
        "series": cast.TITLE.series,
        "specialty": cast.TITLE.specialty,
        "level": cast.TITLE.level,
    }
    path = f"/v1/cases/{done(applicant.post('/v1/cases', wanted)).body['stream']}"
    stranger = Stranger(
        city,
        everybody(city, applicant),
        WILL,
        {
            **TYPED,
            **cast.CLAIMS,
            "materials.attach": attached([cast.QUALIFICATION]),
            "members": 11,
            "present": 10,
            "in_favour": 8,
            "against": 1,
            "abstained": 1,
        },
        at={
            "industry_department": {
                "leg": "leg1_others",
                "items": ["qualification_paper", "performance"],
                "amount": cast.FEE,
                "channel": "WITH_PAPER",
                "receipt": "R-1",
            },
            "city_title_office": {"leg": "leg2_intermediate", "items": ["performance"]},
        },
        looked_up=LOOKED_UP,
    )
    days = ["08-29", "08-30", "09-09", "09-11", "10-15", "10-21", "11-08"]
    stranger.walk(path, [f"2024-{day}T09:00:00" for day in days])
    standing = done(applicant.get(path)).body["standing"]
    assert standing["phase"] == "recognised", (standing, stranger.refused)
    assert standing["certificate"] is not None
    refused = {f"progress.receive_paper: {why}" for why in ("WINDOW_NOT_OPEN", "NOT_ITS_RECEIVER")}
    assert set(stranger.refused) == refused


def button(by: Actor, path: str, operation: str, **headers: str) -> dict[str, Any]:
    """What a representation tells of one operation; nothing, where it does not name it."""
    acts = done(by.get(path, **headers)).body["acts"]
    return next((each for each in acts if each["operation"] == operation), {})


def test_who_is_expected_to_act_is_told_why_not_yet_with_the_rule(world: World) -> None:
    path = filed(world.applicant(world.school), world.school)
    leader = world.school.leader
    (why,) = button(leader, path, "reviews.decide")["refusals"]
    assert why["code"] == "HANDLER_FIRST"
    assert all(each["clause"] and each["quote"] for each in why["rules"])
    assert [each["id"] for each in why["rules"]]
    english = button(leader, path, "reviews.decide", Accept_Language="en")["refusals"]
    assert english[0]["detail"].isascii()
    assert decide(leader, path).code == "HANDLER_FIRST"
    done(opine(world.school.handler, path))
    decided = button(leader, path, "reviews.decide")
    assert (decided["refusals"], decided["confirmation"]) == ([], True)
    assert button(world.school.handler, path, "reviews.decide") == {}


def test_who_may_not_let_a_case_go_on_yet_is_told_why_and_who_never_does_is_told_nothing(
    publishing_city: PublishingCity,
) -> None:
    city = publishing_city
    path = city.filed(city.applicant(city.enterprise))
    passed(path, city.enterprise)
    assert button(city.enterprise.leader, path, "progress.open_publicity") == {}
    posting = button(city.enterprise.handler, path, "progress.open_publicity")
    assert posting["refusals"] == []
    post(path, city.enterprise, "2024-09-25")
    assert button(city.enterprise.handler, path, "progress.open_publicity") == {}
    (why,) = button(city.enterprise.handler, path, "progress.go_on")["refusals"]
    assert (why["code"], bool(why["rules"])) == ("PUBLICITY_TOO_SHORT", True)
    assert button(city.bureau.handler, path, "progress.go_on") == {}


def test_a_case_is_as_the_document_describes_it_to_its_leaves(world: World) -> None:
    document = Client(world.address).get("/openapi.json").body
    described = {"$ref": "#/components/schemas/Case", "components": document["components"]}
    valid = jsonschema_rs.validator_for(described)
    members = document["components"]["schemas"]["Case"]["properties"].values()
    assert not any("additionalProperties" in each for each in members)
    applicant = world.applicant(world.school)
    opened = f"/v1/cases/{done(applicant.post('/v1/cases', title(world.school))).body['stream']}"
    path = filed(world.applicant(world.school), world.school)
    item = {"subject": "application", "problem": "请补正。", "rules": ["XW-28"]}
    seen = [done(applicant.get(opened)).body, done(world.school.leader.get(path)).body]
    done(world.school.handler.change(path, "/returns", {"items": [item], **WORD}))
    seen.append(done(world.school.handler.get(path)).body)
    assert seen[-1]["return_items"]
    assert [str(wrong) for each in seen for wrong in valid.iter_errors(each)] == []


def test_ways_of_one_act_have_names_of_their_own() -> None:
    labels: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    for way in (each for each in WAYS if each.names):
        for act in way.row.any_of:
            told = way.said(act)
            labels.setdefault((act, way.names[0]), []).append((told["chinese"], told["english"]))
    both = [part for each in labels.values() for part in zip(*each, strict=True)]
    assert all(len(set(each)) == len(each) for each in both)
    assert WAY_NAMES.keys() <= {way.operation for way in WAYS}
