"""Two persons at every stage, and never one's own case: October 2024 at five schools."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from domain.account.events import Role
from domain.separation import HANDLER, LEADER
from tests.api.actor import Actor
from tests.api.client import Answer
from tests.api.filings import decide, done, filed, opine
from tests.api.society import House
from tests.stories.acting import codes, rules, topics

if TYPE_CHECKING:
    from tests.api.world import World


@dataclass
class Told:
    """Each school with its case by a name, and what was answered on the way."""

    houses: dict[str, House] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)


def school(world: World, told: Told, name: str, *seats: str) -> House:
    """A school of its own, so that nobody's appointment is another story's."""
    house = world.found(
        f"某{name}学校",
        world.bureau.administrator,
        kind="institution",
        traits=["unit.sector=education"],
        superior=world.department.organisation,
        bureau=world.bureau.organisation,
    )
    world.seat(house, *(seats or (HANDLER, LEADER)))
    told.houses[name] = house
    return house


def official(world: World, house: House, name: str, number: str | None = None) -> Actor:
    """Somebody of the house who may be appointed to a seat."""
    by = house.administrator
    return world.account(by, name, house.organisation, [Role.OFFICIAL], number)


def held(house: House, seat: str) -> str:
    """The open appointment to a seat."""
    path = f"/v1/organisations/{house.organisation}"
    open_ones = done(house.administrator.get(path)).body["appointments"]
    return str(next(each["appointment"] for each in open_ones if each["seat"] == seat))


def on_15_october(world: World, told: Told) -> None:
    """Cases are filed; one handler handles, one wants to handle his own."""
    own = school(world, told, "经办人申报")
    handler = own.handler
    applicant = world.applicant(own, handler.name, handler.number)
    told.paths["own"] = filed(applicant, own)
    told.answers["own case"] = opine(handler, told.paths["own"])

    led = school(world, told, "领导申报")
    leader = led.leader
    applicant = world.applicant(led, leader.name, leader.number)
    told.paths["led"] = filed(applicant, led)
    done(opine(led.handler, told.paths["led"]))
    told.people["deputy"] = official(world, led, "某副职")

    changed = school(world, told, "人员调整")
    told.paths["changed"] = filed(world.applicant(changed), changed)
    done(opine(changed.handler, told.paths["changed"]))
    told.people["newcomer"] = official(world, changed, "某新经办人")

    unread = school(world, told, "未经经办")
    told.paths["unread"] = filed(world.applicant(unread), unread)

    above = school(world, told, "上下两级", LEADER)
    clerk = official(world, above, "某两处任职者")
    done(world.appoint(above, HANDLER, clerk))
    above.seated[HANDLER] = clerk
    told.paths["above"] = filed(world.applicant(above), above)
    done(opine(clerk, told.paths["above"]))
    done(decide(above.leader, told.paths["above"]))


def on_20_october(world: World, told: Told) -> None:
    """A deputy stands in for the leader who applies; a handler becomes the leader."""
    led, changed = told.houses["领导申报"], told.houses["人员调整"]
    body = {
        "stage": "employer",
        "seat": "leader",
        "account": told.people["deputy"].account,
        "reason": "领导系申报人本人，依规回避。",
    }
    done(led.administrator.change(told.paths["led"], "/substitutes", body))
    handler, leader = held(changed, HANDLER), held(changed, LEADER)
    path = f"/v1/organisations/{changed.organisation}/appointments"
    done(changed.administrator.change(path, f"/{handler}/closures", {"reason": "升"}))
    became: dict[str, Any] = {"replaces": leader, "reason": "调整"}
    done(world.appoint(changed, LEADER, changed.handler, **became))
    done(world.appoint(changed, HANDLER, told.people["newcomer"]))


def on_22_october(world: World, told: Told) -> None:
    """Leaders decide, and one person acts at a second level."""
    told.answers["own leader"] = decide(told.houses["领导申报"].leader, told.paths["led"])
    told.answers["deputy"] = decide(told.people["deputy"], told.paths["led"])
    told.answers["both seats"] = decide(told.houses["人员调整"].handler, told.paths["changed"])
    told.answers["unread"] = decide(told.houses["未经经办"].leader, told.paths["unread"])

    clerk = told.houses["上下两级"].handler
    again = official(world, world.department, clerk.name, clerk.number)
    department = f"/v1/organisations/{world.department.organisation}/appointments"
    seat = held(world.department, LEADER)
    done(world.department.administrator.change(department, f"/{seat}/closures", {"reason": "借调"}))
    done(world.appoint(world.department, LEADER, again))
    done(opine(world.department.handler, told.paths["above"]))
    told.answers["two levels"] = decide(again, told.paths["above"])


@pytest.fixture(scope="module")
def told(world: World) -> Told:
    """The story from 15 to 22 October 2024."""
    told = Told()
    on_15_october(world, told)
    world.at("2024-10-20T09:00:00")
    on_20_october(world, told)
    world.at("2024-10-22T09:00:00")
    on_22_october(world, told)
    return told


def verdicts(world: World, path: str) -> dict[str, tuple[str, bool]]:
    """The verdict of each stage, and whether somebody acted at two levels."""
    shown = done(world.auditor.get(f"{path}/separation?{world.everything()}")).body["stages"]
    return {each["stage"]: (each["verdict"], each["cross_level"]) for each in shown}


def attempts(world: World, path: str) -> list[tuple[str, list[str]]]:
    """What was refused for separation in a case and put on record: the act, and why."""
    asked = f"kind:separation+case:{path.rsplit('/', 1)[-1]}"
    query = f"q={asked}&{world.everything()}"
    listed = done(world.auditor.get(f"/v1/refusals?{query}")).body["refusals"]
    return [(each["act"], each["codes"]) for each in listed]


@pytest.mark.story("XW-E15")
def test_an_applicant_who_is_the_units_handler_does_not_handle_their_own(
    world: World, told: Told
) -> None:
    refused = told.answers["own case"]
    assert (codes(refused), rules(refused)) == (["SELF_REVIEW"], {"XW-25"})
    assert attempts(world, told.paths["own"]) == [("review", ["SELF_REVIEW"])]


@pytest.mark.story("XW-E16")
def test_a_substitute_decides_where_the_leader_is_the_applicant(world: World, told: Told) -> None:
    assert "SELF_REVIEW" in codes(told.answers["own leader"])
    assert "case:forwarded:1" in topics(told.answers["deputy"])
    assert verdicts(world, told.paths["led"])["employer"] == ("DIFFERENT", False)
    trail = done(world.auditor.get(f"{told.paths['led']}/separation")).body["stages"]
    (led,) = (a for each in trail for a in each["acts"] if a["seat"] == LEADER)
    assert (led["person"], led["substitute"]) == (told.people["deputy"].person, True)


@pytest.mark.story("XW-E17")
def test_who_handled_a_case_does_not_decide_it_as_the_new_leader(world: World, told: Told) -> None:
    refused = told.answers["both seats"]
    assert (codes(refused), rules(refused)) == (["SAME_REVIEWER"], {"XW-23"})
    assert attempts(world, told.paths["changed"]) == [("review", ["SAME_REVIEWER"])]
    assert verdicts(world, told.paths["changed"])["employer"][0] == "OPEN"


@pytest.mark.story("XW-E18")
def test_a_leader_does_not_decide_what_no_handler_has_reviewed(world: World, told: Told) -> None:
    refused = told.answers["unread"]
    assert (codes(refused), rules(refused)) == (["HANDLER_FIRST"], {"XW-22", "XW-23"})
    assert verdicts(world, told.paths["unread"])["employer"] == ("OPEN", False)


@pytest.mark.story("XW-E27")
def test_one_person_at_two_levels_is_allowed_and_marked(world: World, told: Told) -> None:
    assert "case:forwarded:1" in topics(told.answers["two levels"])
    found = verdicts(world, told.paths["above"])
    assert (found["employer"][0], found["department"][0]) == ("DIFFERENT", "DIFFERENT")
    assert found["department"][1] or found["employer"][1]
    path = f"/v1/separation-findings?verdict=CROSS_LEVEL&{world.everything()}"
    crossing = done(world.auditor.get(path)).body["findings"]
    case = told.paths["above"].rsplit("/", 1)[-1]
    assert case in {each["case"] for each in crossing}
