"""The watch can fail: take a law out of the house, and a walk finds that it is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.acts import relation
from api.clock import SteadyClock
from bench.town import misconduct, people, reviewers
from bench.town.acts import ACTS
from bench.walk import Walk
from domain.account.events import Part
from domain.account.secret_hands import Side
from projections.course import CHANGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.town.acts import Act

WALKS = {39: 500, 14: 500, 6: 4000, 37: 4000, 19: 4000, 2: 4000, 3: 4000, 4: 4000, 5: 4000}
"""By their seeds, and how many steps of each; on the first, short ones most is met soon."""


def breaches(what: str, acts: tuple[Act, ...] = ACTS) -> list[str]:
    """Walk until the watch says so, or long enough to know that it never will."""
    found: list[str] = []
    for seed, steps in WALKS.items():
        walk = Walk(seed, acts)
        for _ in walk.go(steps):
            if any(what in each for each in walk.breaches):
                return walk.breaches
        found += walk.breaches
    return found


def nothing(*_given: object, **_named: object) -> list[Any]:
    """No reason against anything."""
    return []


def nobody(*_given: object) -> frozenset[str]:
    """None at all."""
    return frozenset()


LAWS: list[tuple[str, str, Callable[..., object]]] = [
    (
        "has one human being as handler and leader",
        "domain.case.seats.opposite",
        lambda _seat: None,
    ),
    (
        "appoints one human being as handler and leader",
        "domain.organisation.appointment.opposite",
        lambda _seat: None,
    ),
    (
        "by two whose secrets went through one hand",
        "domain.account.secret_hands.Side.of",
        lambda account, _at=None: Side(account.person, ()),
    ),
    (
        "both parts of its secret from one",
        "domain.account.secret_hands._part",
        lambda _state, _means, around: (Part.SECOND, (around.by,)),
    ),
    (
        "through an account that nobody has shown to be theirs",
        "api.acts.relation.owns",
        relation.same_human,
    ),
    (
        "is reviewed by its applicant",
        "domain.separation.Humans.same",
        lambda _self, _one, _other: False,
    ),
    (
        "while an objection is open",
        "api.acts.desk.Desk.unscreened",
        nobody,
    ),
    (
        "before its publicity has run",
        "domain.case.going_on.publicity_objections",
        lambda _case, _around: ([], []),
    ),
    (
        "is conducted by a reviewer of its case",
        "domain.investigation.decide.seat_objections",
        nothing,
    ),
    (
        "is reviewed by whoever investigated it",
        "api.acts.desk.Desk.investigators",
        nobody,
    ),
    (
        "finds misconduct before the statement or its expiry",
        "domain.investigation.decide._hearing_objections",
        nothing,
    ),
    (
        "finds misconduct without an entry on the integrity record",
        "api.acts.sanction._entry",
        lambda *_given, **_named: None,
    ),
    (
        "is filed under an active block",
        "domain.case.law_answer.blocks",
        nothing,
    ),
    (
        "is filed while another case of the same human being is under way",
        "api.acts.case.personal_obstacles",
        nothing,
    ),
    (
        "is under review, or over, and its applicant's stream differs",
        "api.acts.stage.end_filing",
        nothing,
    ),
    (
        "is issued unheard",
        "domain.criticism.decide._heard",
        nothing,
    ),
    (
        "erases somebody with an open case or a title in force",
        "domain.erasure.decide.obstacles",
        nothing,
    ),
    (
        "SEPARATION_INCOMPLETE",
        "api.acts.desk.Desk.in_seat",
        nothing,
    ),
]

OF_INVESTIGATIONS = {
    "domain.investigation.decide.seat_objections",
    "api.acts.desk.Desk.investigators",
}
"""Laws that investigations touch, which are else begun and ended seldom."""
INVESTIGATING = (misconduct.a_suspicion_is_taken_up, misconduct.an_investigation_is_closed)


@pytest.mark.parametrize(
    ("breach", "law", "without"), LAWS, ids=[law.rpartition(".")[2] for _, law, _ in LAWS]
)
def test_a_walk_notices_that_a_law_is_gone(
    monkeypatch: pytest.MonkeyPatch, breach: str, law: str, without: Callable[..., object]
) -> None:
    monkeypatch.setattr(law, without)
    often = INVESTIGATING * 20 if law in OF_INVESTIGATIONS else ()
    found = breaches(breach, (*ACTS, *often))
    assert any(breach in each for each in found), set(found)


def test_a_walk_notices_that_a_view_misses_an_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHANGES, "case:returned:1", lambda course, _fact: course)
    assert any("another status in the view" in each for each in breaches("another status"))


def test_a_walk_notices_that_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SteadyClock, "now", lambda self: self._clock.now())
    often = (people.the_clock_is_set_back, people.an_appointment_ends, people.somebody_is_replaced)
    acts = (*ACTS, *often * 6, *(reviewers.a_handler_gives_an_opinion,) * 20)
    assert any("SEPARATION_INCOMPLETE" in each for each in breaches("SEPARATION", acts))
