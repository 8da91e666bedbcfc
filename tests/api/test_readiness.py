"""The readiness of a locality over HTTP: who reads it, and what it says is lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.account.events import Role
from domain.authority.power import AFFAIRS, COMPETENT_DEPARTMENT
from domain.separation import (
    DUTY_OFFICER,
    HANDLER,
    INTEGRITY_HANDLER,
    INTEGRITY_LEADER,
    LEADER,
)
from tests.api.filings import done, draft, file, filed, passed
from tests.api.society import Society
from tests.api.test_authority import COUNTY, confirm_withdrawal, the_grant, withdraw
from tests.api.world import World
from tests.conftest import THE_BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.clock import SettableClock
    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.copies import Copies
    from tests.api.society import House


@pytest.fixture
def county(copies: Copies) -> Iterator[World]:
    """A county of its own."""
    with copies.of(World, THE_BEGINNING) as county:
        yield county


def ask(county: Society, who: Actor, house: House) -> Answer:
    """Somebody asks how ready an organisation is, once the views show everything."""
    path = f"/v1/organisations/{house.organisation}/readiness"
    return who.get(f"{path}?{county.everything()}")


def lacking(county: World, who: Actor, house: House) -> set[tuple[str, str, str]]:
    """What is lacking: which organisation is named, what it is, and of which kind."""
    lacks = done(ask(county, who, house)).body["lacks"]
    return {(each["name"], each["lacks"], each["kind"]) for each in lacks}


def leaves(house: House, seat: str) -> None:
    """Whoever holds a seat of a house leaves it."""
    path = f"/v1/organisations/{house.organisation}/appointments"
    held = done(house.administrator.get(path)).body["appointments"]
    (appointment,) = (each["appointment"] for each in held if each["seat"] == seat)
    done(house.administrator.change(path, f"/{appointment}/closures", {"reason": "调离"}))


def without_power(county: World, house: House) -> None:
    """The last power of a house is withdrawn."""
    grant = the_grant(county.system, house)
    done(withdraw(county.system, house, grant))
    done(confirm_withdrawal(county.second, house, grant))


DUTY = ("县人社局", DUTY_OFFICER, "SEAT_EMPTY")
"""What the county lacks from the beginning: nobody screens objections."""


def test_what_a_county_lacks_is_told_to_its_own_and_to_who_watches(county: World) -> None:
    assert lacking(county, county.bureau.administrator, county.bureau) == {DUTY}
    for who in (county.bureau.handler, county.auditor, county.inspector, county.system):
        assert lacking(county, who, county.bureau) == {DUTY}
    assert lacking(county, county.bureau.handler, county.school) == {DUTY}
    county.seat(county.bureau, DUTY_OFFICER)
    answer = done(ask(county, county.auditor, county.bureau)).body
    assert answer["lacks"] == []
    assert set(answer["counts"].values()) == {0}
    assert answer["complete"] is True
    told = {(e["name"], e["task"]): (e["persons"], e["needed"]) for e in answer["staff"]}
    assert told == {
        ("县人社局", "reviewing"): (2, 2),
        ("县人社局", "integrity"): (2, 2),
        ("县人社局", "objections"): (1, 1),
        ("县教科体局", "reviewing"): (2, 2),
    }


def test_nobody_else_reads_it(county: World) -> None:
    stranger = county.found("外县某局", county.system, area="江西省/赣州市/安远县")
    county.seat(stranger, HANDLER)
    assert ask(county, stranger.handler, county.bureau).status == 404
    assert ask(county, county.applicant(county.school), county.school).status == 403
    assert ask(county, county.department.handler, county.bureau).status == 404


def test_it_says_what_a_filing_would_be_refused_for(county: World) -> None:
    county.seat(county.bureau, DUTY_OFFICER)
    applicant = county.applicant(county.school)
    path = draft(applicant, county.school)
    without_power(county, county.department)
    refused = file(applicant, path)
    assert {each["code"] for each in refused.body["refusals"]} == {"NO_BODY_FOR_STAGE"}
    (institution, enterprise) = sorted(
        done(ask(county, county.auditor, county.bureau)).body["lacks"],
        key=lambda each: str(each["name"]),
    )[::-1]
    assert {institution["name"], enterprise["name"]} == {"县第三中学", "某某机械有限公司"}
    for each in (institution, enterprise):
        assert (each["lacks"], each["lacks_name"]) == ("competent_department", "主管部门")
        assert (each["kind"], each["kind_name"]) == ("NOBODY_HAS_POWER", "无单位有此职权")
        assert "主管部门" in each["sentence"]
    assert done(ask(county, county.auditor, county.bureau)).body["counts"]["NOBODY_HAS_POWER"] == 2
    county.grant(county.bureau.organisation, COUNTY, ["competent_department"])
    assert lacking(county, county.auditor, county.bureau) == set()


def test_of_two_equally_near_neither_is_taken(county: World) -> None:
    county.seat(county.bureau, DUTY_OFFICER)
    county.grant(county.bureau.organisation, COUNTY, ["competent_department"])
    found = done(ask(county, county.auditor, county.school)).body["lacks"]
    assert [(e["lacks"], e["kind"]) for e in found] == [
        ("competent_department", "SEVERAL_HAVE_POWER")
    ]
    assert "县教科体局" in found[0]["sentence"]
    assert "县人社局" in found[0]["sentence"]


@pytest.mark.parametrize(
    ("house", "seat"),
    [
        ("department", HANDLER),
        ("department", LEADER),
        ("bureau", LEADER),
        ("bureau", INTEGRITY_HANDLER),
        ("bureau", INTEGRITY_LEADER),
    ],
)
def test_an_empty_seat_is_named(county: World, house: str, seat: str) -> None:
    where: House = getattr(county, house)
    leaves(where, seat)
    assert lacking(county, county.auditor, county.bureau) == {
        DUTY,
        (where.name, seat, "SEAT_EMPTY"),
    }
    staffed = done(ask(county, county.auditor, county.bureau)).body["staff"]
    few = [(each["name"], each["persons"]) for each in staffed if each["persons"] == 1]
    assert (where.name, 1) in few


def test_an_employer_is_told_of_its_own_seats(county: World) -> None:
    leaves(county.school, LEADER)
    assert (county.school.name, LEADER, "SEAT_EMPTY") in lacking(
        county, county.school.administrator, county.school
    )


def test_two_accounts_of_one_human_being_are_one_person(county: World) -> None:
    body = {
        "first": county.department.handler.person,
        "second": county.department.leader.person,
        "evidence": "人脸比对",
    }
    link = done(county.bureau.handler.post("/v1/person-links", body)).body["stream"]
    done(county.bureau.leader.change(f"/v1/person-links/{link}", "/confirmations", {}))
    assert (county.department.name, LEADER, "TOO_FEW_PERSONS") in lacking(
        county, county.auditor, county.bureau
    )


def test_an_office_of_three_needs_somebody_above(county: World) -> None:
    """Two who review a case leave nobody who may settle an objection to it."""
    bureau = county.bureau
    county.seat(bureau, DUTY_OFFICER)
    leaves(bureau, INTEGRITY_LEADER)
    both = county.official(bureau, bureau.handler.name, LEADER, bureau.handler.number)
    done(county.appoint(bureau, INTEGRITY_LEADER, both))
    assert lacking(county, county.auditor, bureau) == {
        (bureau.name, affair, "NOBODY_ABOVE") for affair in ("integrity", "objections")
    }
    city = county.found("市人社局", county.system, ["city_hr"], area="江西省/赣州市")
    placed = {
        "area": COUNTY,
        "level": "county",
        "superior": None,
        "bureau": city.organisation,
        "effective_on": "2024-10-15",
        "document": "某编〔2024〕7号",
    }
    done(county.system.change(f"/v1/organisations/{bureau.organisation}", "/placings", placed))
    assert lacking(county, county.auditor, bureau) == set()


def test_an_affair_that_nobody_has_is_named(county: World) -> None:
    county.seat(county.bureau, DUTY_OFFICER)
    without_power(county, county.bureau)
    left = [each for each in AFFAIRS if each != "objections"]
    county.grant(county.bureau.organisation, COUNTY, ["county_hr"], left)
    found: list[dict[str, Any]] = done(ask(county, county.inspector, county.bureau)).body["lacks"]
    assert {(e["lacks"], e["kind"]) for e in found} == {("objections", "NOBODY_HAS_POWER")}


def test_english_is_answered_in_english(county: World) -> None:
    path = f"/v1/organisations/{county.bureau.organisation}/readiness"
    answer = county.bureau.handler.client.get(path, Accept_Language="en")
    (lack,) = done(answer).body["lacks"]
    assert lack["sentence"].startswith("Nobody holds the seat 'duty_officer'")


class TestWhatWaitsForNobody:
    """An objection or a complaint where no seat of integrity or duty is filled (A12)."""

    def test_shows_at_the_authority_and_above(self, county: World) -> None:
        above = county.found("市人社局", county.system, ["city_hr"], area="江西省/赣州市")
        office = county.found(
            "某县职改办",
            county.system,
            affairs=["objections"],
            bureau=above.organisation,
        )
        unit = county.found(
            "某站",
            county.system,
            kind="institution",
            superior=office.organisation,
        )
        complaint = {"organisation": unit.organisation, "statement": "某单位长期不受理申报"}
        handed_in = county.auditor.client.post("/v1/complaints", complaint)
        assert handed_in.status in (201, 202), handed_in.body
        waits = {
            ("某县职改办", seat, "MATTERS_WAIT")
            for seat in (DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER)
        }
        assert waits <= lacking(county, county.system, above)
        assert waits <= lacking(county, county.inspector, office)
        assert not {
            each for each in lacking(county, county.system, unit) if each[2] == "MATTERS_WAIT"
        }
        administrator, officials = unit.administrator, [Role.OFFICIAL]
        there = county.account(administrator, "某两处任职者", unit.organisation, officials)
        here = county.account(
            above.administrator, there.name, above.organisation, officials, there.number
        )
        assert waits.isdisjoint(lacking(county, here, above))
        county.seat(office, DUTY_OFFICER)
        left = lacking(county, county.system, above)
        assert ("某县职改办", DUTY_OFFICER, "MATTERS_WAIT") not in left


class Bare(Society):
    """A county with an employer, what stands above it, and no power and nobody in any seat."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, COUNTY)
        self.bureau = self.found("县人社局", self.system)
        above = {"bureau": self.bureau.organisation}
        self.department = self.found("县教科体局", self.system, **above)
        above["superior"] = self.department.organisation
        traits = ["unit.sector=education"]
        self.school = self.found(
            "县第三中学", self.system, kind="institution", traits=traits, **above
        )

    def mend(self, lack: dict[str, Any]) -> None:
        """Do what it takes, and no more: a power to who is fit for it, somebody to a seat."""
        what = lack["lacks"]
        if lack["kind"] == "NOBODY_HAS_POWER":
            department = what == COMPETENT_DEPARTMENT
            house = self.department if department else self.bureau
            affair = what in AFFAIRS
            bodies, affairs = ([], [what]) if affair else ([what], [])
            self.grant(house.organisation, COUNTY, bodies, affairs)
        elif lack["kind"] == "SEAT_EMPTY":
            self.seat(self._named(lack["name"]), what)
        else:
            raise AssertionError(lack)

    def _named(self, name: str) -> House:
        return next(each for each in self.houses if each.name == name)


def test_a_county_is_set_up_by_what_readiness_says_alone(copies: Copies) -> None:
    with copies.of(Bare, THE_BEGINNING) as bare:
        mended = 0
        for house in (bare.bureau, bare.school):
            while lacks := done(ask(bare, bare.system, house)).body["lacks"]:
                bare.mend(lacks[0])
                mended += 1
        assert mended > len(AFFAIRS)
        applicant = bare.applicant(bare.school)
        path = filed(applicant, bare.school)
        for house in (bare.school, bare.department):
            passed(path, house)
        judged = {"question": "TABLE_NOT_SUPPLIED", "satisfied": True, "grounds": "符合条件表。"}
        done(bare.bureau.handler.change(path, "/judgements", judged))
        passed(path, bare.bureau)
        assert done(applicant.get(path)).body["standing"]["phase"] == "recognised"
