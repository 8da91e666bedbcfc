"""Who registers whom, where a notice says it: the city of Luohe (LH-48…55)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.account.events import Role
from tests.api.filings import done
from tests.api.society import invented_number

if TYPE_CHECKING:
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.stories.places import Luohe

COUNTY = "河南省/漯河市/舞阳县"


def register(by: House, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """A unit of the county that an office registers beneath itself."""
    body = {
        "name": "某民营医院",
        "kind": "private_non_enterprise",
        "ownership": "non_state",
        "level": "county",
        "area": COUNTY,
        "bureau": by.organisation,
        **members,
    }
    return by.administrator.post("/v1/organisations", body)


def refused(answer: Answer) -> tuple[str, set[str]]:
    """The one code, and the rules that it cites."""
    (refusal,) = answer.body["refusals"]
    return refusal["code"], set(refusal["rules"])


def test_a_private_hospital_is_the_health_commissions(luohe: Luohe) -> None:
    hospital = {"traits": ["unit.kind=private_hospital", "unit.registered=county"]}
    for office in (luohe.wuyang, luohe.office):
        assert refused(register(office, **hospital)) == ("NOT_ITS_CREATOR", {"LH-53"})
    commission = luohe.found(
        "舞阳县卫健委",
        luohe.system,
        area=COUNTY,
        traits=["unit.sector=health"],
        affairs=["registry"],
    )
    done(register(commission, **hospital))


def test_what_an_office_may_not_register_it_does_not_make_of_what_it_may(luohe: Luohe) -> None:
    """An enterprise that is said to be a hospital afterwards is one that was registered so."""
    enterprise = {
        "kind": "enterprise",
        "name": "某某有限公司",
        "traits": ["unit.registered=county"],
    }
    unit = done(register(luohe.wuyang, **enterprise)).body["stream"]
    hospital = {
        "kind": "private_non_enterprise",
        "ownership": "non_state",
        "traits": ["unit.kind=private_hospital", "unit.registered=county"],
        "effective_on": "2020-01-03",
        "document": "某编〔2020〕1号",
    }
    path = f"/v1/organisations/{unit}"
    answer = luohe.wuyang.administrator.change(path, "/descriptions", hospital)
    assert refused(answer) == ("NOT_ITS_CREATOR", {"LH-53"})


def test_a_private_school_is_the_education_bureaus_of_the_level_that_registered_it(
    luohe: Luohe,
) -> None:
    county, city = (
        luohe.found(
            f"{level}教育局",
            luohe.system,
            area=area,
            level=level,
            traits=["unit.sector=education"],
            affairs=["registry"],
        )
        for level, area in (("county", COUNTY), ("city", "河南省/漯河市"))
    )
    school = ["unit.kind=private_school"]
    of_the_county = {"name": "某民办小学", "traits": [*school, "unit.registered=county"]}
    of_the_city = {"name": "某民办中学", "traits": [*school, "unit.registered=city"]}
    assert refused(register(city, **of_the_county)) == ("NOT_ITS_CREATOR", {"LH-52"})
    assert refused(register(county, **of_the_city)) == ("NOT_ITS_CREATOR", {"LH-52"})
    done(register(county, **of_the_county))
    done(register(city, **of_the_city))


def test_the_administration_of_the_system_is_no_exception(luohe: Luohe) -> None:
    body = {
        "name": "某民营企业",
        "kind": "enterprise",
        "ownership": "non_state",
        "level": "county",
        "area": COUNTY,
        "traits": ["unit.registered=county"],
        "bureau": luohe.wuyang.organisation,
    }
    answer = luohe.system.post("/v1/organisations", body)
    assert refused(answer)[0] == "NOT_ITS_CREATOR"
    done(luohe.wuyang.administrator.post("/v1/organisations", body))


def test_the_employers_own_administrator_opens_applicants_accounts(luohe: Luohe) -> None:
    for by in (luohe.department, luohe.office):
        account = {
            "name": "某申报人",
            "document": {"kind": "resident_identity_card", "number": invented_number()},
            "organisation": luohe.enterprise.organisation,
            "roles": [Role.APPLICANT],
            "login": f"by-{by.organisation[-12:]}",
        }
        answer = by.administrator.post("/v1/accounts", account)
        assert refused(answer) == ("NOT_ITS_CREATOR", {"LH-49"})
    assert luohe.applicant(luohe.enterprise).account
