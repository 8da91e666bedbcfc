"""What a record leaves out: it is open, and no other day, word or record stands in for it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.policy.assess_route import Basis, ways
from domain.policy.facts import Facts
from domain.policy.faults import PackError
from domain.policy.loader import Document, load_law
from domain.policy.periods import Period
from domain.policy.reckoning import begun
from domain.policy.records import NOT_MENTIONED, Education, Value
from tests.policy.conftest import told
from tests.policy.occasions import occasion
from tests.policy.sample import DEFAULT, HEAD

D = date
DIPLOMA, DEGREE = D(2024, 6, 30), D(2024, 12, 20)


@pytest.mark.parametrize(
    ("education", "diploma_on", "degree_on"),
    [
        (Education(level="bachelor", awarded=DIPLOMA), DIPLOMA, NOT_MENTIONED),
        (Education(level="bachelor", awarded=DIPLOMA, degree=True), DIPLOMA, DIPLOMA),
        (Education(level="bachelor", awarded=DIPLOMA, degree=False), DIPLOMA, None),
        (
            Education(level="bachelor", awarded=DIPLOMA, degree=True, diploma_on=DIPLOMA),
            DIPLOMA,
            NOT_MENTIONED,
        ),
        (
            Education(level="bachelor", awarded=DEGREE, degree=True, degree_on=DEGREE),
            NOT_MENTIONED,
            DEGREE,
        ),
    ],
)
def test_the_day_of_one_certificate_is_not_that_of_the_other(
    education: Education, diploma_on: Value, degree_on: Value
) -> None:
    days = (education.value("diploma_on"), education.value("degree_on"))
    assert days == (diploma_on, degree_on)


def test_work_of_which_nothing_is_said_is_of_the_specialty_only_where_that_is_assumed() -> None:
    jobs = [{"from": D(2020, 1, 1)}]
    for assume, relation in (("stated", "same"), ("door", NOT_MENTIONED)):
        work = told(assume=assume, work=jobs).work
        assert isinstance(work, tuple)
        assert [each.value("relation") for each in work] == [relation]


TWO = """
[[routes]]
id = "two"
zh = "两个学士学位"
en = "two degrees"
level = "intermediate"
kind = "recognition"
education = { level = "bachelor", degree = true, count = 2 }
terms = [{ years = 1, after = "education" }]
rule = "S-MASTER"
"""
UNSAID = Education(level="bachelor", awarded=D(2015, 7, 1))
FIRST = Education(level="bachelor", awarded=D(2016, 7, 1), degree=True)
SECOND = Education(level="bachelor", awarded=D(2018, 7, 1), degree=True)


@pytest.mark.parametrize(
    ("educations", "rests_on"),
    [
        ((FIRST,), []),
        ((FIRST, SECOND), [Basis(SECOND)]),
        ((UNSAID, SECOND), [Basis(SECOND, frozenset({"education.degree"}))]),
        (
            (UNSAID, FIRST, SECOND),
            [Basis(FIRST, frozenset({"education.degree"})), Basis(SECOND)],
        ),
    ],
)
def test_of_two_educations_neither_may_be_open(
    educations: tuple[Education, ...], rests_on: list[Basis]
) -> None:
    route = load_law(DEFAULT, Document("sample.toml", HEAD + TWO)).whole.routes["two"]
    facts = Facts(education=educations, assumes_stated=False)
    assert list(ways(route, facts)) == rests_on


def test_to_change_the_employer_is_no_new_beginning() -> None:
    jobs = (Period(D(2023, 5, 31), D(2024, 8, 2)), Period(D(2024, 8, 2), D(2025, 3, 4)))
    assert [each.start for each in begun(jobs, "next_month")] == [D(2023, 6, 1), D(2024, 8, 2)]
    apart = (jobs[0], Period(D(2024, 8, 3), D(2025, 3, 4)))
    assert [each.start for each in begun(apart, "next_month")] == [D(2023, 6, 1), D(2024, 9, 1)]


ONGOING = {"from": D(2020, 1, 1), "setting": "乡镇", "relation": "same"}


@pytest.mark.parametrize(
    ("asked", "until", "holds"),
    [
        ("to = { from = 2024-01-01 }", None, True),
        ("to = { from = 2024-01-01 }", D(2023, 12, 31), False),
        ("to = { from = 2024-01-01 }", D(2024, 1, 1), True),
        ("to = { before = 2024-01-01 }", None, False),
        ('to = "none"', None, True),
    ],
)
def test_work_that_goes_on_goes_on_after_every_day(
    asked: str, until: date | None, *, holds: bool
) -> None:
    text = HEAD + CONDITION.replace("ASKED", asked)
    rule = load_law(DEFAULT, Document("sample.toml", text)).whole.conditions["served"]
    facts = told(assume="door", work=[{**ONGOING, "to": until}])
    assert rule.check.find(facts, occasion()).met is holds


@pytest.mark.parametrize(
    ("asked", "told_of"),
    [
        ("to = { from = 2024 }", "from、before 后写日期"),
        ('any = { relation = "same" }', "any、all 后写表的列表"),
        ('unless = [{ relation = "same" }]', "unless 后写一张表"),
    ],
)
def test_what_is_joined_or_bounded_wrongly_is_told_how(asked: str, told_of: str) -> None:
    with pytest.raises(PackError) as wrong:
        load_law(DEFAULT, Document("sample.toml", HEAD + CONDITION.replace("ASKED", asked)))
    assert [told_of in each.told("zh") for each in wrong.value.faults] == [True]


def test_a_route_rests_on_an_education_or_on_none_of_a_kind() -> None:
    with pytest.raises(PackError) as wrong:
        load_law(DEFAULT, Document("sample.toml", HEAD + TWO.replace("count = 2", "count = 0")))
    assert "写在 when 里" in wrong.value.faults[0].told("zh")


CONDITION = """
[[conditions]]
id = "served"
zh = "做到2024年"
en = "until 2024"
require = { work = { setting = "乡镇", ASKED } }
code = "CONDITION_NOT_MET"
rule = "S-GOOD"
"""
