"""Putting a route to the facts: by which education, with what marks, and which way is best."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.policy.assess_route import Basis, Taken, take, ways
from domain.policy.checks import CHECKS
from domain.policy.computed import Anniversary
from domain.policy.condition import Rule, read_rule
from domain.policy.periods import Length
from domain.policy.records import Education
from domain.policy.routes import Route, read_route
from domain.policy.terms import read_adjustment
from domain.policy.verdict import Status
from tests.policy.conftest import told
from tests.policy.occasions import occasion
from tests.policy.tables import CITED, CITING, NAMED, Table, read

D = date
DEGREE = Education(level="bachelor", awarded=D(2022, 6, 30))
ONE, TWO = {"years": 1}, {"years": 2}
THEN_ONE = {"years": 1, "after": "previous"}


def route(*terms: Table, **more: Any) -> Route:  # noqa: ANN401 -- any key
    table = {**NAMED, "level": "assistant", "kind": "k", "terms": list(terms), **more}
    return read(read_route, table)


def rule(name: str, otherwise: str = "refuse") -> Rule:
    table = {
        **NAMED,
        "id": name,
        "require": {"unit.ownership": "state"},
        "otherwise": otherwise,
        "code": "CONDITION_NOT_MET",
    }
    return read(lambda reader: read_rule(reader, CHECKS), table)


def taken(
    this: Route,
    general: dict[str, Any] | None = None,
    education: Education | None = DEGREE,
    on: dict[str, Any] | None = None,
    **facts: Any,  # noqa: ANN401 -- whatever may be said
) -> Taken:
    way = this.under(**(general or {}))
    return take(way, Basis(education), told(**facts), occasion(**(on or {})))


SINCE_2022 = [{"from": D(2022, 1, 1)}]
PRIVATE: dict[str, Any] = {"unit": {"ownership": "private"}}


@pytest.mark.parametrize(
    ("asked", "listed", "found"),
    [
        ({"level": ["bachelor"]}, [("bachelor", 2020), ("college", 2016)], [2020]),
        ({"level": ["college", "bachelor"]}, [("bachelor", 2020), ("college", 2016)], [2016, 2020]),
        ({"level": ["bachelor"], "count": 2}, [("bachelor", 2020), ("bachelor", 2016)], [2020]),
        (
            {"level": ["bachelor"], "count": 2},
            [("bachelor", 2022), ("bachelor", 2020), ("bachelor", 2016)],
            [2020, 2022],
        ),
        ({"level": ["bachelor"], "count": 2}, [("bachelor", 2020)], []),
        ({"level": ["master"]}, [("bachelor", 2020)], []),
        ({"level": ["college"]}, [("technician", 2020)], [2020]),
    ],
)
def test_a_route_may_be_taken_by_each_education_that_will_do(
    asked: Table, listed: list[tuple[str, int]], found: list[int]
) -> None:
    stated = [
        Education(
            level=level,
            awarded=D(year, 6, 30),
            counts_as="college" if level == "technician" else None,
        )
        for level, year in listed
    ]
    facts = replace(told(), education=tuple(stated))
    by = [each.education for each in ways(route(education=asked), facts)]
    assert [each.awarded.year for each in by if each and each.awarded] == found
    assert len(by) == len(found)


def test_an_undated_education_comes_first() -> None:
    facts = told(education=[{"level": "bachelor", "date": D(2020, 1, 1)}, {"level": "bachelor"}])
    by = [each.education for each in ways(route(education={"level": "bachelor"}), facts)]
    assert [each.awarded if each else None for each in by] == [None, D(2020, 1, 1)]


def test_where_education_is_not_at_issue_there_is_one_way_without_any() -> None:
    facts = told(education=[{"level": "bachelor"}, {"level": "college"}])
    assert list(ways(route(), facts)) == [Basis(None)]
    assert list(ways(route(education={"level": "bachelor"}), told())) == [Basis(None)]


@pytest.mark.parametrize(
    ("asked", "education", "accepted"),
    [
        ({}, Education(level="a"), True),
        ({"level": "a"}, Education(level="a"), True),
        ({"level": "a"}, Education(level="b"), False),
        ({"level": "a"}, Education(level="b", counts_as="a"), True),
        ({"completed": True}, Education(level="a", left=D(2020, 1, 1)), True),
        ({"completed": True}, Education(level="a"), False),
        (
            {"completed": True},
            Education(level="a", left=D(2020, 1, 1), withdrew=True),
            False,
        ),
        ({"degree": True}, Education(level="a", degree=True), True),
        ({"degree": True}, Education(level="a", degree=False), False),
        ({"degree": True}, Education(level="a"), True),
        ({"degree": False}, Education(level="a", degree=True), False),
        ({"degree": False}, Education(level="a", degree=False), True),
        ({"degree": False}, Education(level="a"), True),
        ({"mode": "full_time"}, Education(level="a", mode="full_time"), True),
        ({"mode": "full_time"}, Education(level="a", mode="adult"), False),
        ({"mode": "full_time"}, Education(level="a", mode=None), False),
        ({"mode": "full_time"}, Education(level="a"), True),
        ({}, Education(level="a", mode="adult"), True),
    ],
)
def test_an_education_will_do_unless_something_mentioned_speaks_against_it(
    asked: Table, education: Education, accepted: object
) -> None:
    by = list(ways(route(education=asked), replace(told(), education=(education,))))
    assert bool(by) is accepted


@pytest.mark.parametrize(
    ("otherwise", "status"),
    [
        ("refuse", Status.UNMET),
        ("undetermined", Status.UNKNOWN),
        ("manual", Status.MANUAL),
        ("flag", Status.MET),
    ],
)
def test_a_route_stands_as_its_worst_condition(otherwise: str, status: Status) -> None:
    general = {"conditions": {"good": rule("good", otherwise)}}
    found = taken(route(ONE, asks=["good"]), general, work=SINCE_2022, **PRIVATE)
    assert found.condition.status is status
    assert [each.id for each in found.condition.children] == ["it.0", "good"]
    assert found.leads_on is (status is Status.MET)
    assert found.unmet == (1 if status is Status.UNMET else 0)
    assert found.condition.refusal is None


def test_what_refuses_is_worse_than_what_is_unknown_and_that_than_what_is_judged() -> None:
    every = ("refuse", "undetermined", "manual")
    general = {"conditions": {name: rule(name, name) for name in every}}

    def stands(*asks: str) -> Status:
        return taken(route(ONE, asks=list(asks)), general, work=[], **PRIVATE).condition.status

    met: dict[str, Any] = {"work": SINCE_2022, **PRIVATE}
    assert stands("manual") is Status.UNMET
    unknown = taken(route(ONE, asks=["manual", "undetermined"]), general, **met)
    assert unknown.condition.status is Status.UNKNOWN
    refused = taken(route(ONE, asks=["manual", "undetermined", "refuse"]), general, **met)
    assert refused.condition.status is Status.UNMET


def test_an_exceptional_route_is_judged_but_not_against_a_refusal() -> None:
    judged = taken(route(ONE, exceptional=True, flags=["LOOK"]), work=SINCE_2022)
    assert judged.condition.status is Status.MANUAL
    assert judged.condition.refusal is not None
    assert judged.condition.refusal.code == "MANUAL_JUDGEMENT_NEEDED"
    assert judged.condition.refusal.citations == CITED
    assert "中" in judged.condition.refusal.chinese
    assert judged.condition.flags == ("LOOK",)
    refused = taken(route(ONE, exceptional=True), work=[])
    assert (refused.condition.status, refused.condition.refusal) == (Status.UNMET, None)


def test_the_years_of_a_route_are_those_in_a_row() -> None:
    def years(*terms: Table) -> int | None:
        return taken(route(*terms), work=SINCE_2022).required_years

    assert years(ONE) == 1
    assert years(ONE, THEN_ONE) == 2
    assert years(ONE, THEN_ONE, THEN_ONE) == 3
    assert years(ONE, TWO) == 1
    assert years(ONE, TWO, THEN_ONE) == 2
    assert years({"months": 23}) == 1
    assert years({"months": 6}, {"months": 6, "after": "previous"}) == 1
    assert years() is None


def test_a_route_tells_what_there_is_of_its_first_requirement() -> None:
    assert taken(route(ONE), work=SINCE_2022).total == Length(2, 5, 29)
    assert taken(route(ONE)).total is None
    assert taken(route(), work=SINCE_2022).total is None


def test_a_general_surcharge_falls_on_the_last_requirement_of_the_first_row() -> None:
    surcharge = read(read_adjustment, {"id": "it", "months": 2, **CITING})
    general = {"adjustments": (surcharge,)}

    def needed(*terms: Table) -> list[str]:
        found = taken(route(*terms), general, work=SINCE_2022)
        return [each.chinese for each in found.condition.children]

    assert needed(ONE) == ["满1年2个月"]
    assert needed(ONE, THEN_ONE) == ["满1年", "满1年2个月"]
    assert needed(ONE, THEN_ONE, THEN_ONE) == ["满1年", "满1年", "满1年2个月"]
    assert needed(ONE, TWO, THEN_ONE) == ["满1年2个月", "满2年", "满1年"]
    (condition,) = taken(route(ONE), general, work=SINCE_2022).condition.children
    assert condition.citations == (*CITED, *CITED)


@pytest.mark.parametrize(
    ("terms", "work", "chained"),
    [
        (
            [ONE, THEN_ONE],
            SINCE_2022,
            (Anniversary(D(2022, 1, 1), 2, 0, D(2024, 1, 1)),),
        ),
        (
            [{"months": 7}, {"months": 6, "after": "previous"}],
            SINCE_2022,
            (Anniversary(D(2022, 1, 1), 1, 1, D(2023, 2, 1)),),
        ),
        ([ONE], SINCE_2022, ()),
        ([ONE, TWO], SINCE_2022, ()),
        ([ONE, THEN_ONE], [], ()),
        ([ONE, THEN_ONE], [{"from": D(2021, 1, 1), "to": D(2021, 2, 1)}, *SINCE_2022], ()),
        ([], SINCE_2022, ()),
    ],
)
def test_a_row_over_one_unbroken_job_is_shown_as_one_anniversary(
    terms: list[Table], work: list[Table], chained: tuple[Anniversary, ...]
) -> None:
    assert taken(route(*terms), work=work).condition.computed == chained


def test_a_second_requirement_begins_where_the_first_is_reached() -> None:
    found = taken(route(ONE, THEN_ONE), work=[{"from": D(2023, 1, 1)}])
    first, second = found.condition.children
    assert (first.status, second.status) == (Status.MET, Status.UNMET)
    assert second.next_on == D(2025, 1, 1)
    assert first.next_on is None
