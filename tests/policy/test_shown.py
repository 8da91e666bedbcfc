"""Arithmetic as sentences, in both languages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from domain.policy.computed import Anniversary, ClosedPeriod, DaysAfter, Sum, WorkingDays
from domain.policy.in_words import computed_in_words, length_in_words, when_in_words
from domain.policy.periods import Length

if TYPE_CHECKING:
    from domain.policy.computed import Computed

D = date


@pytest.mark.parametrize(
    ("length", "chinese", "english"),
    [
        (Length(), "0天", "0 days"),
        (Length(1), "1年", "1 year"),
        (Length(2), "2年", "2 years"),
        (Length(0, 1), "1个月", "1 month"),
        (Length(0, 0, 1), "1天", "1 day"),
        (Length(2, 3, 4), "2年3个月4天", "2 years 3 months 4 days"),
        (Length(2, 0, 4), "2年4天", "2 years 4 days"),
    ],
)
def test_a_length_is_shown_without_what_is_nought(
    length: Length, chinese: str, english: str
) -> None:
    assert length_in_words(length) == (chinese, english)


def test_when_a_requirement_is_reached() -> None:
    assert when_in_words(D(2024, 7, 1)) == ("2024-07-01届满", "it is reached on 2024-07-01")
    assert when_in_words(None) == ("按现有经历不会届满", "the work stated will never reach it")


@pytest.mark.parametrize(
    ("computed", "chinese", "english"),
    [
        (
            Anniversary(D(2020, 1, 2), 3, 6, D(2023, 7, 2)),
            "自2020-01-02起满3年6个月为2023-07-02",
            "2020-01-02 plus 3 years 6 months is 2023-07-02",
        ),
        (
            ClosedPeriod(D(2020, 1, 1), D(2020, 3, 31), Length(0, 3)),
            "2020-01-01至2020-03-31共3个月",
            "2020-01-01 to 2020-03-31 is 3 months",
        ),
        (
            Sum((Length(0, 6), Length(1, 0, 9)), Length(1, 6, 9), D(2024, 7, 1)),
            "6个月＋1年9天＝1年6个月9天；2024-07-01届满",
            "0y6m0d + 1y0m9d = 1 year 6 months 9 days; it is reached on 2024-07-01",
        ),
        (
            Sum((Length(0, 6),), Length(0, 6), None),
            "6个月＝6个月；按现有经历不会届满",
            "0y6m0d = 6 months; the work stated will never reach it",
        ),
        (
            WorkingDays(D(2024, 9, 27), 5, D(2024, 10, 10)),
            "2024-09-27发布，公示5个工作日至2024-10-10",
            "posted 2024-09-27, 5 working days to 2024-10-10",
        ),
        (
            DaysAfter(D(2024, 6, 1), 7, D(2024, 6, 8), rest=True, moved=D(2024, 6, 11)),
            "2024-06-01后7天为2024-06-08，顺延至2024-06-11",
            "7 days after 2024-06-01 is 2024-06-08, put off to 2024-06-11",
        ),
        (
            DaysAfter(D(2024, 6, 3), 1, D(2024, 6, 4), rest=False, moved=D(2024, 6, 4)),
            "2024-06-03后1天为2024-06-04",
            "1 days after 2024-06-03 is 2024-06-04",
        ),
    ],
)
def test_a_line_of_arithmetic_is_a_sentence_with_its_dates(
    computed: Computed, chinese: str, english: str
) -> None:
    assert computed_in_words(computed) == (chinese, english)
