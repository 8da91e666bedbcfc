"""A file that may be classified pauses its case: nobody speaks in favour of it until it is gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.case import going_on, handler_opinion, leader_decision
from domain.case.committee import RecordVotes, record_votes
from domain.case.draft import MaterialWithdrawn
from domain.case.phase import Posting, Publicised
from domain.case.purge import MaterialPurged
from domain.case.returning import return_for_revision
from domain.case.values import Recommendation
from domain.case.withholding import MaterialReleased, MaterialWithheld, WithholdingCause
from domain.separation import HANDLER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU_HANDLER,
    CHEN,
    SCHOOL,
    SCHOOL_HANDLER,
    SCHOOL_LEADER,
    TODAY,
)
from tests.domain.story import (
    APPROVE,
    AT_THE_BUREAU,
    AT_THE_EMPLOYER,
    BEFORE_THE_LEADER,
    REASON,
    REJECT,
    RETURN,
    RETURNED,
    after,
    opinion,
)

if TYPE_CHECKING:
    from domain.case.evolve import CaseEvent
    from domain.case.state import Case

SUSPECTED = MaterialWithheld(
    material="scan", cause=WithholdingCause.CLASSIFIED_SUSPECTED, rules=("ZZ-14",)
)
UNREADABLE = MaterialWithheld(material="scan", cause=WithholdingCause.UNREADABLE, rules=())
PURGED = MaterialPurged(material="scan", cause="CLASSIFIED", organisation=SCHOOL, keys=("scan",))


def with_a_suspected_file(case: Case) -> Case:
    return after(case, (SUSPECTED, BAI))


def test_no_handler_recommends_it() -> None:
    outcome = given(with_a_suspected_file(AT_THE_EMPLOYER)).when(
        handler_opinion.give_opinion, opinion(), SCHOOL_HANDLER.around
    )
    (refusal,) = outcome.refused("CLASSIFIED_SUSPECTED")
    assert "scan" in refusal.chinese
    assert [each.rule for each in refusal.citations]


def test_no_leader_approves_it() -> None:
    given(with_a_suspected_file(BEFORE_THE_LEADER)).when(
        leader_decision.decide_as_leader, APPROVE, SCHOOL_LEADER.around
    ).refused("CLASSIFIED_SUSPECTED")


def test_it_does_not_go_on_after_its_publicity() -> None:
    posting = Posting("posting-1", "employer", TODAY, "refuse", ())
    held = with_a_suspected_file(BEFORE_THE_LEADER)
    public = replace(held, phase=Publicised("employer", posting))
    given(public).when(going_on.go_on, SCHOOL_LEADER.around).refused("CLASSIFIED_SUSPECTED")


def test_no_vote_that_decides_carries_it() -> None:
    seatless = replace(AT_THE_BUREAU.chain[2], seats=(), votes=True)
    case = with_a_suspected_file(replace(AT_THE_BUREAU, chain=(*AT_THE_BUREAU.chain[:2], seatless)))
    vote = RecordVotes(
        held_on=TODAY,
        members=9,
        present=9,
        in_favour=9,
        against=0,
        abstained=0,
        carried=True,
        minutes=None,
        no_reason_to_recuse=True,
        rules=(),
        notice="notice-1",
    )
    given(case).when(record_votes, vote, BUREAU_HANDLER.around).refused("CLASSIFIED_SUSPECTED")


def test_it_may_be_returned_and_it_may_end() -> None:
    case = with_a_suspected_file(BEFORE_THE_LEADER)
    returned = given(case).when(return_for_revision, RETURN, HANDLER, SCHOOL_HANDLER.around)
    assert returned.refusals == ()
    against = opinion(Recommendation.REJECT, (REASON,), ())
    opposed = given(with_a_suspected_file(AT_THE_EMPLOYER)).when(
        handler_opinion.give_opinion, against, SCHOOL_HANDLER.around
    )
    assert opposed.refusals == ()
    rejected = given(case).when(leader_decision.decide_as_leader, REJECT, SCHOOL_LEADER.around)
    assert rejected.refusals == ()


@pytest.mark.parametrize(
    "then",
    [
        [(MaterialReleased(material="scan", cause="released"), CHEN)],
        [(PURGED, CHEN)],
        [(RETURNED, BAI), (MaterialWithdrawn(material="scan"), AN)],
    ],
    ids=["released", "removed for good", "taken out by the applicant"],
)
def test_it_goes_on_once_the_file_is_cleared(then: list[tuple[CaseEvent, str]]) -> None:
    assert with_a_suspected_file(BEFORE_THE_LEADER).pausing == ("scan",)
    assert after(with_a_suspected_file(BEFORE_THE_LEADER), *then).pausing == ()


def test_a_file_withheld_for_another_cause_pauses_nothing() -> None:
    assert after(BEFORE_THE_LEADER, (UNREADABLE, BAI)).pausing == ()
