"""An example passes only where the law gives every answer that it expects."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.calendar import Calendar
from domain.policy.computed import Anniversary, ClosedPeriod, DaysAfter, Sum, WorkingDays
from domain.policy.examples.compare import differences
from domain.policy.periods import Length
from tests.policy.conftest import beijing

D = date
MET: dict[str, Any] = {
    "outcome": "eligible",
    "reasons": (),
    "flags": ("A", "B"),
    "level": "assistant",
    "at": beijing("2024-05-31 10:00:00"),
    "place": {"id": "one", "short": "某路"},
    "none": None,
}
REFUSED: dict[str, Any] = {
    "outcome": "ineligible",
    "reasons": ("YEARS_SHORT", "ALREADY_TITLED"),
    "level": None,
}


def compared(expect: dict[str, Any], *answers: dict[str, Any]) -> list[str]:
    found = differences(expect, answers or (MET,), Calendar())
    return [str(each).removeprefix("expect.") for each in found]


@pytest.mark.parametrize(
    "expect",
    [
        {},
        {"because": "x", "note": "x", "message": "x", "ambiguous": "x"},
        {"outcome": "eligible"},
        {"outcome": "accepted"},
        {"outcome": "allowed"},
        {"outcome": ["eligible"]},
        {"reasons": []},
        {"flags": ["B"]},
        {"flags": []},
        {"level": "assistant"},
        {"level": ["assistant"]},
        {"at": "2024-05-31T02:00:00+00:00"},
        {"place": {"short": "某路"}},
        {"none": None},
        {"because": "x", "level": "assistant"},
    ],
)
def test_what_is_answered_as_expected_differs_in_nothing(expect: dict[str, Any]) -> None:
    assert compared(expect) == []


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        ({"outcome": "ineligible"}, "outcome: expected ineligible, found eligible"),
        ({"outcome": "blocked"}, "outcome: expected blocked, found eligible"),
        (
            {"outcome": ["eligible", "eligible"]},
            "outcome: expected [eligible, eligible], found eligible",
        ),
        ({"reasons": ["YEARS_SHORT"]}, "reasons: expected [YEARS_SHORT], found []"),
        ({"flags": ["C", "A"]}, "flags: expected [A, C], found [A, B]"),
        ({"level": "junior"}, "level: expected junior, found assistant"),
        ({"level": None}, "level: expected null, found assistant"),
        ({"levels": "junior"}, "levels: the law gives no such answer"),
        (
            {"at": "2024-05-31T10:00:01+08:00"},
            "at: expected 2024-05-31T10:00:01+08:00, found 2024-05-31T10:00:00+08:00",
        ),
        (
            {"place": {"short": "他路"}},
            "place: expected {short: 他路}, found {id: one, short: 某路}",
        ),
        (
            {"place": "one"},
            "place: expected one, found {id: one, short: 某路}",
        ),
        (
            {"place": {"further": 1}},
            "place: expected {further: 1}, found {id: one, short: 某路}",
        ),
    ],
)
def test_what_differs_is_told_with_what_was_found(expect: dict[str, Any], difference: str) -> None:
    assert compared({"note": "first", **expect}) == [difference]


def test_every_difference_is_told() -> None:
    wrong = {"outcome": "refused", "level": "junior", "flags": ["C"]}
    assert [each.split(":")[0] for each in compared(wrong)] == ["outcome", "level", "flags"]


def test_reasons_are_all_of_them_and_only_once() -> None:
    assert compared({"reasons": ["ALREADY_TITLED", "YEARS_SHORT"]}, REFUSED) == []
    assert compared({"reasons": ["YEARS_SHORT"]}, REFUSED) == [
        "reasons: expected [YEARS_SHORT], found [ALREADY_TITLED, YEARS_SHORT]"
    ]
    assert compared({"outcome": "refused"}, REFUSED) == []
    assert compared({"outcome": "not_accepted"}, REFUSED) == []
    assert compared({"reasons": ["YEARS_SHORT", "ALREADY_TITLED"]}, MET, REFUSED) == []


def test_several_questions_have_one_answer_each_or_all_the_same() -> None:
    both = (MET, REFUSED)
    assert compared({"outcome": ["eligible", "ineligible"]}, *both) == []
    assert compared({"outcome": "eligible"}, MET, MET) == []
    assert compared({"outcome": "eligible"}, *both) == [
        "outcome: expected eligible, found [eligible, ineligible]"
    ]
    assert compared({"outcome": ["ineligible", "eligible"]}, *both) == [
        "outcome: expected [ineligible, eligible], found [eligible, ineligible]"
    ]
    assert compared({"level": ["assistant", None]}, *both) == []
    assert compared({"level": "assistant"}, MET, MET) == []
    assert compared({"level": "assistant"}, *both) == [
        "level: expected assistant, found [assistant, null]"
    ]
    assert compared({"level": ["assistant"]}, *both) == [
        "level: expected [assistant], found [assistant, null]"
    ]
    assert compared({"flags": ["A"]}, *both) == []
    assert compared({"place": [{"id": "one"}, None]}, *both) == []


DONE = (
    Anniversary(D(2020, 1, 2), 1, 6, D(2021, 7, 2)),
    ClosedPeriod(D(2020, 1, 1), D(2020, 3, 31), Length(0, 3)),
    Sum((Length(0, 3), Length(1)), Length(1, 3), None),
    WorkingDays(D(2024, 9, 27), 5, D(2024, 10, 10)),
    DaysAfter(D(2024, 6, 1), 7, D(2024, 6, 8), rest=True, moved=D(2024, 6, 11)),
)
ANNIVERSARY = {"calc": "anniversary", "from": D(2020, 1, 2), "reached": D(2021, 7, 2)}
PLUS = {"calc": "plus_days", "from": D(2024, 6, 1), "days": 7, "reached": D(2024, 6, 8)}


@pytest.mark.parametrize(
    ("item", "done"),
    [
        ({**ANNIVERSARY, "years": 1, "months": 6}, True),
        ({**ANNIVERSARY, "months": 18}, True),
        (ANNIVERSARY, True),
        ({**ANNIVERSARY, "years": 1}, False),
        ({**ANNIVERSARY, "months": 6}, False),
        ({**ANNIVERSARY, "from": D(2020, 1, 1)}, False),
        ({**ANNIVERSARY, "reached": D(2021, 7, 1)}, False),
        ({**ANNIVERSARY, "calc": "sum"}, False),
        ({"calc": "closed", "from": D(2020, 1, 1), "to": D(2020, 3, 31), "is": "0y3m0d"}, True),
        ({"calc": "closed", "from": D(2020, 1, 2)}, False),
        ({"calc": "closed", "to": D(2020, 3, 30)}, False),
        ({"calc": "closed", "is": "0y2m0d"}, False),
        ({"calc": "sum", "total": "1y3m0d", "reached": None}, True),
        ({"calc": "sum", "total": "1y2m0d"}, False),
        ({"calc": "sum", "reached": D(2024, 1, 1)}, False),
        (
            {"calc": "workdays", "posted": D(2024, 9, 27), "n": 5, "ends": D(2024, 10, 10)},
            True,
        ),
        ({"calc": "workdays", "posted": D(2024, 9, 28)}, False),
        ({"calc": "workdays", "n": 4}, False),
        ({"calc": "workdays", "ends": D(2024, 10, 11)}, False),
        ({**PLUS, "rest": True, "moved": D(2024, 6, 11)}, True),
        ({**PLUS, "days": 8}, False),
        ({**PLUS, "from": D(2024, 6, 2)}, False),
        ({**PLUS, "reached": D(2024, 6, 9)}, False),
        ({**PLUS, "rest": False}, False),
        ({**PLUS, "moved": D(2024, 6, 8)}, False),
        ({"calc": "is_workday", "day": D(2024, 9, 29), "is": True}, True),
        ({"calc": "is_workday", "day": D(2024, 9, 29), "is": False}, False),
        ({"calc": "is_workday", "day": D(2024, 10, 1), "is": False}, True),
    ],
)
def test_a_line_of_arithmetic_is_among_those_that_were_done(
    item: dict[str, Any], done: object
) -> None:
    found = compared({"computed": [item]}, {**MET, "computed": DONE})
    assert (found == []) is done
    assert all(" not among [" in each and each.startswith("computed: {") for each in found)


def test_whole_years_are_shown_without_months() -> None:
    years = Anniversary(D(2020, 1, 2), 1, 0, D(2021, 1, 2))
    months = Anniversary(D(2020, 1, 2), 0, 6, D(2020, 7, 2))
    (told,) = compared({"computed": [{"calc": "sum"}]}, {**MET, "computed": (years, months)})
    assert "years: 1}" in told
    assert "months: 6}" in told
    assert "'months': 0" not in told
    assert "'years': 0" not in told
    year = {"calc": "anniversary", "years": 1}
    assert compared({"computed": [year]}, MET, {**MET, "computed": (years,)}) == []
    twelve = {"calc": "anniversary", "months": 12}
    assert compared({"computed": [twelve]}, {**MET, "computed": (years,)}) == []
    assert len(compared({"computed": [year, twelve]}, MET)) == 2
