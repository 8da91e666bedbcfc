"""A further locality is a TOML file and worked examples, and no Python."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.law import packs
from domain.calendar import Calendar
from domain.policy.examples.run import run_example
from domain.policy.soundness import remarks
from tests.policy.conftest import beijing, told
from tests.worked import worked

if TYPE_CHECKING:
    from domain.policy.law import Law

SIXTH = Path(__file__).parent / "sixth"
EXAMPLES = worked(SIXTH / "examples.yaml")["examples"]


@pytest.fixture(scope="module")
def jiading() -> Law:
    return packs.load(str(SIXTH / "jiading-2025.toml"))


@pytest.mark.parametrize("example", [pytest.param(each, id=each["id"]) for each in EXAMPLES])
def test_its_worked_examples_come_out_as_expected(jiading: Law, example: dict[str, Any]) -> None:
    assert run_example(example, [jiading], Calendar()).differences == ()


def test_nothing_in_it_is_without_effect(jiading: Law) -> None:
    assert remarks(jiading) == ()


def test_its_chain_has_four_stages_and_two_publicities(jiading: Law) -> None:
    chain = jiading.chain(told())
    assert [stage.id for stage in chain] == ["employer", "department", "county_hr", "city_hr"]
    assert [stage.publicity for stage in chain] == ["employer", None, None, "result"]


def test_its_windows_close_in_the_afternoon(jiading: Law) -> None:
    assert jiading.admission("applicant", beijing("2025-01-15 17:00:00"), told()).admitted
    late = jiading.admission("applicant", beijing("2025-01-15 17:00:01"), told())
    assert late.refusal is not None
    assert (late.refusal.code, late.next_opening) == ("WINDOW_CLOSED", date(2025, 4, 1))


def test_its_sanction_runs_longer(jiading: Law) -> None:
    sanction = jiading.sanction("fraud_before_grant")
    assert (sanction.last_day(date(2025, 2, 28)), sanction.term_source) == (
        date(2030, 2, 28),
        "notice",
    )
    assert jiading.sanction("revocation").term_source == "default"


def test_its_fee_and_roll_are_its_own(jiading: Law) -> None:
    fee, roll = jiading.fee(told(applied="intermediate")), jiading.annual_roll()
    assert fee is not None
    assert roll is not None
    assert (fee.yuan, roll.due_on(2025)) == (180, date(2026, 1, 15))
    assert jiading.fee(told(applied="assistant")) is None
