"""How long cases wait, and one decision on many of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.filings import WORD, done, filed, opine

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World


def decide_all(world: World, paths: list[str], key: str | None = None) -> Answer:
    """The school's leader approves them all."""
    leader = world.school.leader
    seen = [done(leader.get(path)).body for path in paths]
    cases = [{"case": each["case"], "version": each["version"]} for each in seen]
    body = {"decision": "approve", "reasons": [], "opinion": None, "cases": cases, **WORD}
    return leader.post("/v1/bulk-decisions", body, key=key)


def waiting_for_the_leader(world: World) -> str:
    path = filed(world.applicant(world.school), world.school)
    done(opine(world.school.handler, path))
    return path


def test_the_bureau_sees_what_waits_beneath_it(world: World) -> None:
    path = filed(world.applicant(world.school), world.school)
    report = shown(world.bureau.handler, path)
    assert path.rpartition("/")[2] in {each["case"] for each in report["cases"]}


def test_an_applicant_reads_no_report(world: World) -> None:
    assert world.applicant(world.school).get("/v1/ageing-report").status == 403


def test_many_cases_are_decided_by_an_event_each(world: World) -> None:
    paths = [waiting_for_the_leader(world) for _ in range(2)]
    outcomes = decide_all(world, paths).body["outcomes"]
    assert [each["recorded"] for each in outcomes] == [True, True]
    assert len({each["position"] for each in outcomes}) == 2
    stages = [world.school.leader.get(path).body["standing"]["stage"] for path in paths]
    assert stages == ["department", "department"]


def test_one_refusal_does_not_hold_up_the_others(world: World) -> None:
    early = filed(world.applicant(world.school), world.school)
    ready = waiting_for_the_leader(world)
    first, second = decide_all(world, [early, ready]).body["outcomes"]
    assert (first["recorded"], first["codes"]) == (False, ["HANDLER_FIRST"])
    assert second["recorded"] is True


def test_sent_again_under_the_same_key_nothing_is_decided_twice(world: World) -> None:
    path = waiting_for_the_leader(world)
    leader, key = world.school.leader, str(uuid4())
    seen = done(leader.get(path)).body
    cases = [{"case": seen["case"], "version": seen["version"]}]
    body = {"decision": "approve", "reasons": [], "opinion": None, "cases": cases, **WORD}
    first = leader.post("/v1/bulk-decisions", body, key=key)
    again = leader.post("/v1/bulk-decisions", body, key=key)
    assert first.body == again.body


def test_a_case_ages_at_its_stage(world: World) -> None:
    path = filed(world.applicant(world.school), world.school)
    assert row(world, path)["aged"] is False
    world.clock.set(world.clock.now() + timedelta(days=15))
    aged = row(world, path)
    assert (aged["days"], aged["ageing_days"], aged["aged"]) == (15, 15, True)
    assert (aged["stage"], aged["seat"]) == ("employer", "handler")


def row(world: World, path: str) -> dict[str, Any]:
    report = shown(world.school.handler, path)
    return next(each for each in report["cases"] if path.endswith(each["case"]))


def shown(official: Actor, path: str) -> dict[str, Any]:
    """The report in which everything of the case can be seen."""
    last = done(official.get(f"{path}/history")).body["events"][-1]["position"]
    query = f"limit=200&wait_for={last}"
    return dict(done(official.get(f"/v1/ageing-report?{query}")).body)
