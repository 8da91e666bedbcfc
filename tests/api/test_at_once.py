"""Requests that come at the same time: one effect, and everybody is told what became of theirs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from domain.account.events import Role
from domain.separation import HANDLER
from tests.api.filings import PACK, WORD, decide, done, draft, file, filed, opine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World


def at_once(*acts: Callable[[], Answer]) -> list[Answer]:
    """What came of acts that were begun together."""
    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(act) for act in acts]]


def test_of_two_decisions_at_once_one_wins_and_the_other_is_stale(world: World) -> None:
    path = filed(world.applicant(world.school, "同时甲"), world.school)
    done(opine(world.school.handler, path))
    leader = world.school.leader
    seen = done(leader.get(path)).body["version"]
    body: dict[str, object] = {"decision": "approve", "reasons": [], "opinion": None, **WORD}

    def approve() -> Answer:
        return leader.post(f"{path}/leader-decisions", body, version=seen)

    answers = at_once(approve, approve)
    assert sorted(each.status for each in answers) == [201, 412]
    history = done(leader.get(f"{path}/history")).body["events"]
    assert [each["topic"] for each in history].count("case:leader-approved:1") == 1


def test_who_decides_on_what_has_gone_on_is_told_that_it_went_on(world: World) -> None:
    path = filed(world.applicant(world.school, "同时丙"), world.school)
    done(opine(world.school.handler, path))
    leader = world.school.leader
    seen = done(leader.get(path)).body["version"]
    body: dict[str, object] = {"decision": "approve", "reasons": [], "opinion": None, **WORD}
    done(leader.post(f"{path}/leader-decisions", body, version=seen))
    late = leader.post(f"{path}/leader-decisions", body, version=seen)
    assert (late.status, late.code) == (412, "STALE")
    now = done(leader.get(path)).body["version"]
    again = leader.post(f"{path}/leader-decisions", body, version=now)
    assert (again.status, again.code) == (403, "FORBIDDEN")


def test_the_same_request_sent_twenty_times_at_once_has_one_effect(world: World) -> None:
    path = filed(world.applicant(world.school, "同时乙"), world.school)
    done(opine(world.school.handler, path))
    leader = world.school.leader
    seen = done(leader.get(path)).body["version"]
    body: dict[str, object] = {"decision": "approve", "reasons": [], "opinion": None, **WORD}
    key = uuid4().hex

    def approve() -> Answer:
        return leader.post(f"{path}/leader-decisions", body, version=seen, key=key)

    answers = at_once(*[approve] * 20)
    assert {each.status for each in answers} == {201}
    assert len({each.body["position"] for each in answers}) == 1
    replayed = [each for each in answers if each.headers["Idempotent-Replayed"] == "true"]
    assert len(replayed) == 19


def test_of_two_cases_of_one_person_filed_at_once_one_is_under_way(world: World) -> None:
    person = world.applicant(world.school, "同时丙")
    paths = [draft(person, world.school), draft(person, world.school)]
    answers = at_once(*[lambda path=path: submit(person, path) for path in paths])
    assert sorted(each.status for each in answers) == [201, 409]
    refused = next(each for each in answers if each.status == 409)
    assert refused.code == "OPEN_CASE"


def submit(person: Actor, path: str) -> Answer:
    declared = {"declared_truthful": True, "declared_unclassified": True}
    return person.change(path, "/submissions", declared)


def test_a_decision_of_the_next_stage_waits_for_nobody(world: World) -> None:
    path = filed(world.applicant(world.school, "同时丁"), world.school)
    done(opine(world.school.handler, path))
    done(decide(world.school.leader, path))
    assert done(world.department.handler.get(path)).body["standing"]["seat"] == "handler"


def test_nobody_is_turned_away_in_the_last_hour_while_windows_and_seats_change(
    world: World,
) -> None:
    """What a bureau does beside it delays a filing by nothing that its applicant would see."""
    filers = [(one := world.applicant(world.school), draft(one, world.school)) for _ in range(16)]
    closed = done(world.bureau.handler.get(f"/v1/policy-packs/{PACK}")).body["windows"]
    window = max(closed, key=lambda each: str(each["closes"]))
    until = (date.fromisoformat(window["closes"]) + timedelta(days=7)).isoformat()
    office = f"/v1/organisations/{world.bureau.organisation}"
    for one, _ in filers:
        one.sign_in()

    def extend() -> list[Answer]:
        body = {"pack": PACK, "window": window["id"], "until": until, "reason": "系统故障"}
        by = world.bureau.handler
        return [by.change(f"{office}/window-extensions", "", body) for _ in range(12)]

    def appoint() -> list[Answer]:
        officials = [
            world.account(
                world.bureau.administrator, "增派", world.bureau.organisation, [Role.OFFICIAL]
            )
            for _ in range(4)
        ]
        return [world.appoint(world.bureau, HANDLER, each) for each in officials]

    with ThreadPoolExecutor(len(filers) + 2) as pool:
        beside = [pool.submit(extend), pool.submit(appoint)]
        answers = [each.result() for each in [pool.submit(file, *one) for one in filers]]
        changes = [answer for each in beside for answer in each.result()]
    assert {each.status for each in answers} == {201}, [each.code for each in answers]
    assert {each.status for each in changes} == {201}, [each.code for each in changes]
