"""The leader's decision on a stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from domain.case import leader_decision
from domain.case.leader_decision import CaseNotAccepted, CaseRejected
from domain.case.next_stage import CaseReferredUp, OverdueFlagged
from domain.case.phase import Ended, Recognised, UnderReview
from domain.case.values import Recommendation
from tests.domain.given import given
from tests.domain.invented import (
    BAI,
    BUREAU_LEADER,
    CHEN,
    HAN,
    NOON,
    SCHOOL_LEADER,
    SOMEBODY_AT_SCHOOL,
    words,
)
from tests.domain.story import (
    APPROVE,
    BEFORE_THE_BUREAU_LEADER,
    BEFORE_THE_LEADER,
    CHAIN,
    REASON,
    RECOGNISED,
    REJECT,
    after,
    approval_at,
    forwarding,
    opinion_at,
    rejection_at,
    result,
    unchanged,
)

if TYPE_CHECKING:
    from domain.case.state import Case

LEADER = SCHOOL_LEADER.around
LAST_MOMENT = datetime(2024, 12, 20, 15, 59, 59, 999999, tzinfo=UTC)
"""23:59:59.999999 in Beijing, on the day by which all work is to be done."""
TOO_LATE = datetime(2024, 12, 20, 16, 0, tzinfo=UTC)
OVERDUE = OverdueFlagged(
    what="completion",
    due_on=date(2024, 12, 20),
    happened_on=date(2024, 12, 21),
    rules=("ZZ-4",),
)

REFERRED_UP = CaseReferredUp(
    round=1, stage="bureau", organisation=CHAIN[2].organisation, rules=CHAIN[2].rules
)


def test_an_approval_passes_the_case_on(a_case_before_the_leader: Case) -> None:
    given(a_case_before_the_leader).when(leader_decision.decide_as_leader, APPROVE, LEADER).then(
        approval_at("employer"), forwarding("employer", "department")
    )
    passed = after(
        a_case_before_the_leader,
        (approval_at("employer"), CHEN),
        (forwarding("employer", "department"), CHEN),
    )
    assert passed.phase == UnderReview("department")


def test_an_approval_keeps_what_the_leader_said(a_case_before_the_leader: Case) -> None:
    said = words("同意上报")
    given(a_case_before_the_leader).when(
        leader_decision.decide_as_leader, replace(APPROVE, opinion=said), LEADER
    ).then(replace(approval_at("employer"), opinion=said), forwarding("employer", "department"))


def test_the_last_approval_recognises_the_title(a_case_before_the_bureau_leader: Case) -> None:
    given(a_case_before_the_bureau_leader).when(
        leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.around
    ).then(approval_at("bureau"), RECOGNISED)
    recognised = after(a_case_before_the_bureau_leader, (RECOGNISED, HAN))
    assert recognised.phase == Recognised("bureau")
    assert not recognised.is_open


def test_the_leader_decides_only_after_the_handler(a_case_under_review: Case) -> None:
    (refusal,) = (
        given(a_case_under_review)
        .when(leader_decision.decide_as_leader, APPROVE, LEADER)
        .refused("HANDLER_FIRST")
    )
    assert refusal.citations[0].rule == "ZZ-HANDLER_FIRST"


@pytest.mark.parametrize("decision", [Recommendation.REJECT, Recommendation.NOT_ACCEPT])
def test_the_leader_refuses_nothing_before_the_handler_either(
    a_case_under_review: Case, decision: Recommendation
) -> None:
    given(a_case_under_review).when(
        leader_decision.decide_as_leader, replace(REJECT, decision=decision), LEADER
    ).refused("HANDLER_FIRST")


def test_an_opinion_of_an_earlier_stage_is_none_of_this_one(a_case_at_the_bureau: Case) -> None:
    given(a_case_at_the_bureau).when(
        leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.around
    ).refused("HANDLER_FIRST")


def test_an_opinion_of_an_earlier_round_is_none_of_this_one(a_case_in_round_two: Case) -> None:
    given(a_case_in_round_two).when(leader_decision.decide_as_leader, APPROVE, LEADER).refused(
        "HANDLER_FIRST"
    )


def test_a_rejection_ends_the_case(a_case_before_the_leader: Case) -> None:
    given(a_case_before_the_leader).when(leader_decision.decide_as_leader, REJECT, LEADER).then(
        rejection_at("employer")
    )
    rejected = after(a_case_before_the_leader, (rejection_at("employer"), CHEN))
    assert rejected.phase == Ended("rejected")


def test_a_filing_that_is_not_accepted_is_not_rejected(a_case_before_the_leader: Case) -> None:
    command = replace(REJECT, decision=Recommendation.NOT_ACCEPT)
    not_accepted = CaseNotAccepted(**vars(rejection_at("employer")))
    given(a_case_before_the_leader).when(leader_decision.decide_as_leader, command, LEADER).then(
        not_accepted
    )
    ended = after(a_case_before_the_leader, (not_accepted, CHEN))
    assert ended.phase == Ended("not_accepted")


@pytest.mark.parametrize("decision", [Recommendation.REJECT, Recommendation.NOT_ACCEPT])
def test_a_negative_decision_names_its_reasons(
    a_case_before_the_leader: Case, decision: Recommendation
) -> None:
    negative = replace(REJECT, decision=decision)
    for command in (replace(negative, reasons=()), replace(negative, opinion=None)):
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, command, LEADER
        ).refused_at("REASON_MISSING", "/reasons")


def test_a_decision_against_the_handler_is_marked(a_case_under_review: Case) -> None:
    doubting = replace(
        opinion_at("employer"), recommendation=Recommendation.REJECT, reasons=(REASON,)
    )
    given(after(a_case_under_review, (doubting, BAI))).when(
        leader_decision.decide_as_leader, APPROVE, LEADER
    ).then(replace(approval_at("employer"), departs=True), forwarding("employer", "department"))


def test_a_decision_with_the_handler_is_not_marked(a_case_under_review: Case) -> None:
    doubting = replace(
        opinion_at("employer"), recommendation=Recommendation.REJECT, reasons=(REASON,)
    )
    given(after(a_case_under_review, (doubting, BAI))).when(
        leader_decision.decide_as_leader, REJECT, LEADER
    ).then(replace(rejection_at("employer"), departs=False))


def test_the_handlers_last_opinion_counts(a_case_before_the_leader: Case) -> None:
    doubting = replace(
        opinion_at("employer"), recommendation=Recommendation.REJECT, reasons=(REASON,)
    )
    given(after(a_case_before_the_leader, (doubting, BAI))).when(
        leader_decision.decide_as_leader, REJECT, LEADER
    ).then(replace(rejection_at("employer"), departs=False))


def test_who_holds_no_seat_decides_nothing(a_case_before_the_leader: Case) -> None:
    given(a_case_before_the_leader).when(
        leader_decision.decide_as_leader, APPROVE, SOMEBODY_AT_SCHOOL.around
    ).refused("NOT_IN_SEAT")


def test_a_decision_gives_every_reason_at_once(a_case_under_review: Case) -> None:
    given(a_case_under_review).when(
        leader_decision.decide_as_leader, replace(REJECT, reasons=()), SOMEBODY_AT_SCHOOL.around
    ).refused("NOT_IN_SEAT", "HANDLER_FIRST", "REASON_MISSING")


class TestTheDayByWhichAllWorkIsDone:
    """A later decision stays valid and is marked (XW-35)."""

    def test_ends_at_midnight_in_beijing(self, a_case_before_the_bureau_leader: Case) -> None:
        given(a_case_before_the_bureau_leader).when(
            leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.at(LAST_MOMENT)
        ).then(approval_at("bureau"), replace(RECOGNISED, effective_on=date(2024, 12, 20)))

    def test_marks_a_title_that_comes_after_it(self, a_case_before_the_bureau_leader: Case) -> None:
        given(a_case_before_the_bureau_leader).when(
            leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.at(TOO_LATE)
        ).then(
            approval_at("bureau"),
            replace(RECOGNISED, effective_on=date(2024, 12, 21)),
            OVERDUE,
        )

    def test_marks_a_rejection_that_comes_after_it(self, a_case_before_the_leader: Case) -> None:
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, REJECT, SCHOOL_LEADER.at(TOO_LATE)
        ).then(rejection_at("employer"), OVERDUE)

    def test_marks_no_stage_on_the_way(self, a_case_before_the_leader: Case) -> None:
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, APPROVE, SCHOOL_LEADER.at(TOO_LATE)
        ).then(
            approval_at("employer"),
            forwarding("employer", "department", on=date(2024, 12, 21)),
        )

    def test_marks_nothing_where_the_law_names_none(
        self, a_case_before_the_bureau_leader: Case
    ) -> None:
        unbound = replace(a_case_before_the_bureau_leader, complete_by=None)
        given(unbound).when(
            leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.at(TOO_LATE)
        ).then(approval_at("bureau"), replace(RECOGNISED, effective_on=date(2024, 12, 21)))

    def test_changes_nothing_in_the_case(self, a_recognised_case: Case) -> None:
        assert unchanged(after(a_recognised_case, (OVERDUE, HAN)), a_recognised_case)


def test_the_title_is_of_the_kind_that_the_law_calls_it(
    a_case_before_the_bureau_leader: Case,
) -> None:
    around = replace(BUREAU_LEADER.at(NOON), outcome_label="初定")
    given(a_case_before_the_bureau_leader).when(
        leader_decision.decide_as_leader, APPROVE, around
    ).then(approval_at("bureau"), replace(RECOGNISED, label="初定"))


class TestWhereNobodyHereDecides:
    REFERRED = replace(BEFORE_THE_BUREAU_LEADER, result=replace(result(), action="refer_up"))

    def test_the_last_approval_refers_it_to_who_decides_above(self) -> None:
        leading = BUREAU_LEADER.around
        given(self.REFERRED).when(leader_decision.decide_as_leader, APPROVE, leading).then(
            approval_at("bureau"), REFERRED_UP
        )
        ended = after(self.REFERRED, (approval_at("bureau"), HAN), (REFERRED_UP, HAN))
        assert (ended.phase, ended.is_open) == (Ended("referred_up"), False)

    def test_a_stage_before_the_last_forwards_it_as_any_other(self) -> None:
        earlier = replace(BEFORE_THE_LEADER, result=self.REFERRED.result)
        given(earlier).when(leader_decision.decide_as_leader, APPROVE, SCHOOL_LEADER.around).then(
            approval_at("employer"), forwarding("employer", "department")
        )


def test_a_case_of_one_stage_is_recognised_by_it(a_case_before_the_leader: Case) -> None:
    short = replace(a_case_before_the_leader, chain=CHAIN[:1])
    given(short).when(leader_decision.decide_as_leader, APPROVE, LEADER).then(
        approval_at("employer"),
        replace(RECOGNISED, stage="employer", organisation=CHAIN[0].organisation),
    )


def test_rejected_and_not_accepted_are_different_facts() -> None:
    assert CaseRejected.topic != CaseNotAccepted.topic
