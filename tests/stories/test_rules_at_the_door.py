"""Rules on which the answer to a filing turns, each asked at the door by somebody it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.stories.door import ask, assessed, degree, job, particulars

if TYPE_CHECKING:
    from tests.stories.door import Asked, Register
    from tests.stories.places import Luohe

HUZHOU, YIYANG, LUOHE, XUNWU = "huzhou-2024", "yiyang-2024", "luohe-2020", "xunwu-2024"
GRADUATE: dict[str, Any] = {
    "educations": [degree("bachelor", "2022-06-20")],
    "work": [job("2022-07-01")],
    "assessments": assessed("合格", 2023),
}
OUT_OF_TIME = {"WINDOW_NOT_OPEN", "WINDOW_CLOSED"}
NO_WAY = {"NO_ROUTE", "YEARS_SHORT"}


@pytest.fixture(scope="module")
def counties(register: Register, luohe: Luohe) -> dict[str, Any]:
    """An employer of each city, and one of a county of the first."""
    return {
        HUZHOU: register.employer(HUZHOU),
        YIYANG: register.employer(YIYANG),
        LUOHE: luohe.enterprise,
        XUNWU: register.employer(XUNWU, level="county"),
        "county": register.employer(
            HUZHOU, "德清某公司", area="浙江省/湖州市/德清县", level="county"
        ),
    }


def asked(counties: dict[str, Any], pack: str, at: str, house: str = "", **said: Any) -> Asked:  # noqa: ANN401 -- of an application
    here = counties[house or pack]
    return ask(here.administrator.client, here, pack, at, **said)


def test_three_batches_a_year_begin_in_april(counties: dict[str, Any]) -> None:
    early = asked(counties, HUZHOU, "2024-03-31T23:59:59", **GRADUATE)
    assert "HZ-42" in early.obstacles["WINDOW_NOT_OPEN"]
    batches = [
        asked(counties, HUZHOU, f"{day}T09:00:00", **GRADUATE).verdict["batch"]
        for day in ("2024-04-01", "2024-06-30", "2024-07-01", "2024-10-01")
    ]
    assert batches == ["B1", "B1", "B2", "B3"]


def test_a_county_sets_its_own_time_for_junior_titles(counties: dict[str, Any]) -> None:
    late = "2024-12-25T09:00:00"
    assert "WINDOW_CLOSED" in asked(counties, HUZHOU, late, **GRADUATE).obstacles
    county = asked(counties, HUZHOU, late, "county", **GRADUATE)
    assert OUT_OF_TIME.isdisjoint(county.obstacles)


def test_two_batches_a_year_in_may_and_november(counties: dict[str, Any]) -> None:
    for day in ("2024-04-30", "2024-06-01", "2024-10-31", "2024-12-01"):
        refused = asked(counties, YIYANG, f"{day}T09:00:00", **GRADUATE)
        assert not OUT_OF_TIME.isdisjoint(refused.obstacles), day
    taken = [
        asked(counties, YIYANG, f"{day}T09:00:00", **GRADUATE).verdict["batch"]
        for day in ("2024-05-01", "2024-11-30")
    ]
    assert taken == ["2024H1", "2024H2"]


def test_a_doctor_is_recognised_without_any_years(counties: dict[str, Any]) -> None:
    title = ("农业", "农艺", "intermediate")
    answers = [
        asked(
            counties,
            YIYANG,
            "2024-05-10T09:00:00",
            title=title,
            educations=[degree(level, "2024-03-20")],
            work=[job("2024-04-01")],
            assessments=assessed("合格", 2023),
        )
        for level in ("doctor", "master")
    ]
    assert [NO_WAY.isdisjoint(each.obstacles) for each in answers] == [True, False]


def test_a_degree_from_abroad_is_certified(counties: dict[str, Any]) -> None:
    asked_for = [
        "HZ-20"
        in asked(
            counties,
            HUZHOU,
            "2024-05-10T09:00:00",
            **GRADUATE,
            particulars=particulars(degree__foreign=abroad),
        ).obstacles["MATERIAL_MISSING"]
        for abroad in ("true", "false")
    ]
    assert asked_for == [True, False]


def test_nobody_uploads_what_the_system_links(counties: dict[str, Any]) -> None:
    missing = asked(counties, XUNWU, "2024-10-15T09:00:00", **GRADUATE).obstacles
    assert "XW-08" in missing["MATERIAL_MISSING"]
    assert "XW-12" not in missing["MATERIAL_MISSING"]


def test_a_year_is_full_on_its_anniversary(counties: dict[str, Any]) -> None:
    for first_day, full in (("2023-05-10", True), ("2023-05-11", False)):
        said = GRADUATE | {"work": [job(first_day)]}
        one = asked(counties, HUZHOU, "2024-05-10T09:00:00", **said)
        assert NO_WAY.isdisjoint(one.obstacles) is full, first_day


def test_broken_service_is_added_up(counties: dict[str, Any]) -> None:
    work = [job("2023-07-01", "2023-12-31"), job("2024-02-01")]
    for day, full in (("2024-07-20", False), ("2024-08-05", True)):
        one = asked(counties, HUZHOU, f"{day}T09:00:00", **GRADUATE | {"work": work})
        assert NO_WAY.isdisjoint(one.obstacles) is full, day


def test_thirty_days_left_over_make_a_month(counties: dict[str, Any]) -> None:
    work = [job("2023-07-01", "2023-12-15"), job("2024-02-01")]
    for day, full in (("2024-08-15", False), ("2024-08-16", True)):
        one = asked(counties, HUZHOU, f"{day}T09:00:00", **GRADUATE | {"work": work})
        assert NO_WAY.isdisjoint(one.obstacles) is full, day


def adult(level: str, *achievements: dict[str, Any], since: str = "2017-01-01") -> dict[str, Any]:
    """Somebody with an adult diploma of 2018, who worked before it, too."""
    return {
        "educations": [degree(level, "2018-06-30", mode="adult")],
        "work": [job(since)],
        "assessments": assessed("合格", 2018, 2019),
        "achievements": list(achievements),
    }


def achieved(item: str, *details: str) -> dict[str, Any]:
    return {"claim": "achievement", "item": item, "year": 2019, "details": list(details)}


PATENT = achieved("四", "granted=true")


def test_an_adult_diploma_needs_years_and_earlier_ones_count(counties: dict[str, Any]) -> None:
    at = "2020-01-06T09:00:00"
    answers = {
        (level, since): asked(counties, LUOHE, at, **adult(level, PATENT, since=since))
        for level in ("bachelor", "college")
        for since in ("2016-12-01", "2019-06-01")
    }
    found = {key: NO_WAY.isdisjoint(one.obstacles) for key, one in answers.items()}
    assert found == {
        ("bachelor", "2016-12-01"): True,
        ("bachelor", "2019-06-01"): False,
        ("college", "2016-12-01"): True,
        ("college", "2019-06-01"): False,
    }
    assert "WORK_BEFORE_DIPLOMA" in answers["bachelor", "2016-12-01"].verdict["flags"]


def test_who_worked_before_a_late_adult_diploma_need_not_begin_again(
    counties: dict[str, Any],
) -> None:
    late = {"educations": [degree("bachelor", "2019-06-30", mode="adult")]}
    for since, enough in (("2017-01-01", True), ("2019-06-01", False)):
        said = adult("bachelor", PATENT, since=since) | late
        one = asked(counties, LUOHE, "2020-01-06T09:00:00", **said)
        assert NO_WAY.isdisjoint(one.obstacles) is enough, since


@pytest.mark.parametrize(
    ("item", "good", "bad"),
    [
        ("二", ("approved=true", "in_force=true"), ("approved=false", "in_force=true")),
        ("三", ("main_contributor=true", "level=县级"), ("main_contributor=true", "level=乡级")),
        ("五", ("completed=true", "level=县级"), ("completed=false", "level=县级")),
        ("六", ("completed=true",), ("completed=false",)),
        (
            "八",
            ("main_contributor=true", "prize=三等奖"),
            ("main_contributor=true", "prize=鼓励奖"),
        ),
        ("九", ("level=县级",), ("level=乡级",)),
        ("十", ("level=县级",), ("level=单位",)),
    ],
)
def test_one_achievement_of_the_list_will_do_and_nothing_less(
    counties: dict[str, Any], item: str, good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    answers = [
        "ACHIEVEMENT_MISSING"
        in asked(
            counties, LUOHE, "2020-01-06T09:00:00", **adult("bachelor", achieved(item, *details))
        ).obstacles
        for details in (good, bad)
    ]
    assert answers == [False, True]
