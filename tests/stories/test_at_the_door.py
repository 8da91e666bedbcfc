"""What stands in the way of a filing: who may file, where, with what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.stories.door import ask, assessed, degree, job, particulars

if TYPE_CHECKING:
    from tests.stories.door import Asked, Register
    from tests.stories.places import Luohe

HUZHOU, LUOHE, XUNWU = "huzhou-2024", "luohe-2020", "xunwu-2024"
STATED = particulars(file_kept_at="none", profession="none")
"""What the county asks everybody to state."""
LICENCE = {"claim": "licence", "kind": "从业资格证", "gained_on": "2018-06-01"}
"""Of whatever profession."""
TEACHER = ("中小学教师", "数学", "assistant")
GRADUATE: dict[str, Any] = {
    "educations": [degree("bachelor", "2022-06-20")],
    "work": [job("2022-07-01")],
    "assessments": assessed("合格", 2023),
}


@pytest.mark.story("HZ-E22")
def test_the_third_batch_closes_with_the_last_second_of_20_december(register: Register) -> None:
    house = register.employer(HUZHOU)

    def at(instant: str) -> Asked:
        return ask(house.administrator.client, house, HUZHOU, instant, **GRADUATE)

    last, late = at("2024-12-20T23:59:59"), at("2024-12-21T00:00:00")
    assert "WINDOW_CLOSED" not in last.obstacles
    assert (last.verdict["batch"], last.verdict["outcome"]) == ("B3", "eligible")
    assert "HZ-44" in late.obstacles["WINDOW_CLOSED"]


@pytest.mark.story("XW-E05")
def test_two_batches_of_a_year_open_and_close_at_midnight(register: Register) -> None:
    station = register.employer(
        XUNWU,
        "某乡镇农技站",
        kind="institution",
        level="county",
        traits=["unit.sector=agriculture"],
    )
    refused = [
        {"WINDOW_NOT_OPEN", "WINDOW_CLOSED"}.intersection(
            ask(station.administrator.client, station, XUNWU, instant).obstacles
        )
        for instant in (
            "2024-04-09T23:59:59",
            "2024-05-30T23:59:59",
            "2024-05-31T00:00:00",
            "2024-10-10T00:00:00",
        )
    ]
    assert refused == [{"WINDOW_NOT_OPEN"}, set(), {"WINDOW_CLOSED"}, set()]


@pytest.mark.story("HZ-E24")
def test_a_self_evaluating_unit_deals_with_its_own_titles(register: Register) -> None:
    college = register.employer(HUZHOU, kind="institution", traits=["unit.autonomous=true"])
    asked = ask(college.administrator.client, college, HUZHOU, "2024-05-10T09:00:00", **GRADUATE)
    assert asked.obstacles["OUT_OF_SYSTEM_AUTONOMOUS_UNIT"] == {"HZ-45"}


@pytest.mark.story("HZ-E25")
def test_who_comes_from_elsewhere_needs_residence_or_employment_here(register: Register) -> None:
    house = register.employer(HUZHOU)
    filed_at = "2024-05-10T09:00:00"
    resident, worker, hong_kong = (
        register.newcomer(house, kind, number)
        for kind, number in (
            ("foreign_permanent_residence", "JPN310000000001"),
            ("passport", "TK0000001"),
            ("hk_macao_travel_permit", "H00000001"),
        )
    )
    allowed = ask(resident, house, HUZHOU, filed_at, **GRADUATE)
    assert allowed.verdict["outcome"] == "eligible"
    refused = ask(worker, house, HUZHOU, filed_at, **GRADUATE)
    assert refused.obstacles["NOT_IN_SCOPE"] == {"HZ-46"}
    assert ask(hong_kong, house, HUZHOU, filed_at, **GRADUATE).verdict["outcome"] == "eligible"


@pytest.mark.story("HZ-E28")
def test_a_teacher_needs_the_licence_from_the_assistant_level_on(register: Register) -> None:
    school = register.employer(HUZHOU, "某培训学校", kind="private_non_enterprise")
    stated: dict[str, Any] = {
        "educations": [degree("secondary", "2020-06-30"), degree("bachelor", "2022-06-20")],
        "work": [job("2020-07-01")],
        "assessments": assessed("合格", 2023),
        "particulars": particulars(profession="教师"),
    }

    def for_level(level: str) -> Asked:
        title = ("教师", "数学", level)
        by = school.administrator.client
        return ask(by, school, HUZHOU, "2024-05-10T09:00:00", title=title, **stated)

    assert "HZ-28" in for_level("assistant").obstacles["QUALIFICATION_CERT_MISSING"]
    technician = for_level("yuan")
    assert "QUALIFICATION_CERT_MISSING" not in technician.obstacles
    assert technician.verdict["outcome"] == "eligible"


@pytest.mark.story("HZ-E29")
def test_the_bureau_that_accepts_is_the_employers_own(register: Register) -> None:
    house = register.employer(HUZHOU, traits=["unit.hr_bureau=市本级"])

    def through(bureau: str) -> Asked:
        chosen = particulars(filing__accepted_by=bureau)
        by = house.administrator.client
        return ask(by, house, HUZHOU, "2024-05-10T09:00:00", particulars=chosen, **GRADUATE)

    assert through("德清县").obstacles["WRONG_AUTHORITY"] == {"HZ-32"}
    assert through("市本级").verdict["outcome"] == "eligible"


@pytest.mark.parametrize(
    ("years", "missing"),
    [
        ((), True),
        ((2012,), True),
        ((2017, 2018), True),
        ((2016, 2017, 2018), False),
        ((2016, 2017, 2018, 2019), False),
    ],
)
def test_every_year_in_the_present_post_is_shown_and_silence_shows_none(
    luohe: Luohe, years: tuple[int, ...], *, missing: bool
) -> None:
    """Of the year that has just ended no assessment need be there yet (LH-18)."""
    house = luohe.enterprise
    asked = ask(
        house.administrator.client,
        house,
        LUOHE,
        "2020-01-06T09:00:00",
        educations=[degree("bachelor", "2015-06-20")],
        work=[job("2010-07-01", "2015-12-31", at_employer=False), job("2016-01-01")],
        assessments=assessed("合格", *years),
    )
    assert (asked.obstacles.get("ASSESSMENT_MISSING", set()) >= {"LH-18"}) is missing


def test_a_diploma_and_an_achievement_are_shown_by_a_file(luohe: Luohe) -> None:
    """Claimed and not shown neither is taken; who claims no achievement shows none (LH-51)."""
    house = luohe.enterprise
    patent = {"claim": "patent", "item": "四", "details": ["granted=true"]}

    def missing(*materials: str, claimed: tuple[dict[str, Any], ...] = (patent,)) -> list[str]:
        asked = ask(
            house.administrator.client,
            house,
            LUOHE,
            "2020-01-06T09:00:00",
            educations=[degree("college", "2014-07-01", mode="adult")],
            work=[job("2014-08-01")],
            achievements=list(claimed),
            materials=materials,
        )
        return sorted(asked.obstacles.get("MATERIAL_MISSING", ()))

    assert missing() == ["LH-10", "LH-12", "LH-33", "LH-51"]
    assert missing("diploma") == ["LH-33", "LH-51"]
    assert missing("diploma", claimed=()) == []
    assert missing("diploma", "achievement_evidence") == []


def test_a_licence_is_shown_by_a_file(luohe: Luohe) -> None:
    """Whoever claims one hands it in, whether or not the reviewers find that one is needed."""
    house = luohe.enterprise

    def lacks(licences: list[dict[str, Any]], *materials: str) -> bool:
        asked = ask(
            house.administrator.client,
            house,
            LUOHE,
            "2020-01-06T09:00:00",
            particulars=STATED,
            licences=licences,
            materials=materials,
        )
        return "LH-51" in asked.obstacles.get("QUALIFICATION_CERT_MISSING", ())

    assert [lacks([]), lacks([LICENCE]), lacks([LICENCE], "licence")] == [False, True, False]


PAPER = {"claim": "paper", "item": "论文", "details": []}


@pytest.mark.parametrize(
    ("pack", "claims", "shown_by", "rule"),
    [
        (XUNWU, {"licences": [LICENCE]}, "licence", "XW-16"),
        (XUNWU, {"achievements": [PAPER]}, "achievement_evidence", "XW-34"),
        (HUZHOU, {"licences": [LICENCE]}, "licence", "HZ-28"),
    ],
)
def test_who_claims_a_licence_or_a_work_shows_it_by_a_file(
    register: Register, pack: str, claims: dict[str, Any], shown_by: str, rule: str
) -> None:
    """Careless reviewers confirm what was claimed: the file is asked for before they do."""
    house = register.employer(pack)

    def missing(*materials: str, **claimed: Any) -> bool:  # noqa: ANN401 -- of an application
        by, stated = house.administrator.client, {"particulars": STATED, **claimed}
        asked = ask(by, house, pack, "2024-04-15T10:00:00", materials=materials, **stated)
        codes = ("MATERIAL_MISSING", "QUALIFICATION_CERT_MISSING")
        return any(rule in asked.obstacles.get(code, ()) for code in codes)

    assert not missing()
    assert missing(**claims)
    assert not missing(shown_by, **claims)


@pytest.mark.story("XW-E07")
def test_a_vocational_high_school_has_one_series_only(register: Register) -> None:
    traits = ["unit.sector=education", "unit.kind=vocational_high_school"]
    school = register.employer(
        XUNWU, "寻乌某职业高中", kind="institution", level="county", traits=traits
    )
    licence = {"claim": "licence", "kind": "教师资格证", "gained_on": "2020-07-01"}
    asked = ask(
        school.administrator.client,
        school,
        XUNWU,
        "2024-10-15T10:00:00",
        title=TEACHER,
        educations=[degree("bachelor", "2020-06-30")],
        licences=[licence],
    )
    assert asked.obstacles["SERIES_CLOSED"] == {"XW-11"}
    assert (asked.verdict["batch"], asked.verdict["outcome"]) == ("B2", "ineligible")
    assert [each["code"] for each in asked.verdict["refusals"]] == ["SERIES_CLOSED"]
    assert asked.verdict["suggested_series"] == "中职（教学）"


@pytest.mark.story("XW-E10")
def test_two_names_of_employers_need_a_proof_under_both_seals(register: Register) -> None:
    company = register.employer(XUNWU, "寻乌县某某农业发展有限公司", ownership="non_state")

    def with_seals(*seals: str) -> Asked:
        insured = {"claim": "insurance", "insured_employer": "赣州某某人力资源有限公司"}
        insurance = {**insured, "linked": True, "proof_seals": list(seals)}
        return ask(
            company.administrator.client,
            company,
            XUNWU,
            "2024-10-15T10:00:00",
            title=("农业", "农艺", "assistant"),
            supported=("insurance",),
            insurance=insurance,
            particulars=STATED,
        )

    assert with_seals().obstacles["SI_EMPLOYER_MISMATCH"] == {"XW-13", "XW-14"}
    assert "SI_EMPLOYER_MISMATCH" in with_seals("applying").obstacles
    assert "SI_EMPLOYER_MISMATCH" not in with_seals("applying", "insured").obstacles


@pytest.mark.story("XW-E11")
def test_a_blank_at_the_end_makes_no_other_employer_and_nothing_is_uploaded(
    register: Register,
) -> None:
    school = register.employer(XUNWU, "寻乌县第一中学", kind="institution", level="county")
    asked = ask(
        school.administrator.client,
        school,
        XUNWU,
        "2024-10-15T10:00:00",
        materials=("diploma",),
        particulars=STATED,
        insurance={"claim": "insurance", "insured_employer": " 寻乌县第一中学 ", "linked": True},
    )
    assert asked.obstacles == {}


@pytest.mark.story("XW-E12")
def test_work_outside_the_province_needs_three_consents_before_filing(register: Register) -> None:
    centre = register.employer(XUNWU, "寻乌县就业创业服务中心", kind="institution", level="county")

    away = particulars(works_in="广东", file_kept_at="寻乌县就业创业服务中心", profession="none")
    away += [{"claim": "consent", "name": "consents", "value": "province_title_office_consent"}]
    by = centre.administrator.client
    asked = ask(by, centre, XUNWU, "2024-10-20T10:00:00", particulars=away)
    assert asked.obstacles["FACT_OPEN"] >= {"XW-15"}
    (consents,) = [each for each in asked.open if each["fact"] == "consents"]
    assert (consents["said_by"], consents["by"]) == (["authority"], "filing")


@pytest.mark.story("XW-E21")
def test_a_licence_is_there_when_its_holder_files_or_comes_too_late(register: Register) -> None:
    school = register.employer(
        XUNWU, "县第三中学", kind="institution", level="county", traits=["unit.sector=education"]
    )
    licence = {"claim": "licence", "kind": "教师资格证", "gained_on": "2024-11-18"}

    def at(instant: str, *materials: str) -> Asked:
        return ask(
            school.administrator.client,
            school,
            XUNWU,
            instant,
            title=TEACHER,
            materials=materials,
            licences=[licence],
        )

    early = at("2024-11-15T10:00:00", "licence")
    assert early.obstacles["QUALIFICATION_CERT_MISSING"] == {"XW-16"}
    assert "QUALIFICATION_CERT_MISSING" not in at("2024-11-20T10:00:00", "licence").obstacles


def test_who_files_too_late_for_the_publicity_to_end_in_time_is_warned(register: Register) -> None:
    farm = register.employer("yiyang-2024", "某农场", level="city")

    def warned(instant: str) -> list[str]:
        by = farm.administrator.client
        asked = ask(by, farm, "yiyang-2024", instant, title=("农业", "作物学", "assistant"))
        return [each["code"] for each in asked.warnings]

    assert warned("2024-05-23T09:00:00") == []
    assert warned("2024-05-24T09:00:00") == ["PUBLICITY_ENDS_LATE"]


def test_what_an_engineer_is_called_does_not_open_what_is_closed(register: Register) -> None:
    """土建 by another name is 土建; what nobody knows is for people to judge (YY-08)."""
    works = register.employer("yiyang-2024", "某机械厂", level="city")
    graduate = {**GRADUATE, "educations": [degree("bachelor", "2021-06-20")]}

    def of(specialty: str) -> tuple[str, set[str]]:
        by, title = works.administrator.client, ("工程", specialty, "assistant")
        asked = ask(by, works, "yiyang-2024", "2024-05-20T09:00:00", title=title, **graduate)
        told = {each["code"] for each in asked.verdict["refusals"]}
        return asked.verdict["outcome"], told & {"EXAM_SERIES", "MANUAL_JUDGEMENT_NEEDED"}

    assert of("工民建") == of("软件工程") == ("ineligible", {"EXAM_SERIES"})
    assert of("某新学科") == ("manual_review", {"MANUAL_JUDGEMENT_NEEDED"})
    assert of("机械设计") == ("eligible", set())
