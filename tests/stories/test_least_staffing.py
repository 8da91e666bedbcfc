"""A county with exactly the least staffing that readiness asks for runs all that it has part in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from api.acts import case_entry
from api.acts.case_duties import duties_of
from domain import beijing
from domain.authority.power import EMPLOYER
from domain.case.application import Achievement, HeldTitle
from domain.case.facts import facts_of_unit
from domain.case.phase import UnderReview
from domain.case.readiness import SEAL, LackKind
from domain.organisation.events import Kind
from domain.separation import HANDLER
from tests.stories.least import County, Place, StandsStillError, laws
from tests.stories.roads import Road, application, travelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.authority.state import Authority

    Act = Callable[[County, str], None]

DEPARTMENT, COUNTY_HR, CITY_HR = "competent_department", "county_hr", "city_hr"
SCANS = (
    ("diploma", ("degree",)),
    ("annual_assessment", ("assessment-2023",)),
    ("insurance_record", ("insurance", "work")),
)


def papers(leg: str | None, *items: str, at: str | None = None, fee: int = 0) -> Act:
    """Papers come to whoever has the case now, and the fee with them."""

    def receive(county: County, path: str) -> None:
        if at is not None:
            county.on(at)
        it, today = county.town.cases[path], beijing.day(county.town.now)
        assert isinstance(it.phase, UnderReview)
        by = county.holder(it.stage(it.phase.stage).organisation, HANDLER)
        handed: dict[str, Any] = {"received_on": today, "items": items, "originals": items}
        asked = duties_of(county.town.office, by, path).materials
        handed["sealed"] = (*items, *(each.id for each in asked if each.part_of in items))
        county.town.act(by, case_entry.RECEIVE, path, leg=leg, **handed)
        if fee:
            entered = {"channel": "WITH_PAPER", "receipt": "收据"}
            county.town.act(by, case_entry.PAY, path, amount=fee, paid_on=today, **entered)

    return receive


def later(at: str) -> Act:
    """The case is looked at on a day that the notice names."""
    return lambda county, _: county.on(at)


_YIYANG = ("id_card", "diploma", "chsi_form", "form_x2", "annual_assessment", "contract")
_HANDED_IN = papers(None, *_YIYANG, "photos_x3")


@dataclass(frozen=True)
class Locality:
    """Where a notice holds, and the roads through the chains that a county has part in."""

    place: Place
    roads: tuple[Road, ...]


LOCALITIES = {
    "寻乌": Locality(
        Place(
            area="江西省/赣州市/寻乌县",
            at="2024-10-15T09:00:00",
            kind=Kind.PUBLIC_INSTITUTION,
            traits=("unit.sector=education",),
        ),
        (
            Road(
                pack="xunwu-2024",
                series="社会科学",
                specialty="教育学",
                level="assistant",
                bodies=(EMPLOYER, DEPARTMENT, COUNTY_HR),
                application=application(
                    "教育学",
                    assessed=(),
                    achievements=(
                        Achievement(claim="report", item="调研报告", year=2023, description=None),
                    ),
                ),
                files=(("diploma", ("degree",)), ("achievement_evidence", ("report",))),
            ),
        ),
    ),
    "益阳": Locality(
        Place(
            area="湖南省/益阳市/桃江县",
            at="2024-05-07T09:00:00",
            kind=Kind.ENTERPRISE,
        ),
        (
            Road(
                pack="yiyang-2024",
                series="农业",
                specialty="作物学",
                level="assistant",
                bodies=(EMPLOYER, DEPARTMENT, COUNTY_HR),
                application=application("作物学"),
                before={"county_hr": _HANDED_IN},
            ),
            Road(
                pack="yiyang-2024",
                series="农业",
                specialty="作物学",
                level="intermediate",
                bodies=(EMPLOYER, DEPARTMENT, CITY_HR),
                application=application("作物学", "master", "2019-06-30"),
                before={"city_hr": _HANDED_IN},
            ),
        ),
    ),
    "湖州": Locality(
        Place(
            area="浙江省/湖州市/德清县",
            at="2024-09-04T09:00:00",
            kind=Kind.ENTERPRISE,
        ),
        (
            Road(
                pack="huzhou-2024",
                series="工程",
                specialty="机械",
                level="assistant",
                bodies=(EMPLOYER, COUNTY_HR),
                application=application("机械"),
                files=SCANS,
            ),
            Road(
                pack="huzhou-2024",
                series="工程",
                specialty="机械",
                level="intermediate",
                bodies=(EMPLOYER, CITY_HR),
                application=application(
                    "机械", "master", "2019-06-30", assessed=(2019, 2020, 2021, 2022, 2023)
                ),
                files=(
                    *SCANS,
                    *(
                        ("annual_assessment", (f"assessment-{year}",))
                        for year in (2019, 2020, 2021, 2022)
                    ),
                ),
            ),
        ),
    ),
    "湖州事业单位": Locality(
        Place(
            area="浙江省/湖州市/德清县",
            at="2024-09-04T09:00:00",
            kind=Kind.PUBLIC_INSTITUTION,
            department=True,
        ),
        (
            Road(
                pack="huzhou-2024",
                series="农业",
                specialty="农艺",
                level="assistant",
                bodies=(EMPLOYER, COUNTY_HR),
                application=application("农艺"),
                files=(*SCANS, ("vacancy_form", ())),
            ),
        ),
    ),
    "岳阳": Locality(
        Place(
            area="湖南省/岳阳市/某县",
            at="2024-08-29T09:00:00",
            kind=Kind.PUBLIC_INSTITUTION,
        ),
        (
            Road(
                pack="yueyang-2024",
                series="群文",
                specialty="音乐辅导",
                level="intermediate",
                bodies=(
                    EMPLOYER,
                    "county_title_office",
                    "industry_department",
                    "city_title_office",
                    "committee_office",
                    "final_body",
                ),
                application=application(
                    "音乐辅导",
                    awarded_on="2016-06-30",
                    assessed=(),
                    achievements=(
                        Achievement(claim="concert", item="业绩", year=2023, description=None),
                    ),
                    insured=None,
                ),
                files=(("qualification", ("degree", "work")),),
                before={
                    "industry_department": papers(
                        "leg1_others",
                        "qualification_paper",
                        "performance",
                        at="2024-09-11T09:00:00",
                        fee=21_500,
                    ),
                    "city_title_office": papers(
                        "leg2_intermediate", "performance", at="2024-10-15T09:00:00"
                    ),
                    "committee_office": later("2024-10-21T09:00:00"),
                    "final_body": later("2024-11-08T15:00:00"),
                },
            ),
        ),
    ),
    "漯河": Locality(
        Place(
            area="河南省/漯河市/临颍县",
            at="2020-01-06T09:00:00",
            kind=Kind.ENTERPRISE,
            traits=("unit.registered=county",),
        ),
        (
            Road(
                pack="luohe-2020",
                series="工程",
                specialty="食品工程",
                level="assistant",
                bodies=(EMPLOYER, DEPARTMENT, "county_title_office"),
                application=application(
                    "食品工程",
                    "college",
                    "2014-07-01",
                    mode="adult",
                    titles=(
                        HeldTitle(
                            claim="yuan",
                            level="yuan",
                            series="工程",
                            means="认定考核",
                            gained_on=date(2016, 12, 30),
                            appointed_on=date(2017, 1, 1),
                        ),
                    ),
                    assessed=(2017, 2018, 2019),
                    achievements=(
                        Achievement(
                            claim="patent",
                            item="四",
                            year=2019,
                            description=None,
                            details=("granted=true",),
                        ),
                    ),
                    insured=None,
                ),
                files=(("diploma", ("degree",)), ("achievement_evidence", ("patent",))),
            ),
        ),
    ),
}


@pytest.fixture(scope="module", params=LOCALITIES)
def locality(request: pytest.FixtureRequest) -> Locality:
    """Each notice in turn."""
    return LOCALITIES[request.param]


@pytest.fixture(scope="module")
def county(locality: Locality) -> County:
    """What readiness asked for, and nothing more."""
    return County.of(locality.place)


def test_no_chain_that_the_county_has_part_in_is_left_out(
    locality: Locality, county: County
) -> None:
    unit = county.town.organisations[county.unit]
    law = laws().for_area(unit.area)
    chains = {
        tuple(stage.body for stage in law.chain(replace(facts_of_unit(unit), applied=level)))
        for level in law.whole.levels
    }
    assert chains
    roads = {
        road.bodies for each in LOCALITIES.values() for road in each.roads if road.pack == law.id
    }
    assert {road.bodies for road in locality.roads} <= chains <= roads


def test_every_case_is_recognised(locality: Locality, county: County) -> None:
    for road in locality.roads:
        it = travelled(county.copy(), road)
        assert tuple(each.body for each in it.chain) == road.bodies


def test_each_house_has_as_many_people_as_its_tasks_need(county: County) -> None:
    told = {
        (each.organisation, each.task): (each.persons, each.needed)
        for one in county.readiness()
        for each in one.staff
    }
    assert all(persons == needed for persons, needed in told.values()), told
    for house in county.houses:
        needed = [need for (where, _), (_, need) in told.items() if where == house]
        assert len(county.staff[house]) == max(needed)


def test_with_one_person_less_it_says_so_and_a_case_stands_still(
    locality: Locality, county: County
) -> None:
    for house in county.houses:
        for person in county.staff[house]:
            fewer = county.copy()
            fewer.leaves(house, person)
            lacks = {(where, what) for where, what, _ in fewer.lacks()}
            assert {where for where, _ in lacks} == {house}
            still = [_still(fewer.copy(), road) for road in locality.roads]
            assert lacks & set(filter(None, still)), (lacks, still)


def _still(county: County, road: Road) -> tuple[str, str] | None:
    """The house and the seat at which a case stands still, if it does."""
    try:
        travelled(county, road)
    except StandsStillError as stood:
        house, seat = stood.args
        return house, seat
    return None


def test_without_a_power_it_says_so(county: County) -> None:
    """Unless the city has it as well: then the city deals with it."""
    desk = county.town.office.desk()
    kinds = {house: _kinds(desk.authority(house)) for house in (*county.houses, county.city)}
    for house in county.houses:
        for kind in kinds[house]:
            without = county.copy()
            without.loses(house, kind)
            unmet = {
                lacks for _, lacks, what in without.lacks() if what is LackKind.NOBODY_HAS_POWER
            }
            assert bool(unmet & {kind, SEAL}) == (kind not in kinds[county.city]), kind


def _kinds(authority: Authority) -> set[str]:
    return {kind for each in authority.grants for kind in each.power.kinds}
