"""Cases go from their drafts to their certificates by ``acts`` alone, over HTTP.

The one who carries them there knows nothing of the field: which button comes next is told, who has
one is told, and so is what it asks for and what that looks like. Only what a person knows of
themselves, and what a vote came out as, stands in a small table.
"""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from api.demo.xunwu.claims import FILES, claims
from api.demo.yueyang import cast
from api.http.act_names import WAY_NAMES
from api.http.act_operations import WAYS
from domain.beijing import BEIJING
from tests.api.client import Client
from tests.api.committee_city import (
    LOOKED_UP,
    TYPED,
    WILL,
    CommitteeCity,
    at_the_committee,
    attached,
    everybody,
)
from tests.api.filings import WORD, decide, done, filed, opine, passed, title
from tests.api.objections import FINDINGS, Public, object_to
from tests.api.provinces import passed_with_posting, post
from tests.api.stranger import Stranger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.copies import Copies
    from tests.api.provinces import PublishingCity
    from tests.api.world import World


@pytest.fixture
def city(copies: Copies) -> Iterator[CommitteeCity]:
    with copies.of(CommitteeCity, datetime(2024, 8, 29, 9, tzinfo=BEIJING)) as one:
        yield one


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


def test_a_case_is_returned_mended_and_withdrawn_by_what_acts_tell(world: World) -> None:
    applicant, files = world.applicant(world.school), attached(FILES)
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title(world.school))).body['stream']}"
    item = {"subject": "application", "problem": "请补正。", "rules": ["XW-28"]}
    stranger = Stranger(
        world,
        everybody(world, applicant),
        {
            **dict.fromkeys(["reviews.return_for_revision", "cases.resubmit"], 1),
            **WILL,
            "materials.attach": len(files),
            "reviews.decide": 0,
        },
        {
            **TYPED,
            **claims(insured=world.school.name),
            "materials.attach": files,
            "reviews.return_for_revision": [{"items": [item]}],
        },
        looked_up={**LOOKED_UP, "answers": answered},
    )
    stranger.walk(path)
    standing = done(applicant.get(path)).body["standing"]
    assert (standing["phase"], standing["round"], stranger.refused) == ("under_review", 2, [])
    stranger.will = {"cases.withdraw": 1}
    stranger.walk(path)
    assert done(applicant.get(path)).body["standing"]["phase"] == "withdrawn"
    assert stranger.pressed["employer", "reviews.give_opinion"] == 1


def test_an_objection_is_upheld_by_what_acts_tell(publishing_city: PublishingCity) -> None:
    city = publishing_city
    applicant = city.applicant(city.enterprise)
    path = city.filed(applicant)
    posting = passed_with_posting(path, city.enterprise, "2024-09-25")
    city.catch_up()
    raised = object_to(city, Public(path, posting, applicant))
    steps = [f"objections.{each}" for each in ("screen", "investigate", "settle")]
    stranger = Stranger(
        city,
        [applicant, *city.enterprise.seated.values(), *city.bureau.seated.values()],
        dict.fromkeys(steps, 1),
        {**FINDINGS, "admitted": True, "disposition": "reject"},
    )
    stranger.walk(raised.path)
    assert (stranger.pressed, stranger.refused) == ({(None, each): 1 for each in steps}, [])
    assert done(applicant.get(path)).body["standing"]["phase"] == "rejected"


def answered(_by: Actor, _path: str, seen: Mapping[str, Any]) -> list[dict[str, str]]:
    """An answer to each item for which a case was returned."""
    return [{"item": each["item"], "answer": "已改正。"} for each in seen["return_items"]]


def test_a_committee_recognises_somebody_by_what_acts_tell(city: CommitteeCity) -> None:
    stranger, path, applicant = at_the_committee(city, WILL)
    days = ["08-29", "08-30", "09-09", "09-11", "10-15", "10-21", "11-08"]
    stranger.walk(path, [f"2024-{day}T09:00:00" for day in days])
    standing = done(applicant.get(path)).body["standing"]
    assert standing["phase"] == "recognised", (standing, stranger.refused)
    assert standing["certificate"] is not None
    assert stranger.refused == []


def test_papers_and_fee_are_entered_by_whom_they_come_to_next_and_by_nobody_else(
    city: CommitteeCity,
) -> None:
    stranger, path, _ = at_the_committee(city, WILL | {"progress.receive_paper": 0})
    keys = [each.key for each in cast.HOUSES]

    def offered(operation: str) -> list[str]:
        named = zip(keys, city.houses, strict=True)
        return [key for key, house in named if button(house.handler, path, operation)]

    def receive(house: int, **papers: Any) -> Answer:  # noqa: ANN401 -- of a body
        now = city.clock.now().astimezone(BEIJING).date().isoformat()
        body = {"received_on": now, **papers}
        return city.houses[house].handler.change(path, "/paper-receipts", body)

    both = ["qualification_paper", "performance"]
    stranger.walk(path, ["2024-08-29T09:00:00", "2024-09-05T09:00:00"])
    assert offered("progress.receive_paper") == []
    assert receive(3, leg="leg1_others", items=both).code == "STAGE_ORDER"
    stranger.walk(path, ["2024-09-09T09:00:00"])
    assert offered("progress.receive_paper") == ["department"]
    assert offered("progress.pay") == []
    assert receive(2, leg="leg1_others", items=both).code == "NOT_ITS_RECEIVER"
    done(receive(3, leg="leg1_others", items=both))
    assert offered("progress.receive_paper") == []
    stranger.walk(path, ["2024-09-11T09:00:00"])
    assert offered("progress.receive_paper") == []
    city.at("2024-10-15T09:00:00")
    assert offered("progress.receive_paper") == ["office"]
    assert offered("amendments.amend_receipt") == ["office", "department"]
    done(receive(2, leg="leg2_intermediate", items=["performance"]))
    assert offered("progress.receive_paper") == []
    assert city.houses[-1].handler.get(path).status == HTTPStatus.OK


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
