"""Which of several ways is the best, and what marks a way that is near its boundary."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.policy.assess_route import years_before
from domain.policy.periods import Length
from domain.policy.verdict import Status
from tests.policy.conftest import told
from tests.policy.occasions import occasion
from tests.policy.tables import CITING, Table
from tests.policy.test_taking import ONE, PRIVATE, SINCE_2022, THEN_ONE, TWO, rule, taken
from tests.policy.test_taking import route as way

if TYPE_CHECKING:
    from domain.policy.routes import Route

D = date


def before_of(this: Route, *more: Any, **work: Any) -> Length | None:  # noqa: ANN401 -- as ``taken``
    """The time before the education that a way counts."""
    return years_before(taken(this, *more, **work), told(**work), occasion())


REDUCED = {"id": "it", "months": -1, **CITING}
BEFORE = {"years": 1, "marks_before": "BEFORE"}


def test_of_two_ways_the_one_that_succeeds_is_preferred_then_the_judged_then_the_nearest() -> None:
    good = {"conditions": {"good": rule("good"), "judged": rule("judged", "manual")}}
    met = taken(way(ONE), work=SINCE_2022).preference()
    judged = taken(way(ONE, asks=["judged"]), good, work=SINCE_2022, **PRIVATE).preference()
    work = [{"from": D(2024, 1, 1)}]
    near = taken(way(ONE), work=work).preference()
    far = taken(way(TWO), work=work).preference()
    two_unmet = taken(way(ONE, asks=["good"]), good, work=work, **PRIVATE).preference()
    never = taken(way(ONE), work=[]).preference()
    assert sorted([never, two_unmet, far, near, judged, met]) == [
        met,
        judged,
        near,
        far,
        never,
        two_unmet,
    ]


def test_a_way_is_as_far_as_its_last_requirement() -> None:
    both = taken(way(ONE, THEN_ONE), work=[{"from": D(2024, 1, 1)}])
    assert both.preference()[-1] == D(2026, 1, 1)
    row = taken(way(ONE, TWO), work=[{"from": D(2024, 1, 1)}])
    assert row.preference()[-1] == D(2026, 1, 1)


@pytest.mark.parametrize(
    ("first_day", "marked"),
    [
        (D(2024, 4, 30), False),
        (D(2024, 5, 1), True),
        (D(2024, 6, 30), True),
        (D(2024, 7, 1), False),
    ],
)
def test_a_sum_near_its_boundary_is_marked(first_day: date, marked: object) -> None:
    """A month is missing; it is reached within thirty days of 2024-06-30, or not."""
    eleven_months = {"from": D(2022, 1, 1), "to": D(2022, 11, 30)}
    work = [eleven_months, {"from": first_day}]
    (condition,) = taken(way(ONE), work=work).condition.children
    assert ("SUM_NEAR_THRESHOLD" in condition.flags) is marked


def test_one_unbroken_job_near_its_boundary_is_looked_at_and_not_marked() -> None:
    (condition,) = taken(way(ONE), work=[{"from": D(2023, 7, 2)}]).condition.children
    assert (condition.borderline, condition.flags) == (True, ())
    (condition,) = taken(way(ONE), work=[{"from": D(2023, 7, 4)}]).condition.children
    assert not condition.borderline


@pytest.mark.parametrize(
    ("first_day", "flags"), [(D(2022, 6, 29), ("BEFORE",)), (D(2022, 6, 30), ())]
)
def test_a_case_that_rests_on_time_before_the_diploma_is_marked(
    first_day: date, flags: tuple[str, ...]
) -> None:
    (condition,) = taken(way(BEFORE), work=[{"from": first_day}]).condition.children
    assert condition.flags == flags
    (plain,) = taken(way(ONE), work=[{"from": first_day}]).condition.children
    assert plain.flags == ()


@pytest.mark.parametrize(
    ("term", "before"),
    [
        (ONE, None),
        ({"years": 1, "around": "education"}, Length(0, 5, 29)),
        (
            {"years": 1, "adjust": [{"id": "it", "months": -1, "if": ONE, **CITING}]},
            Length(0, 5, 29),
        ),
        ({"years": 1, "adjust": [{"id": "it", "months": -1, **CITING}]}, None),
    ],
)
def test_the_time_before_is_told_where_the_route_looks_at_it(
    term: Table, before: Length | None
) -> None:
    assert before_of(way(term), work=SINCE_2022) == before
    assert before_of(way(term), None, None, work=SINCE_2022) is None
    assert before_of(way()) is None


def test_a_requirement_shows_what_there_is_unless_nothing_is_known() -> None:
    (known,) = taken(way(ONE), work=SINCE_2022).condition.children
    assert (known.facts, known.status, known.refusal) == (("2y5m29d",), Status.MET, None)
    (unknown,) = taken(way(ONE)).condition.children
    assert (unknown.facts, unknown.status) == ((), Status.NOT_AT_ISSUE)
    assert (known.chinese, known.english) == ("满1年", "1 year reached")
