"""On which day, in which batch and for which kind of case the law is asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.policy.loader import Document, load_law
from domain.policy.occasion import context_of
from domain.policy.verdict import Outcome
from tests.policy.conftest import told
from tests.policy.sample import BATCHES, DEFAULT, HEAD, LEVELS, ROUTES, cited, sample

if TYPE_CHECKING:
    from domain.policy.context import Context
    from domain.policy.law import Law

D = date
YEARS = """
[years]
reference = "batch"
borderline_days = 2
sum_margin_days = 9
evidence_required = true
counted_from = "month"
rule = "S-TIME"
"""
LAW = sample(ROUTES, BATCHES)
BY_BATCH = sample(ROUTES, BATCHES, YEARS)
ELSEWHERE = """
[[silent]]
id = "county"
about = "dates"
document = "县里另行通知"
when = { "unit.owner" = "county" }
rule = "S-TIME"
"""
TRANSFER = """
[[case_types]]
id = "transfer"
zh = "转评"
en = "transfer"
title = { level = "assistant", applied = "same" }
outcome = "open"
supersedes = true
rule = "S-GOOD"

[[case_types]]
id = "again"
zh = "再次申报"
en = "again"
title = { level = "intermediate" }
outcome = "refuse"
rule = "S-GOOD"

[[case_types]]
id = "promotion"
zh = "晋升"
en = "promotion"
title = { level = "assistant", applied = "higher" }
outcome = "manual"
rule = "S-GOOD"
"""


def at(law: Law, **facts: Any) -> Context:  # noqa: ANN401 -- whatever may be said
    return context_of(law.whole, told(**facts))


@pytest.mark.parametrize(
    ("facts", "filed"),
    [
        ({"submitted_at": "2025-05-20T23:59:59+08:00"}, D(2025, 5, 20)),
        ({"submitted_at": "2025-05-20T16:00:00+00:00"}, D(2025, 5, 21)),
        ({"batch": "B1"}, D(2025, 5, 31)),
        ({"batch": "B2"}, D(2025, 10, 31)),
        ({"batch": "B9"}, date.max),
        ({}, D(2025, 10, 31)),
    ],
)
def test_a_filing_that_is_not_mentioned_is_on_the_last_day_on_which_one_could_file(
    facts: dict[str, Any], filed: date
) -> None:
    assert at(LAW, **facts).filed == filed


def test_without_windows_one_could_file_from_the_day_of_the_notice() -> None:
    assert at(sample(ROUTES)).filed == date.max
    dated = HEAD.replace("issuer = ", "issued_on = 2025-01-02\nissuer = ")
    law = load_law(DEFAULT, Document("sample.toml", dated + ROUTES))
    assert at(law).filed == D(2025, 1, 2)


@pytest.mark.parametrize(
    ("law", "facts", "reference"),
    [
        (LAW, {"submitted_at": "2025-05-20T10:00:00+08:00"}, D(2025, 5, 20)),
        (BY_BATCH, {"submitted_at": "2025-05-20T10:00:00+08:00"}, D(2025, 6, 30)),
        (BY_BATCH, {"submitted_at": "2025-10-20T10:00:00+08:00"}, D(2025, 10, 20)),
        (BY_BATCH, {"submitted_at": "2025-11-20T10:00:00+08:00"}, D(2025, 11, 20)),
        (BY_BATCH, {"batch": "B1"}, D(2025, 6, 30)),
        (BY_BATCH, {"batch": "B9"}, date.max),
        (LAW, {"batch": "B1"}, D(2025, 5, 31)),
        (BY_BATCH, {"batch": "B1", "reference_date": D(2024, 1, 1)}, D(2024, 1, 1)),
    ],
)
def test_years_are_counted_on_the_day_of_filing_the_batch_s_or_the_one_stated(
    law: Law, facts: dict[str, Any], reference: date
) -> None:
    assert at(law, **facts).reference == reference


def test_a_filing_falls_in_its_batch_unless_another_notice_sets_the_dates() -> None:
    law = sample(ROUTES, BATCHES, ELSEWHERE)
    may = {"submitted_at": "2025-05-20T10:00:00+08:00"}
    assert at(law, **may).batch == "B1"
    assert at(law, unit={"owner": "county"}, **may).batch is None
    assert at(law, unit={"owner": "county"}, batch="B2", **may).batch == "B2"
    assert at(law, batch="B2", **may).batch == "B2"
    assert at(law).batch is None
    assert law.batch_of(told(**may)) == "B1"
    assert law.batch_of(told()) is None


def test_what_cures_in_time_names_no_batch_where_another_notice_sets_the_dates() -> None:
    law = sample(ROUTES, BATCHES, ELSEWHERE)
    facts: dict[str, Any] = {
        "applied": "assistant",
        "education": [{"level": "bachelor"}],
        "work": [{"from": D(2024, 7, 1)}],
        "submitted_at": "2025-05-20T10:00:00+08:00",
    }
    assert law.assess(told(**facts)).next_possible == "B2"
    there = law.assess(told(unit={"owner": "county"}, **facts))
    assert (there.next_possible, there.next_possible_on) == (None, D(2025, 7, 1))


def test_margins_and_evidence_are_those_of_the_law() -> None:
    asked = at(BY_BATCH)
    assert (asked.borderline_days, asked.sum_margin_days) == (2, 9)
    assert (asked.needs_evidence, asked.counted_from) == (True, "month")
    default = at(LAW)
    assert (default.borderline_days, default.sum_margin_days) == (3, 30)
    assert (default.needs_evidence, default.counted_from) == (False, "day")


def test_levels_and_educations_are_named_and_ranked() -> None:
    equivalent = (
        '[[educations]]\nid = "advanced_worker"\nzh = "中"\nen = "e"\ncounts_as = "college"\n'
    )
    law = sample(ROUTES, f'{equivalent}rule = "S-COLLEGE"\n')
    asked = at(law)
    levels, educations = law.whole.levels, law.whole.educations
    assert (asked.levels, asked.educations) == (levels, educations)
    ranks = asked.ranks
    assert ranks.levels["assistant"] < ranks.levels["intermediate"]
    assert ranks.educations["advanced_worker"] == ranks.educations["college"]
    verdict = law.assess(
        told(
            applied="assistant",
            education=[{"level": "advanced_worker", "date": D(2020, 1, 1)}],
            work=[{"from": D(2020, 1, 1)}],
            submitted_at="2025-05-20T10:00:00+08:00",
        )
    )
    assert (verdict.outcome, verdict.route_id) == (Outcome.ELIGIBLE, "college")


@pytest.mark.parametrize(
    ("facts", "case_type", "supersedes", "outcome"),
    [
        ({"titles": [], "applied": "assistant"}, "first", None, Outcome.ELIGIBLE),
        (
            {"titles": [{"level": "assistant"}], "applied": "assistant"},
            "transfer",
            "assistant",
            Outcome.ELIGIBLE,
        ),
        (
            {"titles": [{"level": "assistant"}], "applied": "intermediate"},
            "promotion",
            None,
            Outcome.MANUAL_REVIEW,
        ),
        (
            {"titles": [{"level": "intermediate"}], "applied": "assistant"},
            "again",
            None,
            Outcome.INELIGIBLE,
        ),
    ],
)
def test_the_kind_of_case_is_told_with_the_title_that_it_supersedes(
    facts: dict[str, Any], case_type: str, supersedes: str | None, outcome: Outcome
) -> None:
    verdict = sample(LEVELS, ROUTES, TRANSFER).assess(told(**facts))
    assert (verdict.case_type, verdict.supersedes) == (case_type, supersedes)
    assert verdict.outcome is outcome


def test_a_repetition_is_a_condition_of_its_own_and_says_which_title_it_is_about() -> None:
    law = sample(LEVELS, ROUTES, TRANSFER)
    title = {"level": "intermediate", "via": "考试", "series": "会计"}
    verdict = law.assess(told(titles=[title], applied="assistant"))
    again, handled = verdict.root.children
    assert handled.id == "handled"
    assert (again.id, again.chinese, again.english) == ("case_type.again", "再次申报", "again")
    assert again.facts == ("intermediate", "考试", "会计")
    assert again.citations == (cited("S-GOOD"),)
    assert again.refusal is not None
    assert again.refusal.code == "ALREADY_TITLED"
    assert "再次申报" in again.refusal.chinese
    assert again.refusal.citations == (cited("S-GOOD"),)
    asked = law.assess(told(titles=[{"level": "assistant"}], applied="intermediate"))
    (question,) = asked.refusals
    assert question.code == "ALREADY_TITLED"
    assert "promotion" in question.english
    assert question.citations == (cited("S-GOOD"),)
    assert asked.root.children[0].facts == ("assistant",)
    transfer = law.assess(told(titles=[{"level": "assistant"}], applied="assistant"))
    assert transfer.root.children[0].refusal is None


@pytest.mark.parametrize(
    ("awarded", "outcome", "flags"),
    [
        (D(2025, 5, 20), Outcome.ELIGIBLE, ()),
        (D(2025, 5, 21), Outcome.ELIGIBLE, ("evidence_pending",)),
        (D(2025, 6, 30), Outcome.ELIGIBLE, ("evidence_pending",)),
        (D(2025, 7, 1), Outcome.INELIGIBLE, ()),
    ],
)
def test_an_education_counts_up_to_the_reference_date_and_is_awaited_after_the_filing(
    awarded: date, outcome: Outcome, flags: tuple[str, ...]
) -> None:
    verdict = BY_BATCH.assess(
        told(
            applied="assistant",
            education=[{"level": "bachelor", "date": awarded}],
            work=[{"from": D(2024, 1, 1)}],
            submitted_at="2025-05-20T10:00:00+08:00",
        )
    )
    assert (verdict.outcome, verdict.flags) == (outcome, flags)
