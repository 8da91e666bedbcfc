"""A stage at which a committee votes: the vote is entered, and the leader is bound by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.case import leader_decision
from domain.case.committee import RecordVotes, RejectedByVote, VotesRecorded, record_votes
from domain.case.phase import Ended, UnderReview
from domain.case.rescission import ActRescinded, confirm_rescission, propose_rescission
from domain.case.values import Recommendation
from domain.refusal import Refusal
from domain.separation import HANDLER, LEADER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    DEPARTMENT_HANDLER,
    GAO,
    HAN,
    LIU,
    TODAY,
    linked,
    words,
)
from tests.domain.story import (
    APPROVE,
    AT_THE_BUREAU,
    BEFORE_THE_BUREAU_LEADER,
    CHAIN,
    RECOGNISED,
    REJECT,
    after,
    approval_at,
    rejection_at,
    result,
)

if TYPE_CHECKING:
    from domain.case.next_stage import TitleRecognised
    from domain.case.state import Case

VOTE = RecordVotes(
    held_on=TODAY,
    members=25,
    present=20,
    in_favour=15,
    against=3,
    abstained=2,
    carried=True,
    minutes=None,
    no_reason_to_recuse=True,
    rules=("ZZ-11",),
    notice="notice-1",
)
VOTED = VotesRecorded(
    round=1,
    stage="bureau",
    organisation=BUREAU,
    held_on=TODAY,
    members=25,
    present=20,
    in_favour=15,
    against=3,
    abstained=2,
    carried=True,
    minutes=None,
    no_reason_to_recuse=True,
    late_entry=False,
    rules=("ZZ-11",),
)


COMMITTEE = replace(CHAIN[2], seats=(), votes=True)


def voting(case: Case) -> Case:
    """The same case, under a law by which a committee votes at the bureau."""
    return replace(case, chain=(*CHAIN[:2], replace(CHAIN[2], votes=True)))


@pytest.fixture
def a_case_before_the_vote() -> Case:
    return voting(AT_THE_BUREAU)


@pytest.fixture
def a_case_before_the_decision() -> Case:
    return voting(BEFORE_THE_BUREAU_LEADER)


def test_the_handler_enters_the_vote(a_case_before_the_vote: Case) -> None:
    given(a_case_before_the_vote).when(record_votes, VOTE, BUREAU_HANDLER.around).then(VOTED)
    vote = after(a_case_before_the_vote, (VOTED, GAO)).vote_of("bureau")
    assert vote is not None
    assert vote.carried


def test_no_vote_is_entered_without_the_word_that_nothing_asks_for_recusal(
    a_case_before_the_vote: Case,
) -> None:
    given(a_case_before_the_vote).when(
        record_votes, replace(VOTE, no_reason_to_recuse=False), BUREAU_HANDLER.around
    ).refused("REASON_TO_RECUSE")


def test_a_vote_entered_on_a_later_day_is_marked(a_case_before_the_vote: Case) -> None:
    earlier = TODAY - timedelta(days=1)
    given(a_case_before_the_vote).when(
        record_votes, replace(VOTE, held_on=earlier), BUREAU_HANDLER.around
    ).then(replace(VOTED, held_on=earlier, late_entry=True))


def test_a_vote_is_not_entered_before_it_is_held(a_case_before_the_vote: Case) -> None:
    later = TODAY + timedelta(days=1)
    given(a_case_before_the_vote).when(
        record_votes, replace(VOTE, held_on=later), BUREAU_HANDLER.around
    ).refused_at("OCCURRED_LATER", "/held_on")


@pytest.mark.parametrize(
    "numbers", [{"in_favour": 16}, {"against": 4}, {"abstained": 1}, {"members": 19}]
)
def test_the_numbers_of_a_vote_add_up(
    a_case_before_the_vote: Case, numbers: dict[str, int]
) -> None:
    wrong = replace(VOTE, **numbers)  # type: ignore[arg-type]
    given(a_case_before_the_vote).when(record_votes, wrong, BUREAU_HANDLER.around).refused_at(
        "VOTES_DO_NOT_ADD_UP", "/present"
    )


def test_all_members_may_be_present(a_case_before_the_vote: Case) -> None:
    given(a_case_before_the_vote).when(
        record_votes, replace(VOTE, members=20), BUREAU_HANDLER.around
    ).then(replace(VOTED, members=20))


def test_a_vote_is_entered_once_a_round(a_case_before_the_vote: Case) -> None:
    voted = after(a_case_before_the_vote, (VOTED, GAO))
    given(voted).when(record_votes, VOTE, BUREAU_HANDLER.around).refused("ALREADY_VOTED")


def test_a_vote_of_an_earlier_round_is_none_of_this_one(a_case_before_the_vote: Case) -> None:
    voted = after(a_case_before_the_vote, (VOTED, GAO))
    assert replace(voted, round=2).vote_of("bureau") is None


def test_no_vote_is_entered_where_nobody_votes(a_case_at_the_bureau: Case) -> None:
    given(a_case_at_the_bureau).when(record_votes, VOTE, BUREAU_HANDLER.around).refused(
        "NO_VOTE_AT_STAGE"
    )


def test_no_vote_is_entered_while_nobody_reviews(a_returned_case: Case) -> None:
    given(a_returned_case).when(record_votes, VOTE, BUREAU_HANDLER.around).refused("STAGE_ORDER")


def test_the_leader_does_not_enter_the_vote(a_case_before_the_vote: Case) -> None:
    given(a_case_before_the_vote).when(record_votes, VOTE, BUREAU_LEADER.around).refused(
        "NOT_IN_SEAT"
    )


def test_who_entered_the_vote_acted_as_handler(a_case_before_the_vote: Case) -> None:
    assert after(a_case_before_the_vote, (VOTED, LIU)).acted_at(CHAIN[-1].stage, HANDLER) == (LIU,)


def test_no_approval_without_a_vote(a_case_before_the_decision: Case) -> None:
    (refusal,) = (
        given(a_case_before_the_decision)
        .when(leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.around)
        .refused("VOTE_MISSING")
    )
    assert refusal.citations[0].rule == "ZZ-VOTE_MISSING"


def test_no_approval_against_the_vote(a_case_before_the_decision: Case) -> None:
    lost = after(a_case_before_the_decision, (replace(VOTED, carried=False), GAO))
    (refusal,) = (
        given(lost)
        .when(leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.around)
        .refused("VOTE_NOT_CARRIED")
    )
    assert refusal.citations[0].rule == "ZZ-VOTE_NOT_CARRIED"


def test_a_vote_that_carried_allows_the_approval(a_case_before_the_decision: Case) -> None:
    carried = after(a_case_before_the_decision, (VOTED, GAO))
    given(carried).when(leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.around).then(
        approval_at("bureau"), RECOGNISED
    )


def test_a_rejection_needs_no_vote(a_case_before_the_decision: Case) -> None:
    assert REJECT.decision is Recommendation.REJECT
    given(a_case_before_the_decision).when(
        leader_decision.decide_as_leader, REJECT, BUREAU_LEADER.around
    ).then(rejection_at("bureau"))


class TestAVoteThatDecidesAlone:
    """Where a stage has no seats, the committee's vote ends it."""

    REJECTED = RejectedByVote(
        round=1,
        stage="bureau",
        organisation=BUREAU,
        notice="notice-1",
        rules=("ZZ-11",),
        explanation=words("应到25人，实到20人，赞成15票"),
    )

    @pytest.fixture
    def a_case_before_the_committee(self) -> Case:
        return replace(AT_THE_BUREAU, chain=(*CHAIN[:2], COMMITTEE))

    def test_recognises_the_title_where_it_carries(self, a_case_before_the_committee: Case) -> None:
        given(a_case_before_the_committee).when(record_votes, VOTE, BUREAU_HANDLER.around).then(
            VOTED, RECOGNISED
        )

    def test_rejects_where_it_does_not(self, a_case_before_the_committee: Case) -> None:
        lost = replace(VOTE, carried=False)
        given(a_case_before_the_committee).when(record_votes, lost, BUREAU_HANDLER.around).then(
            replace(VOTED, carried=False), self.REJECTED
        )

    def test_rejects_as_one_act_of_who_entered_it(self, a_case_before_the_committee: Case) -> None:
        lost = after(
            a_case_before_the_committee,
            (replace(VOTED, carried=False), GAO),
            (self.REJECTED, GAO),
        )
        assert lost.phase == Ended("rejected")
        assert lost.acted_at(CHAIN[-1].stage, HANDLER) == (GAO,)
        assert lost.acted_at(CHAIN[-1].stage, LEADER) == ()

    def test_waits_for_an_open_question_to_carry(self, a_case_before_the_committee: Case) -> None:
        asked = replace(a_case_before_the_committee, result=result("undetermined", "TABLE"))
        given(asked).when(record_votes, VOTE, BUREAU_HANDLER.around).refused("JUDGEMENT_MISSING")

    def test_waits_for_no_question_to_fail(self, a_case_before_the_committee: Case) -> None:
        asked = replace(a_case_before_the_committee, result=result("undetermined", "TABLE"))
        given(asked).when(record_votes, replace(VOTE, carried=False), BUREAU_HANDLER.around).then(
            replace(VOTED, carried=False), self.REJECTED
        )

    def test_is_entered_by_the_handler_of_its_office(
        self, a_case_before_the_committee: Case
    ) -> None:
        for office in (DEPARTMENT_HANDLER, BUREAU_LEADER):
            given(a_case_before_the_committee).when(record_votes, VOTE, office.around).refused(
                "NOT_IN_SEAT"
            )

    def test_is_not_entered_by_the_applicant(self, a_case_before_the_committee: Case) -> None:
        around = BUREAU_HANDLER.knowing(linked((GAO, AN)))
        given(a_case_before_the_committee).when(record_votes, VOTE, around).refused("SELF_REVIEW")

    def test_waits_for_what_else_the_law_asks_for(self, a_case_before_the_committee: Case) -> None:
        unpaid = Refusal("FEE_UNPAID", "尚未缴费。", "The fee is unpaid.")
        around = replace(BUREAU_HANDLER.around, onward=(unpaid,))
        given(a_case_before_the_committee).when(record_votes, VOTE, around).refused("FEE_UNPAID")

    @pytest.mark.parametrize("then", [RECOGNISED, REJECTED], ids=["recognised", "rejected"])
    def test_is_undone_with_all_that_followed_when_it_was_a_slip(
        self, a_case_before_the_committee: Case, then: TitleRecognised | RejectedByVote
    ) -> None:
        slip = after(a_case_before_the_committee, (VOTED, GAO), (then, GAO))
        assert slip.last_act is not None
        rescinded = ActRescinded(
            act=slip.last_act.version,
            act_topic=VotesRecorded.topic,
            stage="bureau",
            organisation=BUREAU,
        )
        undone = after(slip, (rescinded, HAN))
        assert undone.phase == UnderReview("bureau")
        assert undone.vote_of("bureau") is None


def test_a_vote_entered_wrongly_can_be_entered_again(a_case_before_the_vote: Case) -> None:
    slip = after(a_case_before_the_vote, (VOTED, GAO))
    (proposed,) = propose_rescission(slip, words("点错"), BUREAU_HANDLER.around)
    assert proposed.act_topic == VotesRecorded.topic
    (rescinded,) = confirm_rescission(after(slip, (proposed, GAO)), BUREAU_LEADER.around)
    undone = after(slip, (proposed, GAO), (rescinded, HAN))
    given(undone).when(record_votes, VOTE, BUREAU_HANDLER.around).then(VOTED)
