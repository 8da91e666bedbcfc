"""Whatever people try, in whatever order: separation of duties holds after every step."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bench.town.acts import ACTS, Act
from bench.town.papers import chain
from bench.town.town import EMPLOYER, PERSONS, Town, founded
from bench.town.watch import Watch
from bench.walk import Walk
from domain.case.events import (
    CaseWithdrawn,
    HandlerOpinionGiven,
    LeaderApproved,
)
from domain.case.phase import Draft
from domain.organisation.events import AppointmentOpened
from domain.person.events import PersonsLinked
from domain.refusal import Refused
from tests.domain.story import (
    OPENED,
    RECOGNISED,
    RESUBMITTED,
    SUBMITTED,
    approval_at,
    opinion_at,
)


class TownMachine(RuleBasedStateMachine):
    """People act; after each step the watch looks."""

    def __init__(self) -> None:
        super().__init__()
        self.town = founded()
        self.watch = Watch(self.town)

    @rule(act=st.sampled_from(ACTS), data=st.data())
    def somebody_acts(self, act: Act, data: st.DataObject) -> None:
        """Anybody tries anything; the law may refuse, and nothing else may happen."""
        with suppress(Refused):
            act(self.town, lambda of: data.draw(st.sampled_from(of)))

    @invariant()
    def nothing_is_broken(self) -> None:
        """No breach of separation, and every state is what its history folds to."""
        self.watch.look()
        assert self.watch.breaches == []


TestWhateverPeopleTry = TownMachine.TestCase
TestWhateverPeopleTry.settings = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def walked() -> Walk:
    """A walk of six thousand steps through twelve towns."""
    walk = Walk(seed=1)
    assert sum(walk.go(6000)) == 6000
    return walk


def breaches_of_a_walk() -> str:
    """What a walk of three thousand steps finds to be wrong."""
    walk = Walk(seed=1)
    assert sum(walk.go(3000)) == 3000
    return "\n".join(walk.breaches)


class TestALongWalk:
    """Is the same for the same seed, and meets what it is to be safe from."""

    def test_breaks_nothing(self, walked: Walk) -> None:
        assert walked.breaches == []

    @pytest.mark.parametrize(
        "topic",
        [
            "case:recognised:1",
            "case:resubmitted:1",
            "case:publicity-opened:1",
            "case:substitute-designated:1",
            "case:judgement-recorded:1",
            "organisation:appointment-closed:1",
            "person:linked:1",
        ],
    )
    def test_meets_what_matters(self, walked: Walk, topic: str) -> None:
        assert walked.events[topic]

    @pytest.mark.parametrize("code", ["SAME_REVIEWER", "SELF_REVIEW", "HANDLER_FIRST"])
    def test_is_refused_what_separation_forbids(self, walked: Walk, code: str) -> None:
        assert walked.refusals[code]

    def test_notices_when_seats_are_no_longer_kept_apart(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("domain.case.standing.opposite", lambda _seat: None)
        assert "has one human being as handler and leader" in breaches_of_a_walk()

    def test_notices_when_applicants_are_no_longer_known(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("domain.separation.Humans.same", lambda _self, _one, _other: False)
        assert "is reviewed by its applicant" in breaches_of_a_walk()

    def test_goes_the_same_way_again(self) -> None:
        first, second = Walk(seed=7), Walk(seed=7)
        assert list(first.go(600)) == list(second.go(600)) == [500, 100]
        assert first == second


class TestTheWatch:
    """Notices what got past the deciders: events written by hand."""

    HANDLER, LEADER = PERSONS[3], PERSONS[6]
    APPLICANT = PERSONS[1]

    @pytest.fixture
    def town(self) -> Town:
        """A town with one submitted case."""
        town = founded()
        opened = replace(OPENED, applicant=self.APPLICANT, employer=EMPLOYER)
        self.act(town, opened, self.APPLICANT)
        self.act(town, replace(SUBMITTED, chain=chain(EMPLOYER)), self.APPLICANT)
        return town

    def act(self, town: Town, event: object, person: str) -> None:
        account = next(name for name, each in town.accounts.items() if each.person == person)
        town.record("case-1", [event], town.actor(account))  # type: ignore[list-item]

    def seen(self, town: Town) -> list[str]:
        watch = Watch(town)
        watch.look()
        return watch.breaches

    def opinion(self, stage: str = "employer", in_round: int = 1) -> HandlerOpinionGiven:
        return replace(opinion_at(stage, in_round), organisation=EMPLOYER)

    def approval(self, stage: str = "employer", in_round: int = 1) -> LeaderApproved:
        return replace(approval_at(stage, in_round), organisation=EMPLOYER)

    def test_sees_nothing_where_nothing_is_wrong(self, town: Town) -> None:
        self.act(town, self.opinion(), self.HANDLER)
        self.act(town, self.approval(), self.LEADER)
        assert self.seen(town) == []

    def test_sees_one_person_in_both_seats(self, town: Town) -> None:
        self.act(town, self.opinion(), self.HANDLER)
        self.act(town, self.approval(), self.HANDLER)
        assert "case-1 has one human being as handler and leader" in self.seen(town)

    def test_sees_one_human_being_in_both_seats(self, town: Town) -> None:
        linked = PersonsLinked(other=self.LEADER, link="link-1")
        town.record(self.HANDLER, [linked], town.actor("account-1"))
        self.act(town, self.opinion(), self.HANDLER)
        self.act(town, self.approval(), self.LEADER)
        assert "case-1 has one human being as handler and leader" in self.seen(town)

    def test_sees_an_applicant_who_reviews(self, town: Town) -> None:
        self.act(town, self.opinion(), self.APPLICANT)
        assert self.seen(town) == ["case-1 is reviewed by its applicant"]

    def test_sees_a_leader_who_comes_first(self, town: Town) -> None:
        self.act(town, self.approval(), self.LEADER)
        assert self.seen(town) == ["case-1 is decided by a leader before the handler"]

    def test_sees_a_title_without_two_persons_at_each_stage(self, town: Town) -> None:
        self.act(town, self.opinion(), self.HANDLER)
        self.act(town, self.approval(), self.LEADER)
        self.act(town, RECOGNISED, self.LEADER)
        assert self.seen(town) == [
            "case-1 is recognised without two persons at department",
            "case-1 is recognised without two persons at bureau",
        ]

    def test_counts_no_approval_of_a_round_that_was_repeated(self, town: Town) -> None:
        for stage in ("employer", "department", "bureau"):
            self.act(town, self.opinion(stage), self.HANDLER)
            self.act(town, self.approval(stage), self.LEADER)
        self.act(town, replace(RESUBMITTED, resume_stage="bureau"), self.APPLICANT)
        self.act(town, RECOGNISED, self.LEADER)
        assert self.seen(town) == ["case-1 is recognised without two persons at bureau"]

    def test_sees_what_goes_on_after_the_end(self, town: Town) -> None:
        self.act(town, CaseWithdrawn(reason=None), self.APPLICANT)
        self.act(town, self.opinion(), self.HANDLER)
        assert "case-1 goes on after its end with case:handler-opinion-given:1" in self.seen(town)

    def test_sees_one_human_being_appointed_to_both_seats(self, town: Town) -> None:
        holder = town.organisations[EMPLOYER].appointments[0]
        appointed = AppointmentOpened(
            appointment="appointment-by-hand",
            seat="leader",
            person=holder.person,
            account=holder.account,
            effective_on=holder.effective_on,
            document=None,
        )
        town.record(EMPLOYER, [appointed], town.actor(holder.account))
        assert f"{EMPLOYER} appoints one human being as handler and leader" in self.seen(town)

    def test_sees_a_state_that_is_not_what_its_history_says(self, town: Town) -> None:
        town.cases["case-1"] = replace(town.cases["case-1"], phase=Draft())
        assert self.seen(town) == ["case-1 folds from zero to another state"]
