"""Suspension, disqualification and the certificate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from domain import beijing
from domain.case import certificate, ending, suspension
from domain.case.certificate import (
    CertificateIssued,
    CertificateSignedFor,
    CertificateVoided,
    IssueCertificate,
    SignForCertificate,
    VoidCertificate,
    VoidingGround,
)
from domain.case.ending import (
    ApplicantDisqualified,
    Disqualify,
    RevocationAnnulled,
    Revoke,
    TitleRevoked,
)
from domain.case.phase import Certificate, Ended, Recognised, Returned, Revoked, Suspended
from domain.case.suspension import CaseResumed, CaseSuspended, Resume, Suspend
from domain.separation import HANDLER, INTEGRITY_HANDLER, LEADER
from tests.domain.given import given
from tests.domain.invented import (
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    DEPARTMENT_HANDLER,
    GAO,
    INTEGRITY_HANDLER_OF_BUREAU,
    NOON,
    TODAY,
    linked,
    words,
)
from tests.domain.story import DUE, SUSPENDED, after

if TYPE_CHECKING:
    from domain.case.state import Case

CERTIFY = IssueCertificate(
    certificate="证-1", issuer="某机关", forms=("electronic", "paper"), check="码"
)
CERTIFIED = CertificateIssued(
    certificate="证-1",
    issuer="某机关",
    organisation=BUREAU,
    issued_on=TODAY,
    forms=("electronic", "paper"),
    check="码",
)
CERTIFICATE = Certificate("证-1", TODAY, ("electronic", "paper"), GAO)
RESUMED = CaseResumed(cause="investigation", investigation="investigation-1")


def test_an_investigation_holds_a_case_still(a_case_before_the_leader: Case) -> None:
    given(a_case_before_the_leader).when(
        suspension.suspend, Suspend(cause="investigation", investigation="investigation-1"), NOON
    ).then(SUSPENDED)
    held = after(a_case_before_the_leader, (SUSPENDED, ""))
    assert held.phase == Suspended(
        a_case_before_the_leader.phase,  # type: ignore[arg-type]
        "investigation",
        "investigation-1",
    )


def test_a_case_goes_on_exactly_where_it_was_held(
    a_case_before_the_leader: Case, a_returned_case: Case
) -> None:
    for case in (a_case_before_the_leader, a_returned_case):
        held = after(case, (SUSPENDED, ""))
        given(held).when(
            suspension.resume, Resume(cause="investigation", investigation="investigation-1"), NOON
        ).then(RESUMED)
        assert after(held, (RESUMED, "")).phase == case.phase


def test_an_investigation_takes_over_a_case_that_an_objection_holds(
    a_case_before_the_leader: Case,
) -> None:
    waiting = CaseSuspended(cause="objection", investigation=None)
    held = after(a_case_before_the_leader, (waiting, ""))
    command = Suspend(cause="investigation", investigation="investigation-1")
    given(held).when(suspension.suspend, command, NOON).then(SUSPENDED)
    taken_over = after(held, (SUSPENDED, ""))
    assert taken_over.phase == after(a_case_before_the_leader, (SUSPENDED, "")).phase
    given(taken_over).when(suspension.suspend, command, NOON).refused("STAGE_ORDER")


class TestAReturn:
    """Does not run on while the case is held still: the days that were left remain."""

    HELD = replace(SUSPENDED, days_left=10)
    THREE_WEEKS_ON = NOON + timedelta(days=21)
    NOVEMBER_15 = beijing.end(date(2024, 11, 15))

    def test_is_held_with_the_days_that_it_had_left(self, a_returned_case: Case) -> None:
        hold = Suspend(cause="investigation", investigation="investigation-1")
        given(a_returned_case).when(suspension.suspend, hold, NOON).then(self.HELD)

    def test_has_them_again_when_the_case_goes_on(self, a_returned_case: Case) -> None:
        on = Resume(cause="investigation", investigation="investigation-1")
        resumed = replace(RESUMED, due_at=self.NOVEMBER_15)
        held = after(a_returned_case, (self.HELD, ""))
        given(held).when(suspension.resume, on, self.THREE_WEEKS_ON).then(resumed)
        assert isinstance(a_returned_case.phase, Returned)
        assert after(held, (resumed, "")).phase == replace(
            a_returned_case.phase, due_at=self.NOVEMBER_15
        )

    def test_never_has_less_than_before(self, a_returned_case: Case) -> None:
        on = Resume(cause="investigation", investigation="investigation-1")
        held = after(a_returned_case, (replace(self.HELD, days_left=0), ""))
        given(held).when(suspension.resume, on, NOON).then(RESUMED)

    def test_that_was_overdue_gains_nothing(self, a_returned_case: Case) -> None:
        hold = Suspend(cause="investigation", investigation="investigation-1")
        given(a_returned_case).when(suspension.suspend, hold, DUE).then(SUSPENDED)

    def test_keeps_its_days_when_an_investigation_takes_over(self, a_returned_case: Case) -> None:
        by_objection = replace(self.HELD, cause="objection", investigation=None)
        hold = Suspend(cause="investigation", investigation="investigation-1")
        held = after(a_returned_case, (by_objection, ""))
        given(held).when(suspension.suspend, hold, self.THREE_WEEKS_ON).then(self.HELD)


def test_misconduct_before_a_grant_ends_the_case(a_suspended_case: Case) -> None:
    disqualified = ApplicantDisqualified(
        investigation="investigation-1",
        ground="弄虚作假",
        decision="某人社字〔2024〕1号",
        authority=BUREAU,
        rules=("ZZ-8",),
    )
    given(a_suspended_case).when(ending.disqualify, Disqualify(**vars(disqualified))).then(
        disqualified
    )
    assert after(a_suspended_case, (disqualified, "")).phase == Ended("disqualified")


class TestARevocation:
    """Takes back a granted title, and keeps its history (YY-50)."""

    REVOKED = TitleRevoked(
        investigation="investigation-1",
        ground="弄虚作假",
        decision="某人社字〔2024〕1号",
        authority=BUREAU,
        revoked_on=TODAY,
        dependents=("case-2",),
        rules=("ZZ-8",),
    )
    ANNULLED = RevocationAnnulled(investigation="investigation-1", decision="某复字1号")
    REVOKE = Revoke(
        investigation="investigation-1",
        ground="弄虚作假",
        decision="某人社字〔2024〕1号",
        authority=BUREAU,
        dependents=("case-2",),
        rules=("ZZ-8",),
    )

    @pytest.fixture
    def a_revoked_case(self, a_recognised_case: Case) -> Case:
        return after(a_recognised_case, (CERTIFIED, GAO), (self.REVOKED, ""))

    def test_ends_a_granted_title(self, a_recognised_case: Case) -> None:
        given(a_recognised_case).when(ending.revoke, self.REVOKE, TODAY).then(self.REVOKED)

    def test_keeps_the_number_of_the_certificate(self, a_revoked_case: Case) -> None:
        assert a_revoked_case.phase == Revoked("bureau", CERTIFICATE)
        assert not a_revoked_case.is_open
        assert not a_revoked_case.in_outcome

    def test_is_annulled_by_a_review(self, a_revoked_case: Case) -> None:
        given(a_revoked_case).when(ending.annul_revocation, "investigation-1", "某复字1号").then(
            self.ANNULLED
        )
        restored = after(a_revoked_case, (self.ANNULLED, ""))
        assert restored.phase == Recognised("bureau", CERTIFICATE)

    def test_is_no_slip_to_be_rescinded(self, a_recognised_case: Case) -> None:
        assert a_recognised_case.last_act is not None
        assert after(a_recognised_case, (self.REVOKED, "")).last_act is None


class TestACertificate:
    """Issued once, by the authority that recognised the title."""

    def test_is_issued_by_the_authority_that_recognised(self, a_recognised_case: Case) -> None:
        given(a_recognised_case).when(
            certificate.issue_certificate, CERTIFY, HANDLER, BUREAU_HANDLER.around
        ).then(CERTIFIED)
        certified = after(a_recognised_case, (CERTIFIED, GAO))
        assert certified.phase == Recognised("bureau", CERTIFICATE)

    def test_may_be_issued_by_its_leader(self, a_recognised_case: Case) -> None:
        given(a_recognised_case).when(
            certificate.issue_certificate, CERTIFY, LEADER, BUREAU_LEADER.around
        ).then(CERTIFIED)

    def test_is_issued_once(self, a_recognised_case: Case) -> None:
        certified = after(a_recognised_case, (CERTIFIED, GAO))
        (refusal,) = (
            given(certified)
            .when(certificate.issue_certificate, CERTIFY, HANDLER, BUREAU_HANDLER.around)
            .refused("ALREADY_CERTIFIED")
        )
        assert "证-1" in refusal.chinese

    def test_is_issued_by_no_other_authority(self, a_recognised_case: Case) -> None:
        given(a_recognised_case).when(
            certificate.issue_certificate, CERTIFY, HANDLER, DEPARTMENT_HANDLER.around
        ).refused("NOT_IN_SEAT")

    def test_is_issued_by_no_seat_that_did_not_review(self, a_recognised_case: Case) -> None:
        given(a_recognised_case).when(
            certificate.issue_certificate,
            CERTIFY,
            INTEGRITY_HANDLER,
            INTEGRITY_HANDLER_OF_BUREAU.around,
        ).refused("NOT_IN_SEAT")

    def test_is_not_issued_by_its_applicant(self, a_recognised_case: Case) -> None:
        around = BUREAU_HANDLER.knowing(linked((GAO, a_recognised_case.applicant)))
        given(a_recognised_case).when(
            certificate.issue_certificate, CERTIFY, HANDLER, around
        ).refused("SELF_REVIEW")

    def test_tells_every_reason_at_once(self, a_recognised_case: Case) -> None:
        around = DEPARTMENT_HANDLER.knowing(
            linked((DEPARTMENT_HANDLER.around.actor.person, a_recognised_case.applicant))
        )
        given(a_recognised_case).when(
            certificate.issue_certificate, CERTIFY, HANDLER, around
        ).refused("NOT_IN_SEAT", "SELF_REVIEW")


VOID = VoidCertificate(ground=VoidingGround.WRONG, explanation=words("专业有误"))
VOIDED = CertificateVoided(
    certificate="证-1",
    organisation=BUREAU,
    ground=VoidingGround.WRONG,
    explanation=words("专业有误"),
    voided_on=TODAY,
)
SIGN = SignForCertificate(signed_on=TODAY, proxy=None)
SIGNED = CertificateSignedFor(
    certificate="证-1", organisation=BUREAU, signed_on=TODAY, proxy=None, late_entry=False
)


class TestACertificateThatIsWrong:
    """Made void by the leader, who did not issue it; then another is issued."""

    @pytest.fixture
    def a_certified_case(self, a_recognised_case: Case) -> Case:
        return after(a_recognised_case, (CERTIFIED, GAO))

    def test_is_void_and_makes_room_for_another_that_names_it(self, a_certified_case: Case) -> None:
        given(a_certified_case).when(certificate.void_certificate, VOID, BUREAU_LEADER.around).then(
            VOIDED
        )
        void = after(a_certified_case, (VOIDED, ""))
        assert void.phase == Recognised("bureau", None, "证-1")
        assert void.last_act is None
        given(void).when(
            certificate.issue_certificate, CERTIFY, HANDLER, BUREAU_HANDLER.around
        ).then(replace(CERTIFIED, replaces="证-1"))
        given(void).when(certificate.void_certificate, VOID, BUREAU_LEADER.around).refused(
            "NOT_CERTIFIED"
        )

    def test_is_not_made_void_by_whoever_issued_it(self, a_certified_case: Case) -> None:
        around = BUREAU_LEADER.knowing(linked((GAO, BUREAU_LEADER.around.actor.person)))
        given(a_certified_case).when(certificate.void_certificate, VOID, around).refused(
            "SAME_REVIEWER"
        )

    def test_nor_by_the_handler_or_its_holder(self, a_certified_case: Case) -> None:
        given(a_certified_case).when(
            certificate.void_certificate, VOID, DEPARTMENT_HANDLER.around
        ).refused("NOT_IN_SEAT")
        holder = a_certified_case.applicant
        around = BUREAU_LEADER.knowing(linked((holder, BUREAU_LEADER.around.actor.person)))
        given(a_certified_case).when(certificate.void_certificate, VOID, around).refused(
            "SELF_REVIEW"
        )


class TestAPaper:
    """Signed for once, after it was issued, where there is paper at all."""

    def test_is_signed_for_once(self, a_recognised_case: Case) -> None:
        certified = after(a_recognised_case, (CERTIFIED, GAO))
        given(certified).when(certificate.sign_for_certificate, SIGN, BUREAU_HANDLER.around).then(
            SIGNED
        )
        given(after(certified, (SIGNED, GAO))).when(
            certificate.sign_for_certificate, SIGN, BUREAU_HANDLER.around
        ).refused("SIGNED_FOR_ALREADY")

    def test_is_not_signed_for_before_it_was_issued_nor_tomorrow(
        self, a_recognised_case: Case
    ) -> None:
        certified, day = after(a_recognised_case, (CERTIFIED, GAO)), timedelta(days=1)
        for on, code in ((TODAY - day, "SIGNED_BEFORE_ISSUED"), (TODAY + day, "OCCURRED_LATER")):
            given(certified).when(
                certificate.sign_for_certificate, replace(SIGN, signed_on=on), BUREAU_HANDLER.around
            ).refused(code)

    def test_that_was_never_printed_is_neither_signed_for_nor_lost(
        self, a_recognised_case: Case
    ) -> None:
        electronic = after(a_recognised_case, (replace(CERTIFIED, forms=("electronic",)), GAO))
        given(electronic).when(
            certificate.sign_for_certificate, SIGN, BUREAU_HANDLER.around
        ).refused("NO_PAPER_CERTIFICATE")
        for ground in (VoidingGround.LOST, VoidingGround.DAMAGED):
            gone = replace(VOID, ground=ground)
            given(electronic).when(
                certificate.void_certificate, gone, BUREAU_LEADER.around
            ).refused("NO_PAPER_CERTIFICATE")
