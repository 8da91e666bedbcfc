"""Which persons of the record are one human being."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from domain.refusal import Refusal
from domain.separation import (
    HANDLER,
    INTEGRITY_HANDLER,
    INTEGRITY_LEADER,
    LEADER,
    REVIEWING_SEATS,
    SEATS,
    CitingLaw,
    Humans,
    handler_first,
    opposite,
    same_reviewer,
    self_review,
    watcher_seated,
)
from tests.domain.invented import AN, BAI, CHEN, DENG, LAW, STRANGERS, linked

if TYPE_CHECKING:
    from collections.abc import Callable


def test_everybody_is_themselves() -> None:
    assert STRANGERS.same(AN, AN)
    assert STRANGERS.circle(AN) == {AN}


def test_strangers_are_different_people() -> None:
    assert not STRANGERS.same(AN, BAI)


def test_a_link_holds_both_ways() -> None:
    humans = linked((AN, BAI))
    assert humans.same(AN, BAI)
    assert humans.same(BAI, AN)


def test_links_carry_on() -> None:
    humans = linked((AN, BAI), (BAI, CHEN))
    assert humans.same(AN, CHEN)
    assert humans.circle(CHEN) == {AN, BAI, CHEN}
    assert not humans.same(AN, DENG)


def test_links_may_run_in_a_circle() -> None:
    assert linked((AN, BAI), (BAI, CHEN), (CHEN, AN)).circle(AN) == {AN, BAI, CHEN}


def test_somebody_is_among_others_through_a_link() -> None:
    humans = linked((AN, BAI))
    assert humans.among(AN, [DENG, BAI])
    assert not humans.among(AN, [DENG, CHEN])
    assert not humans.among(AN, [])


people = st.sampled_from([f"person-{number}" for number in range(6)])


@given_any(st.lists(st.tuples(people, people), max_size=8))
def test_being_one_human_being_is_an_equivalence(pairs: list[tuple[str, str]]) -> None:
    """Checked against the slow definition: merge sets until nothing merges."""
    humans = linked(*pairs)
    groups = [{f"person-{number}"} for number in range(6)]
    for one, other in pairs:
        first = next(group for group in groups if one in group)
        second = next(group for group in groups if other in group)
        if first is not second:
            groups.remove(second)
            first |= second
    for group in groups:
        for person in group:
            assert humans.circle(person) == group


def test_seats_stand_opposite_each_other() -> None:
    assert opposite(HANDLER) == LEADER
    assert opposite(LEADER) == HANDLER
    assert opposite(INTEGRITY_HANDLER) == INTEGRITY_LEADER
    assert opposite(INTEGRITY_LEADER) == INTEGRITY_HANDLER
    assert opposite("duty_officer") is None


def test_every_reviewing_seat_is_a_seat() -> None:
    assert set(SEATS) > REVIEWING_SEATS
    assert {opposite(seat) for seat in REVIEWING_SEATS} == REVIEWING_SEATS


SENTENCES = [
    (
        same_reviewer,
        "SAME_REVIEWER",
        (
            "同一单位的经办人审查与领导审查不能为同一人（按自然人比对，不按账号）。"
            "请由另一人办理，或指定代行审查人。"
        ),
        (
            "Handler and leader of one organisation can't be the same person; persons are compared,"
            " not accounts. Let somebody else act, or designate a substitute."
        ),
    ),
    (
        self_review,
        "SELF_REVIEW",
        "申报人不得审查本人的材料。请为本案指定代行审查人。",
        "Applicants can't review their own case. Designate a substitute for this case.",
    ),
    (
        handler_first,
        "HANDLER_FIRST",
        "本轮经办人尚未出具审查意见，领导不能先行决定。请先由经办人审查。",
        "The leader decides after the handler's opinion, and there is none in this round.",
    ),
]


@pytest.mark.parametrize(("refuse", "code", "chinese", "english"), SENTENCES)
def test_a_refusal_of_separation_says_exactly_why_what_next_and_by_which_rule(
    refuse: Callable[[CitingLaw], Refusal], code: str, chinese: str, english: str
) -> None:
    assert refuse(LAW) == Refusal(code, chinese, english, LAW.behind(code))


def test_a_watcher_is_refused_a_seat_in_both_languages() -> None:
    assert watcher_seated("/account") == Refusal(
        "WATCHER_HOLDS_NO_SEAT",
        "审计、纪检和系统管理人员不得担任审查岗位。",
        "Auditors, inspectors and system administrators hold no reviewing seat.",
        pointer="/account",
    )


def test_the_words_of_the_seats_stand_in_the_record_for_ever() -> None:
    assert tuple(SEATS) == (
        "handler",
        "leader",
        "integrity_handler",
        "integrity_leader",
        "duty_officer",
    )


def test_nobody_is_linked_in_an_empty_record() -> None:
    assert Humans({}).circle(AN) == {AN}
