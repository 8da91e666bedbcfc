"""No code names a locality: what holds in one stands in its policy pack."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.source import ROOT, modules_in

PACKS = sorted((ROOT / "domain/policy/packs").glob("*.toml"))


def names() -> set[str]:
    """How packs are called, and the places where they hold, with and without their rank."""
    found = set()
    for pack in PACKS:
        stated = tomllib.loads(pack.read_text("utf-8"))["pack"]
        places = [each for each in stated.get("jurisdiction", "").split("/") if each]
        if places:
            found |= {pack.stem.partition("-")[0], *places, *(each[:-1] for each in places)}
    return found


NAMED = re.compile("|".join(sorted(names())), re.IGNORECASE)


def test_every_pack_of_a_place_is_looked_for() -> None:
    assert {"寻乌", "寻乌县", "江西", "xunwu", "luohe"} < names()


@pytest.mark.parametrize("floor", ["api", "audit", "domain", "projections"])
def test_no_code_beside_the_stories_names_a_locality(floor: str) -> None:
    found = [
        f"{module.relative_to(ROOT)}:{number}"
        for module in modules_in(floor, ["api/demo"])
        for number, line in enumerate(module.read_text("utf-8").splitlines(), start=1)
        if NAMED.search(line)
    ]
    assert found == []
