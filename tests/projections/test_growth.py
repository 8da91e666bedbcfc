"""What is said to grow with the record, and what only tells of more."""

from __future__ import annotations

import pytest

from bench.costs import Cost, Of
from bench.growth import Growth, Verdict

OF = Of("case-list.list_cases", "all", "the whole record")


@pytest.mark.parametrize(
    ("smaller", "larger", "verdict"),
    [
        ((1.0, 50), (1.5, 50), Verdict.WITHIN),
        ((1.0, 50), (1.6, 50), Verdict.GROWS),
        ((1.0, 50), (1.6, 10), Verdict.GROWS),
        ((1.0, 100), (15.0, 1000), Verdict.TELLS_OF_MORE),
        ((1.0, 100), (15.1, 1000), Verdict.GROWS),
        ((1.0, 0), (1.6, 0), Verdict.GROWS),
        ((1.0, 0), (1.4, 50), Verdict.WITHIN),
    ],
)
def test_a_question_grows_by_more_than_what_it_tells_of(
    smaller: tuple[float, int], larger: tuple[float, int], verdict: Verdict
) -> None:
    before, now = (Cost(ms, 0, rows) for ms, rows in (smaller, larger))
    assert Growth(OF, "page", before, now).verdict is verdict
