"""Whoever a rule refuses comes to no title: honest, silent, without paper, or found out.

Each walk is walked over HTTP, and fails where the rule is taken out of its pack: what it was
refused for is then asked of the same filing no more, or the same act is done.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest

from api.clock import SettableClock
from tests.api.society import beijing
from tests.stories.locality import Locality
from tests.stories.proving import LAWS, ROOT
from tests.stories.setting import filed_at
from tests.stories.walking import walked
from tests.stories.walks import KINDS, NOT_WALKED, can_refuse, not_walked, planned, to_walk
from tests.stories.way import FILING, RECOGNISED

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stories.places import Running
    from tests.stories.way import Ended, Way

STILL = {"XW-10", "YY-04", "YY-06", "YY-18"}
"""Without whom the same is refused: a question was answered with no, or a way fewer is open."""
LATER = {
    "HZ-04",
    "HZ-34",
    "HZ-36",
    "LH-16",
    "LH-17",
    "LH-20",
    "LH-27",
    "LH-46",
    "XW-10",
    "XW-22",
    "XW-23",
    "YU-07",
    "YU-17",
    "YU-19",
    "YU-20",
    "YY-04",
    "YY-21",
    "YY-22",
    "YY-23",
    "YY-47",
}
"""Who is refused at a stage: what an officer finds, whose turn it is not, whose days are over."""
WALKS = [pytest.param(*each, id=".".join(each)) for each in to_walk()]


def people(pack: str) -> dict[str, tuple[Way, tuple[str, ...]]]:
    """Whoever walks under a notice, by a name, with the rules that refuse them."""
    found = defaultdict[str, list[str]](list)
    ways: dict[str, Way] = {}
    for (rule, kind), way in planned().items():
        if way.law == pack:
            ways[repr(way)] = way
            found[repr(way)] += [rule] if kind == "honest" else []
    return {name: (way, tuple(found[name])) for name, way in ways.items()}


@pytest.fixture(scope="module")
def ended(running: Running) -> Callable[[str], dict[str, Ended]]:
    """How everybody who walks under a notice ended, told once."""

    @cache
    def told(pack: str) -> dict[str, Ended]:
        law, walking = LAWS[pack], people(pack)
        begins = min(beijing(filed_at(law, way.facts)) for way, _ in walking.values())
        clock = SettableClock(begins - timedelta(days=1))
        with running(clock) as (address, services):
            return walked(Locality(address, services, clock, law), walking)

    return told


@pytest.mark.parametrize(("rule", "kind"), WALKS)
def test_nobody_comes_to_a_title_whom_a_rule_refuses(
    ended: Callable[[str], dict[str, Ended]], rule: str, kind: str
) -> None:
    way = planned()[rule, kind]
    it = ended(way.law)[repr(way)]
    match kind:
        case "honest":
            assert rule in it.rules
            assert (it.where == FILING) is (rule not in LATER)
            if rule in it.without:
                assert _gone(it, rule) is (rule not in STILL)
        case "silent":
            assert "FACT_OPEN" in it.codes
        case "paperless":
            assert any((each["pointer"] or "").startswith("/materials/") for each in it.refusals)
        case _:
            assert it.where not in {FILING, RECOGNISED}
            assert it.refusals


def _gone(it: Ended, rule: str) -> bool:
    """Whether something that was refused by a rule is refused no more where it is taken out."""
    told = {(each["code"], each["detail"]) for each in it.refusals if rule in each["rules"]}
    still = {(each["code"], each["detail"]) for each in it.without[rule]}
    return bool(told - still)


def test_every_rule_that_can_refuse_is_walked_in_each_kind_or_is_said_why_not() -> None:
    every = {(rule, kind) for rule in can_refuse() for kind in KINDS}
    assert planned().keys().isdisjoint(not_walked())
    assert planned().keys() | not_walked().keys() == every
    assert [*planned()] == to_walk()


def test_what_shows_a_rule_elsewhere_is_there() -> None:
    for why in set(not_walked().values()):
        for path, name in re.findall(r"(tests/[\w/]+\.py)::(\w+)", why):
            assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), why


def test_the_figures() -> None:
    kinds = Counter(kind for _, kind in planned())
    told = tomllib.loads(NOT_WALKED.read_text(encoding="utf-8"))["figures"]
    assert told == {
        "rules_that_can_refuse": len(can_refuse()),
        "rules_walked": len({rule for rule, _ in planned()}),
        "rules_walked_in_all_four_kinds": sum(
            all((rule, kind) in planned() for kind in KINDS) for rule in can_refuse()
        ),
        "walks": len(planned()),
        "filings": sum(len(people(pack)) for pack in LAWS),
        **kinds,
    }
