"""A county in TOML alone: lists of its own, achievements by level, one piece of law per table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.law import packs
from domain.calendar import Calendar
from domain.policy.examples.run import assuming, examine
from domain.policy.soundness import remarks
from domain.policy.spelling import oddities
from tests.policy.conftest import beijing, told
from tests.worked import worked

if TYPE_CHECKING:
    from domain.policy.law import Law
    from domain.policy.verdict import Condition

NINTH = Path(__file__).parent / "ninth"
HELD = worked(NINTH / "examples.yaml")
EXAMPLES = assuming(HELD, HELD["examples"])


@pytest.fixture(scope="module")
def jimao() -> Law:
    return packs.load(str(NINTH / "jimao-2026.toml"))


@pytest.mark.parametrize("example", [pytest.param(each, id=each["id"]) for each in EXAMPLES])
def test_its_worked_examples_come_out_as_expected(jimao: Law, example: dict[str, Any]) -> None:
    result = examine(example, [jimao], Calendar())
    assert (result.differences, result.remarks) == ((), ())


def test_nothing_in_it_is_odd_or_without_effect(jimao: Law) -> None:
    assert (remarks(jimao), tuple(oddities(jimao))) == ((), ())


def test_it_has_one_batch_and_a_window_with_only_an_end(jimao: Law) -> None:
    windows = {each.id: (each.opens, each.closes) for each in jimao.windows()}
    assert windows["2026"] == (date(2026, 3, 1), date(2026, 4, 15))
    assert windows["sending"] == (None, date(2026, 6, 30))
    assert jimao.admission("county_hr", beijing("2026-01-01 00:00:00"), told()).admitted


def test_the_alternative_that_was_not_taken_stands_beside_the_one_that_was(jimao: Law) -> None:
    facts = told(
        applied="intermediate",
        work=[{"from": date(2018, 12, 31), "relation": "same"}],
        服务=[{"from": date(2024, 1, 1), "地点": "清溪镇"}],
        titles=[],
        submitted_at="2026-03-10T10:00:00+08:00",
    )
    shown = [each for each in everything(jimao.assess(facts).root) if not each.binding]
    assert [each.chinese for each in shown] == ["满5年"]


def everything(condition: Condition) -> list[Condition]:
    return [condition, *(one for each in condition.children for one in everything(each))]
