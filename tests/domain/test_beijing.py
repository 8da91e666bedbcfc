"""Days are days in Beijing (A-19)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given as given_any
from hypothesis import strategies as st

from domain import beijing

DAY = date(2024, 10, 15)


def test_a_day_begins_at_sixteen_hours_of_the_day_before_in_utc() -> None:
    assert beijing.begin(DAY) == datetime(2024, 10, 14, 16, 0, tzinfo=UTC)


def test_a_day_ends_where_the_next_begins() -> None:
    assert beijing.end(DAY) == beijing.begin(date(2024, 10, 16))


def test_the_last_moment_belongs_to_the_day_and_midnight_to_the_next() -> None:
    assert beijing.day(beijing.end(DAY) - timedelta(microseconds=1)) == DAY
    assert beijing.day(beijing.end(DAY)) == date(2024, 10, 16)


@given_any(st.datetimes(min_value=datetime(1992, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 -- made aware below
def test_every_instant_lies_in_the_day_that_it_falls_on(naive: datetime) -> None:
    at = naive.replace(tzinfo=UTC)
    on = beijing.day(at)
    assert beijing.begin(on) <= at < beijing.end(on)
