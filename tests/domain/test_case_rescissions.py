"""Slips corrected by two persons, windows extended, files withheld: each a fact of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from domain.case import extension, rescission, withholding
from domain.case.certificate import CertificateIssued
from domain.case.ending import ApplicantDisqualified
from domain.case.extension import WindowExtended
from domain.case.judgement import JudgementRecorded
from domain.case.lapse import CaseLapsed
from domain.case.phase import Ended, UnderReview
from domain.case.rescission import ActRescinded, RescissionProposed
from domain.case.suspension import InvestigationNoted
from domain.case.values import ClaimFinding, Recommendation
from domain.case.withdrawal import CaseWithdrawn
from domain.case.withholding import MaterialReleased, MaterialWithheld, WithholdingCause
from domain.separation import HANDLER, LEADER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    CHEN,
    DENG,
    DEPARTMENT,
    DEPARTMENT_HANDLER,
    DEPARTMENT_LEADER,
    GAO,
    HAN,
    LIU,
    SCHOOL,
    SCHOOL_HANDLER,
    SCHOOL_LEADER,
    TODAY,
    appointment,
    house,
    linked,
    person_at,
    words,
)
from tests.domain.story import (
    APPLICATION,
    AT_THE_DEPARTMENT,
    ATTACHED,
    BEFORE_THE_LEADER,
    CHAIN,
    DUE,
    REASON,
    RESUBMITTED,
    RETURNED,
    STATED,
    SUSPENDED,
    WITH_A_TITLE,
    after,
    confirmations,
    opinion_at,
    rejection_at,
)

if TYPE_CHECKING:
    from domain.case.evolve import CaseEvent
    from domain.case.state import Case

WHY = words("点错")


def proposal(case: Case, stage: str = "employer", at: str = SCHOOL) -> RescissionProposed:
    assert case.last_act is not None
    return RescissionProposed(
        act=case.last_act.version,
        act_topic=case.last_act.topic,
        stage=stage,
        organisation=at,
        reason=WHY,
    )


def rescinded(case: Case, stage: str = "employer", at: str = SCHOOL) -> ActRescinded:
    proposed = proposal(case, stage, at)
    return ActRescinded(
        act=proposed.act, act_topic=proposed.act_topic, stage=stage, organisation=at
    )


@pytest.fixture
def a_case_rejected_by_a_slip() -> Case:
    return after(BEFORE_THE_LEADER, (rejection_at("employer"), CHEN))


@pytest.fixture
def a_proposed_correction(a_case_rejected_by_a_slip: Case) -> Case:
    return after(a_case_rejected_by_a_slip, (proposal(a_case_rejected_by_a_slip), BAI))


class TestASlip:
    """Is rescinded by two persons of the organisation whose slip it is."""

    def test_is_named_by_the_version_of_its_event(self, a_case_rejected_by_a_slip: Case) -> None:
        assert a_case_rejected_by_a_slip.last_act is not None
        assert a_case_rejected_by_a_slip.last_act.version == a_case_rejected_by_a_slip.version

    def test_is_proposed_by_the_handler(self, a_case_rejected_by_a_slip: Case) -> None:
        given(a_case_rejected_by_a_slip).when(
            rescission.propose_rescission, WHY, SCHOOL_HANDLER.around
        ).then(proposal(a_case_rejected_by_a_slip))

    def test_is_confirmed_by_the_leader(self, a_proposed_correction: Case) -> None:
        given(a_proposed_correction).when(rescission.confirm_rescission, SCHOOL_LEADER.around).then(
            rescinded(a_proposed_correction)
        )

    def test_leaves_the_case_where_it_stood(self, a_proposed_correction: Case) -> None:
        restored = after(a_proposed_correction, (rescinded(a_proposed_correction), CHEN))
        assert restored.phase == BEFORE_THE_LEADER.phase
        assert restored.last_act is None
        assert restored.rescission is None

    def test_is_not_confirmed_before_it_is_proposed(self, a_case_rejected_by_a_slip: Case) -> None:
        given(a_case_rejected_by_a_slip).when(
            rescission.confirm_rescission, SCHOOL_LEADER.around
        ).refused("PROPOSAL_FIRST")

    def test_is_not_confirmed_on_a_proposal_about_another_act(
        self, a_case_before_the_leader: Case
    ) -> None:
        about_the_opinion = after(
            a_case_before_the_leader,
            (proposal(a_case_before_the_leader), BAI),
            (rejection_at("employer"), CHEN),
        )
        assert about_the_opinion.rescission is None
        given(about_the_opinion).when(rescission.confirm_rescission, SCHOOL_LEADER.around).refused(
            "PROPOSAL_FIRST"
        )

    def test_is_not_confirmed_by_who_proposed_it(self, a_case_rejected_by_a_slip: Case) -> None:
        proposed = after(a_case_rejected_by_a_slip, (proposal(a_case_rejected_by_a_slip), LIU))
        promoted = person_at(LIU, house(SCHOOL, appointment(LIU, LEADER)), LEADER)
        outcome = given(proposed).when(rescission.confirm_rescission, promoted.around)
        (refusal,) = outcome.refused("SAME_REVIEWER")
        assert refusal.citations[0].rule == "ZZ-SAME_REVIEWER"

    def test_is_not_rescinded_by_another_organisation(self, a_proposed_correction: Case) -> None:
        given(a_proposed_correction).when(
            rescission.propose_rescission, WHY, DEPARTMENT_HANDLER.around
        ).refused("NOT_IN_SEAT")
        given(a_proposed_correction).when(
            rescission.confirm_rescission, DEPARTMENT_LEADER.around
        ).refused("NOT_IN_SEAT")

    def test_is_not_rescinded_by_the_applicant(self, a_case_rejected_by_a_slip: Case) -> None:
        around = SCHOOL_HANDLER.knowing(linked((BAI, AN)))
        given(a_case_rejected_by_a_slip).when(rescission.propose_rescission, WHY, around).refused(
            "SELF_REVIEW"
        )

    def test_binds_who_rescinds_to_their_seat(self, a_proposed_correction: Case) -> None:
        restored = after(a_proposed_correction, (rescinded(a_proposed_correction), LIU))
        assert restored.acted_at(CHAIN[0].stage, HANDLER) == (BAI, BAI)
        assert restored.acted_at(CHAIN[0].stage, LEADER) == (CHEN, LIU)

    def test_takes_back_what_it_vouched_for(self, a_case_under_review: Case) -> None:
        slip = after(a_case_under_review, (opinion_at("employer"), BAI))
        undone = after(slip, (proposal(slip), BAI), (rescinded(slip), CHEN))
        assert undone.phase == UnderReview("employer")
        assert undone.asserted == frozenset()

    def test_takes_back_nothing_that_was_vouched_for_before(
        self, a_case_under_review: Case
    ) -> None:
        doubtful = replace(
            opinion_at("employer"),
            recommendation=Recommendation.REJECT,
            reasons=(REASON,),
            verifications=(
                *confirmations("diploma"),
                *confirmations("work", finding=ClaimFinding.DOUBTFUL),
            ),
        )
        slip = after(a_case_under_review, (doubtful, BAI), (opinion_at("employer"), BAI))
        undone = after(slip, (proposal(slip), BAI), (rescinded(slip), CHEN))
        assert undone.asserted == {"diploma"}

    def test_may_be_a_title_without_a_certificate(self, a_recognised_case: Case) -> None:
        given(a_recognised_case).when(
            rescission.propose_rescission, WHY, BUREAU_HANDLER.around
        ).then(proposal(a_recognised_case, "bureau", BUREAU))

    def test_may_be_an_approval_that_was_passed_on(self, a_case_at_the_department: Case) -> None:
        undone = after(
            a_case_at_the_department,
            (proposal(a_case_at_the_department), BAI),
            (rescinded(a_case_at_the_department), CHEN),
        )
        assert undone.phase == BEFORE_THE_LEADER.phase


CERTIFIED = CertificateIssued(
    certificate="证-1", issuer="某机关", organisation=BUREAU, issued_on=TODAY, forms=(), check="码"
)
JUDGED = JudgementRecorded(
    judgement="judgement-1",
    question="TABLE_NOT_SUPPLIED",
    satisfied=True,
    organisation="organisation-department",
    seat=HANDLER,
    grounds=words("经核"),
    rules=(),
)
DISQUALIFIED = ApplicantDisqualified(
    investigation="investigation-1", ground="弄虚作假", decision="1号", authority=BUREAU, rules=()
)
NOTED = InvestigationNoted(investigation="investigation-1")
LONGER = replace(STATED, application=replace(APPLICATION, specialty_worked="物理"))

BUILT_UPON: list[tuple[Case, tuple[CaseEvent, str], str]] = [
    (WITH_A_TITLE, (CERTIFIED, GAO), "a certificate"),
    (WITH_A_TITLE, (NOTED, ""), "an investigation of the title"),
    (AT_THE_DEPARTMENT, (JUDGED, DENG), "a judgement of the next stage"),
    (BEFORE_THE_LEADER, (SUSPENDED, ""), "an investigation"),
]
BUILT_UPON_A_RETURN: list[tuple[CaseEvent, str]] = [
    (LONGER, "an amendment"),
    (replace(ATTACHED, material="new"), "a new material"),
    (RESUBMITTED, "a resubmission"),
    (CaseWithdrawn(reason=None), "a withdrawal"),
    (CaseLapsed(round=1, due_at=DUE, rules=()), "a lapse"),
    (DISQUALIFIED, "a disqualification"),
]


class TestWhatOthersHaveBuiltUpon:
    """Is no slip any more."""

    @pytest.mark.parametrize(("case", "then", "what"), BUILT_UPON)
    def test_is_not_rescinded(self, case: Case, then: tuple[CaseEvent, str], what: str) -> None:
        assert what
        office = BUREAU_HANDLER if case is WITH_A_TITLE else SCHOOL_HANDLER
        given(after(case, then)).when(rescission.propose_rescission, WHY, office.around).refused(
            "NOTHING_TO_RESCIND"
        )

    @pytest.mark.parametrize(("then", "what"), BUILT_UPON_A_RETURN)
    def test_after_a_return_is_not_rescinded(self, then: CaseEvent, what: str) -> None:
        assert what
        returned = after(BEFORE_THE_LEADER, (replace(RETURNED, seat=LEADER), CHEN))
        given(after(returned, (then, AN))).when(
            rescission.propose_rescission, WHY, SCHOOL_HANDLER.around
        ).refused("NOTHING_TO_RESCIND")

    def test_is_not_confirmed_either(self, a_proposed_correction: Case) -> None:
        gone = after(a_proposed_correction, (DISQUALIFIED, ""))
        given(gone).when(rescission.confirm_rescission, SCHOOL_LEADER.around).refused(
            "NOTHING_TO_RESCIND"
        )
        assert gone.phase == Ended("disqualified")

    def test_belongs_to_whom_acted_last(self, a_case_at_the_department: Case) -> None:
        later = after(a_case_at_the_department, (opinion_at("department"), DENG))
        given(later).when(rescission.propose_rescission, WHY, SCHOOL_HANDLER.around).refused(
            "NOT_IN_SEAT"
        )

    def test_was_nothing_in_a_draft(self, a_draft: Case) -> None:
        given(a_draft).when(rescission.propose_rescission, WHY, SCHOOL_HANDLER.around).refused(
            "NOTHING_TO_RESCIND"
        )


UPPER = frozenset({DEPARTMENT, BUREAU})
"""The organisations above the school."""


class TestAWindow:
    """May be extended for one case, by a leader, with a reason."""

    EXTENDED = WindowExtended(bound="employer", until=TODAY, organisation=BUREAU, reason=WHY)

    def test_is_extended_by_a_leader(self, a_draft: Case) -> None:
        given(a_draft).when(
            extension.extend_window,
            "employer",
            TODAY,
            WHY,
            BUREAU_LEADER.around,
            above=UPPER,
        ).then(self.EXTENDED)

    def test_is_extended_to_the_latest_day_that_was_named(self, a_draft: Case) -> None:
        later = replace(self.EXTENDED, until=date(2024, 11, 1))
        other = replace(self.EXTENDED, bound="department", until=date(2024, 12, 1))
        extended = after(a_draft, (later, HAN), (self.EXTENDED, HAN), (other, HAN))
        assert extended.extended("employer") == date(2024, 11, 1)
        assert extended.extended("bureau") is None

    def test_is_extended_by_nobody_else(self, a_draft: Case) -> None:
        given(a_draft).when(
            extension.extend_window,
            "employer",
            TODAY,
            WHY,
            BUREAU_HANDLER.around,
            above=UPPER,
        ).refused("NOT_IN_SEAT")

    def test_is_not_extended_by_the_employer_itself(self, a_draft: Case) -> None:
        given(a_draft).when(
            extension.extend_window,
            "employer",
            TODAY,
            WHY,
            SCHOOL_LEADER.around,
            above=UPPER,
        ).refused("NOT_ABOVE")

    def test_is_not_extended_into_the_past(self, a_draft: Case) -> None:
        given(a_draft).when(
            extension.extend_window,
            "employer",
            TODAY - timedelta(days=1),
            WHY,
            BUREAU_LEADER.around,
            above=UPPER,
        ).refused_at("DUE_IN_THE_PAST", "/until")

    def test_is_not_extended_by_the_applicant(self, a_draft: Case) -> None:
        around = BUREAU_LEADER.knowing(linked((HAN, AN)))
        (refusal,) = (
            given(a_draft)
            .when(extension.extend_window, "employer", TODAY, WHY, around, above=UPPER)
            .refused("OWN_AFFAIR")
        )
        assert refusal.citations[0].rule == "ZZ-SELF_REVIEW"


CLASSIFIED = WithholdingCause.CLASSIFIED_SUSPECTED


class TestAWithheldMaterial:
    """Is shown to nobody until a leader releases it."""

    WITHHELD = MaterialWithheld(material="scan", cause=CLASSIFIED, rules=("ZZ-14",))
    RELEASED = MaterialReleased(material="scan", cause="released")

    @pytest.fixture
    def a_case_with_a_withheld_material(self, a_case_under_review: Case) -> Case:
        return after(a_case_under_review, (self.WITHHELD, BAI))

    def test_is_withheld_by_an_organisation_of_the_chain(self, a_case_under_review: Case) -> None:
        given(a_case_under_review).when(
            withholding.withhold_material,
            "scan",
            CLASSIFIED,
            ("ZZ-14",),
            DEPARTMENT_HANDLER.around,
        ).then(self.WITHHELD)

    def test_is_withheld_once(self, a_case_with_a_withheld_material: Case) -> None:
        assert a_case_with_a_withheld_material.withheld == {"scan"}
        given(a_case_with_a_withheld_material).when(
            withholding.withhold_material, "scan", CLASSIFIED, (), SCHOOL_HANDLER.around
        ).then_nothing()

    def test_is_one_of_the_case_and_withheld_by_its_organisations(
        self, a_case_under_review: Case
    ) -> None:
        stranger = person_at(LIU, house("organisation-elsewhere"), HANDLER)
        given(a_case_under_review).when(
            withholding.withhold_material, "other", CLASSIFIED, (), stranger.around
        ).refused("UNKNOWN_MATERIAL", "NOT_IN_CHAIN")

    def test_is_released_by_a_leader(self, a_case_with_a_withheld_material: Case) -> None:
        given(a_case_with_a_withheld_material).when(
            withholding.release_material, "scan", SCHOOL_LEADER.around
        ).then(self.RELEASED)
        released = after(a_case_with_a_withheld_material, (self.RELEASED, CHEN))
        assert released.withheld == frozenset()

    def test_is_not_released_by_a_handler(self, a_case_with_a_withheld_material: Case) -> None:
        given(a_case_with_a_withheld_material).when(
            withholding.release_material, "scan", SCHOOL_HANDLER.around
        ).refused("NOT_IN_SEAT")

    def test_is_not_released_by_the_applicant(self, a_case_with_a_withheld_material: Case) -> None:
        around = SCHOOL_LEADER.knowing(linked((CHEN, AN)))
        given(a_case_with_a_withheld_material).when(
            withholding.release_material, "scan", around
        ).refused("SELF_REVIEW")

    def test_is_released_only_where_it_was_withheld_and_by_its_organisations(
        self, a_case_under_review: Case
    ) -> None:
        stranger = person_at(LIU, house("organisation-elsewhere"), LEADER)
        given(a_case_under_review).when(
            withholding.release_material, "scan", stranger.around
        ).refused("UNKNOWN_MATERIAL", "NOT_IN_CHAIN", "NOT_IN_SEAT")
