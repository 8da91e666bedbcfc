"""How a case ended is re-examined once, in time, by others; and what it does to the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain import beijing
from domain.case import reexamination
from domain.case.phase import Ended, Returned, UnderReview
from domain.case.reexamination import (
    DecideReexamination,
    LapseSetAside,
    OutcomeSetAside,
    OutcomeUpheld,
    ReexaminationRequested,
    Reexamined,
    RequestReexamination,
    may_be_asked_for,
)
from domain.case.remembered import Ending
from domain.case.undecided_opinions import undecided
from domain.refusal import Refusal
from domain.separation import INTEGRITY_LEADER, LEADER
from tests.domain.given import Outcome, given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    CHEN,
    DEPARTMENT,
    INTEGRITY_LEADER_OF_BUREAU,
    KONG,
    LIU,
    SCHOOL,
    TODAY,
    appointment,
    house,
    linked,
    person_at,
    words,
)
from tests.domain.story import (
    BEFORE_THE_LEADER,
    DUE,
    LAPSED,
    RETURNED,
    after,
    approval_at,
    opinion_at,
    rejection_at,
)

if TYPE_CHECKING:
    from domain.case.state import Case

ASK_BY, DECIDE_BY = date(2024, 11, 5), date(2024, 11, 26)
ASK = RequestReexamination(
    grounds=words("不服"), ask_by=ASK_BY, decide_by=DECIDE_BY, rules=("ZZ-1",)
)
ASKED = ReexaminationRequested(
    outcome="rejected", grounds=words("不服"), decide_by=DECIDE_BY, rules=("ZZ-1",)
)
REASON = words("经复查")
NUMBER = "某人社复〔2024〕1号"
NEW_DUE = DUE + timedelta(days=30)
UPHOLD = DecideReexamination(
    outcome=Reexamined.UPHELD,
    decision=NUMBER,
    reason=REASON,
    due_at=NEW_DUE,
    due_rules=("ZZ-6",),
    in_the_way=(),
)
SET_ASIDE = replace(UPHOLD, outcome=Reexamined.SET_ASIDE)
UPHELD = OutcomeUpheld(
    outcome="rejected", organisation=BUREAU, decision=NUMBER, reason=REASON, late=False
)
REOPENED = OutcomeSetAside(
    outcome="rejected",
    round=2,
    resume_stage="employer",
    organisation=BUREAU,
    decision=NUMBER,
    reason=REASON,
    late=False,
)
AGAIN = LapseSetAside(
    round=1,
    organisation=BUREAU,
    decision=NUMBER,
    due_at=NEW_DUE,
    due_rules=("ZZ-6",),
    reason=REASON,
    late=False,
)
FORUM = {BUREAU, SCHOOL}
OFFICE = INTEGRITY_LEADER_OF_BUREAU


@pytest.fixture
def a_rejected_case() -> Case:
    return after(BEFORE_THE_LEADER, (rejection_at("employer"), CHEN))


@pytest.fixture
def an_asked_case(a_rejected_case: Case) -> Case:
    return after(a_rejected_case, (ASKED, AN))


@pytest.fixture
def a_lapsed_case(a_returned_case: Case) -> Case:
    return after(a_returned_case, (LAPSED, ""), (replace(ASKED, outcome="lapsed"), AN))


def decided(case: Case, command: DecideReexamination = UPHOLD, **around: Any) -> Outcome:  # noqa: ANN401 -- of circumstances
    circumstances = replace(OFFICE.around, **around)
    return given(case).when(
        reexamination.decide, command, circumstances, forum=FORUM, involved=case.reviewers()
    )


class TestARequest:
    """Comes once for each outcome, until the last day for it."""

    def test_is_made_until_the_last_day(self, a_rejected_case: Case) -> None:
        given(a_rejected_case).when(reexamination.request, ASK, ASK_BY).then(ASKED)
        assert may_be_asked_for(a_rejected_case)

    def test_is_not_made_after_it(self, a_rejected_case: Case) -> None:
        late = ASK_BY + timedelta(days=1)
        given(a_rejected_case).when(reexamination.request, ASK, late).refused("REVIEW_TERM_OVER")

    def test_is_not_made_twice(self, an_asked_case: Case) -> None:
        given(an_asked_case).when(reexamination.request, ASK, TODAY).refused("REVIEW_UNDER_WAY")
        assert not may_be_asked_for(an_asked_case)

    def test_is_not_made_again_of_what_was_upheld(self, an_asked_case: Case) -> None:
        upheld = after(an_asked_case, (UPHELD, KONG))
        given(upheld).when(reexamination.request, ASK, TODAY).refused("REVIEWED_BEFORE")
        assert not may_be_asked_for(upheld)

    @pytest.mark.parametrize("outcome", ["withdrawn", "disqualified"])
    def test_is_about_nothing_else(self, a_rejected_case: Case, outcome: str) -> None:
        other = replace(a_rejected_case, phase=Ended(outcome))
        given(other).when(reexamination.request, ASK, TODAY).refused("STAGE_ORDER")
        given(BEFORE_THE_LEADER).when(reexamination.request, ASK, TODAY).refused("STAGE_ORDER")


class TestADecision:
    """Is made in the forum by somebody who had no part in the case."""

    def test_upholds(self, an_asked_case: Case) -> None:
        decided(an_asked_case).then(UPHELD)
        upheld = after(an_asked_case, (UPHELD, KONG))
        assert upheld.phase == Ended("rejected")
        assert upheld.ending == Ending(
            TODAY, "employer", BEFORE_THE_LEADER.phase, decide_by=None, upheld=True
        )

    def test_sends_the_case_back_to_where_it_ended(self, an_asked_case: Case) -> None:
        decided(an_asked_case, SET_ASIDE).then(REOPENED)
        reopened = after(an_asked_case, (REOPENED, KONG))
        assert (reopened.phase, reopened.round) == (UnderReview("employer"), 2)
        assert (reopened.ending, reopened.last_act) == (None, None)
        assert not reopened.asserted

    def test_gives_time_to_mend_what_lapsed(self, a_lapsed_case: Case) -> None:
        decided(a_lapsed_case, SET_ASIDE).then(AGAIN)
        again = after(a_lapsed_case, (AGAIN, KONG))
        assert again.phase == Returned("employer", "employer", NEW_DUE, ("ZZ-6",), RETURNED.items)
        assert again.ending is None

    def test_is_marked_when_it_is_late(self, an_asked_case: Case) -> None:
        last = beijing.end(DECIDE_BY) - timedelta(microseconds=1)
        decided(an_asked_case, at=last).then(UPHELD)
        decided(an_asked_case, at=beijing.end(DECIDE_BY)).then(replace(UPHELD, late=True))
        late = replace(REOPENED, late=True)
        decided(an_asked_case, SET_ASIDE, at=beijing.end(DECIDE_BY)).then(late)

    def test_waits_for_a_request(self, a_rejected_case: Case) -> None:
        decided(a_rejected_case).refused("NO_REVIEW_ASKED")

    def test_is_of_the_forum(self, an_asked_case: Case) -> None:
        elsewhere = house(DEPARTMENT, appointment(KONG, INTEGRITY_LEADER))
        around = person_at(KONG, elsewhere, INTEGRITY_LEADER).around
        given(an_asked_case).when(
            reexamination.decide, UPHOLD, around, forum=FORUM, involved=()
        ).refused("NOT_ABOVE")

    def test_is_of_an_integrity_leader(self, an_asked_case: Case) -> None:
        other = person_at(LIU, house(BUREAU, appointment(LIU, LEADER)), LEADER).around
        given(an_asked_case).when(
            reexamination.decide, UPHOLD, other, forum=FORUM, involved=()
        ).refused("NOT_IN_SEAT")

    def test_is_of_nobody_who_had_a_part(self, an_asked_case: Case) -> None:
        decided(an_asked_case, humans=linked((KONG, BAI))).refused("DECIDED_BEFORE")
        decided(an_asked_case, humans=linked((KONG, AN))).refused("OWN_AFFAIR")

    def test_sets_nothing_aside_while_another_case_is_under_way(self, an_asked_case: Case) -> None:
        way = (Refusal("OPEN_CASE", "另有申报。", "Another case."),)
        decided(an_asked_case, replace(SET_ASIDE, in_the_way=way)).refused("OPEN_CASE")
        decided(an_asked_case, replace(UPHOLD, in_the_way=way)).then(UPHELD)


class TestAnOpinion:
    """Is nobody's but the reviewers' until the leader has decided."""

    def test_waits_for_a_leader(self) -> None:
        opinion = opinion_at("employer")
        assert undecided([opinion]) == {1}
        assert undecided([opinion, approval_at("employer")]) == set()
        assert undecided([opinion, rejection_at("employer"), opinion]) == {3}

    def test_is_not_decided_by_a_handlers_return(self) -> None:
        opinion = opinion_at("employer")
        assert undecided([opinion, RETURNED]) == {1}
        assert undecided([opinion, replace(RETURNED, seat=LEADER)]) == set()
