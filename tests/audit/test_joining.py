"""Joining concurrent wishes into one act."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest

from audit.append.joining import Joiner

if TYPE_CHECKING:
    from collections.abc import Sequence


class Acts:
    """An act that doubles numbers, and can be held up; refuses as a whole where a 13 is in it."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.begun = Event()
        self.may_end = Event()
        self.may_end.set()

    def __call__(self, wishes: Sequence[int]) -> list[int]:
        self.groups.append(list(wishes))
        self.begun.set()
        assert self.may_end.wait(60)
        if 13 in wishes:
            msg = "thirteen"
            raise ValueError(msg)
        return [2 * wish for wish in wishes]


def held_up(
    acts: Acts, joiner: Joiner[int, int], threads: ThreadPoolExecutor, *late: int
) -> list[int]:
    """Let ``late`` wishes come while a first one is being acted on; answers the late results."""
    acts.may_end.clear()
    first = threads.submit(joiner.join, 0)
    assert acts.begun.wait(60)
    coming = [threads.submit(joiner.join, wish) for wish in late]
    while len(joiner._waiting) < len(late):
        pass
    acts.may_end.set()
    assert first.result() == 0
    return [one.result() for one in coming]


def test_a_lone_wish_is_acted_on_at_once_and_alone() -> None:
    acts = Acts()
    joiner = Joiner(acts, at_most=8)
    assert [joiner.join(1), joiner.join(2)] == [2, 4]
    assert acts.groups == [[1], [2]]


def test_wishes_that_come_during_an_act_share_the_next_one() -> None:
    acts = Acts()
    with ThreadPoolExecutor(8) as threads:
        assert held_up(acts, Joiner(acts, at_most=8), threads, 1, 2, 3) == [2, 4, 6]
    assert [sorted(group) for group in acts.groups] == [[0], [1, 2, 3]]


def test_an_act_takes_no_more_than_its_share() -> None:
    acts = Acts()
    with ThreadPoolExecutor(8) as threads:
        assert held_up(acts, Joiner(acts, at_most=2), threads, 1, 2, 3, 4, 5) == [2, 4, 6, 8, 10]
    assert [len(group) for group in acts.groups] == [1, 2, 2, 1]


def test_everybody_in_an_act_that_fails_gets_its_error_and_nobody_else() -> None:
    acts = Acts()
    joiner = Joiner(acts, at_most=8)
    with ThreadPoolExecutor(8) as threads:
        with pytest.raises(ValueError, match="thirteen"):
            held_up(acts, joiner, threads, 13, 1)
        assert joiner.join(2) == 4


def test_many_threads_each_get_their_own_result() -> None:
    joiner = Joiner(Acts(), at_most=5)
    with ThreadPoolExecutor(16) as threads:
        wishes = [wish for wish in range(2000) if wish != 13]
        assert list(threads.map(joiner.join, wishes)) == [2 * wish for wish in wishes]
