"""Two processes act over HTTP on one served record at once: no law is broken, nobody unanswered."""

from __future__ import annotations

import pytest

from bench.town.served.walk import ServedWalk

STEPS = 100


@pytest.fixture(scope="module")
def walked() -> ServedWalk:
    walk = ServedWalk(seed=1, processes=2)
    assert sum(walk.go(STEPS)) == STEPS
    return walk


def test_no_law_is_broken_and_every_request_is_answered(walked: ServedWalk) -> None:
    assert walked.breaches == []


def test_the_walk_led_somewhere(walked: ServedWalk) -> None:
    assert walked.accepted.total() + walked.refused.total() >= STEPS
    assert walked.accepted["a case is submitted"]
    assert walked.accepted["a handler gives an opinion"]
    assert walked.accepted["somebody who is guessed at signs in"]
    assert walked.refused.total()
    assert walked.events["case:submitted:1"] == walked.accepted["a case is submitted"]
