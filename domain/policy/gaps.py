"""Gaps and overlaps of a law's decision tables: who decides, and by which way one comes to a level.

Each is told with an example that falls into it. A gap may be meant, and of several rows the first
holds: so these are told to be looked at, and nothing is refused for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING, Any

from domain.policy.case_types import FIRST
from domain.policy.comparing import LEVEL_GROUPS
from domain.policy.facts import Facts
from domain.policy.faults import Fault, listed
from domain.policy.records import Education, said
from domain.policy.silent import YEARS
from domain.policy.sources import means
from domain.policy.vocabulary import FIXED, STUDY_MODES, YES_OR_NO

if TYPE_CHECKING:
    from domain.policy.authority import Authority
    from domain.policy.law import Law
    from domain.policy.layer import Layer
    from domain.policy.records import Value
    from domain.policy.routes import Route
    from domain.policy.when import When

MOST = 20_000
"""How many cases are tried of one table; a larger one is not looked at."""
ANOTHER = "其他"
Case = Mapping[str, Any]


def gaps(law: Law) -> tuple[Fault, ...]:
    """Every gap and overlap, each with its example."""
    return (*_of_authorities(law.whole), *_of_routes(law.whole))


def _of_authorities(law: Layer) -> Iterator[Fault]:
    rows = list(law.authorities.values())
    without: list[Case] = []
    twice: dict[tuple[str, str], Case] = {}
    for case in _cases(law, [row.when for row in rows]):
        facts = _facts(case)
        held = [row for row in rows if row.when.holds(facts)]
        if not held:
            without.append(case)
        for first, second in combinations(held, 2):
            if _differ(first, second):
                twice.setdefault((first.id, second.id), case)
    if rows and without:
        yield _told(
            law,
            "authorities",
            f"nobody decides {len(without)} of the cases that it tells apart",
            f"所区分的情形中有 {len(without)} 种没有写由谁认定",
            without[0],
        )
    for (first_id, second_id), case in twice.items():
        yield _told(
            law,
            f"authorities[{second_id}]",
            f"{first_id!r} comes first where both hold",
            f"与「{first_id}」同时符合时，以「{first_id}」为准",
            case,
        )


def _differ(one: Authority, other: Authority) -> bool:
    return (one.code, one.action, one.refuses) != (other.code, other.action, other.refuses)


def _of_routes(law: Layer) -> Iterator[Fault]:
    """By level and education, for whoever holds no title yet."""
    if any(each.about == YEARS for each in law.silent.values()):
        return
    open_to = [r for r in law.routes.values() if not r.exceptional and _is_for_first(r)]
    handled = law.handled.levels if law.handled else tuple(law.levels)
    for level in dict.fromkeys(each for group in handled for each in _leaves(group)):
        ways = [r for r in open_to if level in {each for g in r.levels for each in _leaves(g)}]
        none = [e for e in law.own_educations if ways and not any(_accepted(r, e) for r in ways)]
        if none:
            called = listed((law.own_educations[each].chinese for each in none), "zh")
            yield _told(
                law,
                "routes",
                f"no way leads from {listed(none, 'en')} to {level}",
                f"从{called}没有到{_called(law, level)}的途径",
                {"level": level, "education": none[0]},
            )
        for first, second in combinations(ways, 2):
            both = [e for e in law.own_educations if _accepted(first, e) & _accepted(second, e)]
            if both and first.when == second.when:
                yield _told(
                    law,
                    f"routes[{second.id}]",
                    f"{first.id!r} leads there as well; the one that succeeds is taken",
                    f"「{first.id}」也通向那里，取能走通的一条",
                    {"level": level, "education": both[0]},
                )


def _is_for_first(route: Route) -> bool:
    return not route.case_types or FIRST in route.case_types


def _accepted(route: Route, level: str) -> frozenset[Education]:
    """Which educations of the level will do, by how they were studied and with a degree or not."""
    day = date(2020, 1, 1)
    tried = (
        Education(level=level, mode=mode, degree=degree, awarded=day, left=day)
        for mode in STUDY_MODES
        for degree in (True, False)
    )
    if route.education is None:
        return frozenset(tried)
    return frozenset(each for each in tried if route.education.of(each, Facts()) is not False)


def _leaves(level: str) -> tuple[str, ...]:
    """The levels of a group without the group itself."""
    return tuple(each for each in LEVEL_GROUPS.get(level, (level,)) if each not in LEVEL_GROUPS)


def _called(law: Layer, level: str) -> str:
    return law.levels[level].chinese if level in law.levels else level


def _cases(law: Layer, tests: list[When]) -> Iterator[Case]:
    """Every case that the tests tell apart, as far as they compare facts with values."""
    values: dict[str, dict[Any, None]] = {}
    for test in tests:
        for one in test.compared():
            values.setdefault(one.name, {}).update(dict.fromkeys(one.wanted))
    handled = law.handled.levels if law.handled else tuple(law.levels)
    named = {name: _all(name, [*each], handled) for name, each in values.items()}
    if prod(map(len, named.values())) <= MOST:
        for each in product(*named.values()):
            yield dict(zip(named, each, strict=True))


def _all(name: str, wanted: list[Any], handled: tuple[str, ...]) -> list[Any]:
    """The values that a fact may have, as far as they matter."""
    if name == "level":
        return list(dict.fromkeys(each for group in handled for each in _leaves(group)))
    if name in YES_OR_NO:
        return [True, False]
    said = [each.replace("*", "") if isinstance(each, str) else each for each in wanted]
    kept = [None if each == "none" else each for each in said if each != "some"]
    fixed = list(FIXED.get(name, ())) or [ANOTHER]
    return list(dict.fromkeys([*kept, *fixed, *([None] if "none" in said else [])]))


def _facts(case: Case) -> Facts:
    typed = {"level": "applied", "series": "series", "batch": "batch"}
    known: dict[str, Any] = {typed[name]: case[name] for name in typed if name in case}
    named = {name: each for name, each in case.items() if name not in typed}
    return Facts(**known, named=named)


def _told(law: Layer, key: str, english: str, chinese: str, case: Case) -> Fault:
    spoken = ", ".join(f"{name} = {said(each)}" for name, each in case.items())
    told = "，".join(
        f"{means(name, law.facts)[0]} {_word(law, each)}" for name, each in case.items()
    )
    return Fault(
        document="",
        key=key,
        english=f"{english}; for example {spoken}" if spoken else english,
        chinese=f"{chinese}；例如：{told}" if told else chinese,
    )


def _word(law: Layer, value: Value) -> str:
    """What an official calls a value, as far as the law says it."""
    if value is None or isinstance(value, bool):
        return {None: "无", True: "是", False: "否"}[value]
    known = law.levels.get(str(value)) or law.educations.get(str(value))
    return known.chinese if known else said(value)
