"""Conditions, ways to a level and requirements of time are read as they are written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.policy.checks import CHECKS
from domain.policy.checks.plain import Compared
from domain.policy.comparing import Bounds
from domain.policy.condition import Rule, read_rule
from domain.policy.faults import PackError
from domain.policy.own_wording import Wording
from domain.policy.periods import Length
from domain.policy.routes import Route, read_route
from domain.policy.terms import Adjustment, Term, read_adjustment, read_term
from domain.policy.when import ALWAYS, When
from tests.policy.tables import (
    CITED,
    CITING,
    ENTERPRISE,
    FOR_ENTERPRISES,
    NAMED,
    ONE_YEAR,
    Table,
    like,
    read,
)

if TYPE_CHECKING:
    from domain.policy.reading import Reader

REDUCTION = Adjustment(
    id="it", months=-14, given=ONE_YEAR, when=ENTERPRISE, per_grade=("优秀",), citations=CITED
)
REDUCED: Table = {
    "id": "it",
    "years": -1,
    "months": -2,
    "if": {"years": 1},
    "per_grade": ["优秀"],
    **FOR_ENTERPRISES,
    **CITING,
}


def read_condition(reader: Reader) -> Rule:
    return read_rule(reader, CHECKS)


def test_a_condition_is_read_as_it_is_written() -> None:
    table = {
        **NAMED,
        "require": {"filing.accepted_by": {"same_as": "unit.hr_bureau"}},
        "code": "WRONG_AUTHORITY",
        "otherwise": "manual",
        "remedy_zh": "请改",
        "remedy_en": "change it",
        "suggests": "会计",
        **FOR_ENTERPRISES,
    }
    assert read(read_condition, table) == Rule(
        id="it",
        chinese="中",
        english="english",
        when=ENTERPRISE,
        check=Compared(
            When(bounds=(Bounds(name="filing.accepted_by", same_as="unit.hr_bureau"),)), None
        ),
        refuses=Wording("WRONG_AUTHORITY"),
        otherwise="manual",
        remedy=("请改", "change it"),
        suggests="会计",
        citations=CITED,
    )


def test_a_condition_compares_facts_and_refuses_unless_it_says_otherwise() -> None:
    table = {**NAMED, "code": "CONDITION_NOT_MET", "forbid": {"unit.type": "enterprise"}}
    assert read(read_condition, table) == Rule(
        id="it",
        chinese="中",
        english="english",
        when=ALWAYS,
        check=Compared(None, ENTERPRISE),
        refuses=Wording("CONDITION_NOT_MET"),
        otherwise="refuse",
        remedy=None,
        suggests=None,
        citations=CITED,
    )


@pytest.mark.parametrize("half", [{"remedy_zh": "请改"}, {"remedy_en": "change it"}])
def test_a_remedy_is_told_in_both_languages_or_not_at_all(half: Table) -> None:
    table = {**NAMED, "code": "CONDITION_NOT_MET", "require": {"level": "junior"}, **half}
    assert read(read_condition, table).remedy is None


def test_a_requirement_of_time_is_read_as_it_is_written() -> None:
    table = {
        "years": 2,
        "months": 3,
        "of": "since",
        "fact": "contract.signed",
        "counted_from": "next_month",
        "unbroken": True,
        "until_now": True,
        "after": "education",
        "before": "title",
        "around": "education",
        "marks_before": "BEFORE",
        "code": "YEARS_AFTER_DEGREE_SHORT",
        "any": [{"years": 1}],
        "adjust": [REDUCED],
    }
    assert read(read_term, table) == Term(
        needed=Length(years=2, months=3),
        of="since",
        fact="contract.signed",
        after="education",
        before="title",
        around=True,
        marks_before="BEFORE",
        counted_from="next_month",
        unbroken=True,
        until_now=True,
        refuses=Wording("YEARS_AFTER_DEGREE_SHORT"),
        alternatives=(ONE_YEAR,),
        adjustments=(REDUCTION,),
    )


def test_a_requirement_of_time_is_of_work_of_any_kind_unless_it_says_otherwise() -> None:
    assert read(read_term, {"years": 1}) == ONE_YEAR
    assert read(read_term, {"months": 1}).needed == Length(months=1)


def test_the_work_that_counts_is_described_like_any_record() -> None:
    table = {"years": 1, "where": {"relation": ["same", "other"], "setting": "乡镇"}}
    asked = like("work", relation=["same", "other"], setting="乡镇")
    assert read(read_term, table) == replace(ONE_YEAR, where=asked)


def test_days_are_counted_alone() -> None:
    assert read(read_term, {"days": 90}).needed == Length(days=90)
    with pytest.raises(PackError):
        read(read_term, {"days": 90, "months": 1})


def test_time_may_lie_after_or_before_any_named_date() -> None:
    term = read(read_term, {"years": 1, "after": "contract.signed", "before": "previous"})
    assert (term.after, term.before) == ("contract.signed", "previous")


def test_a_reduction_is_read_as_it_is_written() -> None:
    assert read(read_adjustment, REDUCED) == REDUCTION
    assert read(read_adjustment, {"id": "it", **CITING}) == Adjustment(
        id="it", months=0, given=None, when=ALWAYS, per_grade=(), citations=CITED
    )


def test_a_route_is_read_as_it_is_written() -> None:
    table: Table = {
        **NAMED,
        "level": ["junior"],
        "kind": "recognition",
        "case": ["first"],
        "education": {
            "level": ["college"],
            "mode": "full_time",
            "count": 2,
            "completed": True,
            "degree": False,
        },
        "terms": [{"years": 1}],
        "asks": ["good"],
        "exceptional": True,
        "flags": ["LOOK"],
        **FOR_ENTERPRISES,
    }
    assert read(read_route, table) == Route(
        id="it",
        chinese="中",
        english="english",
        levels=("junior",),
        kind="recognition",
        case_types=("first",),
        when=ENTERPRISE,
        education=like("education", **table["education"]),
        terms=(ONE_YEAR,),
        asks=("good",),
        exceptional=True,
        flags=("LOOK",),
        citations=CITED,
    )


def test_a_route_that_says_little_asks_little() -> None:
    table = {**NAMED, "level": "junior", "kind": "recognition"}
    assert read(read_route, table) == Route(
        id="it",
        chinese="中",
        english="english",
        levels=("junior",),
        kind="recognition",
        case_types=(),
        when=ALWAYS,
        education=None,
        terms=(),
        asks=(),
        exceptional=False,
        flags=(),
        citations=CITED,
    )
    least = read(read_route, {**table, "education": {"level": "college"}}).education
    assert least == like("education", level="college")
