"""Taking over a stage over HTTP: by whom, for whom, for what cause, and what it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audit.whole import check_whole
from domain.account.events import Role
from domain.separation import HANDLER, LEADER
from tests.api.filings import decide, done, filed, opine, passed
from tests.api.test_authority import COUNTY, confirm_withdrawal, the_grant, withdraw
from tests.api.world import World
from tests.conftest import THE_BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.copies import Copies
    from tests.api.society import House

DEPARTMENT = "competent_department"
TAKEN = {
    "stage": "department",
    "cause": "POWER_ENDED",
    "reason": "原承办单位已无职权。",
    "document": "某人社发〔2024〕7号",
}


@pytest.fixture
def county(copies: Copies) -> Iterator[World]:
    """A county of its own."""
    with copies.of(World, THE_BEGINNING) as county:
        yield county


@pytest.fixture
def path(county: World) -> str:
    """A case at the department, whose handler has given an opinion; the bureau could be one."""
    found = filed(county.applicant(county.school), county.school)
    passed(found, county.school)
    done(opine(county.department.handler, found))
    county.grant(county.bureau.organisation, COUNTY, [DEPARTMENT])
    return found


def codes(answer: Answer) -> set[str]:
    """Why an act was refused."""
    assert answer.status == 409, answer.body
    return {each["code"] for each in answer.body["refusals"]}


def take_over(who: Actor, path: str, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """Somebody takes the department's stage over."""
    return who.change(path, "/takeovers", TAKEN | members)


def without_power(county: World, house: House | None = None) -> None:
    """The power of the department, or of another house, is withdrawn."""
    house = house or county.department
    grant = the_grant(county.system, house)
    done(withdraw(county.system, house, grant))
    done(confirm_withdrawal(county.second, house, grant))


def further(county: World, house: House, seat: str, same: Actor | None = None) -> Actor:
    """One more who holds a seat of a house: somebody new, or another account of the same."""
    name, number = ("某审查人", None) if same is None else (same.name, same.number)
    who = county.account(house.administrator, name, house.organisation, [Role.OFFICIAL], number)
    done(county.appoint(house, seat, who))
    return who


def branch(county: World, *bodies: str) -> House:
    """An office beneath the bureau that may be these bodies, with both seats."""
    house = county.found("县人社局职称股", county.system, bodies, bureau=county.bureau.organisation)
    county.seat(house, HANDLER, LEADER)
    return house


def offered(who: Actor, path: str) -> set[str]:
    """What the case offers somebody."""
    return set(done(who.get(path)).body["acts"])


def organisation_of(who: Actor, path: str, stage: str) -> str:
    """Which organisation the case names for a stage."""
    chain = done(who.get(path)).body["chain"]
    return str(next(each["organisation"] for each in chain if each["stage"] == stage))


def queued(county: World, who: Actor) -> set[str]:
    """The cases that wait for somebody."""
    listed = done(who.get(f"/v1/work-queue?limit=200&{county.everything()}")).body["cases"]
    return {f"/v1/cases/{each['case']}" for each in listed}


def test_a_stage_without_power_is_taken_over_and_the_title_is_granted(
    county: World, path: str
) -> None:
    bureau, department = county.bureau, county.department
    without_power(county)
    stuck = decide(department.leader, path)
    assert (stuck.status, stuck.code) == (403, "WITHOUT_POWER")
    assert "cases.take_over" in offered(bureau.leader, path)
    assert "cases.take_over" not in offered(bureau.handler, path)
    done(take_over(bureau.leader, path))
    assert organisation_of(bureau.leader, path, "department") == bureau.organisation
    assert path in queued(county, bureau.handler)
    assert path not in queued(county, department.leader)
    # what was done before counts no more: the handler of the bureau acts first
    assert codes(decide(bureau.leader, path)) == {"HANDLER_FIRST"}
    assert opine(department.handler, path).status in (403, 409)
    passed(path, bureau)
    passed(path, bureau)
    seen = done(county.auditor.get(path)).body
    assert seen["phase"] == "recognised"
    rights = done(county.auditor.get(f"{path}/authority")).body["acts"]
    assert {each["verdict"] for each in rights} == {"GRANTED", "OWN_HOUSE"}
    assert "case:stage-taken-over:1" in {each["topic"] for each in rights}
    trail = done(county.auditor.get(f"{path}/separation?{county.everything()}")).body
    told = [
        (each["stage"], each["organisation"], each["verdict"], each["basis"])
        for each in trail["stages"]
    ]
    assert told == [
        ("employer", county.school.organisation, "DIFFERENT", None),
        ("department", department.organisation, "NOT_REQUIRED", "taken_over"),
        ("department", bureau.organisation, "DIFFERENT", None),
        ("county", bureau.organisation, "DIFFERENT", None),
    ]
    assert not check_whole(county.services.record).faults
