"""One achievement asked about: a name without a point is its own, whatever else is called so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.law import packs
from api.law.readable import Readable
from domain.policy.asking import read_when
from tests.policy.conftest import told
from tests.policy.tables import reader_of

if TYPE_CHECKING:
    from domain.policy.truth import Truth

PAPER = {"item": "论文", "level": "省级", "role": "主持", "year": 2024}
LEVEL = {"item": "论文", "level": "省级"}


@pytest.mark.parametrize(
    ("asked", "answer", "open_on"),
    [
        (LEVEL, True, set()),
        ({"item": "论文", "achievement.level": "省级"}, True, set()),
        ({**LEVEL, "level": "市级"}, False, set()),
        ({**LEVEL, "role": "主持"}, True, set()),
        ({**LEVEL, "role": "参与"}, False, set()),
        ({**LEVEL, "pages": {"at_least": 3}}, None, {"achievement.pages"}),
        ({"item": "论文", "unless": {"level": "省级"}}, False, set()),
        ({"item": "论文", "any": [{"level": "市级"}, {"role": "主持"}]}, True, set()),
        ({**LEVEL, "count": 2}, False, set()),
        ({**LEVEL, "unit.type": "institution"}, True, set()),
        ({**LEVEL, "unit.type": "enterprise"}, False, set()),
    ],
)
def test_its_level_is_not_the_one_applied_for(
    asked: dict[str, Any], answer: Truth, open_on: set[str]
) -> None:
    test = read_when(reader_of({"when": {"achievement": asked}}))
    facts = told(
        assume="door",
        applied="intermediate",
        achievements=[PAPER],
        unit={"type": "institution"},
    )
    assert (test.holds(facts), test.open_on(facts)) == (answer, frozenset(open_on))
    assert "level" not in test.names()


def test_it_is_printed_as_its_own() -> None:
    law = packs.load("luohe-2020")
    test = read_when(reader_of({"when": {"achievement": {**LEVEL, "角色": "主持"}}}))
    assert Readable(law).when(test) == "有业绩（业绩条目为论文，且业绩：级别为省级，且角色为主持）"
