"""Windows that come back are those that one would have written one by one."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from domain.policy.faults import PackError
from domain.policy.recurring import DayOfPeriod, Recurring, read_recurring
from domain.policy.when import ALWAYS
from domain.policy.windows import Batch, Window
from tests.policy.tables import CITED, CITING, ENTERPRISE, FOR_ENTERPRISES, Table, read

D = date
MONTHLY: Table = {
    "id": "2024",
    "every": "month",
    "year": 2024,
    "binds": ["applicant"],
    "opens": {"day": 1},
    "closes": {"day": "last"},
    **CITING,
}
QUARTERLY: Table = {
    **MONTHLY,
    "every": "quarter",
    "opens": {"day": 1},
    "closes": {"month": 3, "day": 15},
}
HALF_YEARLY: Table = {**MONTHLY, "every": "half_year", "closes": {"month": 6, "day": 15}}


def days(table: Table) -> list[tuple[str, date | None, date | None]]:
    return [(each.id, each.opens, each.closes) for each in read(read_recurring, table).windows()]


def test_a_month_has_its_window_to_its_own_last_day() -> None:
    every = days(MONTHLY)
    assert len(every) == 12
    assert every[0] == ("2024-01", D(2024, 1, 1), D(2024, 1, 31))
    assert every[1] == ("2024-02", D(2024, 2, 1), D(2024, 2, 29))
    assert every[11] == ("2024-12", D(2024, 12, 1), D(2024, 12, 31))


def test_a_day_that_a_month_has_not_is_its_last() -> None:
    late = {**MONTHLY, "opens": {"day": 30}, "closes": {"day": 31}}
    assert days(late)[1] == ("2024-02", D(2024, 2, 29), D(2024, 2, 29))
    assert days(late)[3] == ("2024-04", D(2024, 4, 30), D(2024, 4, 30))


def test_a_quarter_and_a_half_year_count_their_own_months() -> None:
    assert days(QUARTERLY) == [
        ("2024Q1", D(2024, 1, 1), D(2024, 3, 15)),
        ("2024Q2", D(2024, 4, 1), D(2024, 6, 15)),
        ("2024Q3", D(2024, 7, 1), D(2024, 9, 15)),
        ("2024Q4", D(2024, 10, 1), D(2024, 12, 15)),
    ]
    assert days({**HALF_YEARLY, "opens": {"month": 2, "day": 3}}) == [
        ("2024H1", D(2024, 2, 3), D(2024, 6, 15)),
        ("2024H2", D(2024, 8, 3), D(2024, 12, 15)),
    ]


@pytest.mark.parametrize(
    ("table", "called", "reference"),
    [
        (MONTHLY, ("2024年2月", "February 2024"), D(2024, 2, 29)),
        (QUARTERLY, ("2024年第二季度", "second quarter of 2024"), D(2024, 6, 30)),
        (HALF_YEARLY, ("2024年下半年", "second half of 2024"), D(2024, 12, 31)),
    ],
)
def test_a_batch_is_called_by_its_period_and_may_count_years_to_its_end(
    table: Table, called: tuple[str, str], reference: date
) -> None:
    plain, dated = table, {**table, "reference": "period_end"}
    for each, day in ((plain, None), (dated, reference)):
        recurring = read(read_recurring, each)
        first, second = list(recurring.batches())[:2]
        assert (second.chinese, second.english) == called
        assert second == Batch(
            id=[window.batch for window in recurring.windows()][1],
            chinese=called[0],
            english=called[1],
            reference=day,
            citations=CITED,
        )
        assert first.id != second.id


def test_every_quarter_and_half_is_called_in_order() -> None:
    quarters = [each.chinese for each in read(read_recurring, QUARTERLY).batches()]
    assert quarters == [f"2024年第{number}季度" for number in "一二三四"]
    english = [each.english.split()[0] for each in read(read_recurring, QUARTERLY).batches()]
    assert english == ["first", "second", "third", "fourth"]
    first, _ = read(read_recurring, HALF_YEARLY).batches()
    assert (first.chinese, first.english) == ("2024年上半年", "first half of 2024")


def test_a_window_is_whole() -> None:
    table = {
        **MONTHLY,
        **FOR_ENTERPRISES,
        "periods": [3],
        "binds": ["applicant", "arrival:city_hr"],
        "closes": {"day": 20, "at": time(17)},
    }
    assert list(read(read_recurring, table).windows()) == [
        Window(
            id="2024-03",
            batch="2024-03",
            binds=("applicant", "arrival:city_hr"),
            opens=D(2024, 3, 1),
            closes=D(2024, 3, 20),
            closes_at=time(17),
            when=ENTERPRISE,
            citations=CITED,
        )
    ]


def test_a_table_is_read_as_it_is_written() -> None:
    assert read(read_recurring, {**QUARTERLY, "periods": [1, 4]}) == Recurring(
        id="2024",
        every="quarter",
        years=(2024,),
        periods=(1, 4),
        binds=("applicant",),
        opens=DayOfPeriod(1, 1),
        closes=DayOfPeriod(3, 15),
        closes_at=None,
        reference=None,
        when=ALWAYS,
        citations=CITED,
    )
    assert read(read_recurring, HALF_YEARLY).periods == (1, 2)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"periods": [0, 12, 13]}, "periods: a year has no 0, 13 of these"),
        ({"periods": ["3"]}, "periods: must be a list of whole numbers"),
        ({"every": "week"}, "every: 'week' is none of month, quarter, half_year, year"),
        ({"opens": {"month": 2, "day": 1}}, "opens.month: the period has 1 months"),
        ({"opens": {"month": 0, "day": 1}}, "opens.month: the period has 1 months"),
        ({"opens": {"day": 32}}, "opens.day: no month has such a day"),
        ({"opens": {"day": -1}}, "opens.day: no month has such a day"),
        ({"opens": {"day": "first"}}, "opens.day: 'first' is none of last"),
        ({"opens": {"day": 0}}, "opens.day: must be a text in quotation marks; is 0"),
        ({"opens": {"day": 1, "at": time(9)}}, "opens.at: unknown key"),
        ({"closes": {}}, "closes.day: missing"),
        ({"opens": {"day": 9}, "closes": {"day": 8}}, "opens: a window opens before it closes"),
        ({"reference": "today"}, "reference: 'today' is none of period_end"),
    ],
)
def test_a_table_that_makes_no_windows_is_refused(changed: dict[str, Any], error: str) -> None:
    with pytest.raises(PackError) as refused:
        read(read_recurring, {**MONTHLY, **changed})
    assert str(refused.value) == f"sample.toml.{error}"


def test_a_window_may_open_and_close_on_one_day() -> None:
    one_day = {**MONTHLY, "opens": {"day": 8}, "closes": {"day": 8}}
    assert days(one_day)[0] == ("2024-01", D(2024, 1, 8), D(2024, 1, 8))


PERIOD = "closes.month: the period has 12 months"
YEARLY: Table = {
    **MONTHLY,
    "id": "评审",
    "every": "year",
    "year": [2024, 2025],
    "opens": {"month": 6, "day": 1},
    "closes": {"month": 7, "day": "last"},
    "reference": "period_end",
}


def test_a_year_comes_back_as_every_period_does() -> None:
    recurring = read(read_recurring, YEARLY)
    assert days(YEARLY) == [
        ("评审2024", D(2024, 6, 1), D(2024, 7, 31)),
        ("评审2025", D(2025, 6, 1), D(2025, 7, 31)),
    ]
    batches = [
        (each.id, each.chinese, each.english, each.reference) for each in recurring.batches()
    ]
    assert batches == [
        ("评审2024", "2024年", "2024", D(2024, 12, 31)),
        ("评审2025", "2025年", "2025", D(2025, 12, 31)),
    ]
    assert [each[0] for each in days({**YEARLY, "year": 2024})] == ["评审"]


def test_the_periods_of_several_years_are_named_with_their_year() -> None:
    quarters = {**QUARTERLY, "id": "Y", "year": [2024, 2025], "periods": [1, 4]}
    assert [each[0] for each in days(quarters)] == ["Y2024Q1", "Y2024Q4", "Y2025Q1", "Y2025Q4"]


def test_a_stage_has_its_windows_in_the_batches_of_another_table() -> None:
    table = {
        **YEARLY,
        "id": "上报",
        "batches_of": "评审",
        "binds": ["employer"],
        "opens": {"month": 8, "day": 1},
        "closes": {"month": 13, "day": 15},
        "on_working_days": True,
    }
    recurring = read(read_recurring, table)
    assert list(recurring.batches()) == []
    windows = [(each.id, each.batch, each.opens, each.closes) for each in recurring.windows()]
    assert windows == [
        ("上报2024", "评审2024", D(2024, 8, 1), D(2025, 1, 15)),
        ("上报2025", "评审2025", D(2025, 8, 1), D(2026, 1, 15)),
    ]
    assert all(each.on_working_days for each in recurring.windows())


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"year": []}, "year: is no year"),
        ({"year": [2024, 10000]}, "year: is no year"),
        ({"year": ["2024"]}, "year: must be a list of whole numbers"),
        ({"closes": {"month": 13, "day": "last"}, "opens": {"month": 1, "day": 1}}, PERIOD),
    ],
)
def test_years_and_months_are_those_that_there_are(changed: dict[str, Any], error: str) -> None:
    with pytest.raises(PackError) as refused:
        read(read_recurring, {**YEARLY, **changed})
    assert str(refused.value) == f"sample.toml.{error}"
