"""Time without a break until the day (连续至今): what was over before it does not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.policy.measuring import measure
from domain.policy.periods import Length
from domain.policy.terms import Term
from tests.policy.conftest import told
from tests.policy.occasions import REFERENCE, occasion
from tests.policy.tables import like

D = date
HALF_A_YEAR = Term(needed=Length(0, 6), until_now=True)
LONG_AGO = {"from": D(2015, 1, 1), "to": D(2023, 12, 31)}


def met(*jobs: dict[str, Any], term: Term = HALF_A_YEAR, **facts: Any) -> bool | None:  # noqa: ANN401 -- of an example
    """Whether it is met on 2024-06-30."""
    return measure(term, told(work=list(jobs), **facts), None, occasion()).met


@pytest.mark.parametrize(
    ("jobs", "enough"),
    [
        ((LONG_AGO,), False),
        ((LONG_AGO, {"from": D(2024, 1, 2)}), False),
        ((LONG_AGO, {"from": D(2024, 1, 1)}), True),
        (({"from": D(2023, 12, 31)},), True),
        (({"from": D(2024, 1, 1)},), False),
        (({"from": D(2023, 12, 1), "to": D(2024, 6, 28)},), False),
        (({"from": D(2023, 12, 1), "to": D(2024, 6, 29)},), True),
        (({"from": D(2023, 12, 1), "to": D(2024, 3, 31)}, {"from": D(2024, 4, 1)}), True),
        (({"from": D(2023, 12, 1), "to": D(2024, 3, 31)}, {"from": D(2024, 4, 2)}), False),
        ((), False),
    ],
)
def test_only_the_piece_that_lasts_until_the_day_counts(
    jobs: tuple[dict[str, Any], ...], *, enough: bool
) -> None:
    assert met(*jobs) is enough


def test_it_is_known_when_it_will_be_enough() -> None:
    asked = told(work=[LONG_AGO, {"from": D(2024, 3, 1)}])
    found = measure(HALF_A_YEAR, asked, None, occasion())
    assert (found.met, found.had, found.reached_on) == (False, Length(0, 3, 29), D(2024, 9, 1))
    over = measure(HALF_A_YEAR, told(work=[LONG_AGO]), None, occasion())
    assert (over.had, over.reached_on) == (Length(), None)


def test_before_a_day_it_lasts_until_that_day() -> None:
    term = replace(HALF_A_YEAR, before="licence")
    job = {"from": D(2020, 1, 1), "to": D(2022, 12, 31)}
    assert met(job, term=term, licence=D(2023, 1, 1)) is True
    assert met(job, term=term, licence=D(2023, 1, 2)) is False
    ahead = {"from": D(2020, 1, 1)}
    assert met(ahead, term=term, licence=D(2025, 1, 1)) is True
    assert met(job, term=term, licence=D(2025, 1, 1)) is False


def test_what_may_fill_a_gap_leaves_it_open() -> None:
    term = replace(HALF_A_YEAR, where=like("work", setting="乡镇", relation="same"))
    here = {"from": D(2023, 1, 1), "to": D(2023, 12, 31), "relation": "same", "setting": "乡镇"}
    going_on = {"from": D(2024, 1, 1), "setting": "乡镇"}
    asked = told(assume="door", work=[here, going_on])
    found = measure(term, asked, None, occasion())
    assert (found.met, found.open_on) == (None, frozenset({"work.relation"}))
    elsewhere = told(assume="door", work=[here, {**going_on, "setting": "县城"}])
    assert measure(term, elsewhere, None, occasion()).met is False
    assert occasion().reference == REFERENCE
