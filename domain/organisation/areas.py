"""Whether an organisation lies where there is such a place, and at the level of that place.

A province is one name, a city two, a county three; a functional zone (大通湖区, 南太湖新区) is a
name of the third level. Which places there are, the packs say: the areas for which their notices
hold, those above them, and the areas that a pack lists within its own. A pack that lists none
leaves open what lies directly in its area, so that a locality begins with its one document alone.
A place that no pack knows is for the administrator of the system to name, and for whoever acts for
an organisation in whose area it lies: so a misspelt city is not everybody's to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.area import LEVELS, covers
from domain.refusal import Refusal

_CHINESE = {"province": "省级", "city": "市级", "county": "县级"}
_PATHS = {"province": "省", "city": "省/市", "county": "省/市/县（区、功能区）"}
_SHOWN = 30
"""How many places a refusal lists; a pack's own list is read under its address."""


@dataclass(frozen=True)
class Gazetteer:
    """The places that the laws know.

    ``listed`` are the names directly within each jurisdiction that its packs list; empty where
    they list none.
    """

    listed: Mapping[str, frozenset[str]]

    def at(self, level: str) -> list[str]:
        """The places of a level that are known by name."""
        parts = LEVELS.index(level) + 1
        whole = {*self.listed}
        whole |= {f"{area}/{name}" for area, names in self.listed.items() for name in names}
        paths = (each.split("/") for each in whole if each)
        return sorted({"/".join(each[:parts]) for each in paths if len(each) >= parts})

    def knows(self, area: str) -> bool:
        """Whether a place is known by name."""
        return area in self.at(level_of(area))

    def around(self, area: str) -> str | None:
        """The nearest jurisdiction in which a place lies; None where it lies in none."""
        wider = [each for each in self.listed if each not in ("", area) and covers(each, area)]
        return max(wider, key=len, default=None)


def level_of(area: str) -> str:
    """The level of a place by the depth of its path. Raises ``IndexError`` for a deeper one."""
    return LEVELS[area.count("/")]


def misplaced(level: str, area: str, known: Gazetteer, *, free: bool) -> tuple[Refusal, ...]:
    """Why an organisation of a level can't lie in an area; nothing where it can.

    ``free`` says that who asks may name a place that no pack knows.
    """
    if level_of(area) != level:
        return (_other_level(level, area, known.at(level)),)
    if known.knows(area):
        return ()
    around = known.around(area)
    if around is None:
        return () if free else (_unknown(area, known.at(level)),)
    names = known.listed[around]
    if not names or area.removeprefix(f"{around}/").partition("/")[0] in names:
        return ()
    return (_unknown(area, sorted(f"{around}/{name}" for name in names)),)


def _other_level(level: str, area: str, places: list[str]) -> Refusal:
    return Refusal(
        "AREA_LEVEL",
        f"级别为{_CHINESE[level]}的单位，地区应写作“{_PATHS[level]}”，而“{area}”不是。"
        f"请改正级别或地区；已知的地区有：{_several(places, '、', '无')}。",
        f"The area of an organisation of the level {level!r} is written with"
        f" {LEVELS.index(level) + 1} names from the province down, which {area!r} is not."
        f" Correct the level or the area; known are: {_several(places, ', ', 'none')}.",
        pointer="/area",
    )


def _unknown(area: str, places: list[str]) -> Refusal:
    return Refusal(
        "AREA_UNKNOWN",
        f"没有登记“{area}”这一地区，可用：{_several(places, '、', '无')}。"
        "请核对名称；确有此地而未列出的，由系统管理员建档或在通知规则中补列。",
        f"No area {area!r} is known; there are: {_several(places, ', ', 'none')}."
        " Compare the name; where there is such a place all the same, have the system administrator"
        " register it, or add it to the pack.",
        pointer="/area",
    )


def _several(places: list[str], joined: str, none: str) -> str:
    more = "…" if len(places) > _SHOWN else ""
    return f"{joined.join(places[:_SHOWN])}{more}" or none
