"""Areas are paths, so that a scope is a prefix of whole names."""

from __future__ import annotations

import pytest

from domain.area import at_level, covers

COUNTY = "甲省/乙市/丙县"


@pytest.mark.parametrize("wider", ["", "甲省", "甲省/乙市", COUNTY])
def test_an_area_covers_itself_and_what_lies_in_it(wider: str) -> None:
    assert covers(wider, COUNTY)


@pytest.mark.parametrize("other", ["甲省/乙市/丁县", "甲省/乙", "乙市", f"{COUNTY}/某镇"])
def test_an_area_covers_nothing_else(other: str) -> None:
    assert not covers(other, COUNTY)


@pytest.mark.parametrize(
    ("level", "area"), [("province", "甲省"), ("city", "甲省/乙市"), ("county", COUNTY)]
)
def test_a_place_lies_in_one_area_of_each_level(level: str, area: str) -> None:
    assert at_level(COUNTY, level) == area


def test_a_city_has_no_county() -> None:
    assert at_level("甲省/乙市", "county") == "甲省/乙市"


def test_there_is_no_other_level() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        at_level(COUNTY, "village")
