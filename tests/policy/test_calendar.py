"""Working days of the State Council's calendar, and of years that come as documents."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    Calendar,
    CalendarDataError,
    CalendarNotPublishedError,
    read_calendar,
)

INVENTED_2031 = """
year = 2031
source = "invented for this test"
rest_days = [2031-01-01, 2031-10-01, 2031-10-02]
working_days = [2031-01-04]
"""


@given(st.dates(min_value=date(2018, 1, 1), max_value=date(2026, 11, 30)), st.integers(1, 20))
def test_working_days_are_those_of_the_published_calendar(day: date, count: int) -> None:
    found = Calendar().working_days_after(day, count)
    between = [day + timedelta(days=number) for number in range(1, (found[-1] - day).days + 1)]
    assert list(found) == [each for each in between if chinese_calendar.is_workday(each)]
    assert len(found) == count


def test_a_make_up_sunday_is_a_working_day_and_a_holiday_is_none() -> None:
    calendar = Calendar()
    assert calendar.is_working_day(date(2024, 9, 29))
    assert not calendar.is_working_day(date(2024, 10, 1))


def test_a_year_that_nobody_published_is_refused() -> None:
    with pytest.raises(CalendarNotPublishedError) as refused:
        Calendar().is_working_day(date(2031, 1, 2))
    assert refused.value.year == 2031


def test_a_document_makes_a_further_year_known() -> None:
    calendar = read_calendar([("calendar.toml", INVENTED_2031)])
    assert not calendar.is_working_day(date(2031, 1, 1))
    assert calendar.is_working_day(date(2031, 1, 2))
    assert calendar.is_working_day(date(2031, 1, 4))
    assert not calendar.is_working_day(date(2031, 1, 5))


def test_a_rest_day_moves_to_the_next_working_day() -> None:
    assert Calendar().moved_to_working_day(date(2024, 10, 4)) == date(2024, 10, 8)
    assert Calendar().moved_to_working_day(date(2024, 10, 12)) == date(2024, 10, 12)


@pytest.mark.parametrize(
    "document",
    [
        "year = 2031",
        INVENTED_2031.replace("2031-10-02", "2032-10-02"),
        INVENTED_2031 + "holidays = []",
    ],
)
def test_a_calendar_that_is_not_as_described_is_refused(document: str) -> None:
    with pytest.raises(CalendarDataError):
        read_calendar([("calendar.toml", document)])
