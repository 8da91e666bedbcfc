"""Recusal over HTTP: the word that every reviewer gives, declared recusal, and applied for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.account.events import Role
from domain.separation import HANDLER, LEADER
from tests.api.filings import WORD, acts_in, decide, done, filed, opine

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.api.world import World

RETURN = {"items": [{"subject": "application", "problem": "请补充。"}]}
RULE = "ND-RECUSAL"


@pytest.fixture
def school(world: World) -> House:
    """A school of its own, whose people no other test misses."""
    above = {
        "superior": world.department.organisation,
        "bureau": world.bureau.organisation,
        "kind": "institution",
        "traits": ["unit.sector=education"],
    }
    house = world.found("回避中学", world.bureau.administrator, **above)
    world.seat(house, HANDLER, LEADER)
    return house


@pytest.fixture
def applicant(world: World, school: House) -> Actor:
    """Somebody who works at the school."""
    return world.applicant(school)


@pytest.fixture
def path(school: House, applicant: Actor) -> str:
    """The case of the applicant, which waits for the school's handler."""
    return filed(applicant, school)


def codes(answer: Answer) -> set[str]:
    """Why an act was refused."""
    assert answer.status == 409, answer.body
    return {each["code"] for each in answer.body["refusals"]}


def recuse(who: Actor, path: str, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """A reviewer of the school recuses themselves."""
    body = {"stage": "employer", "seat": "handler", "ground": "relative", **members}
    return who.change(path, "/recusals", body)


def apply(who: Actor, path: str, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """Somebody wants the school's handler recused."""
    body = {"stage": "employer", "seat": "handler", "ground": "relative", **members}
    return who.change(path, "/recusal-applications", body)


def rule_on(who: Actor, path: str, application: str, *, granted: bool) -> Answer:
    """Somebody decides on an application."""
    body = {"granted": granted, "reason": "经核属实"}
    return who.change(path, f"/recusal-applications/{application}/decisions", body)


def asked(who: Actor, path: str, **members: Any) -> str:  # noqa: ANN401 -- of a request
    """The application that somebody made."""
    done(apply(who, path, **members))
    return waiting(who, path)[-1]


def waiting(who: Actor, path: str) -> list[str]:
    """The applications that wait in a case."""
    return [each["application"] for each in done(who.get(path)).body["recusal_applications"]]


def offered(who: Actor, path: str) -> set[str]:
    """What the case offers somebody."""
    return set(acts_in(done(who.get(path)).body))


def further(world: World, house: House, seat: str, same: Actor | None = None) -> Actor:
    """One more who holds a seat of a house: somebody new, or a second account of the same."""
    name, number = ("某审查人", None) if same is None else (same.name, same.number)
    who = world.account(house.administrator, name, house.organisation, [Role.OFFICIAL], number)
    done(world.appoint(house, seat, who))
    return who


def designate(house: House, path: str, whom: Actor, seat: str = "handler") -> Answer:
    """The house's administrator names who stands in at the school."""
    body = {"stage": "employer", "seat": seat, "account": whom.account, "reason": "回避"}
    return house.administrator.change(path, "/substitutes", body)


# the word


def test_no_opinion_decision_or_return_goes_without_the_word(school: House, path: str) -> None:
    handler, leader = school.handler, school.leader
    seen = done(handler.get(path)).body["version"]
    opinion = {"recommendation": "approve", "opinion": "属实"}
    silent = [
        handler.post(f"{path}/handler-opinions", opinion, version=seen),
        handler.post(f"{path}/returns", RETURN, version=seen),
        leader.post(f"{path}/leader-decisions", {"decision": "approve"}, version=seen),
    ]
    for answer in silent:
        assert answer.status == 422
        assert [each["pointer"] for each in answer.body["errors"]] == ["/no_reason_to_recuse"]
    for lie in (None, "true", 1):
        assert opine(handler, path, no_reason_to_recuse=lie).status == 422


def test_who_does_not_give_it_is_sent_to_declare_recusal(school: House, path: str) -> None:
    handler, leader = school.handler, school.leader
    told = opine(handler, path, no_reason_to_recuse=False)
    assert codes(told) == {"REASON_TO_RECUSE"}
    (refusal,) = told.body["refusals"]
    assert (refusal["pointer"], refusal["rules"]) == ("/no_reason_to_recuse", [RULE])
    assert "自行回避" in refusal["detail"]
    back = handler.change(path, "/returns", {**RETURN, "no_reason_to_recuse": False})
    assert codes(back) == {"REASON_TO_RECUSE"}
    done(opine(handler, path))
    assert codes(decide(leader, path, no_reason_to_recuse=False)) == {"REASON_TO_RECUSE"}
    done(decide(leader, path))
    said = [
        each["fields"]["no_reason_to_recuse"]
        for each in done(leader.get(f"{path}/history")).body["events"]
        if "no_reason_to_recuse" in each["fields"]
    ]
    assert said == [True, True]


# declared


def test_who_declares_recusal_does_nothing_more_in_the_case(school: House, path: str) -> None:
    handler, leader = school.handler, school.leader
    done(opine(handler, path))
    assert "cases.declare_recusal" in offered(handler, path)
    done(recuse(handler, path, words="表兄"))
    refused = opine(handler, path)
    assert codes(refused) == {"RECUSED"}
    assert {each["id"] for each in refused.body["rules"]} == {RULE}
    assert codes(handler.change(path, "/returns", {**RETURN, **WORD})) == {"RECUSED"}
    material = done(handler.get(path)).body["materials"][0]["material"]
    cause = {"cause": "UNREADABLE"}
    assert codes(handler.change(path, f"/materials/{material}/withholdings", cause)) == {"RECUSED"}
    assert codes(recuse(handler, path)) == {"RECUSED"}
    assert not {"cases.give_opinion", "cases.return", "cases.declare_recusal"} & offered(
        handler, path
    )
    done(decide(leader, path))


def test_what_the_recused_did_before_stays_and_is_marked(school: House, path: str) -> None:
    done(opine(school.handler, path))
    done(recuse(school.handler, path))
    events = done(school.leader.get(f"{path}/history")).body["events"]
    marked = [each["topic"] for each in events if each["by_recused"]]
    assert marked == ["case:handler-opinion-given:1", "case:recusal-declared:1"]
    (recused,) = done(school.leader.get(path)).body["recusals"]
    assert (recused["person"], recused["ground"], recused["declared"]) == (
        school.handler.person,
        "relative",
        True,
    )


def test_a_second_account_of_the_recused_does_not_help(
    world: World, school: House, path: str
) -> None:
    handler = school.handler
    office, official = world.department.organisation, [Role.OFFICIAL]
    by = world.department.administrator
    second = world.account(by, handler.name, office, official, handler.number)
    done(recuse(handler, path))
    assert codes(designate(world.department, path, second)) == {"RECUSED"}
    other = further(world, school, "handler")
    body = {"first": handler.person, "second": other.person, "evidence": "人脸比对"}
    link = done(world.bureau.handler.post("/v1/person-links", body)).body["stream"]
    done(world.bureau.leader.change(f"/v1/person-links/{link}", "/confirmations", {}))
    assert codes(opine(other, path)) == {"RECUSED"}


def test_a_substitute_acts_who_is_not_recused(world: World, school: House, path: str) -> None:
    handler = school.handler
    done(recuse(handler, path))
    assert codes(designate(world.department, path, handler)) == {"RECUSED"}
    done(designate(world.department, path, world.department.handler))
    done(opine(world.department.handler, path))


def test_who_stands_in_acts_through_an_officials_account(
    world: World, school: House, applicant: Actor, path: str
) -> None:
    for nobody in (applicant, school.administrator, world.applicant(school)):
        assert "NOT_AN_OFFICIAL" in codes(designate(school, path, nobody))
    body = {"stage": "nowhere", "seat": "handler", "account": school.handler.account}
    answer = school.administrator.change(path, "/substitutes", {**body, "reason": "回避"})
    assert codes(answer) == {"UNKNOWN_STAGE"}


def test_only_who_fills_the_seat_declares_and_only_a_known_ground(
    world: World, school: House, applicant: Actor, path: str
) -> None:
    handler = school.handler
    assert codes(recuse(handler, path, seat="leader")) == {"NOT_IN_SEAT"}
    assert codes(recuse(world.department.handler, path)) == {"NOT_IN_SEAT"}
    assert recuse(applicant, path).status == 403
    assert codes(recuse(handler, path, stage="nowhere")) == {"UNKNOWN_STAGE"}
    assert recuse(handler, path, ground="不熟").status == 422
    assert codes(recuse(handler, path, ground="other")) == {"RECUSAL_WORDS_MISSING"}
    done(recuse(handler, path, ground="其他", words="曾与申报人诉讼"))


# applied for


def test_an_application_stops_the_reviewer_until_it_is_decided(
    world: World, school: House, applicant: Actor, path: str
) -> None:
    handler, leader = school.handler, school.leader
    assert "cases.apply_for_recusal" in offered(applicant, path)
    application = asked(applicant, path, words="前夫")
    assert codes(opine(handler, path)) == {"RECUSAL_PENDING"}
    assert codes(designate(world.department, path, handler)) == {"RECUSAL_PENDING"}
    assert codes(apply(applicant, path)) == {"RECUSAL_APPLIED_FOR"}
    (case,) = (each for each in queue(world, leader) if each["case"] in path)
    assert case["recusal_applications"] == waiting(leader, path)
    (case,) = (each for each in queue(world, handler) if each["case"] in path)
    assert (case["may_act"], case["recusal_applications"]) == (False, [])
    assert "cases.decide_recusal" in offered(leader, path)
    done(rule_on(leader, path, application, granted=False))
    assert codes(rule_on(leader, path, application, granted=True)) == {"RECUSAL_NOT_PENDING"}
    assert [each for each in queue(world, leader) if each["case"] in path] == []
    done(opine(handler, path))
    assert codes(apply(applicant, path)) == {"RECUSAL_REFUSED_BEFORE"}
    done(apply(applicant, path, ground="interest"))


def test_who_is_recused_on_application_does_nothing_more(
    world: World, school: House, applicant: Actor, path: str
) -> None:
    application = asked(applicant, path)
    done(rule_on(school.leader, path, application, granted=True))
    assert codes(opine(school.handler, path)) == {"RECUSED"}
    (recused,) = done(applicant.get(path)).body["recusals"]
    assert recused["declared"] is False
    attempts = done(world.auditor.get(f"/v1/refusals?q=code:RECUSED&{world.everything()}")).body
    assert path.removeprefix("/v1/cases/") in str(attempts)


def test_nobody_decides_on_themselves_nor_the_applicant_nor_a_stranger(
    world: World, school: House, applicant: Actor, path: str
) -> None:
    second = further(world, school, "leader")
    body = {"first": second.person, "second": school.handler.person, "evidence": "人脸比对"}
    application = asked(applicant, path)
    assert codes(rule_on(school.handler, path, application, granted=False)) >= {"OWN_AFFAIR"}
    assert codes(rule_on(school.administrator, path, application, granted=False)) == {"NOT_IN_SEAT"}
    assert codes(rule_on(world.department.leader, path, application, granted=False)) == {
        "NOT_IN_SEAT"
    }
    assert rule_on(applicant, path, application, granted=True).status == 403
    assert rule_on(world.inspector, path, application, granted=True).status == 403
    link = done(world.bureau.handler.post("/v1/person-links", body)).body["stream"]
    done(world.bureau.leader.change(f"/v1/person-links/{link}", "/confirmations", {}))
    assert "OWN_AFFAIR" in codes(rule_on(second, path, application, granted=False))


def test_an_applicant_in_the_leaders_seat_does_not_decide(world: World, school: House) -> None:
    applicant = world.applicant(school)
    path = filed(applicant, school)
    leading = further(world, school, "leader", applicant)
    application = asked(applicant, path)
    assert codes(rule_on(leading, path, application, granted=True)) == {"OWN_AFFAIR"}


def test_the_administrator_or_the_handler_decides_over_the_leader(
    world: World, school: House, applicant: Actor, path: str
) -> None:
    done(opine(school.handler, path))
    application = asked(applicant, path, seat="leader")
    assert codes(decide(school.leader, path)) == {"RECUSAL_PENDING"}
    assert "cases.decide_recusal" in offered(school.administrator, path)
    outside = rule_on(world.department.administrator, path, application, granted=False)
    assert outside.status == 409
    done(rule_on(school.administrator, path, application, granted=False))
    application = asked(world.inspector, path, seat="leader", ground="interest")
    done(rule_on(school.handler, path, application, granted=True))
    assert codes(decide(school.leader, path)) == {"RECUSED"}
    done(designate(world.department, path, world.department.leader, "leader"))
    done(decide(world.department.leader, path))


def test_an_application_names_one_of_several(
    world: World, school: House, applicant: Actor, path: str
) -> None:
    second = further(world, school, "leader")
    several = apply(applicant, path, seat="leader")
    assert codes(several) == {"REVIEWER_NOT_NAMED"}
    assert second.account in several.body["refusals"][0]["detail"]
    assert codes(apply(applicant, path, seat="leader", account="account-1")) == {
        "REVIEWER_NOT_NAMED"
    }
    done(apply(applicant, path, seat="leader", account=second.account))
    done(opine(school.handler, path))
    assert codes(decide(second, path)) == {"RECUSAL_PENDING"}
    done(decide(school.leader, path))


def test_nobody_else_applies(world: World, school: House, applicant: Actor, path: str) -> None:
    other = world.applicant(school)
    body = {"stage": "employer", "seat": "handler", "ground": "relative"}
    stranger = other.post(f"{path}/recusal-applications", body, version=1)
    assert stranger.status == 404
    assert apply(school.leader, path).status == 403
    assert apply(world.auditor, path).status == 403
    assert waiting(applicant, path) == []


def queue(world: World, who: Actor) -> list[dict[str, Any]]:
    """What waits for somebody."""
    rows: list[dict[str, Any]] = done(
        who.get(f"/v1/work-queue?limit=200&{world.everything()}")
    ).body["cases"]
    return rows
