"""Returns for revision, and the rounds that they begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.case import leader_decision, returning
from domain.case.phase import Returned
from domain.case.remembered import Act, By
from domain.separation import HANDLER, INTEGRITY_HANDLER, LEADER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    BUREAU_HANDLER,
    CHEN,
    DENG,
    DEPARTMENT,
    GAO,
    INTEGRITY_HANDLER_OF_BUREAU,
    NOON,
    SCHOOL,
    SCHOOL_HANDLER,
    SCHOOL_LEADER,
    SOMEBODY_AT_SCHOOL,
    TODAY,
    account_of,
)
from tests.domain.story import (
    APPROVE,
    CHAIN,
    DUE,
    RESUBMITTED,
    RETURN,
    RETURNED,
    after,
    approval_at,
    forwarding,
    opinion_at,
)

if TYPE_CHECKING:
    from domain.case.state import Case


def test_a_handler_returns_a_case_with_every_item(a_case_under_review: Case) -> None:
    given(a_case_under_review).when(
        returning.return_for_revision, RETURN, HANDLER, SCHOOL_HANDLER.around
    ).then(RETURNED)
    assert after(a_case_under_review, (RETURNED, BAI)).phase == Returned(
        "employer", "employer", DUE, ("ZZ-6",), RETURNED.items
    )


def test_a_leader_returns_a_case_too(a_case_before_the_leader: Case) -> None:
    given(a_case_before_the_leader).when(
        returning.return_for_revision, RETURN, LEADER, SCHOOL_LEADER.around
    ).then(replace(RETURNED, seat=LEADER))


def test_a_leader_may_return_a_case_before_the_handlers_opinion(a_case_under_review: Case) -> None:
    given(a_case_under_review).when(
        returning.return_for_revision, RETURN, LEADER, SCHOOL_LEADER.around
    ).then(replace(RETURNED, seat=LEADER))


def test_a_return_says_what_to_mend(a_case_under_review: Case) -> None:
    given(a_case_under_review).when(
        returning.return_for_revision, replace(RETURN, items=()), HANDLER, SCHOOL_HANDLER.around
    ).refused_at("RETURN_ITEMS_MISSING", "/items")


@pytest.mark.parametrize("subject", ["diploma", "scan", "application"])
def test_an_item_is_about_a_claim_a_material_or_the_whole(
    a_case_under_review: Case, subject: str
) -> None:
    items = (replace(RETURN.items[0], subject=subject),)
    given(a_case_under_review).when(
        returning.return_for_revision, replace(RETURN, items=items), HANDLER, SCHOOL_HANDLER.around
    ).then(replace(RETURNED, items=items))


def test_an_item_may_be_about_what_the_law_asks_for_and_is_missing(
    a_case_under_review: Case,
) -> None:
    items = (replace(RETURN.items[0], subject="teacher_qualification"),)
    asked = replace(RETURN, items=items, asked=frozenset({"teacher_qualification"}))
    given(a_case_under_review).when(
        returning.return_for_revision, asked, HANDLER, SCHOOL_HANDLER.around
    ).then(replace(RETURNED, items=items))


def test_an_item_is_about_nothing_else(a_case_under_review: Case) -> None:
    items = (*RETURN.items, replace(RETURN.items[0], subject="doctorate"))
    given(a_case_under_review).when(
        returning.return_for_revision, replace(RETURN, items=items), HANDLER, SCHOOL_HANDLER.around
    ).refused_at("UNKNOWN_CLAIM", "/items")


def test_there_is_time_to_mend_what_is_returned(a_case_under_review: Case) -> None:
    command = replace(RETURN, due_at=RETURN.least - timedelta(days=1))
    outcome = given(a_case_under_review).when(
        returning.return_for_revision, command, HANDLER, SCHOOL_HANDLER.around
    )
    outcome.refused_at("TERM_TOO_SHORT", "/due_on")
    assert "2024-10-17" in outcome.refusals[0].chinese
    assert "不早于 2024-10-18" in outcome.refusals[0].chinese
    shortest = replace(RETURN, due_at=RETURN.least)
    given(a_case_under_review).when(
        returning.return_for_revision, shortest, HANDLER, SCHOOL_HANDLER.around
    ).then(replace(RETURNED, due_at=RETURN.least))


def test_a_return_is_told_when_it_is_made(a_case_under_review: Case) -> None:
    for days, code in ((-1, "TOLD_TOO_EARLY"), (1, "OCCURRED_LATER")):
        told_then = replace(RETURN.told, on=TODAY + timedelta(days=days))
        given(a_case_under_review).when(
            returning.return_for_revision,
            replace(RETURN, told=told_then),
            HANDLER,
            SCHOOL_HANDLER.around,
        ).refused_at(code, "/told/on")


@pytest.mark.parametrize("resume", ["employer", "department", "bureau"])
def test_a_return_may_resume_at_any_stage_that_was_reached(
    a_case_at_the_bureau: Case, resume: str
) -> None:
    given(a_case_at_the_bureau).when(
        returning.return_for_revision,
        replace(RETURN, resume_stage=resume),
        HANDLER,
        BUREAU_HANDLER.around,
    ).then(replace(RETURNED, stage="bureau", organisation=BUREAU, resume_stage=resume))


def test_a_return_resumes_at_the_first_stage_where_nothing_is_said(
    a_case_at_the_bureau: Case,
) -> None:
    given(a_case_at_the_bureau).when(
        returning.return_for_revision, RETURN, HANDLER, BUREAU_HANDLER.around
    ).then(replace(RETURNED, stage="bureau", organisation=BUREAU, resume_stage="employer"))


@pytest.mark.parametrize("resume", ["bureau", "department", "province"])
def test_a_return_skips_no_stage(a_case_under_review: Case, resume: str) -> None:
    (refusal,) = (
        given(a_case_under_review)
        .when(
            returning.return_for_revision,
            replace(RETURN, resume_stage=resume),
            HANDLER,
            SCHOOL_HANDLER.around,
        )
        .refused("UNKNOWN_STAGE")
    )
    assert f"「{resume}」" in refusal.chinese
    assert refusal.pointer == "/stage"


def test_who_holds_no_seat_returns_nothing(a_case_under_review: Case) -> None:
    given(a_case_under_review).when(
        returning.return_for_revision, RETURN, HANDLER, SOMEBODY_AT_SCHOOL.around
    ).refused("NOT_IN_SEAT")


def test_a_seat_that_the_stage_does_not_have_returns_nothing(a_case_at_the_bureau: Case) -> None:
    given(a_case_at_the_bureau).when(
        returning.return_for_revision, RETURN, INTEGRITY_HANDLER, INTEGRITY_HANDLER_OF_BUREAU.around
    ).refused("NOT_IN_SEAT")


def test_a_return_gives_every_reason_at_once(a_case_under_review: Case) -> None:
    command = replace(RETURN, items=(), due_at=NOON, resume_stage="bureau")
    given(a_case_under_review).when(
        returning.return_for_revision, command, HANDLER, SOMEBODY_AT_SCHOOL.around
    ).refused("NOT_IN_SEAT", "RETURN_ITEMS_MISSING", "TERM_TOO_SHORT", "UNKNOWN_STAGE")


def test_a_round_keeps_who_acted_in_the_rounds_before(a_returned_case: Case) -> None:
    again = after(a_returned_case, (RESUBMITTED, AN), (opinion_at("employer", 2), BAI))
    by = By(BAI, account_of(BAI), 1)
    assert again.acts == (
        Act(1, "employer", SCHOOL, HANDLER, by),
        Act(2, "employer", SCHOOL, HANDLER, by),
    )


def test_the_acts_of_round_two_say_so(a_case_in_round_two: Case) -> None:
    given(a_case_in_round_two).when(
        returning.return_for_revision, RETURN, HANDLER, SCHOOL_HANDLER.around
    ).then(replace(RETURNED, round=2))
    with_opinion = after(a_case_in_round_two, (opinion_at("employer", 2), BAI))
    given(with_opinion).when(leader_decision.decide_as_leader, APPROVE, SCHOOL_LEADER.around).then(
        approval_at("employer", 2), forwarding("employer", "department", 2)
    )


def test_who_returned_a_case_reviewed_it(a_case_at_the_bureau: Case) -> None:
    returned = replace(RETURNED, stage="bureau", organisation=BUREAU)
    back = after(a_case_at_the_bureau, (returned, GAO))
    assert GAO in back.reviewers()
    assert back.acted_at(CHAIN[-1].stage, HANDLER) == (GAO,)
    assert back.acted_at(CHAIN[-1].stage, LEADER) == ()
    assert back.acted_at(CHAIN[0].stage, LEADER) == (CHEN,)


def test_a_stage_that_is_passed_again_was_passed_on_that_day_alone(
    a_case_at_the_department: Case,
) -> None:
    returned = replace(RETURNED, stage="department", organisation=DEPARTMENT)
    later = NOON.date() + timedelta(days=3)
    again = after(
        a_case_at_the_department,
        (returned, DENG),
        (RESUBMITTED, AN),
        (opinion_at("employer", 2), BAI),
        (approval_at("employer", 2), CHEN),
        (forwarding("employer", "department", 2, later), CHEN),
    )
    assert a_case_at_the_department.passed != again.passed == (("employer", later),)
