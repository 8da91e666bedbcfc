"""What the law leaves to human judgement is answered by a person, on record, or waits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.case import judgement, leader_decision
from domain.case.judgement import JudgementRecorded
from domain.separation import DUTY_OFFICER, HANDLER, LEADER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    CHEN,
    GAO,
    SCHOOL,
    SCHOOL_LEADER,
    SOMEBODY_AT_SCHOOL,
    TODAY,
    appointment,
    house,
    person_at,
    words,
)
from tests.domain.story import (
    APPLICATION,
    APPROVE,
    CHAIN,
    RECOGNISED,
    REJECT,
    RESUBMITTED,
    RETURNED,
    STATED,
    after,
    approval_at,
    forwarding,
    judge,
    rejection_at,
    result,
    undetermined,
)

if TYPE_CHECKING:
    from domain.case.state import Case

TABLE = "TABLE_NOT_SUPPLIED"
LICENCE = "LICENCE_UNCLEAR"


def judged(question: str = TABLE, *, satisfied: bool = True, at: str = BUREAU) -> JudgementRecorded:
    return JudgementRecorded(
        judgement="judgement-1",
        question=question,
        satisfied=satisfied,
        organisation=at,
        seat=HANDLER,
        grounds=words("经核"),
        rules=("ZZ-7",),
    )


def test_a_reviewer_of_the_present_stage_judges(a_case_at_the_bureau: Case) -> None:
    given(undetermined(a_case_at_the_bureau, TABLE)).when(
        judgement.record_judgement, judge(TABLE, satisfied=True), HANDLER, BUREAU_HANDLER.around
    ).then(judged())


def test_a_leader_may_judge_too(a_case_under_review: Case) -> None:
    given(undetermined(a_case_under_review, TABLE)).when(
        judgement.record_judgement, judge(TABLE, satisfied=False), LEADER, SCHOOL_LEADER.around
    ).then(replace(judged(satisfied=False, at=SCHOOL), seat=LEADER))


def test_nobody_judges_what_was_not_asked(a_case_at_the_bureau: Case) -> None:
    asked = undetermined(a_case_at_the_bureau, TABLE)
    (refusal,) = (
        given(asked)
        .when(
            judgement.record_judgement,
            judge(LICENCE, satisfied=True),
            HANDLER,
            BUREAU_HANDLER.around,
        )
        .refused("UNKNOWN_QUESTION")
    )
    assert (refusal.pointer, TABLE in refusal.chinese) == ("/question", True)


def test_nobody_else_judges(a_case_under_review: Case) -> None:
    given(undetermined(a_case_under_review, TABLE)).when(
        judgement.record_judgement, judge(TABLE, satisfied=True), HANDLER, SOMEBODY_AT_SCHOOL.around
    ).refused("NOT_IN_SEAT")


def test_a_seat_that_the_stage_does_not_have_judges_nothing(a_case_under_review: Case) -> None:
    officer = person_at(CHEN, house(SCHOOL, appointment(CHEN, DUTY_OFFICER, TODAY)), DUTY_OFFICER)
    given(undetermined(a_case_under_review, TABLE)).when(
        judgement.record_judgement, judge(TABLE, satisfied=True), DUTY_OFFICER, officer.around
    ).refused("NOT_IN_SEAT")


@pytest.mark.parametrize("satisfied", [True, False])
def test_nobody_answers_what_was_not_asked(a_case_at_the_bureau: Case, *, satisfied: bool) -> None:
    for case in (a_case_at_the_bureau, undetermined(a_case_at_the_bureau, LICENCE)):
        given(case).when(
            judgement.record_judgement,
            judge(TABLE, satisfied=satisfied),
            HANDLER,
            BUREAU_HANDLER.around,
        ).refused("UNKNOWN_QUESTION")


def test_no_title_is_recognised_while_a_question_is_open(
    a_case_before_the_bureau_leader: Case,
) -> None:
    open_still = undetermined(a_case_before_the_bureau_leader, TABLE, LICENCE)
    (refusal,) = (
        given(open_still)
        .when(leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.around)
        .refused("JUDGEMENT_MISSING")
    )
    assert f"{TABLE}, {LICENCE}" in refusal.english


def test_each_question_is_answered_on_its_own(a_case_before_the_bureau_leader: Case) -> None:
    one_answered = after(
        undetermined(a_case_before_the_bureau_leader, TABLE, LICENCE), (judged(TABLE), GAO)
    )
    assert one_answered.open_questions() == (LICENCE,)
    given(one_answered).when(
        leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.around
    ).refused("JUDGEMENT_MISSING")


def test_a_title_is_recognised_once_all_is_answered(a_case_before_the_bureau_leader: Case) -> None:
    answered = after(
        undetermined(a_case_before_the_bureau_leader, TABLE, LICENCE),
        (judged(TABLE), GAO),
        (judged(LICENCE), GAO),
    )
    given(answered).when(leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.around).then(
        approval_at("bureau"), RECOGNISED
    )


def test_a_condition_judged_unmet_stops_the_title(a_case_before_the_bureau_leader: Case) -> None:
    unmet = after(
        undetermined(a_case_before_the_bureau_leader, TABLE), (judged(satisfied=False), GAO)
    )
    given(unmet).when(leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.around).refused(
        "JUDGED_UNSATISFIED"
    )


def test_an_open_and_an_unmet_question_are_told_at_once(
    a_case_before_the_bureau_leader: Case,
) -> None:
    both = after(
        undetermined(a_case_before_the_bureau_leader, TABLE, LICENCE),
        (judged(satisfied=False), GAO),
    )
    given(both).when(leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.around).refused(
        "JUDGEMENT_MISSING", "JUDGED_UNSATISFIED"
    )


def test_the_last_answer_counts(a_case_before_the_bureau_leader: Case) -> None:
    reconsidered = after(
        undetermined(a_case_before_the_bureau_leader, TABLE),
        (judged(satisfied=False), GAO),
        (judged(satisfied=True), GAO),
    )
    assert reconsidered.denied() == ()
    given(reconsidered).when(leader_decision.decide_as_leader, APPROVE, BUREAU_LEADER.around).then(
        approval_at("bureau"), RECOGNISED
    )


def test_an_open_question_does_not_stop_a_rejection(a_case_before_the_bureau_leader: Case) -> None:
    given(undetermined(a_case_before_the_bureau_leader, TABLE)).when(
        leader_decision.decide_as_leader, REJECT, BUREAU_LEADER.around
    ).then(rejection_at("bureau"))


def test_an_open_question_does_not_stop_a_stage_that_decides_nothing(
    a_case_before_the_leader: Case,
) -> None:
    given(undetermined(a_case_before_the_leader, TABLE)).when(
        leader_decision.decide_as_leader, APPROVE, SCHOOL_LEADER.around
    ).then(approval_at("employer"), forwarding("employer", "department"))


def test_an_open_question_stops_whatever_stage_comes_last(a_case_before_the_leader: Case) -> None:
    last = replace(undetermined(a_case_before_the_leader, TABLE), chain=CHAIN[:1])
    given(last).when(leader_decision.decide_as_leader, APPROVE, SCHOOL_LEADER.around).refused(
        "JUDGEMENT_MISSING"
    )


@pytest.mark.parametrize("outcome", ["eligible", "ineligible"])
def test_a_clear_answer_leaves_no_question(a_case_under_review: Case, outcome: str) -> None:
    clear = replace(a_case_under_review, result=result(outcome, "YEARS_SHORT"))
    assert clear.open_questions() == ()


@pytest.mark.parametrize("outcome", ["undetermined", "manual_review"])
def test_an_unclear_answer_leaves_its_reasons_open(a_case_under_review: Case, outcome: str) -> None:
    unclear = replace(a_case_under_review, result=result(outcome, TABLE, LICENCE))
    assert unclear.open_questions() == (TABLE, LICENCE)


def test_a_draft_has_no_question(a_draft: Case) -> None:
    assert a_draft.open_questions() == ()


class TestAJudgementOfAnEarlierRound:
    """Was about what was then claimed, by a stage that may be repeated (A-15)."""

    def test_is_void_where_its_stage_is_repeated(self, a_case_under_review: Case) -> None:
        again = after(
            a_case_under_review,
            (judged(at=SCHOOL), CHEN),
            (RETURNED, CHEN),
            (RESUBMITTED, AN),
        )
        assert again.judgements == ()

    def test_stands_where_its_stage_is_not_repeated(self, a_case_at_the_department: Case) -> None:
        passed_on = after(
            a_case_at_the_department,
            (replace(RETURNED, stage="department", resume_stage="department"), GAO),
            (replace(RESUBMITTED, resume_stage="department"), AN),
        )
        judged_before = after(
            a_case_at_the_department,
            (judged(), GAO),
            (forwarding("department", "bureau"), GAO),
            (replace(RETURNED, stage="bureau", resume_stage="bureau"), GAO),
            (replace(RESUBMITTED, resume_stage="bureau"), AN),
        )
        assert passed_on.judgements == ()
        assert [each.question for each in judged_before.judgements] == [TABLE]

    def test_is_void_once_the_application_reads_otherwise(self, a_case_at_the_bureau: Case) -> None:
        amended = replace(APPLICATION, specialty_worked="物理")
        again = after(
            a_case_at_the_bureau,
            (judged(), GAO),
            (RETURNED, GAO),
            (replace(STATED, application=amended), AN),
        )
        assert again.judgements == ()

    def test_still_counts_as_an_act_of_its_seat(self, a_case_under_review: Case) -> None:
        again = after(
            a_case_under_review, (judged(at=SCHOOL), CHEN), (RETURNED, GAO), (RESUBMITTED, AN)
        )
        assert again.acted_at(CHAIN[0].stage, HANDLER) == (CHEN, GAO)
