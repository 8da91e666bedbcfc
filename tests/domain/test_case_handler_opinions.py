"""The handler's opinion: every claim looked at, and nobody the first to vouch out of turn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.case import draft, handler_opinion
from domain.case.draft import StateApplication
from domain.case.handler_opinion import OpinionTakenBack, take_back
from domain.case.phase import Opinion, UnderReview
from domain.case.returning import CaseReturned
from domain.case.values import ClaimFinding, Recommendation, Verification
from domain.separation import HANDLER as HANDLER_SEAT
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU_HANDLER,
    CHEN,
    DENG,
    DEPARTMENT_HANDLER,
    FANG,
    GAO,
    LIU,
    SCHOOL,
    SCHOOL_HANDLER,
    TODAY,
    appointment,
    house,
    linked,
    person_at,
)
from tests.domain.story import (
    APPLICATION,
    AT_THE_BUREAU,
    AT_THE_DEPARTMENT,
    ATTACHED,
    BEFORE_THE_LEADER,
    DUE,
    EVERYTHING,
    OPENED,
    PRIZE,
    REASON,
    RESUBMITTED,
    STATED,
    SUBMITTED,
    WORK,
    after,
    approval_at,
    confirmations,
    forwarding,
    opinion,
    opinion_at,
    passed,
)
from tests.domain.telling import by_system

if TYPE_CHECKING:
    from domain.case.handler_opinion import HandlerOpinionGiven
    from domain.case.resubmission import CaseResubmitted
    from domain.case.state import Case

HANDLER = SCHOOL_HANDLER.around
TAKEN_BACK = OpinionTakenBack(
    opinion=BEFORE_THE_LEADER.version, round=1, stage="employer", organisation=SCHOOL
)


def test_a_handler_gives_an_opinion_on_every_claim(a_case_under_review: Case) -> None:
    given(a_case_under_review).when(handler_opinion.give_opinion, opinion(), HANDLER).then(
        opinion_at("employer")
    )
    followed = after(a_case_under_review, (opinion_at("employer"), BAI))
    opinion_given = Opinion(BAI, Recommendation.APPROVE, followed.version)
    assert followed.phase == UnderReview("employer", opinion_given)
    assert followed.asserted == {"diploma", "work", "prize"}


def test_approval_is_not_recommended_while_a_claim_is_unverified(
    a_case_under_review: Case,
) -> None:
    partly = opinion(verifications=confirmations("diploma"))
    (refusal,) = (
        given(a_case_under_review)
        .when(handler_opinion.give_opinion, partly, HANDLER)
        .refused("CLAIM_UNVERIFIED")
    )
    assert "prize, work" in refusal.english
    assert refusal.pointer == "/verifications"


@pytest.mark.parametrize("finding", [ClaimFinding.DOUBTFUL, ClaimFinding.REFUTED])
def test_approval_is_not_recommended_on_a_claim_that_was_not_confirmed(
    a_case_under_review: Case, finding: ClaimFinding
) -> None:
    found = (*confirmations("diploma", "work"), *confirmations("prize", finding=finding))
    given(a_case_under_review).when(
        handler_opinion.give_opinion, opinion(verifications=found), HANDLER
    ).refused_at("CLAIM_NOT_CONFIRMED", "/verifications")


@pytest.mark.parametrize("recommendation", [Recommendation.REJECT, Recommendation.NOT_ACCEPT])
def test_a_negative_opinion_needs_a_reason(
    a_case_under_review: Case, recommendation: Recommendation
) -> None:
    given(a_case_under_review).when(
        handler_opinion.give_opinion, opinion(recommendation), HANDLER
    ).refused_at("REASON_MISSING", "/reasons")


@pytest.mark.parametrize("recommendation", [Recommendation.REJECT, Recommendation.NOT_ACCEPT])
def test_a_negative_opinion_needs_no_confirmed_claim(
    a_case_under_review: Case, recommendation: Recommendation
) -> None:
    doubts = confirmations("diploma", finding=ClaimFinding.DOUBTFUL)
    given(a_case_under_review).when(
        handler_opinion.give_opinion, opinion(recommendation, (REASON,), doubts), HANDLER
    ).then(
        replace(
            opinion_at("employer"),
            recommendation=recommendation,
            reasons=(REASON,),
            verifications=doubts,
        )
    )


def test_nothing_is_found_about_a_claim_that_was_not_made(a_case_under_review: Case) -> None:
    strange = (*EVERYTHING, *confirmations("doctorate"))
    given(a_case_under_review).when(
        handler_opinion.give_opinion, opinion(verifications=strange), HANDLER
    ).refused_at("UNKNOWN_CLAIM", "/verifications")


def test_nothing_is_found_on_a_material_that_the_case_does_not_have(
    a_case_under_review: Case,
) -> None:
    unseen = tuple(replace(each, materials=("other",)) for each in EVERYTHING)
    given(a_case_under_review).when(
        handler_opinion.give_opinion, opinion(verifications=unseen), HANDLER
    ).refused_at("UNKNOWN_MATERIAL", "/verifications")


def test_an_opinion_gives_every_reason_at_once(a_case_under_review: Case) -> None:
    found = (
        *confirmations("doctorate"),
        *(replace(each, materials=("other",)) for each in confirmations("diploma")),
        *confirmations("prize", finding=ClaimFinding.REFUTED),
    )
    given(a_case_under_review).when(
        handler_opinion.give_opinion, opinion(verifications=found), DEPARTMENT_HANDLER.around
    ).refused(
        "NOT_IN_SEAT",
        "UNKNOWN_CLAIM",
        "UNKNOWN_MATERIAL",
        "CLAIM_UNVERIFIED",
        "CLAIM_NOT_CONFIRMED",
    )


def test_a_later_stage_may_rely_on_what_an_earlier_one_confirmed(
    a_case_at_the_bureau: Case,
) -> None:
    given(a_case_at_the_bureau).when(
        handler_opinion.give_opinion, opinion(verifications=()), BUREAU_HANDLER.around
    ).then(replace(opinion_at("bureau"), verifications=()))


class TestTheFirstToAssert:
    """Work history and achievements are for the employer and its department (XW-34)."""

    def test_is_not_the_bureau(self) -> None:
        given(a_case_that_nobody_vouched_for()).when(
            handler_opinion.give_opinion, opinion(), BUREAU_HANDLER.around
        ).refused("FIRST_ASSERTION")

    def test_is_told_which_claims_and_by_which_rule(self) -> None:
        (refusal,) = (
            given(a_case_that_nobody_vouched_for())
            .when(handler_opinion.give_opinion, opinion(), BUREAU_HANDLER.around)
            .refused("FIRST_ASSERTION")
        )
        assert "prize, work" in refusal.english
        assert refusal.citations[0].rule == "ZZ-FIRST_ASSERTION"
        assert refusal.pointer == "/verifications"

    def test_may_be_the_bureau_for_the_kinds_that_the_law_leaves_to_it(self) -> None:
        rejecting = opinion(Recommendation.REJECT, (REASON,), confirmations("diploma"))
        given(a_case_that_nobody_vouched_for()).when(
            handler_opinion.give_opinion, rejecting, BUREAU_HANDLER.around
        ).then(
            replace(
                opinion_at("bureau"),
                recommendation=Recommendation.REJECT,
                reasons=(REASON,),
                verifications=confirmations("diploma"),
            )
        )

    def test_may_be_the_department(self) -> None:
        at_the_department = after(
            a_filed_case(),
            (a_rejecting_opinion(), BAI),
            (replace(approval_at("employer"), departs=True), CHEN),
            (forwarding("employer", "department"), CHEN),
        )
        given(at_the_department).when(
            handler_opinion.give_opinion, opinion(), DEPARTMENT_HANDLER.around
        ).then(opinion_at("department"))

    def test_is_nobody_who_refutes(self) -> None:
        found = confirmations("work", "prize", finding=ClaimFinding.REFUTED)
        rejecting = opinion(Recommendation.REJECT, (REASON,), found)
        given(a_case_that_nobody_vouched_for()).when(
            handler_opinion.give_opinion, rejecting, BUREAU_HANDLER.around
        ).then(
            replace(
                opinion_at("bureau"),
                recommendation=Recommendation.REJECT,
                reasons=(REASON,),
                verifications=found,
            )
        )

    def test_is_not_made_by_a_doubtful_finding_at_the_employer(self) -> None:
        doubts = confirmations("diploma", "work", "prize", finding=ClaimFinding.DOUBTFUL)
        assert after(a_filed_case(), (a_rejecting_opinion(doubts), BAI)).asserted == frozenset()


ALL = ("diploma", "prize", "work")


class TestWhatWasVouchedFor:
    """A claim in other words is another claim, and a repeated stage looks again (A-15)."""

    def test_is_vouched_for_no_more_once_the_claim_reads_otherwise(self) -> None:
        longer = replace(APPLICATION, work=(replace(WORK, first_day=WORK.first_day.replace(2019)),))
        back = after(
            AT_THE_BUREAU,
            (returned_by_the_bureau("bureau"), GAO),
            (replace(STATED, application=longer, unchanged=("diploma", "prize")), AN),
            (resumed_at("bureau"), AN),
        )
        assert back.asserted == {"diploma", "prize"}
        given(back).when(
            handler_opinion.give_opinion,
            opinion(verifications=confirmations("work")),
            BUREAU_HANDLER.around,
        ).refused("FIRST_ASSERTION")

    def test_does_not_cover_a_claim_made_later(self) -> None:
        more = replace(
            APPLICATION, achievements=(PRIZE, replace(PRIZE, claim="second prize", item="2"))
        )
        back = after(
            AT_THE_BUREAU,
            (returned_by_the_bureau("bureau"), GAO),
            (replace(STATED, application=more, unchanged=ALL), AN),
            (resumed_at("bureau"), AN),
        )
        given(back).when(
            handler_opinion.give_opinion, opinion(verifications=()), BUREAU_HANDLER.around
        ).refused("CLAIM_UNVERIFIED")

    def test_stays_vouched_for_by_stages_that_are_not_repeated(self) -> None:
        back = after(
            AT_THE_BUREAU, (returned_by_the_bureau("bureau"), GAO), (resumed_at("bureau"), AN)
        )
        assert back.asserted == {"diploma", "work", "prize"}

    def test_is_void_where_the_stage_is_repeated(self) -> None:
        back = after(
            AT_THE_BUREAU, (returned_by_the_bureau("employer"), GAO), (resumed_at("employer"), AN)
        )
        assert back.asserted == frozenset()
        given(back).when(handler_opinion.give_opinion, opinion(verifications=()), HANDLER).refused(
            "CLAIM_UNVERIFIED"
        )

    def test_stays_where_the_same_words_are_stated_again(self) -> None:
        again = after(AT_THE_BUREAU, (returned_by_the_bureau("bureau"), GAO))
        (restated,) = draft.state_application(again, StateApplication(application=APPLICATION))
        again = after(again, (restated, AN))
        assert again.asserted == {"diploma", "work", "prize"}


def a_filed_case() -> Case:
    return after(None, (OPENED, AN), (STATED, AN), (ATTACHED, AN), (SUBMITTED, AN))


def a_rejecting_opinion(found: tuple[Verification, ...] = ()) -> HandlerOpinionGiven:
    return replace(
        opinion_at("employer"),
        recommendation=Recommendation.REJECT,
        reasons=(REASON,),
        verifications=found,
    )


def a_case_that_nobody_vouched_for() -> Case:
    """The employer's and the department's leaders approved against opinions without a finding."""
    doubting = a_rejecting_opinion()
    return after(
        a_filed_case(),
        (doubting, BAI),
        (replace(approval_at("employer"), departs=True), CHEN),
        (forwarding("employer", "department"), CHEN),
        (replace(opinion_at("department"), verifications=()), DENG),
        *passed("department", "bureau", DENG, FANG)[1:],
    )


def returned_by_the_bureau(resume_stage: str) -> CaseReturned:
    return CaseReturned(
        round=1,
        stage="bureau",
        organisation="organisation-bureau",
        seat="handler",
        items=(),
        return_to="applicant",
        resume_stage=resume_stage,
        due_at=DUE,
        due_rules=(),
        no_reason_to_recuse=True,
        substitute=False,
        told=by_system(TODAY),
    )


def resumed_at(stage: str) -> CaseResubmitted:
    return replace(RESUBMITTED, resume_stage=stage)


def test_an_opinion_takes_back_nothing_that_was_vouched_for_before() -> None:
    silent = replace(opinion_at("department"), verifications=())
    assert AT_THE_DEPARTMENT.asserted
    assert after(AT_THE_DEPARTMENT, (silent, DENG)).asserted == AT_THE_DEPARTMENT.asserted


class TestTakingBack:
    """A handler takes the own opinion back, and nobody else's, until the leader has acted."""

    def test_leaves_the_case_waiting_for_an_opinion_of_somebody_who_handles(self) -> None:
        given(BEFORE_THE_LEADER).when(take_back, HANDLER).then(TAKEN_BACK)
        waiting = after(BEFORE_THE_LEADER, (TAKEN_BACK, BAI))
        assert waiting.phase == UnderReview("employer")
        assert not waiting.asserted
        assert waiting.acted_at("employer", HANDLER_SEAT) == (BAI, BAI)
        given(waiting).when(take_back, HANDLER).refused("NO_OPINION_OF_YOURS")

    def test_is_for_nobody_else_in_the_same_seat(self) -> None:
        other = person_at(LIU, house(SCHOOL, appointment(LIU, HANDLER_SEAT)), HANDLER_SEAT).around
        refused = given(BEFORE_THE_LEADER).when(take_back, other)
        assert "NO_OPINION_OF_YOURS" in {each.code for each in refused.refusals}

    def test_is_for_the_same_human_under_another_account(self) -> None:
        around = replace(HANDLER, humans=linked((BAI, LIU)))
        other = replace(around, actor=replace(around.actor, person=LIU))
        given(BEFORE_THE_LEADER).when(take_back, other).then(TAKEN_BACK)

    def test_comes_too_late_once_the_leader_has_acted(self) -> None:
        given(AT_THE_DEPARTMENT).when(take_back, HANDLER).refused(
            "NOT_IN_SEAT", "NO_OPINION_OF_YOURS"
        )
