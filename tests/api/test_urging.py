"""Nobody loses a case to somebody else's delay: who does nothing is told so, then the office above.

October 2024 in the invented county.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.jobs.timekeeper import keep_time, urge_who_does_nothing
from tests.api.filings import WORD, done, filed, opine

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World


def told(world: World) -> int:
    """How many were told when the timekeeper looked that day."""
    world.catch_up()
    with world.services.views.connection() as connection:
        count = urge_who_does_nothing(world.services, connection)
    world.catch_up()
    return count


def urgings(by: Actor, path: str) -> list[dict[str, Any]]:
    """What was told of a case, as its history shows it."""
    events = done(by.get(f"{path}/history")).body["events"]
    return [each["fields"] for each in events if each["topic"] == "case:urged:1"]


def turn(by: Actor, path: str) -> dict[str, Any]:
    """Whose turn it is, as its duties show it."""
    shown: dict[str, Any] = done(by.get(f"{path}/duties")).body["turn"]
    return shown


def test_whose_turn_it_is_is_told_and_then_the_office_above(world: World) -> None:
    applicant, school = world.applicant(world.school), world.school
    world.at("2024-10-15T09:00:00")
    path = filed(applicant, school)
    assert turn(applicant, path) | {"due_on": None} == {
        "stage": "employer",
        "seat": "handler",
        "organisation": school.organisation,
        "since": "2024-10-15",
        "due_on": None,
        "urged": False,
        "told_above": False,
    }
    world.at("2024-10-22T09:00:00")
    told(world)
    assert urgings(applicant, path) == []
    world.at("2024-10-23T09:00:00")
    assert told(world) >= 1
    assert told(world) == 0
    (first,) = urgings(applicant, path)
    assert (first["seat"], first["since"], first["above"]) == ("handler", "2024-10-15", None)
    assert first["rules"] == ["ND-TERM-URGING"]
    assert turn(applicant, path)["urged"]
    waiting = done(school.handler.get("/v1/work-queue")).body["cases"]
    here = path.removeprefix("/v1/cases/")
    assert {e["case"]: e["urged_on"] for e in waiting}[here] == "2024-10-23"

    world.at("2024-10-30T09:00:00")
    assert told(world) >= 1
    _, second = urgings(applicant, path)
    department = world.department
    assert second["above"] == department.organisation
    assert turn(applicant, path)["told_above"]
    aged = done(department.leader.get("/v1/ageing-report")).body["cases"]
    assert {e["case"]: e["urged_above"] for e in aged}[here] == department.organisation
    done(opine(school.handler, path))
    assert turn(applicant, path)["seat"] == "leader"
    assert not turn(applicant, path)["urged"]


def test_an_applicant_is_told_before_a_returned_case_lapses(world: World) -> None:
    applicant = world.applicant(world.school)
    world.at("2024-11-01T09:00:00")
    path = filed(applicant, world.school)
    item = {"subject": "degree", "problem": "扫描件不清晰", "rules": ["XW-28"]}
    body = {"items": [item], "due_on": "2024-11-15", "resume_stage": None, **WORD}
    done(world.school.handler.change(path, "/returns", body))
    world.at("2024-11-07T09:00:00")
    told(world)
    assert urgings(applicant, path) == []
    assert turn(applicant, path)["due_on"] == "2024-11-15"
    world.at("2024-11-08T09:00:00")
    told(world)
    (before,) = urgings(applicant, path)
    assert (before["seat"], before["due_on"], before["above"]) == ("applicant", "2024-11-15", None)
    world.at("2024-11-14T09:00:00")
    told(world)
    assert len(urgings(applicant, path)) == 1
    world.at("2024-11-16T09:00:00")
    with world.services.views.connection() as connection:
        keep_time(world.services, connection)
    assert done(applicant.get(path)).body["standing"]["phase"] == "lapsed"
