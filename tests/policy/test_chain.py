"""Which stages a case passes, who sits there, and who may be first to confirm what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.policy.conftest import told

if TYPE_CHECKING:
    from domain.policy.law import Law

COUNTY, CITY = {"type": "enterprise", "owner": "county"}, {"type": "enterprise", "owner": "city"}


def stages(law: Law, **given: object) -> list[str]:
    return [stage.id for stage in law.chain(told(**given))]


def test_the_bureau_may_not_be_first_to_confirm_work_or_achievements(xunwu: Law) -> None:
    employer, department, bureau = xunwu.chain(told())
    assert {"work", "achievement"} <= set(employer.first_to_assert)
    assert {"work", "achievement"} <= set(department.first_to_assert)
    assert not {"work", "achievement"} & set(bureau.first_to_assert)
    assert bureau.decides


def test_every_stage_has_two_seats_unless_a_committee_votes(
    xunwu: Law, yiyang: Law, huzhou: Law, luohe: Law, yueyang: Law
) -> None:
    for law in (xunwu, yiyang, huzhou, luohe, yueyang):
        for stage in law.whole.stages.values():
            assert stage.votes or stage.seats == ("handler", "leader")
            assert stage.votes is (stage.seats == ())


def test_the_last_stage_decides_and_no_other(
    xunwu: Law, yiyang: Law, huzhou: Law, luohe: Law, yueyang: Law
) -> None:
    for law in (xunwu, yiyang, huzhou, luohe, yueyang):
        for unit in (COUNTY, CITY):
            for level in ("assistant", "intermediate"):
                chain = law.chain(told(unit=unit, applied=level, series="档案系列"))
                assert [stage.decides for stage in chain] == [False] * (len(chain) - 1) + [True]


def test_a_county_unit_passes_the_county_and_a_city_unit_does_not(yueyang: Law) -> None:
    before = ["employer", "county_title_office", "industry_department", "city_title_office"]
    assert stages(yueyang, unit=COUNTY)[:4] == before
    assert "county_title_office" not in stages(yueyang, unit=CITY)
    assert stages(yueyang, unit=CITY)[-2:] == ["committee_office", "final_body"]


def test_for_some_series_the_bureau_is_the_industry_stage(yueyang: Law) -> None:
    bodies = {
        series: next(
            stage.body
            for stage in yueyang.chain(told(series=series))
            if stage.id == "industry_department"
        )
        for series in ("大工程系列", "中小学教师系列", "律师系列")
    }
    assert bodies == {
        "大工程系列": "city_hr",
        "中小学教师系列": "city_hr",
        "律师系列": "industry_department",
    }


@pytest.mark.parametrize(
    ("unit", "level", "last"),
    [
        (COUNTY, "assistant", "county_hr"),
        (COUNTY, "intermediate", "city_hr"),
        (CITY, "yuan", "city_hr"),
        ({"type": "enterprise", "owner": None, "agency": "county"}, "yuan", "county_hr"),
    ],
)
def test_the_deciding_bureau_follows_owner_and_level(
    yiyang: Law, unit: dict[str, object], level: str, last: str
) -> None:
    assert stages(yiyang, unit=unit, applied=level) == ["employer", "department", last]
    assert yiyang.authority(told(unit=unit, applied=level)).code == last.upper()


def test_where_there_is_no_department_the_agency_takes_its_place(yiyang: Law) -> None:
    department = yiyang.chain(told(unit=CITY))[1]
    assert (department.body, department.stands_in) == ("competent_department", "hr_agency")


def test_a_county_office_approves_although_the_sentence_names_the_city(luohe: Law) -> None:
    assert luohe.authority(told(unit=COUNTY, applied="assistant")).code == "COUNTY_TITLE_OFFICE"
    assert luohe.authority(told(unit=CITY, applied="assistant")).code == "CITY_TITLE_OFFICE"


def test_an_authority_that_nobody_names_is_undetermined(yiyang: Law) -> None:
    answer = yiyang.authority(told(applied="assistant"))
    assert answer.code == "UNDETERMINED"
    assert answer.citations


def test_a_committee_carries_by_two_thirds_of_those_present(yueyang: Law) -> None:
    rule = yueyang.votes()
    assert rule.carried(members=15, present=12, in_favour=8)
    assert not rule.carried(members=15, present=12, in_favour=7)
    assert not rule.carried(members=15, present=9, in_favour=9)
    assert rule.carried(members=15, present=10, in_favour=7)
    assert {citation.source for citation in rule.citations} == {"national-default"}


def test_returns_resume_at_the_first_stage_and_say_whose_rule_it_is(xunwu: Law, luohe: Law) -> None:
    assert xunwu.returns().resume == "first"
    assert {each.source for each in xunwu.returns().citations} == {"national-default"}
    assert luohe.returns().clock_runs
    assert luohe.returns().citations[0].rule == "LH-59"


def test_separation_cites_the_notice_where_it_speaks(xunwu: Law, yiyang: Law) -> None:
    assert {"XW-23", "XW-25"} <= {each.rule for each in xunwu.separation().citations}
    assert {each.source for each in yiyang.separation().citations} == {"national-default"}
