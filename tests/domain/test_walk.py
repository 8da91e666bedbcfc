"""Whatever people try, in whatever order: no law is broken after any step."""

from __future__ import annotations

import random
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bench.town import (
    applicants,
    beside_review,
    consequences,
    identities,
    misconduct,
    moving,
    objecting,
    people,
    reviewers,
)
from bench.town.acts import ACTS, EACH, Act, name_of
from bench.town.founding import founded
from bench.town.watch.watch import Watch
from bench.walk import Walk, attempt

STEPS = 12500


def acts_of(module: object) -> st.SearchStrategy[Act]:
    """Any act that a module of the town tells of."""
    name = getattr(module, "__name__", "")
    return st.sampled_from([each for each in EACH if each.__module__ == name])


class TownMachine(RuleBasedStateMachine):
    """People act in a town in which something has happened already; the watch looks."""

    @initialize(seed=st.integers(0, 9), before=st.sampled_from((0, 60, 120)))
    def a_town_is_there(self, seed: int, before: int) -> None:
        """Ten towns, each younger or older, so that few steps lead far."""
        chance = random.Random(seed)  # noqa: S311 -- to be repeated, not to be secret
        self.town = founded()
        self.watch = Watch(self.town)
        for _ in range(before):
            attempt(self.town, chance.choice(ACTS), chance.choice)

    @rule(act=acts_of(people), data=st.data())
    def somebody_comes_or_goes(self, act: Act, data: st.DataObject) -> None:
        """Time, accounts and appointments."""
        self.tried(act, data)

    @rule(act=acts_of(identities), data=st.data())
    def somebody_is_somebody_else(self, act: Act, data: st.DataObject) -> None:
        """Links between persons and documents bound wrongly."""
        self.tried(act, data)

    @rule(act=acts_of(moving), data=st.data())
    def somebody_moves(self, act: Act, data: st.DataObject) -> None:
        """To another employer."""
        self.tried(act, data)

    @rule(act=acts_of(applicants), data=st.data())
    def somebody_applies(self, act: Act, data: st.DataObject) -> None:
        """Filing, mending, withdrawing; the timekeeper."""
        self.tried(act, data)

    @precondition(lambda self: self.town.cases)
    @rule(act=acts_of(reviewers), data=st.data())
    def somebody_reviews(self, act: Act, data: st.DataObject) -> None:
        """Opinions, decisions, returns, substitutes."""
        self.tried(act, data)

    @precondition(lambda self: self.town.cases)
    @rule(act=acts_of(beside_review), data=st.data())
    def a_case_moves(self, act: Act, data: st.DataObject) -> None:
        """Publicity, votes, slips."""
        self.tried(act, data)

    @precondition(lambda self: self.town.cases)
    @rule(act=acts_of(objecting), data=st.data())
    def somebody_objects(self, act: Act, data: st.DataObject) -> None:
        """Objections and complaints, and what becomes of them."""
        self.tried(act, data)

    @precondition(lambda self: self.town.cases)
    @rule(act=acts_of(misconduct), data=st.data())
    def somebody_is_suspected(self, act: Act, data: st.DataObject) -> None:
        """From a suspicion to the review of a finding."""
        self.tried(act, data)

    @rule(act=acts_of(consequences), data=st.data())
    def something_follows(self, act: Act, data: st.DataObject) -> None:
        """Criticism, holds and erasure."""
        self.tried(act, data)

    @invariant()
    def no_law_is_broken(self) -> None:
        """Every law of the watch, after every step."""
        self.watch.look()
        assert self.watch.breaches == []

    def teardown(self) -> None:
        """The auditors' own check, at the end of every history."""
        self.watch.prove()
        assert self.watch.breaches == []

    def tried(self, act: Act, data: st.DataObject) -> None:
        """Somebody tries; the law may refuse, and nothing else may happen."""
        attempt(self.town, act, lambda of: data.draw(st.sampled_from(tuple(of))))


FEW = settings(
    phases=(Phase.generate, Phase.shrink),
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestWhateverPeopleTry = TownMachine.TestCase
TestWhateverPeopleTry.settings = FEW


class SeatsMachine(RuleBasedStateMachine):
    """The same where nothing happens but that people take seats, to see how it fails."""

    shortest: ClassVar[list[str]] = []

    def __init__(self) -> None:
        super().__init__()
        self.town = founded()
        self.watch = Watch(self.town)
        self.first = len(self.town.log)

    @rule(data=st.data())
    def somebody_takes_a_seat(self, data: st.DataObject) -> None:
        """Whoever it is, wherever."""
        choose = lambda of: data.draw(st.sampled_from(tuple(of)))  # noqa: E731
        attempt(self.town, people.somebody_is_appointed, choose)

    @invariant()
    def no_law_is_broken(self) -> None:
        """The last history that fails is the shortest that was found."""
        self.watch.look()
        if self.watch.breaches:
            self.shortest[:] = [each.event.topic for each in self.town.log[self.first :]]
        assert self.watch.breaches == []


def test_a_machine_notices_a_broken_law_and_shrinks_the_way_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for where in ("domain.organisation.appointment.opposite", "api.acts.appointment.opposite"):
        monkeypatch.setattr(where, lambda _seat: None)
    with pytest.raises(AssertionError, match="one human being as handler and leader"):
        run_state_machine_as_test(
            SeatsMachine,
            settings=settings(FEW, max_examples=15, stateful_step_count=15, print_blob=False),
        )
    assert set(SeatsMachine.shortest) == {"seats:appointment-opened:1"}
    assert len(SeatsMachine.shortest) <= 3


@pytest.fixture(scope="module")
def walked() -> Walk:
    """A walk of some thousand steps through ten towns."""
    walk = Walk(seed=12)
    assert sum(walk.go(STEPS)) == STEPS
    return walk


class TestALongWalk:
    """Is the same for the same seed, and meets what it is to be safe from."""

    def test_breaks_nothing(self, walked: Walk) -> None:
        assert walked.breaches == []

    def test_sees_every_act_accepted(self, walked: Walk) -> None:
        rare = {name_of(each) for each in (consequences.an_erasure_is_ordered,)}
        assert set(walked.never_accepted) <= rare

    def test_sees_every_act_of_an_office_refused(self, walked: Walk) -> None:
        nobody_refuses = {
            "the clock is set back",
            "time passes",
            "the timekeeper comes by",
            "an account is disabled",
            "an erasure is ordered",
            "an objection is withdrawn",
            "a case is withdrawn",
            "an investigation is closed",
            "somebody complains",
            "somebody objects",
        }
        named = {name_of(each) for each in EACH}
        assert {each for each in named if not walked.refused[each]} <= nobody_refuses

    @pytest.mark.parametrize(
        "topic",
        [
            "case:recognised:1",
            "case:resubmitted:1",
            "case:publicity-closed:1",
            "case:votes-recorded:1",
            "case:act-rescinded:1",
            "case:substitute-designated:1",
            "case:judgement-recorded:1",
            "case:recusal-declared:1",
            "case:recusal-applied-for:1",
            "case:recusal-decided:1",
            "case:stage-taken-over:1",
            "case:suspended:1",
            "case:resumed:1",
            "case:disqualified:1",
            "case:title-revoked:1",
            "case:outcome-upheld:1",
            "case:outcome-set-aside:1",
            "objection:upheld:1",
            "objection:dismissed:1",
            "objection:not-admitted:1",
            "objection:withdrawn:1",
            "integrity:entered:1",
            "investigation:review-decided:1",
            "criticism:issued:1",
            "seats:appointment-closed:1",
            "person:linked:1",
            "person:unlinked:1",
            "person:binding-corrected:1",
        ],
    )
    def test_meets_what_matters(self, walked: Walk, topic: str) -> None:
        assert walked.events[topic]

    @pytest.mark.parametrize(
        "code",
        [
            "SAME_REVIEWER",
            "SELF_REVIEW",
            "HANDLER_FIRST",
            "PUBLICITY_TOO_SHORT",
            "OPEN_OBJECTION",
            "OPEN_CASE",
            "INTEGRITY_BLOCK",
            "NOT_YET_HEARD",
            "REVIEWER_INVESTIGATES",
            "INVESTIGATOR_REVIEWS",
            "OBJECTION_OFFICER_REVIEWS",
            "RECUSED",
            "RECUSAL_PENDING",
            "TAKEOVER_CAUSE_NOT_SO",
            "DECIDED_BEFORE",
            "TWO_OFFICERS",
            "OWN_AFFAIR",
            "RECORD_ACTIVE",
        ],
    )
    def test_is_refused_what_a_law_forbids(self, walked: Walk, code: str) -> None:
        assert walked.refusals[code]

    def test_goes_the_same_way_again(self) -> None:
        first, second = Walk(seed=12), Walk(seed=12)
        assert list(first.go(600)) == list(second.go(600)) == [500, 100]
        assert first == second
