"""Who reads the files of a case, and its words, in clear: who needs it for what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.account.events import Role
from tests.api.filings import done, filed, passed

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World

MASKED = "（已脱敏）"
SUSPICION = {"suspicion": "学位证书疑似伪造"}


class Case:
    """One case, and who reads a file of it."""

    def __init__(self, world: World) -> None:
        self.applicant = world.applicant(world.school)
        self.path = filed(self.applicant, world.school)
        shown = done(self.applicant.get(self.path)).body
        self.content = f"{self.path}/materials/{shown['materials'][0]['material']}/content"

    def read_by(self, who: Actor, **headers: str) -> bool:
        """Whether somebody who may know of the case reads a file of it, and so its words."""
        answer = who.get(self.content, **headers)
        assert answer.status in (200, 403), answer.body
        seen = done(who.get(self.path, **headers)).body
        told = done(who.get(f"{self.path}/history", **headers)).body
        clear = answer.status == 200
        assert seen["redacted"] is told["redacted"] is not clear
        assert (MASKED in str(told)) is not clear
        return clear


@pytest.fixture
def case(world: World) -> Case:
    """A case that waits for the employer."""
    return Case(world)


def readers(world: World, case: Case) -> set[str]:
    """Those of everybody through whose house the case passes who read its files."""
    houses = {"school": world.school, "department": world.department, "bureau": world.bureau}
    people = {
        f"{seat} of the {name}": holder
        for name, house in houses.items()
        for seat, holder in house.seated.items()
    }
    return {name for name, who in people.items() if case.read_by(who)}


def of(*houses: str) -> set[str]:
    return {f"{seat} of the {house}" for house in houses for seat in ("handler", "leader")}


def test_a_file_is_read_at_the_stages_at_which_the_case_is_or_was(world: World, case: Case) -> None:
    assert readers(world, case) == of("school")
    passed(case.path, world.school)
    assert readers(world, case) == of("school", "department")
    passed(case.path, world.department)
    assert readers(world, case) == of("school", "department", "bureau")


def test_nobody_reads_it_who_holds_no_seat_there(world: World, case: Case) -> None:
    school = world.school
    clerk = world.account(school.administrator, "无岗者", school.organisation, [Role.OFFICIAL])
    assert not case.read_by(clerk)
    assert school.administrator.get(case.content).code == "FORBIDDEN"
    assert done(school.administrator.get(case.path)).body["redacted"]
    done(world.appoint(school, "handler", clerk))
    assert case.read_by(clerk)
    seats = f"/v1/organisations/{school.organisation}/appointments"
    held = done(school.administrator.get(f"{seats}?{world.everything()}")).body["appointments"]
    (seat,) = (each["appointment"] for each in held if each["account"] == clerk.account)
    done(school.administrator.change(seats, f"/{seat}/closures", {"reason": "调离"}))
    assert not case.read_by(clerk)


def test_who_stands_in_reads_it_and_who_is_recused_does_not(world: World, case: Case) -> None:
    school, department = world.school, world.department
    clerk = world.account(school.administrator, "代行者", school.organisation, [Role.OFFICIAL])
    named = {"stage": "employer", "seat": "handler", "account": clerk.account, "reason": "回避"}
    done(school.administrator.change(case.path, "/substitutes", named))
    assert case.read_by(clerk)
    ground = {"stage": "employer", "seat": "handler", "ground": "relative"}
    done(school.handler.change(case.path, "/recusals", ground))
    assert not case.read_by(school.handler)
    assert case.read_by(school.leader)
    assert not case.read_by(department.leader)


def test_who_investigates_reads_it_as_long_as_they_do(world: World, case: Case) -> None:
    bureau = world.bureau
    officers = (bureau.integrity_handler, bureau.integrity_leader)
    assert not any(case.read_by(each) for each in officers)
    opened = done(bureau.integrity_handler.change(case.path, "/investigations", SUSPICION))
    assert all(case.read_by(each) for each in officers)
    path = f"/v1/investigations/{opened.body['stream']}"
    done(
        bureau.integrity_leader.change(
            path, "/closures", {"decision": "某发〔2024〕1号", "reason": "查否"}
        )
    )
    assert not any(case.read_by(each) for each in officers)


def test_who_watches_says_why_and_that_is_on_record_before_they_read(
    world: World, case: Case
) -> None:
    for watcher in (world.auditor, world.inspector):
        assert watcher.get(case.content).code == "REASON_REQUIRED"
        assert not case.read_by(watcher)
        assert watcher.post(f"{case.path}/consultations", {}).code == "GROUND_MISSING"
        said = done(watcher.post(f"{case.path}/consultations", {"reason": "核对举报"}))
        (event,) = said.body["events"]
        assert event["topic"] == "consultation:recorded:1"
        assert case.read_by(watcher, Consultation=said.body["consultation"])
        other = Case(world)
        asked = {"Consultation": said.body["consultation"]}
        assert watcher.get(other.content, **asked).code == "REASON_REQUIRED"
        assert watcher.get(other.path, **asked).code == "REASON_REQUIRED"
        listed = f"/v1/consultations?subject={case.path[10:]}&{world.shown(said)}"
        assert watcher.account in str(done(world.auditor.get(listed)).body["consultations"])
    mine = world.auditor.post(f"{case.path}/consultations", {"reason": "核对举报"})
    asked = {"Consultation": done(mine).body["consultation"]}
    assert world.inspector.get(case.content, **asked).code == "REASON_REQUIRED"
    assert world.school.leader.post(f"{case.path}/consultations", {"reason": "看看"}).code == (
        "FORBIDDEN"
    )
