"""Gaps and overlaps of decision tables, each with an example that falls into it."""

from __future__ import annotations

import pytest

from domain.policy.gaps import gaps
from domain.policy.loader import Document, load_law
from tests.policy.sample import DEFAULT, HEAD

AUTHORITY = """
[[authorities]]
id = "{id}"
code = "{code}"
zh = "机关"
en = "body"
when = {when}
rule = "S-GOOD"
"""
ROUTE = """
[[routes]]
id = "{id}"
zh = "途径"
en = "way"
level = "assistant"
kind = "recognition"
education = {education}
rule = "S-GOOD"
"""
HANDLED = """
[handled]
levels = ["assistant"]
rule = "S-GOOD"
"""


def told(more: str) -> dict[str, str]:
    found = gaps(load_law(DEFAULT, Document("sample.toml", HEAD + more)))
    return {each.key: each.chinese for each in found}


def authority(name: str, code: str, when: str) -> str:
    return AUTHORITY.format(id=name, code=code, when=when)


def test_a_case_that_nobody_decides_is_told_with_an_example() -> None:
    city = authority("city", "CITY_HR", '{ "unit.owner" = "city" }')
    found = told(city)
    assert found == {"authorities": found["authorities"]}
    assert "隶属 county" in found["authorities"]
    rest = authority("rest", "COUNTY_HR", '{ unless = { "unit.owner" = "city" } }')
    assert told(city + rest) == {}


def test_of_two_that_both_hold_the_first_is_told_with_an_example() -> None:
    city = authority("city", "CITY_HR", '{ "unit.owner" = "city" }')
    other = authority("other", "COUNTY_HR", "{ }")
    found = told(city + other)
    assert "以「city」为准；例如：隶属 city" in found["authorities[other]"]
    same = authority("other", "CITY_HR", "{ }")
    assert told(city + same) == {}


@pytest.mark.parametrize(
    ("second", "overlaps"),
    [
        ('{ level = "bachelor" }', True),
        ('{ level = "bachelor", mode = "adult" }', False),
        ('{ level = "college" }', False),
    ],
)
def test_two_ways_with_one_education_are_told(second: str, overlaps: object) -> None:
    first = ROUTE.format(id="one", education='{ level = "bachelor", mode = "full_time" }')
    found = told(first + ROUTE.format(id="two", education=second) + HANDLED)
    assert ("routes[two]" in found) is overlaps


def test_an_education_from_which_no_way_leads_is_told() -> None:
    found = told(ROUTE.format(id="one", education='{ level = "bachelor" }') + HANDLED)
    assert "中专" in found["routes"]
    assert "本科" not in found["routes"].partition("没有")[0]
