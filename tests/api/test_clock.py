"""The house's clock never goes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from api.clock import SteadyClock

NINE = datetime(2024, 10, 15, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Wall:
    """A clock on the wall, which anybody can set."""

    def __init__(self) -> None:
        self.shows = NINE

    def now(self) -> datetime:
        return self.shows


def test_it_shows_what_the_clock_behind_it_shows() -> None:
    wall = Wall()
    clock = SteadyClock(wall, NINE - HOUR)
    assert clock.now() == NINE
    wall.shows += HOUR
    assert clock.now() == NINE + HOUR


def test_it_stands_still_where_that_one_is_set_back_and_goes_on_with_it() -> None:
    wall = Wall()
    clock = SteadyClock(wall, NINE - HOUR)
    clock.now()
    wall.shows -= HOUR
    assert clock.now() == NINE
    wall.shows += 3 * HOUR
    assert clock.now() == NINE + 2 * HOUR


def test_it_never_shows_a_time_before_the_last_of_the_record() -> None:
    assert SteadyClock(Wall(), NINE + HOUR).now() == NINE + HOUR
