"""Which body learns of an employer's application and decides it: as the notice says (LH-48…55)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.area import covers
from domain.authority.power import COMPETENT_DEPARTMENT
from tests.api.accessions import (
    MISSING,
    PATH,
    QUEUE,
    REASON,
    Applied,
    applied,
    approve,
    by_receipt,
    employer,
    scan,
)
from tests.api.filings import acts_in, done
from tests.api.test_authority import confirm_withdrawal, the_grant, withdraw

if TYPE_CHECKING:
    from tests.api.society import House
    from tests.api.world import World

CITY, HERE = "河南省/漯河市", "河南省/漯河市/临颍县"
OFFICES: dict[str, dict[str, Any]] = {
    "县人社局": {"area": HERE, "bodies": ["county_hr"]},
    "县教育局": {
        "area": HERE,
        "bodies": [COMPETENT_DEPARTMENT],
        "traits": ["unit.sector=education"],
    },
    "县卫健委": {
        "area": HERE,
        "bodies": [COMPETENT_DEPARTMENT],
        "traits": ["unit.sector=health"],
    },
    "市人社局": {"area": CITY, "bodies": ["city_hr"]},
    "市教育局": {
        "area": CITY,
        "bodies": [COMPETENT_DEPARTMENT],
        "traits": ["unit.sector=education"],
    },
    "市人才交流中心": {"area": CITY, "affairs": ["registry"], "traits": ["unit.sector=talent"]},
    "邻县人社局": {"area": f"{CITY}/舞阳县", "bodies": ["county_hr"]},
    "邻县教育局": {
        "area": f"{CITY}/舞阳县",
        "bodies": [COMPETENT_DEPARTMENT],
        "traits": ["unit.sector=education"],
    },
}
REGISTRIES = {"县人社局", "市人社局", "市人才交流中心", "邻县人社局"}
"""Who has the registry, and so learns of whoever applies in its area, at least."""
PUBLIC = {"kind": "institution", "ownership": "state"}
PRIVATE = {"ownership": "non_state", "area": HERE}
SCHOOL = {**PRIVATE, "kind": "private_non_enterprise", "traits": ["unit.kind=private_school"]}
UNITS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "a private school of the county": (
        {**SCHOOL, "traits": [*SCHOOL["traits"], "unit.registered=county"]},
        ("县教育局",),
    ),
    "a private school of the city": (
        {**SCHOOL, "traits": [*SCHOOL["traits"], "unit.registrar=市教育局"]},
        ("市教育局",),
    ),
    "a private hospital of the county": (
        {
            **SCHOOL,
            "traits": ["unit.kind=private_hospital", "unit.registrar=县卫生健康委"],
        },
        ("县卫健委",),
    ),
    "a private company of the county": (
        {**PRIVATE, "traits": ["unit.registered=county"]},
        ("县人社局",),
    ),
    "a private company registered with the city": (
        {**PRIVATE, "traits": ["unit.registrar=市市场监督管理局"]},
        ("市人才交流中心",),
    ),
    "a public institution of the county": (
        {**PUBLIC, "area": HERE},
        ("县人社局",),
    ),
    "a public school of the county": (
        {**PUBLIC, "area": HERE, "traits": ["unit.sector=education"]},
        ("县教育局", "县人社局"),
    ),
    "a public school of the city": (
        {**PUBLIC, "area": CITY, "level": "city", "traits": ["unit.sector=education"]},
        ("市教育局", "市人社局", "市人才交流中心"),
    ),
}
PAPERS = {
    "enterprise": "business_licence",
    "institution": "institution_certificate",
    "private_non_enterprise": "non_enterprise_certificate",
}


@pytest.fixture(scope="module")
def offices(world: World) -> dict[str, House]:
    """The offices of a city and a county of it, each with its own power."""
    return {
        name: world.found(name, world.system, **{"bodies": [], **members})
        for name, members in OFFICES.items()
    }


@pytest.fixture(autouse=True)
def _the_public_may_speak(world: World) -> None:
    world.clock.set(world.clock.now() + timedelta(minutes=16))


def handed_in(world: World, unit: str) -> Applied:
    """The application of one of the units."""
    members = {"kind": "enterprise", **UNITS[unit][0]}
    return applied(world, **members, documents=[scan(world, PAPERS[members["kind"]])])


@pytest.mark.parametrize("unit", UNITS)
def test_who_the_notice_names_decides_and_nobody_else(
    world: World, offices: dict[str, House], unit: str
) -> None:
    one, competent = handed_in(world, unit), UNITS[unit][1]
    listed = f"{PATH}?{world.everything()}"
    queued = f"{QUEUE}?limit=200&{world.everything()}"
    for name, office in offices.items():
        by = office.administrator
        seen, page = by.get(one.path), done(by.get(listed)).body
        rows = page["accessions"]
        assert page["count"] == len(rows)
        mine = [each for each in rows if each["accession"] == one.accession]
        learns = name in REGISTRIES and covers(OFFICES[name]["area"], UNITS[unit][0]["area"])
        if name in competent:
            assert not seen.body["masked"]
            assert acts_in(seen.body) == [
                "accessions.return",
                "accessions.approve",
                "accessions.decline",
            ]
        elif learns:
            assert seen.body["masked"]
            assert acts_in(seen.body) == []
            assert "某管理员" not in str((seen.body, mine))
            file = seen.body["documents"][0]["file"]
            assert by.get(f"{one.path}/documents/{file}/content").code == "FORBIDDEN"
        else:
            assert seen.code == "NOT_FOUND"
        assert bool(mine) == (seen.status == 200)
        queue = done(by.get(queued)).body["accessions"]
        assert [e for e in queue if e["accession"] == one.accession] == mine * (name in competent)
        if name in competent:
            continue
        refused = approve(by, one)
        expected = "NOT_ITS_CREATOR" if learns else "NOT_FOUND"
        assert [each["code"] for each in refused.body["refusals"]] == [expected]
        for tail, body in (("/returns", MISSING), ("/declinations", REASON)):
            assert by.post(one.path + tail, body, version=1).code == expected
    told = done(by_receipt(world, one.receipt)).body
    assert told["standing"] == "applied"
    name = competent[0]
    (row,) = done(approve(offices[name].administrator, one)).body["rows"]
    unit_ = done(world.system.get(f"/v1/organisations/{row['organisation']}")).body
    above, other = ("bureau", "superior") if name in REGISTRIES else ("superior", "bureau")
    assert (unit_[above], unit_[other]) == (offices[name].organisation, None)


def test_the_wrong_body_and_the_applicant_are_told_who_is_competent(
    world: World, offices: dict[str, House]
) -> None:
    one = handed_in(world, "a private school of the county")
    refused = approve(offices["县人社局"].administrator, one)
    assert "县级教育部门" in refused.body["detail"]
    assert {each["id"] for each in refused.body["rules"]} == {"LH-52"}
    assert by_receipt(world, one.receipt).body["competent"] == "县级教育部门"
    company = handed_in(world, "a private company of the county")
    refused = approve(offices["市人社局"].administrator, company)
    assert {each["id"] for each in refused.body["rules"]} == {"LH-54"}


def test_what_is_handed_in_again_goes_to_whom_it_is_for_then(
    world: World, offices: dict[str, House]
) -> None:
    one = handed_in(world, "a private company of the county")
    bureau, education = (offices[each].administrator for each in ("县人社局", "县教育局"))
    done(bureau.change(one.path, "/returns", MISSING))
    members, _ = UNITS["a private school of the county"]
    body = employer(world, **members, documents=[scan(world, "non_enterprise_certificate")])
    del body["credit_code"]
    done(by_receipt(world, one.receipt, "/completions", **body))
    assert not education.get(one.path).body["masked"]
    assert bureau.get(one.path).body["masked"]
    listed = f"{PATH}?{world.everything()}"
    assert one.accession in str(education.get(listed).body)


def test_a_department_whose_power_is_withdrawn_sees_nothing_more(
    world: World, offices: dict[str, House]
) -> None:
    one = handed_in(world, "a private hospital of the county")
    health = offices["县卫健委"]
    assert health.administrator.get(one.path).status == 200
    grant = the_grant(world.system, health)
    today = world.clock.now().date().isoformat()
    done(withdraw(world.system, health, grant, ends_on=today))
    done(confirm_withdrawal(world.second, health, grant))
    assert health.administrator.get(one.path).code == "NOT_FOUND"
    rows = done(health.administrator.get(f"{PATH}?{world.everything()}")).body["accessions"]
    assert rows == []


def test_a_queue_holds_nothing_that_its_office_may_not_read(
    world: World, offices: dict[str, House]
) -> None:
    for unit in UNITS:
        handed_in(world, unit)
        world.clock.set(world.clock.now() + timedelta(minutes=16))
    for office in offices.values():
        page = f"{QUEUE}?limit=1&{world.everything()}"
        while page:
            seen = done(office.administrator.get(page))
            page = seen.headers.get("Link", "").partition("<")[2].partition(">")[0]
            assert len(seen.body["accessions"]) == 1 or not page
