"""Who decides on a junior title in Yiyang: whose the unit is, else where the person's file is kept.

五: 市属企事业单位及人事代理关系在市人事代理机构的……由市人社局负责; the county's likewise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.api.filings import done, file, said
from tests.api.provinces import claims, draft
from tests.stories.acting import codes

if TYPE_CHECKING:
    from tests.api.client import Answer
    from tests.api.society import House
    from tests.stories.places import Yiyang

COUNTY: dict[str, Any] = {"level": "county", "area": "湖南省/益阳市/桃江县"}
TITLE = {"series": "农业系列", "specialty": "作物学"}


@pytest.fixture(scope="module")
def bureau(yiyang: Yiyang) -> House:
    """The county's bureau, beneath the city's."""
    return yiyang.house("桃江县人社局", "county_hr", below=yiyang.bureau, **COUNTY)


@pytest.fixture(scope="module")
def department(yiyang: Yiyang, bureau: House) -> House:
    """A department of the county."""
    return yiyang.house("桃江县农业农村局", "competent_department", below=bureau, **COUNTY)


@pytest.fixture(scope="module")
def private(yiyang: Yiyang, bureau: House, department: House) -> House:
    """An enterprise of the county's that is nobody's but its owners'."""
    given = {"kind": "enterprise", "ownership": "non_state", **COUNTY}
    return yiyang.house("桃江某民营公司", below=department, bureau=bureau, **given)


@pytest.fixture(scope="module")
def farm(yiyang: Yiyang, bureau: House, department: House) -> House:
    """An enterprise that is the county's."""
    given = {"kind": "enterprise", **COUNTY}
    return yiyang.house("桃江国营农场", below=department, bureau=bureau, **given)


def filing(city: Yiyang, house: House, agency: str | None) -> Answer:
    """Somebody files through a house, and says with which agency, or does not say."""
    applicant = city.applicant(house, "某农艺师")
    path = draft(applicant, house, "yiyang-2024", **TITLE)
    stated = {"post__agency": agency} if agency else {}
    particulars = [each for each in said(**stated) if agency or each["name"] != "post.agency"]
    told = claims(TITLE["specialty"], house) | {"particulars": particulars}
    done(applicant.change(path, "/applications", told))
    return file(applicant, path)


def decides(city: Yiyang, house: House, agency: str | None) -> str:
    """The organisation that decides on it."""
    answer = done(filing(city, house, agency)).body
    case = done(city.bureau.handler.get(f"/v1/cases/{answer['stream']}")).body
    return str(case["chain"][-1]["organisation"])


def test_the_persons_agency_decides_where_the_unit_is_nobodys(
    yiyang: Yiyang, private: House, bureau: House
) -> None:
    assert decides(yiyang, private, "city") == yiyang.bureau.organisation
    assert decides(yiyang, private, "county") == bureau.organisation
    assert decides(yiyang, private, "none") == bureau.organisation


def test_who_does_not_say_with_which_agency_files_nothing(yiyang: Yiyang, private: House) -> None:
    answer = filing(yiyang, private, None)
    assert codes(answer) == ["FACT_OPEN"]
    assert "post.agency" in str(answer.body["refusals"])


def test_whose_the_unit_is_decides_before_any_agency(
    yiyang: Yiyang, farm: House, bureau: House
) -> None:
    assert decides(yiyang, farm, "city") == bureau.organisation


def test_what_the_register_knows_of_all_its_posts_nobody_says_otherwise(
    yiyang: Yiyang, bureau: House, department: House
) -> None:
    given = {"kind": "enterprise", "ownership": "non_state", "traits": ["post.agency=county"]}
    house = yiyang.house("桃江某代理公司", below=department, bureau=bureau, **given, **COUNTY)
    assert decides(yiyang, house, "city") == bureau.organisation
