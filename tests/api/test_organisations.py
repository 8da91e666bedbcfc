"""Organisations and their seats, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.account.events import Role
from domain.beijing import BEIJING, day
from domain.separation import HANDLER, LEADER
from tests.api.client import Client
from tests.api.filings import acts_in, done
from tests.api.world import COUNTY

if TYPE_CHECKING:
    from tests.api.world import World

BODY = {
    "name": "某中学",
    "kind": "institution",
    "ownership": "state",
    "level": "county",
    "area": COUNTY,
}


def test_an_answer_tells_where_its_events_stand_and_what_is_next(world: World) -> None:
    answer = world.system.post("/v1/organisations", BODY)
    (event,) = answer.body["events"]
    assert answer.status == 201
    assert answer.headers["ETag"] == '"v1"'
    assert answer.headers["Location"] == answer.body["links"]["self"]
    assert event["topic"] == "organisation:registered:1"
    assert event["position"] == answer.body["position"]
    assert acts_in(answer.body) == [
        "organisations.rename",
        "organisations.place",
        "organisations.merge",
        "organisations.close",
        "organisations.describe",
        "organisations.correct_code",
        "accounts.open",
    ]


def test_an_organisation_is_registered_by_one_above_it_and_by_no_other(world: World) -> None:
    body = {**BODY, "bureau": world.bureau.organisation}
    assert world.bureau.administrator.post("/v1/organisations", body).status == 201
    refused = world.school.administrator.post("/v1/organisations", body)
    assert (refused.status, refused.code) == (403, "FORBIDDEN")


def test_an_organisation_above_must_exist(world: World) -> None:
    nowhere = "organisation-0192f0a0-0000-7000-8000-000000000000"
    answer = world.system.post("/v1/organisations", {**BODY, "superior": nowhere})
    assert (answer.status, answer.code) == (422, "UPPER_ORGANISATION_UNKNOWN")


def test_every_field_that_is_wrong_is_named_at_once(world: World) -> None:
    answer = world.system.post("/v1/organisations", {**BODY, "kind": "club", "level": "moon"})
    assert answer.status == 422
    assert {each["pointer"] for each in answer.body["errors"]} == {"/kind", "/level"}


def test_an_organisation_is_read_by_its_own_people_and_those_above(world: World) -> None:
    path = f"/v1/organisations/{world.school.organisation}"
    for reader in (world.school.handler, world.bureau.handler, world.auditor, world.system):
        answer = reader.get(path)
        assert (answer.status, answer.body["name"]) == (200, "县第三中学")
    assert world.enterprise.handler.get(path).code == "NOT_FOUND"
    assert Client(world.address).get(path).code == "SIGN_IN_REQUIRED"


def test_a_list_holds_what_its_reader_may_read_page_by_page(world: World) -> None:
    everything = world.auditor.get("/v1/organisations?limit=200").body["organisations"]
    own = world.school.handler.get("/v1/organisations").body["organisations"]
    assert {world.school.organisation, world.bureau.organisation} <= {
        row["organisation"] for row in everything
    }
    assert [row["organisation"] for row in own] == [world.school.organisation]
    first = world.auditor.get("/v1/organisations?limit=1")
    following = first.headers["Link"].split(">")[0][1:]
    second = world.auditor.get(following)
    assert [*first.body["organisations"], *second.body["organisations"]] == everything[:2]


def test_handler_and_leader_of_one_organisation_are_different_people(world: World) -> None:
    answer = world.appoint(world.school, LEADER, world.school.handler)
    assert (answer.status, answer.code) == (409, "SAME_REVIEWER")
    assert "XW-23" in {rule["id"] for rule in answer.body["rules"]}
    assert answer.body["position"] > 0


def test_a_second_account_does_not_make_a_second_person(world: World) -> None:
    handler = world.school.handler
    second = world.account(
        world.school.administrator,
        handler.name,
        world.school.organisation,
        [Role.OFFICIAL],
        handler.number,
    )
    assert second.person == handler.person
    assert second.account != handler.account
    assert world.appoint(world.school, LEADER, second).code == "SAME_REVIEWER"


def test_a_refused_appointment_sent_again_is_answered_from_the_record(world: World) -> None:
    administrator = world.school.administrator
    path = f"/v1/organisations/{world.school.organisation}/appointments"
    version = int(administrator.get(path).headers["ETag"][2:-1])
    body = {"seat": LEADER, "account": world.school.handler.account}
    answers = [administrator.post(path, body, version=version, key="once") for _ in range(2)]
    first, again = answers
    assert (first.status, again.status) == (409, 409)
    assert first.body["position"] == again.body["position"]
    assert first.headers["Idempotent-Replayed"] is None
    assert again.headers["Idempotent-Replayed"] == "true"


def test_whoever_saw_an_older_version_is_told_so(world: World) -> None:
    path = f"/v1/organisations/{world.school.organisation}/appointments"
    body = {"seat": LEADER, "account": world.school.handler.account}
    administrator = world.school.administrator
    assert administrator.post(path, body, version=1).code == "STALE"
    assert administrator.post(path, body).code == "IF_MATCH_REQUIRED"


def test_a_leader_is_replaced_and_the_day_before_still_knows_the_old_one(world: World) -> None:
    house = world.found("某单位", world.system)
    world.seat(house, HANDLER, LEADER)
    path = f"/v1/organisations/{house.organisation}"
    before = house.administrator.get(path).body["appointments"]
    old = next(each for each in before if each["seat"] == LEADER)
    then = world.clock.now()
    world.clock.set(then + timedelta(days=1))
    new = world.account(house.administrator, "新领导", house.organisation, [Role.OFFICIAL])
    answer = world.appoint(house, LEADER, new, replaces=old["appointment"], reason="调整")
    assert [each["topic"] for each in answer.body["events"]] == [
        "seats:appointment-closed:1",
        "seats:appointment-opened:1",
    ]
    query = f"effective_at={{}}&{world.shown(answer)}"
    days = {
        day: {
            each["account"]
            for each in house.administrator.get(f"{path}/appointments?{query.format(day)}").body[
                "appointments"
            ]
            if each["seat"] == LEADER
        }
        for day in ("2024-10-15", "2024-10-16")
    }
    assert days == {"2024-10-15": {old["account"]}, "2024-10-16": {new.account}}


def test_an_appointment_is_ended_once(world: World) -> None:
    house = world.found("另一单位", world.system)
    world.seat(house, HANDLER)
    path = f"/v1/organisations/{house.organisation}"
    (held,) = house.administrator.get(path).body["appointments"]
    act = f"/{held['appointment']}/closures"
    seats = f"{path}/appointments"
    assert house.administrator.change(seats, act, {"reason": "调离"}).status == 201
    answer = house.administrator.change(seats, act, {"reason": "调离"})
    assert (answer.status, answer.code) == (409, "NO_SUCH_APPOINTMENT")


def test_an_appointment_ends_on_its_day_and_not_before(world: World) -> None:
    house = world.found("另一单位", world.system)
    world.seat(house, HANDLER)
    path = f"/v1/organisations/{house.organisation}"
    (held,) = house.administrator.get(path).body["appointments"]
    tomorrow = (world.clock.now() + timedelta(days=1)).astimezone(BEIJING).date()
    body = {"reason": "调离", "effective_on": tomorrow.isoformat()}
    house.administrator.change(f"{path}/appointments", f"/{held['appointment']}/closures", body)
    (still,) = house.administrator.get(path).body["appointments"]
    assert still["ends_on"] == tomorrow.isoformat()
    world.clock.set(world.clock.now() + timedelta(days=1))
    assert house.administrator.get(path).body["appointments"] == []


@pytest.mark.parametrize(
    ("level", "area", "code", "told"),
    [
        ("city", "益阳市", "AREA_LEVEL", "湖南省/益阳市"),
        ("city", COUNTY, "AREA_LEVEL", "江西省/赣州市"),
        ("county", "江西省/赣州市", "AREA_LEVEL", COUNTY),
        ("province", "湖南省/益阳市", "AREA_LEVEL", "湖南省"),
        ("county", "浙江省/湖州市/德青县", "AREA_UNKNOWN", "浙江省/湖州市/德清县"),
        ("county", "浙江省/湖州市/市直", "AREA_UNKNOWN", "浙江省/湖州市/南太湖新区"),
    ],
)
def test_an_area_is_one_that_there_is_at_the_level_of_the_organisation(
    world: World, level: str, area: str, code: str, told: str
) -> None:
    body = {**BODY, "level": level, "area": area}
    refused = world.system.post("/v1/organisations", body)
    assert (refused.status, refused.code) == (409, code)
    assert refused.body["refusals"][0]["pointer"] == "/area"
    assert told in refused.body["detail"]
    school = world.found("某某校", world.system)
    place = {
        "level": level,
        "area": area,
        "superior": None,
        "bureau": None,
        "effective_on": day(world.clock.now()).isoformat(),
        "document": "寻编〔2024〕3号",
    }
    moved = world.system.change(f"/v1/organisations/{school.organisation}", "/placings", place)
    assert (moved.status, moved.code) == (409, code)


def test_a_place_that_no_pack_knows_is_the_system_administrators_to_name(world: World) -> None:
    elsewhere = {**BODY, "area": "江西省/赣州市/邻县", "bureau": world.bureau.organisation}
    refused = world.bureau.administrator.post("/v1/organisations", elsewhere)
    assert (refused.status, refused.code) == (403, "WITHOUT_POWER")
    world.grant(world.bureau.organisation, "江西省/赣州市", affairs=["registry"])
    refused = world.bureau.administrator.post("/v1/organisations", elsewhere)
    assert (refused.status, refused.code) == (409, "AREA_UNKNOWN")
    city = world.found("邻市人社局", world.system, area="江西省/邻市", affairs=["registry"])
    beneath = {**BODY, "area": "江西省/邻市/某县", "bureau": city.organisation}
    assert city.administrator.post("/v1/organisations", beneath).status == 201


def test_the_areas_of_a_locality_are_read_in_its_pack(world: World) -> None:
    pack = done(world.system.get("/v1/policy-packs/huzhou-2024")).body
    areas = {each["id"]: each["rules"] for each in pack["areas"]}
    assert areas["南太湖新区"] == ["HZ-47"]
    assert set(areas) == {"吴兴区", "南浔区", "德清县", "长兴县", "安吉县", "南太湖新区"}
