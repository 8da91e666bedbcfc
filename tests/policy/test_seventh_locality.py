"""A committee's review by data alone: ages, hours, papers, townships, own committees, sanctions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.law import packs
from domain.calendar import Calendar
from domain.policy.examples.run import run_example
from domain.policy.soundness import remarks
from tests.policy.conftest import told
from tests.worked import worked

if TYPE_CHECKING:
    from domain.policy.law import Law

SEVENTH = Path(__file__).parent / "seventh"
EXAMPLES = worked(SEVENTH / "examples.yaml")["examples"]


@pytest.fixture(scope="module")
def bingding() -> Law:
    return packs.load(str(SEVENTH / "bingding-2025.toml"))


@pytest.mark.parametrize("example", [pytest.param(each, id=each["id"]) for each in EXAMPLES])
def test_its_worked_examples_come_out_as_expected(bingding: Law, example: dict[str, Any]) -> None:
    assert run_example(example, [bingding], Calendar()).differences == ()


def test_nothing_in_it_is_without_effect(bingding: Law) -> None:
    assert remarks(bingding) == ()


def test_it_has_a_window_in_each_month_but_december(bingding: Law) -> None:
    windows = {each.id: (each.opens, each.closes) for each in bingding.windows()}
    assert len(windows) == 11
    assert windows["2025-02"] == (date(2025, 2, 1), date(2025, 2, 10))
    assert {each.id: each.chinese for each in bingding.batches()}["2025-02"] == "2025年2月"


def test_a_batch_that_it_writes_itself_takes_the_place_of_the_short_one(bingding: Law) -> None:
    batches = {each.id: each for each in bingding.batches()}
    assert batches["2025-10"].education_reference == date(2025, 8, 31)
    assert batches["2025-09"].reference is None


def test_a_senior_committee_is_larger_and_more_of_it_is_there(bingding: Law) -> None:
    junior = bingding.votes(told(applied="intermediate"))
    senior = bingding.votes(told(applied="senior"))
    assert junior.carried(members=11, present=8, in_favour=6)
    assert not junior.carried(members=10, present=10, in_favour=10)
    assert not senior.carried(members=25, present=18, in_favour=18)
    assert senior.carried(members=25, present=19, in_favour=13)


def test_its_form_is_due_after_a_stage(bingding: Law) -> None:
    (form,) = bingding.paper_forms(told())
    assert form.begins({"city": date(2025, 1, 1)}, {}) is None
    begins = form.begins({}, {"city": date(2025, 10, 20)})
    assert begins is not None
    assert form.due(begins, Calendar()).moved == date(2025, 10, 30)


@pytest.mark.parametrize(("autonomous", "refused"), [(False, True), (True, False)])
def test_the_vacancies_of_a_self_evaluating_unit_are_its_own_affair(
    bingding: Law, *, autonomous: bool, refused: bool
) -> None:
    facts = told(
        unit={"type": "institution", "autonomous": autonomous},
        applied="intermediate",
        vacancy_form={"level": "中级", "approved": 2, "employed": 2},
    )
    assert ("VACANCY_MISSING" in bingding.assess(facts).reasons) is refused
