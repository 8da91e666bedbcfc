"""``kill -9`` while requests are answered: of the server, a worker, PostgreSQL and its keeper."""

from __future__ import annotations

from bench.over_http import over_http


def test_what_was_answered_over_http_stands_once_whatever_is_killed() -> None:
    tally = over_http(rounds=12)
    assert (tally.rounds, tally.lost, tally.twice, tally.holes) == (12, 0, 0, 0)
    assert tally.acknowledged >= 12 * 30
