"""A city in TOML alone, told at its door: who says what, and what nobody said."""

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

EIGHTH = Path(__file__).parent / "eighth"
HELD = worked(EIGHTH / "examples.yaml")
EXAMPLES = assuming(HELD, HELD["examples"])


@pytest.fixture(scope="module")
def wucheng() -> Law:
    return packs.load(str(EIGHTH / "wucheng-2026.toml"))


@pytest.mark.parametrize("example", [pytest.param(each, id=each["id"]) for each in EXAMPLES])
def test_its_worked_examples_come_out_as_expected(wucheng: Law, example: dict[str, Any]) -> None:
    result = examine(example, [wucheng], Calendar())
    assert (result.differences, result.remarks) == ((), ())


def test_nothing_in_it_is_odd_or_without_effect(wucheng: Law) -> None:
    assert (remarks(wucheng), tuple(oddities(wucheng))) == ((), ())


def test_its_batches_bear_their_years(wucheng: Law) -> None:
    references = {each.id: each.reference for each in wucheng.batches()}
    assert references == {
        "申报2026H1": date(2026, 6, 30),
        "申报2026H2": date(2026, 12, 31),
        "申报2027H1": date(2027, 6, 30),
        "申报2027H2": date(2027, 12, 31),
    }


def test_it_refuses_in_its_own_words(wucheng: Law) -> None:
    facts = told(
        **{"filings.this_year": 2, "聘用方式": "聘用"},
        insured=[{"from": date(2026, 3, 1), "参保地": "戊城市"}],
        submitted_at="2026-05-06T10:00:00+08:00",
    )
    said = {each.code: each.chinese for each in wucheng.assess(facts).refusals}
    assert "本年度已申报2次，不得再次申报（每人每年只能申报一次）。" in said["TOO_MANY_FILINGS"]
    assert (
        "须在本市连续参保满6个月，截至2026-06-30最长一段为3个月29天" in said["INSURANCE_TOO_SHORT"]
    )


def test_after_the_last_working_day_the_next_batch_is_told(wucheng: Law) -> None:
    late = wucheng.admission("applicant", beijing("2026-05-30 10:00:00"), told())
    assert late.refusal is not None
    assert "2026-11-02" in late.refusal.chinese
