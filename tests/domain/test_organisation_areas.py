"""An organisation lies where there is such a place, at the level of that place."""

from __future__ import annotations

import pytest

from domain.organisation.areas import Gazetteer, level_of, misplaced

KNOWN = Gazetteer(
    {
        "甲省/乙市": frozenset({"丙县", "丁新区"}),
        "甲省/戊市": frozenset(),
        "己省/庚市/辛县": frozenset(),
        "": frozenset(),
    }
)


def said(level: str, area: str, *, free: bool = False) -> list[str]:
    return [each.code for each in misplaced(level, area, KNOWN, free=free)]


@pytest.mark.parametrize(
    ("level", "area"),
    [
        ("province", "甲省"),
        ("province", "己省"),
        ("city", "甲省/乙市"),
        ("city", "己省/庚市"),
        ("county", "甲省/乙市/丙县"),
        ("county", "甲省/乙市/丁新区"),
        ("county", "甲省/戊市/随便县"),
        ("county", "己省/庚市/辛县"),
    ],
)
def test_what_a_pack_names_or_leaves_open_is_a_place(level: str, area: str) -> None:
    assert level_of(area) == level
    assert said(level, area) == []


@pytest.mark.parametrize(
    ("level", "area"),
    [
        ("city", "乙市"),
        ("city", "甲省/乙市/丙县"),
        ("county", "甲省/乙市"),
        ("province", "甲省/乙市"),
    ],
)
def test_a_level_has_so_many_names(level: str, area: str) -> None:
    (refusal,) = misplaced(level, area, KNOWN, free=True)
    assert (refusal.code, refusal.pointer) == ("AREA_LEVEL", "/area")
    assert all(place in refusal.chinese for place in KNOWN.at(level))


@pytest.mark.parametrize("free", [True, False])
def test_where_a_pack_lists_its_areas_there_is_no_other(*, free: bool) -> None:
    (refusal,) = misplaced("county", "甲省/乙市/丙具", KNOWN, free=free)
    assert refusal.code == "AREA_UNKNOWN"
    assert "甲省/乙市/丁新区、甲省/乙市/丙县" in refusal.chinese


@pytest.mark.parametrize("area", ["壬省", "甲省/癸市", "甲省/癸市/子县", "己省/庚市/丑县"])
def test_a_place_that_no_pack_knows_is_not_everybodys_to_name(area: str) -> None:
    assert said(level_of(area), area) == ["AREA_UNKNOWN"]
    assert said(level_of(area), area, free=True) == []


def test_the_nearest_jurisdiction_decides_what_lies_in_it() -> None:
    both = Gazetteer({"甲省": frozenset({"乙市"}), "甲省/乙市": frozenset({"丙县"})})
    assert both.around("甲省/乙市/丁县") == "甲省/乙市"
    assert [each.code for each in misplaced("county", "甲省/乙市/丁县", both, free=True)] == [
        "AREA_UNKNOWN"
    ]
    assert misplaced("county", "甲省/乙市/丙县", both, free=False) == ()
    assert both.around("甲省") is None


def test_a_province_that_lists_its_cities_leaves_their_counties_open() -> None:
    province = Gazetteer({"甲省": frozenset({"乙市"})})
    assert misplaced("county", "甲省/乙市/随便县", province, free=False) == ()
    assert misplaced("county", "甲省/丙市/随便县", province, free=True) != ()
