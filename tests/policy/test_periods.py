"""Anniversaries and lengths, checked against a count of days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy.periods import Length, Period, anniversary, reached, total, without_overlaps

DAYS = st.dates(min_value=date(1960, 1, 1), max_value=date(2060, 12, 31))


def anniversary_day_by_day(start: date, months: int) -> date:
    """The slow definition: walk on until so many months have turned and the day has come."""
    day, turned = start, 0
    while turned < months or day.day < min(start.day, monthrange(day.year, day.month)[1]):
        following = day + timedelta(days=1)
        turned += following.month != day.month
        day = following
    return day


@given(DAYS, st.integers(min_value=0, max_value=60))
def test_an_anniversary_is_the_day_that_a_walk_through_the_calendar_finds(
    start: date, months: int
) -> None:
    assert anniversary(start, months=months) == anniversary_day_by_day(start, months)


@given(DAYS, st.integers(min_value=0, max_value=15000))
def test_a_length_put_on_its_start_is_its_end(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    length = Length.between(start, end)
    assert anniversary(start, months=length.in_months) + timedelta(days=length.days) == end
    assert 0 <= length.days <= 30


@given(DAYS, st.integers(min_value=0, max_value=40))
def test_an_unbroken_period_reaches_its_years_on_the_anniversary(start: date, years: int) -> None:
    period = Period(start, date(2999, 1, 1))
    needed = Length(years=years)
    assert reached((period,), needed, lasting=True) == anniversary(start, years=years)


@given(
    st.lists(st.tuples(DAYS, st.integers(min_value=1, max_value=900)), min_size=1, max_size=5),
    st.integers(min_value=1, max_value=8),
)
def test_a_sum_is_reached_on_the_first_day_on_which_it_is_enough(
    jobs: list[tuple[date, int]], years: int
) -> None:
    periods = without_overlaps(Period(start, start + timedelta(days=days)) for start, days in jobs)
    needed = Length(years=years)
    day = reached(periods, needed, lasting=False)
    last = max(period.end for period in periods)
    if day is None:
        assert total(periods) < needed
    else:
        assert day <= last
        assert total(without_overlaps(period.clipped(end=day) for period in periods)) >= needed
        eve = day - timedelta(days=1)
        assert total(without_overlaps(period.clipped(end=eve) for period in periods)) < needed


@given(st.lists(st.tuples(DAYS, st.integers(min_value=1, max_value=900)), max_size=6))
def test_days_that_jobs_share_count_once(jobs: list[tuple[date, int]]) -> None:
    periods = [Period(start, start + timedelta(days=days)) for start, days in jobs]
    worked = {
        period.start + timedelta(days=number)
        for period in periods
        for number in range((period.end - period.start).days)
    }
    apart = without_overlaps(periods)
    assert sum((period.end - period.start).days for period in apart) == len(worked)


@pytest.mark.parametrize(
    ("start", "years", "months", "day"),
    [
        (date(2020, 2, 29), 1, 0, date(2021, 2, 28)),
        (date(2020, 2, 29), 4, 0, date(2024, 2, 29)),
        (date(2023, 2, 28), 1, 0, date(2024, 2, 28)),
        (date(2019, 8, 31), 0, 6, date(2020, 2, 29)),
        (date(2021, 6, 30), 3, 0, date(2024, 6, 30)),
    ],
)
def test_where_the_day_does_not_exist_the_last_of_the_month_stands_in(
    start: date, years: int, months: int, day: date
) -> None:
    assert anniversary(start, years=years, months=months) == day


def test_a_closed_job_counts_to_its_last_day() -> None:
    assert str(Period.closed(date(2019, 7, 1), date(2020, 6, 30)).length) == "1y0m0d"


def test_thirty_left_over_days_make_a_month_only_where_periods_are_added() -> None:
    one = Period(date(2024, 1, 1), date(2024, 1, 31))
    other = Period(date(2025, 1, 1), date(2025, 1, 2))
    assert str(total((one,))) == "0y0m30d"
    assert str(total((one, other))) == "0y1m1d"


def test_jobs_that_merely_adjoin_are_several() -> None:
    jobs = (
        Period.closed(date(2021, 3, 1), date(2023, 2, 28)),
        Period(date(2023, 3, 1), date(2024, 12, 31)),
    )
    assert without_overlaps(jobs) == jobs
    assert str(total(jobs)) == "3y10m0d"
