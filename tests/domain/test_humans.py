"""Which persons of the record are one human being."""

from __future__ import annotations

from hypothesis import given as given_any
from hypothesis import strategies as st

from domain.separation import (
    HANDLER,
    INTEGRITY_HANDLER,
    INTEGRITY_LEADER,
    LEADER,
    REVIEWING_SEATS,
    SEATS,
    Humans,
    handler_first,
    opposite,
    same_reviewer,
    self_review,
    watcher_seated,
)
from tests.domain.invented import AN, BAI, CHEN, DENG, LAW, STRANGERS, linked


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


def test_a_refusal_of_separation_says_why_in_both_languages_and_by_which_rule() -> None:
    told = {
        same_reviewer(LAW): ("SAME_REVIEWER", "不能为同一人", "can't be the same person"),
        self_review(LAW): ("SELF_REVIEW", "不得审查本人", "can't review their own case"),
        handler_first(LAW): ("HANDLER_FIRST", "领导不能先行决定", "after the handler's opinion"),
    }
    for refusal, (code, chinese, english) in told.items():
        assert refusal.code == code
        assert chinese in refusal.chinese
        assert english in refusal.english
        assert refusal.citations == LAW.behind(code)


def test_a_watcher_is_refused_a_seat_in_both_languages() -> None:
    refusal = watcher_seated("/account")
    assert refusal.pointer == "/account"
    assert "不得担任审查岗位" in refusal.chinese
    assert "hold no reviewing seat" in refusal.english


def test_nobody_is_linked_in_an_empty_record() -> None:
    assert Humans({}).circle(AN) == {AN}
