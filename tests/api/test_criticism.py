"""Circular criticism of a unit and of a reviewer: heard first, by two persons of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.account.events import Role
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER
from tests.api.filings import done, filed, passed

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

ISSUED = {"decision": "寻人社通〔2024〕1号", "text": "审查把关不严，予以通报批评。"}


ELSEWHERE = "江西省/赣州市/安远县"


@pytest.fixture(scope="module")
def case(world: World) -> str:
    """A case that the school let pass."""
    path = filed(world.applicant(world.school), world.school)
    passed(path, world.school)
    return path.rsplit("/", 1)[-1]


def propose(world: World, case: str, target: str, about: str) -> Answer:
    body: dict[str, Any] = {
        "target": target,
        "about": about,
        "cases": [case],
        "grounds": "未核对学位证书原件",
    }
    return world.bureau.integrity_handler.post("/v1/criticisms", body)


def officer(world: World, name: str, seat: str) -> Actor:
    """One more of the bureau, under a document of their own, in a seat."""
    house = world.bureau
    who = world.account(house.administrator, name, house.organisation, [Role.OFFICIAL])
    done(world.appoint(house, seat, who))
    return who


def told(world: World, criticism: str) -> None:
    """Let whom it is about know, through the system and for the term of the law."""
    officer = world.bureau.integrity_handler
    done(officer.change(criticism, "/notifications", {}))


def buttons(who: Actor, criticism: str) -> set[str]:
    """What they are offered to do with it."""
    acts = done(who.get(criticism)).body["acts"]
    return {each["operation"].rpartition(".")[2] for each in acts}


def codes(answer: Answer) -> set[str]:
    return {each["code"] for each in answer.body["refusals"]}


def test_of_criticism_whoever_reads_of_none_is_told_of_none(world: World, case: str) -> None:
    body = {"target": "person", "about": world.school.handler.person, "cases": [case]}
    said = {**body, "grounds": "未核对学位证书原件"}
    assert world.applicant(world.school).post("/v1/criticisms", said).code == "NOT_FOUND"


def test_nobody_is_criticised_for_what_they_had_no_part_in(world: World, case: str) -> None:
    school, enterprise = world.school, world.enterprise
    applicant = done(world.auditor.get(f"/v1/cases/{case}")).body["applicant"]
    for target, about in (
        ("person", enterprise.handler.person),
        ("person", applicant),
        ("organisation", enterprise.organisation),
    ):
        answer = propose(world, case, target, about)
        assert {each["pointer"] for each in answer.body["refusals"]} == {"/cases"}
        assert codes(answer) == {"HAD_NO_PART"}
    for each in (school, world.department):
        done(propose(world, case, "organisation", each.organisation))


def test_a_criticism_rests_on_cases_within_the_power_of_who_issues_it(
    world: World, case: str
) -> None:
    """Though whom it is about lies within it."""
    county = world.found("邻县人社局", world.system, affairs=["integrity"], area=ELSEWHERE)
    world.seat(county, INTEGRITY_HANDLER)
    body = {"target": "organisation", "about": county.organisation, "grounds": "把关不严"}
    answer = county.integrity_handler.post("/v1/criticisms", {**body, "cases": [case]})
    assert (answer.status, answer.code) == (403, "WITHOUT_POWER")
    assert answer.body["areas"] == [world.area]


def test_a_reviewer_is_criticised_after_they_were_heard(world: World, case: str) -> None:
    reviewer, leader = world.school.handler, world.bureau.integrity_leader
    proposed = done(propose(world, case, "person", reviewer.person))
    criticism = f"/v1/criticisms/{proposed.body['stream']}"
    officer = world.bureau.integrity_handler
    assert (buttons(leader, criticism), buttons(officer, criticism)) == ({"drop"}, {"notify"})
    told(world, criticism)
    assert buttons(leader, criticism) == {"issue", "drop"}
    assert buttons(officer, criticism) == {"notify", "answer_it"}
    assert buttons(reviewer, criticism) == {"answer_it"}
    by_leader = leader.change(criticism, "/statements", {"statement": "代为转交"})
    assert (by_leader.status, codes(by_leader)) == (409, {"NOT_IN_SEAT"})
    assert codes(leader.change(criticism, "/issues", ISSUED)) == {"NOT_YET_HEARD"}
    done(reviewer.change(criticism, "/statements", {"statement": "当日系统无法查询"}))
    early = world.bureau.integrity_handler.change(criticism, "/issues", ISSUED)
    assert codes(early) == {"NOT_IN_SEAT", "SAME_REVIEWER"}
    issued = done(leader.change(criticism, "/issues", ISSUED))
    assert [each["topic"] for each in issued.body["events"]] == ["criticism:issued:1"]
    last = done(reviewer.get(criticism)).body["events"][-1]["fields"]
    assert (last["decision"], last["text"]) == (ISSUED["decision"], ISSUED["text"])
    assert {"XW-30", "XW-31"} <= set(last["rules"])


def test_a_unit_is_criticised_once_its_term_for_an_answer_is_over(world: World, case: str) -> None:
    proposed = done(propose(world, case, "organisation", world.school.organisation))
    criticism = f"/v1/criticisms/{proposed.body['stream']}"
    told(world, criticism)
    for each in world.people():
        each.sign_in()
    world.inspector.sign_in()
    world.clock.set(world.clock.now() + timedelta(days=8))
    done(world.bureau.integrity_leader.change(criticism, "/issues", ISSUED))
    watched = str(done(world.inspector.get(criticism)).body)
    assert (ISSUED["text"] in watched, ISSUED["decision"] in watched) == (False, True)


def test_others_do_not_learn_of_a_criticism(world: World, case: str) -> None:
    concerned, bureau = world.school.leader, world.bureau
    proposed = done(propose(world, case, "person", concerned.person))
    criticism = f"/v1/criticisms/{proposed.body['stream']}"
    for stranger in (world.school.handler, world.department.leader, bureau.handler, concerned):
        assert stranger.get(criticism).code == "NOT_FOUND"
    told(world, criticism)
    assert done(concerned.get(criticism)).body["events"]
    assert bureau.handler.get(criticism).code == "NOT_FOUND"


def test_nobody_proposes_a_criticism_of_themselves_or_without_the_seat(
    world: World, case: str
) -> None:
    own = world.bureau.integrity_handler.person
    assert codes(propose(world, case, "person", own)) == {"OWN_AFFAIR", "HAD_NO_PART"}
    body = {"target": "person", "about": own, "cases": [case], "grounds": "未核对原件"}
    assert "NOT_IN_SEAT" in codes(world.bureau.handler.post("/v1/criticisms", body))


def test_one_human_under_two_documents_does_not_decide_what_they_proposed(
    world: World, case: str
) -> None:
    bureau = world.bureau
    first, second = bureau.integrity_handler, officer(world, "某甲", INTEGRITY_LEADER)
    pair = {"first": first.person, "second": second.person, "evidence": "照片一致"}
    link = done(bureau.handler.post("/v1/person-links", pair)).body["stream"]
    done(bureau.leader.change(f"/v1/person-links/{link}", "/confirmations", {}))
    proposed = done(propose(world, case, "organisation", world.school.organisation))
    criticism = f"/v1/criticisms/{proposed.body['stream']}"
    dropped = {"decision": "寻人社通〔2024〕9号", "reason": "情节轻微"}
    assert "SAME_REVIEWER" in codes(second.change(criticism, "/drops", dropped))
    assert buttons(second, criticism) == set()
    done(bureau.integrity_leader.change(criticism, "/drops", dropped))


def test_a_criticism_that_was_dropped_is_over(world: World, case: str) -> None:
    proposed = done(propose(world, case, "person", world.school.leader.person))
    criticism = f"/v1/criticisms/{proposed.body['stream']}"
    leader = world.bureau.integrity_leader
    done(
        leader.change(criticism, "/drops", {"decision": "寻人社通〔2024〕2号", "reason": "已核实"})
    )
    assert codes(leader.change(criticism, "/issues", ISSUED)) == {"CRITICISM_ENDED"}
