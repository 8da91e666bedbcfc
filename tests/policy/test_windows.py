"""Windows bind different actors, and each says what it binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.policy.admission import Timeliness
from tests.policy.conftest import beijing, told

if TYPE_CHECKING:
    from domain.policy.law import Law

OPEN, NOT_OPEN, CLOSED = Timeliness.OPEN, Timeliness.NOT_OPEN, Timeliness.CLOSED


@pytest.mark.parametrize(
    ("moment", "answer", "code"),
    [
        ("2024-04-09 23:59:59", NOT_OPEN, "WINDOW_NOT_OPEN"),
        ("2024-04-10 00:00:00", OPEN, None),
        ("2024-05-30 23:59:59.999", OPEN, None),
        ("2024-05-31 00:00:00", CLOSED, "WINDOW_CLOSED"),
        ("2024-10-10 00:00:00", OPEN, None),
        ("2024-11-21 00:00:00", CLOSED, "WINDOW_CLOSED"),
    ],
)
def test_a_window_holds_from_its_first_second_to_its_last(
    xunwu: Law, moment: str, answer: Timeliness, code: str | None
) -> None:
    admitted = xunwu.admission("applicant", beijing(moment), told(employer_sector="agriculture"))
    assert admitted.timeliness is answer
    assert (admitted.refusal.code if admitted.refusal else None) == code


def test_the_education_system_files_in_the_autumn_only(xunwu: Law) -> None:
    teacher = told(employer_sector="education")
    spring = xunwu.admission("applicant", beijing("2024-04-20 09:00:00"), teacher)
    assert spring.timeliness is NOT_OPEN
    assert spring.refusal is not None
    assert "2024-10-10" in spring.refusal.chinese
    assert "XW-03" in {citation.rule for citation in spring.refusal.citations}
    autumn = xunwu.admission("applicant", beijing("2024-10-20 09:00:00"), teacher)
    assert (autumn.timeliness, autumn.batch) == (OPEN, "B2")


def test_a_closed_window_names_the_next(xunwu: Law) -> None:
    late = xunwu.admission("applicant", beijing("2024-05-31 00:00:00"), told())
    assert late.refusal is not None
    assert "2024-10-10" in late.refusal.english


@pytest.mark.parametrize("who", ["applicant", "employer", "department"])
def test_three_actors_share_one_window_and_the_bureau_is_free(yiyang: Law, who: str) -> None:
    facts = told(unit={"type": "enterprise", "owner": "city"}, applied="assistant")
    inside, after = beijing("2024-05-31 23:59:59"), beijing("2024-06-01 00:00:00")
    assert yiyang.admission(who, inside, facts).timeliness is OPEN
    assert yiyang.admission(who, after, facts).timeliness is CLOSED
    assert yiyang.admission("city_hr", after, facts).timeliness is Timeliness.UNBOUND


def test_a_window_that_closes_on_a_saturday_closes_then(yiyang: Law) -> None:
    late = yiyang.admission("applicant", beijing("2024-12-01 00:00:00"), told())
    assert late.timeliness is CLOSED


def test_the_third_batch_closes_before_the_quarter_ends(huzhou: Law) -> None:
    facts = told(unit={"area": "市直"}, applied="assistant")
    last = huzhou.admission("applicant", beijing("2024-12-20 23:59:59"), facts)
    assert (last.timeliness, last.batch) == (OPEN, "B3")
    assert huzhou.admission("applicant", beijing("2024-12-21 00:00:00"), facts).refusal


def test_what_the_counties_set_is_undetermined(huzhou: Law) -> None:
    county = told(unit={"type": "enterprise", "area": "德清县"}, applied="assistant")
    answer = huzhou.admission("applicant", beijing("2024-05-10 09:00:00"), county)
    assert answer.timeliness is Timeliness.UNDETERMINED
    assert {citation.rule for citation in answer.citations} == {"HZ-49", "HZ-50"}
    assert not answer.admitted


def test_a_deadline_for_the_arrival_binds_the_stage_before(luohe: Law) -> None:
    city = told(unit={"type": "enterprise", "owner": "city"}, applied="assistant")
    filed = luohe.admission("applicant", beijing("2020-01-10 12:00:00"), city)
    assert filed.admitted
    missed = luohe.admission("department", beijing("2020-01-13 09:00:00"), city)
    assert missed.refusal is not None
    assert missed.refusal.code == "STAGE_DEADLINE_MISSED"
    assert missed.bound == "arrival:city_title_office"
    assert luohe.admission("department", beijing("2020-01-10 23:59:59"), city).timeliness is OPEN


@pytest.mark.parametrize("who", ["applicant", "employer", "department"])
def test_once_the_deadline_for_an_arrival_has_passed_nobody_on_the_way_is_in_time(
    luohe: Law, who: str
) -> None:
    city = told(unit={"type": "enterprise", "owner": "city"}, applied="assistant")
    assert luohe.admission(who, beijing("2020-01-10 23:59:59.999"), city).admitted
    late = luohe.admission(who, beijing("2020-01-11 00:00:00"), city)
    assert late.refusal is not None
    assert (late.refusal.code, late.bound) == (
        "STAGE_DEADLINE_MISSED",
        "arrival:city_title_office",
    )
    assert {each.rule for each in late.citations} == {"LH-45"}


def test_county_cases_follow_the_county(luohe: Law) -> None:
    county = told(unit={"type": "enterprise", "owner": "county"}, applied="assistant")
    answer = luohe.admission("applicant", beijing("2020-03-01 09:00:00"), county)
    assert answer.timeliness is Timeliness.UNDETERMINED
    assert [stage.id for stage in luohe.chain(county)][-1] == "county_title_office"


@pytest.mark.parametrize(
    ("who", "last_day"),
    [
        ("applicant", "2024-09-12"),
        ("employer", "2024-09-12"),
        ("county_title_office", "2024-09-12"),
        ("industry_department", "2024-09-16"),
    ],
)
def test_each_stage_of_the_committee_review_has_its_deadline(
    yueyang: Law, who: str, last_day: str
) -> None:
    facts = told(unit={"owner": "county"}, series="档案系列", applied="intermediate")
    assert yueyang.admission(who, beijing(f"{last_day} 23:59:59"), facts).timeliness is OPEN
    day = f"{last_day[:8]}{int(last_day[8:]) + 1:02}"
    late = yueyang.admission(who, beijing(f"{day} 09:00:00"), facts)
    assert late.refusal is not None
    expected = "WINDOW_CLOSED" if who == "applicant" else "STAGE_DEADLINE_MISSED"
    assert late.refusal.code == expected


@pytest.mark.parametrize(
    ("series", "level", "leg", "moment", "code"),
    [
        ("省卫生系列", "intermediate", 1, "2024-09-08 10:00:00", "WINDOW_NOT_OPEN"),
        ("省卫生系列", "intermediate", 1, "2024-09-14 16:00:00", None),
        ("省卫生系列", "intermediate", 1, "2024-09-15 09:00:00", "STAGE_DEADLINE_MISSED"),
        ("中小学教师系列", "senior", 1, "2024-10-12 17:00:00", None),
        ("中小学教师系列", "senior", 1, "2024-10-13 09:00:00", "STAGE_DEADLINE_MISSED"),
        ("基层农业系列", "intermediate", 1, "2024-10-10 09:00:00", None),
        ("基层林业工程系列", "intermediate", 1, "2024-10-09 09:00:00", "WINDOW_NOT_OPEN"),
        ("档案系列", "intermediate", 1, "2024-09-11 10:00:00", None),
        ("档案系列", "intermediate", 2, "2024-10-15 10:00:00", None),
        ("档案系列", "intermediate", 2, "2024-10-17 10:00:00", "STAGE_DEADLINE_MISSED"),
        ("律师系列", "deputy_senior", 2, "2024-09-16 10:00:00", None),
    ],
)
def test_paper_is_handed_over_in_the_window_of_its_series(
    yueyang: Law, series: str, level: str, leg: int, moment: str, code: str | None
) -> None:
    answer = yueyang.paper_admission(leg, beijing(moment), told(series=series, applied=level))
    assert (answer.refusal.code if answer.refusal else None) == code
    assert answer.admitted is (code is None)


def test_a_hand_over_without_a_window_is_undetermined(yueyang: Law) -> None:
    junior = told(series="图书系列", applied="junior")
    at = beijing("2024-10-15 10:00:00")
    assert yueyang.paper_admission(2, at, junior).timeliness is Timeliness.UNDETERMINED


def test_where_the_first_hand_over_reaches_the_bureau_there_is_no_second(yueyang: Law) -> None:
    for series in ("中小学教师系列", "大工程系列", "土建工程专业"):
        legs = yueyang.paper_legs(told(series=series, applied="intermediate"))
        assert [leg.leg for leg in legs] == [1]


def test_a_batch_is_decided_in_time_or_marked(xunwu: Law) -> None:
    completion = xunwu.completion("B2")
    assert completion is not None
    assert not completion.late(beijing("2024-12-20 23:00:00"))
    assert completion.late(beijing("2024-12-21 00:00:00"))
    assert completion.flag == "DECIDED_LATE"


def test_each_batch_measures_years_at_its_own_date(xunwu: Law, yiyang: Law) -> None:
    days = [str(xunwu.reference_date(batch.id)) for batch in xunwu.batches()]
    assert days == ["2024-06-30", "2024-12-31"]
    assert yiyang.reference_date("2024H1") is None
