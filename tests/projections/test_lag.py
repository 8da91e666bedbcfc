"""What ``bench deadline`` makes of its looks at a record and its views."""

from __future__ import annotations

from bench.lag import Looks


def test_a_lag_runs_from_the_look_that_saw_an_event_to_the_one_that_saw_it_in_every_view() -> None:
    looks = Looks([(0.0, 3, 3), (0.1, 5, 3), (0.2, 5, 4), (0.5, 6, 5), (0.6, 7, 6), (0.7, 8, 6)])
    assert [round(each) for each in looks.lags()] == [100, 400, 100]


def test_what_the_views_showed_as_soon_as_it_was_seen_has_no_lag() -> None:
    assert Looks([(0.0, 3, 3), (0.1, 3, 4), (0.2, 4, 4)]).lags() == [0]
    assert Looks().lags() == []
