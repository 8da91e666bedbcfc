"""Joining concurrent wishes into one act."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

import pytest

from audit.append import joining
from audit.append.joining import Joiner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Acts:
    """An act that doubles numbers, and can be held up on its way in and on its way out.

    It refuses as a whole on its way in where a 13 is in it, on its way out where a 14 is in it.
    """

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.begun = Event()
        self.may_go_in, self.may_go_out = Event(), Event()
        self.may_go_in.set()
        self.may_go_out.set()

    @contextmanager
    def __call__(self, wishes: Sequence[int]) -> Iterator[list[int]]:
        self.groups.append(list(wishes))
        self.begun.set()
        assert self.may_go_in.wait(60)
        refuse(13, wishes)
        yield [2 * wish for wish in wishes]
        if 0 in wishes:
            assert self.may_go_out.wait(60)
        refuse(14, wishes)


def refuse(number: int, wishes: Sequence[int]) -> None:
    if number in wishes:
        raise ValueError(number)


def held_up(
    acts: Acts, joiner: Joiner[int, int], threads: ThreadPoolExecutor, *late: int
) -> list[int]:
    """Let ``late`` wishes come while a first one is being acted on; answers the late results."""
    acts.may_go_in.clear()
    first = threads.submit(joiner.join, 0)
    assert acts.begun.wait(60)
    coming = [threads.submit(joiner.join, wish) for wish in late]
    while len(joiner._waiting) < len(late):
        pass
    acts.may_go_in.set()
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
        with pytest.raises(ValueError, match="13"):
            held_up(acts, joiner, threads, 13, 1)
        assert joiner.join(2) == 4
        with pytest.raises(ValueError, match="14"):
            held_up(acts, joiner, threads, 14, 1)
        assert joiner.join(2) == 4


def test_the_next_act_is_over_while_the_first_is_still_on_its_way_out() -> None:
    acts = Acts()
    joiner = Joiner(acts, at_most=8)
    acts.may_go_out.clear()
    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(joiner.join, 0)
        assert acts.begun.wait(60)
        assert list(threads.map(joiner.join, [1, 2])) == [2, 4]
        assert not first.done()
        acts.may_go_out.set()
        assert first.result() == 0


def test_an_act_that_is_over_knows_of_the_one_about_to_be_entered() -> None:
    acts = Acts()
    seen: list[bool] = []

    @contextmanager
    def looking(wishes: Sequence[int]) -> Iterator[list[int]]:
        with acts(wishes) as results:
            acts.may_go_in.clear()  # so the next one is held up on its way in
            yield results
            seen.append(joiner.goes_on)
            acts.may_go_in.set()

    joiner = Joiner(looking, at_most=8)
    with ThreadPoolExecutor(8) as threads:
        held_up(acts, joiner, threads, 1)
    assert seen == [True, False]


def test_many_threads_each_get_their_own_result() -> None:
    joiner = Joiner(Acts(), at_most=5)
    with ThreadPoolExecutor(16) as threads:
        wishes = [wish for wish in range(2000) if wish not in {13, 14}]
        assert list(threads.map(joiner.join, wishes)) == [2 * wish for wish in wishes]


def test_where_several_were_coming_an_act_waits_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    acts = Acts()
    joiner = Joiner(acts, at_most=8)
    with ThreadPoolExecutor(8) as threads:
        held_up(acts, joiner, threads, 1, 2, 3, 4)
        monkeypatch.setattr(joining, "SECONDS_TO_GATHER", 60)
        first = threads.submit(joiner.join, 5)
        while not joiner._waiting and not first.done():
            pass
        assert joiner.join(6) == 12
        assert first.result() == 10
    assert [sorted(group) for group in acts.groups[2:]] == [[5, 6]]


def test_nobody_is_waited_for_longer_than_a_moment() -> None:
    acts = Acts()
    joiner = Joiner(acts, at_most=8)
    with ThreadPoolExecutor(8) as threads:
        held_up(acts, joiner, threads, 1, 2, 3, 4)
    assert [joiner.join(wish) for wish in range(5, 10)] == [10, 12, 14, 16, 18]
    assert joiner._lately == 1
