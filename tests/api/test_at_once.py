"""Requests that come at the same time: one effect, and everybody is told what became of theirs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from threading import Barrier, Event
from typing import TYPE_CHECKING
from uuid import uuid4

from domain.account.events import Role
from domain.authority.power import COMPETENT_DEPARTMENT
from domain.separation import HANDLER
from tests.api.filings import PACK, WORD, decide, done, draft, file, filed, opine, passed
from tests.api.test_authority import COUNTY, confirm_withdrawal, the_grant, withdraw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pytest

    from audit.record import Appended, AppendRequest
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House
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


def test_nobody_is_turned_away_in_the_last_hour_while_windows_seats_and_powers_change(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each filing is decided when all that it read has changed, and goes on changing."""
    filers = [(one := world.applicant(world.school), draft(one, world.school)) for _ in range(32)]
    acts = [
        extending(world),
        appointing(world, world.bureau),
        granting_anew(world, world.department, COMPETENT_DEPARTMENT),
        granting_anew(world, world.bureau, "county_hr"),
    ]
    filing = [(one, partial(file, one, path)) for one, path in filers]
    filings, changes = while_all_changes(world, monkeypatch, filing, acts)
    for answers in (filings, *changes):
        assert {(each.status, each.code) for each in answers if each.status != 201} == set()
    queued = done(world.school.handler.get(f"/v1/work-queue?limit=200&{world.everything()}")).body
    assert {path for _, path in filers} <= {f"/v1/cases/{e['case']}" for e in queued["cases"]}


def test_eight_officials_decide_while_their_seats_powers_and_windows_change(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told to come again, and nobody that what they saw is stale: no case has changed."""
    house = world.department
    more, officials = appointing(world, house), []
    for number in range(8):
        path = filed(world.applicant(world.school, f"并行{number}"), world.school)
        passed(path, world.school)
        one = world.account(
            house.administrator, f"并行官{number}", house.organisation, [Role.OFFICIAL]
        )
        done(world.appoint(house, HANDLER, one))
        officials.append((one, path))
    acts = [extending(world), more, granting_anew(world, house, COMPETENT_DEPARTMENT)]
    opining = [(one, partial(opine, one, path)) for one, path in officials]
    opinions, changes = while_all_changes(world, monkeypatch, opining, acts)
    for answers in (opinions, *changes):
        assert {(each.status, each.code) for each in answers if each.status != 201} == set()


def test_of_two_officials_on_one_case_the_later_is_stale_whatever_else_changes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = world.department
    path = filed(world.applicant(world.school, "并行九"), world.school)
    passed(path, world.school)
    other = world.account(house.administrator, "并行他", house.organisation, [Role.OFFICIAL])
    done(world.appoint(house, HANDLER, other))
    acts = [appointing(world, house), granting_anew(world, house, COMPETENT_DEPARTMENT)]
    opining = [(one, partial(opine, one, path)) for one in (house.handler, other)]
    opinions, changes = while_all_changes(world, monkeypatch, opining, acts)
    assert sorted(each.status for each in opinions) == [201, 412]
    assert {each.status for answers in changes for each in answers} == {201}


def while_all_changes(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    acting: Sequence[tuple[Actor, Callable[[], Answer]]],
    acts: Sequence[Callable[[], list[Answer]]],
) -> tuple[list[Answer], list[list[Answer]]]:
    """What came of acts that were decided before all others were done, which then go on."""
    everybody = len(acting) + len(acts)
    decided, changed = Barrier(everybody, timeout=60), Barrier(everybody, timeout=60)
    over, overtaken, accounts = Event(), set[str](), {one.account for one, _ in acting}
    append = world.services.record.append

    def overtaking(request: AppendRequest) -> Appended:
        account = getattr(request.actor, "account", "")
        if account in accounts - overtaken:
            overtaken.add(account)
            decided.wait()
            changed.wait()
        return append(request)

    def meanwhile(act: Callable[[], list[Answer]]) -> list[Answer]:
        decided.wait()
        answers = act()
        changed.wait()
        while not over.is_set():
            answers += act()
        return answers

    for one, _ in acting:
        one.sign_in()
    monkeypatch.setattr(world.services.record, "append", overtaking)
    with ThreadPoolExecutor(everybody) as pool:
        beside = [pool.submit(meanwhile, each) for each in acts]
        answers = [each.result() for each in [pool.submit(act) for _, act in acting]]
        over.set()
        return answers, [each.result() for each in beside]


def extending(world: World) -> Callable[[], list[Answer]]:
    """The bureau's handler proposes to keep the last window open longer."""
    handler = world.bureau.handler
    windows = done(handler.get(f"/v1/policy-packs/{PACK}")).body["windows"]
    window = max(windows, key=lambda each: str(each["closes"]))
    until = (date.fromisoformat(window["closes"]) + timedelta(days=7)).isoformat()
    path = f"/v1/organisations/{world.bureau.organisation}/window-extensions"
    body = {"pack": PACK, "window": window["id"], "until": until, "reason": "系统故障"}
    body |= {"employer": None, "person": None}
    return lambda: [handler.change(path, "", body)]


def appointing(world: World, house: House) -> Callable[[], list[Answer]]:
    """A house has one handler more."""
    roles = [Role.OFFICIAL]

    def appoint() -> list[Answer]:
        one = world.account(house.administrator, "增派", house.organisation, roles)
        return [world.appoint(house, HANDLER, one)]

    return appoint


def granting_anew(world: World, house: House, body: str) -> Callable[[], list[Answer]]:
    """The power by which a house is in the chain is withdrawn; it has another by then."""
    powers: list[str] = [the_grant(world.system, house)]

    def prepare() -> list[Answer]:
        powers.append(world.grant(house.organisation, COUNTY, [body]))
        return [withdraw(world.system, house, powers[0])]

    def withdraw_former() -> list[Answer]:
        return [confirm_withdrawal(world.second, house, powers.pop(0)), *prepare()]

    done(*prepare())
    return withdraw_former
