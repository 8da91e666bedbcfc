"""The applicant's acts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.case import draft, filing, lapse, resubmission, withdrawal
from domain.case.application import Particular
from domain.case.draft import (
    ApplicationStated,
    AssessEligibility,
    AttachMaterial,
    EligibilityAssessed,
    MaterialWithdrawn,
    OpenCase,
    StateApplication,
    WithdrawMaterial,
)
from domain.case.lapse import Lapse
from domain.case.phase import Draft, Ended, Returned, UnderReview
from domain.case.withdrawal import CaseWithdrawn, Withdraw
from domain.refusal import Citation, Refusal
from domain.shared_collections import Ledger
from tests.domain.given import given
from tests.domain.invented import AN, BAI, NOON, account_of, words
from tests.domain.story import (
    ANSWERS,
    APPLICATION,
    AT_THE_EMPLOYER,
    ATTACHED,
    DIPLOMA,
    DUE,
    LAPSED,
    OPENED,
    PACK,
    RESUBMITTED,
    RETURNED,
    STATED,
    SUBMITTED,
    WORK,
    after,
    deadline_missed_by,
    resubmit,
    result,
    submit,
    unchanged,
)

if TYPE_CHECKING:
    from domain.case.state import Case

WINDOW = Refusal("WINDOW_CLOSED", "申报期已过。", "The window is closed.")
BLOCK = Refusal(
    "INTEGRITY_BLOCK", "在记录期内。", "Blocked.", (Citation("ZZ-9", "乙条", "虚构", "invented"),)
)

ATTACH = AttachMaterial(
    material="scan",
    kind="diploma",
    column=None,
    supports=("diploma",),
    title=words("毕业证书"),
    media_type="image/png",
    size=1000,
    digest="1" * 64,
)


def test_a_case_begins_as_a_draft() -> None:
    opened = draft.open_case(
        OpenCase(
            number="2024-0001",
            applicant=AN,
            account=account_of(AN),
            employer="organisation-school",
            law=PACK,
            series="中小学教师",
            specialty="数学",
            level="assistant",
            channel="online",
        )
    )
    assert opened == (OPENED,)
    case = after(None, (OPENED, AN))
    assert case.phase == Draft()
    assert case.round == 0
    assert case.is_open


def test_the_claims_of_a_draft_can_be_stated() -> None:
    a_new_draft = after(None, (OPENED, AN))
    stating = StateApplication(application=APPLICATION)
    given(a_new_draft).when(draft.state_application, stating).then(STATED)


def test_claims_have_ids_of_their_own(a_draft: Case) -> None:
    twice = replace(APPLICATION, work=(replace(WORK, claim="diploma"),))
    given(a_draft).when(draft.state_application, StateApplication(application=twice)).refused_at(
        "CLAIM_ID_REPEATED", "/application"
    )


def test_what_has_one_answer_is_stated_once(a_draft: Case) -> None:
    lived = Particular(claim="yes", name="unit.rural", value="true")
    twice = replace(APPLICATION, particulars=(lived, replace(lived, claim="no", value="false")))
    given(a_draft).when(draft.state_application, StateApplication(application=twice)).refused_at(
        "SAID_TWICE", "/application"
    )


def test_a_material_supports_claims_that_the_application_makes(a_draft: Case) -> None:
    new = replace(a_draft, materials=Ledger())
    given(new).when(draft.attach_material, ATTACH).then(ATTACHED)


def test_a_file_is_a_material_of_the_case_once(a_draft: Case) -> None:
    given(a_draft).when(draft.attach_material, ATTACH).refused_at("MATERIAL_ATTACHED", "/upload")


def test_a_material_supports_no_claim_that_was_not_made(a_draft: Case) -> None:
    strange = replace(ATTACH, material="another", supports=("diploma", "doctorate"))
    given(a_draft).when(draft.attach_material, strange).refused_at("UNKNOWN_CLAIM", "/supports")


def test_a_material_may_support_nothing_in_particular(a_draft: Case) -> None:
    given(a_draft).when(
        draft.attach_material, replace(ATTACH, material="another", supports=())
    ).then(replace(ATTACHED, material="another", supports=()))


def test_a_material_can_be_taken_out_again(a_draft: Case) -> None:
    taken = MaterialWithdrawn(material="scan")
    given(a_draft).when(draft.withdraw_material, WithdrawMaterial(material="scan")).then(taken)
    assert after(a_draft, (taken, AN)).materials == ()


def test_only_an_attached_material_can_be_taken_out(a_draft: Case) -> None:
    given(a_draft).when(draft.withdraw_material, WithdrawMaterial(material="other")).refused_at(
        "UNKNOWN_MATERIAL", "/material"
    )


def test_the_answer_of_the_law_ahead_of_filing_is_kept_whatever_it_is(a_draft: Case) -> None:
    answer = result("ineligible", "YEARS_SHORT")
    given(a_draft).when(draft.assess, AssessEligibility(result=answer)).then(
        EligibilityAssessed(law=PACK, result=answer)
    )


def test_an_answer_of_the_law_changes_nothing_in_the_case(a_draft: Case) -> None:
    assessed = EligibilityAssessed(law=PACK, result=result())
    assert unchanged(after(a_draft, (assessed, AN)), a_draft)


def test_the_law_is_not_asked_about_nothing() -> None:
    given(after(None, (OPENED, AN))).when(draft.assess, AssessEligibility(result=result())).refused(
        "APPLICATION_MISSING"
    )


def test_filing_fixes_the_chain_and_begins_round_one(a_draft: Case) -> None:
    given(a_draft).when(filing.submit, submit()).then(SUBMITTED)
    filed = after(a_draft, (SUBMITTED, AN))
    assert filed.phase == UnderReview("employer")
    assert filed.round == 1
    assert filed.chain == SUBMITTED.chain


def test_filing_needs_both_declarations(a_draft: Case) -> None:
    truthful, unclassified = (
        given(a_draft)
        .when(filing.submit, submit(truthful=False, unclassified=False))
        .refused("DECLARATION_MISSING", "DECLARATION_MISSING")
    )
    assert truthful.pointer == "/declared_truthful"
    assert unclassified.pointer == "/declared_unclassified"


@pytest.mark.parametrize("missing", ["truthful", "unclassified"])
def test_one_missing_declaration_is_enough_to_refuse(a_draft: Case, missing: str) -> None:
    given(a_draft).when(filing.submit, submit(**{missing: False})).refused("DECLARATION_MISSING")


def test_filing_gives_every_reason_at_once() -> None:
    empty = after(None, (OPENED, AN))
    command = replace(submit(truthful=False), obstacles=(WINDOW, BLOCK))
    refusals = (
        given(empty)
        .when(filing.submit, command)
        .refused("DECLARATION_MISSING", "APPLICATION_MISSING", "WINDOW_CLOSED", "INTEGRITY_BLOCK")
    )
    assert refusals[-1].citations[0].rule == "ZZ-9"


def test_a_mended_case_begins_its_next_round_where_the_return_said(a_returned_case: Case) -> None:
    given(a_returned_case).when(resubmission.resubmit, resubmit(), deadline_missed_by(-1)).then(
        RESUBMITTED
    )
    back = after(a_returned_case, (RESUBMITTED, AN))
    assert back.round == 2
    assert back.phase == UnderReview("employer")


def test_a_mended_case_is_in_time_until_the_last_moment_before_the_due_time(
    a_returned_case: Case,
) -> None:
    given(a_returned_case).when(resubmission.resubmit, resubmit(), DUE).refused(
        "STAGE_DEADLINE_MISSED"
    )


def test_an_application_that_claims_nothing_is_none(a_draft: Case, a_returned_case: Case) -> None:
    nothing = replace(APPLICATION, educations=(), work=(), achievements=())
    empty = ApplicationStated(application=nothing, unchanged=())
    given(after(a_draft, (empty, AN))).when(filing.submit, submit()).refused("APPLICATION_MISSING")
    returned = after(a_returned_case, (empty, AN))
    given(returned).when(resubmission.resubmit, resubmit(), NOON).refused("APPLICATION_MISSING")


def test_every_item_of_a_return_is_answered_once_and_nothing_else_is(
    a_returned_case: Case,
) -> None:
    (one,) = ANSWERS
    silent = replace(resubmit(), answers=())
    given(a_returned_case).when(resubmission.resubmit, silent, NOON).refused_at(
        "RETURN_ITEMS_UNANSWERED", "/answers"
    )
    for answers in ((one, one), (one, replace(one, item="2"))):
        strange = replace(resubmit(), answers=answers)
        given(a_returned_case).when(resubmission.resubmit, strange, NOON).refused_at(
            "RETURN_ITEMS_UNKNOWN", "/answers"
        )


@pytest.mark.parametrize(
    ("subject", "changed", "unmended"),
    [
        ("diploma", (), ("1",)),
        ("diploma", ("work",), ("1",)),
        ("diploma", ("diploma",), ()),
        ("scan", (), ("1",)),
        ("scan", ("scan",), ()),
        ("application", (), ("1",)),
        ("application", ("work",), ()),
        ("photo", (), ("1",)),
        ("photo", ("scan",), ()),
    ],
)
def test_an_item_about_which_nothing_changed_is_marked(
    subject: str, changed: tuple[str, ...], unmended: tuple[str, ...]
) -> None:
    items = (replace(RETURNED.items[0], subject=subject),)
    case = after(AT_THE_EMPLOYER, (replace(RETURNED, items=items), BAI))
    if "scan" in changed:
        case = after(case, (MaterialWithdrawn(material="scan"), AN))
    if {"diploma", "work"} & set(changed):
        same = tuple(claim for claim in APPLICATION.claims() if claim not in changed)
        case = after(case, (ApplicationStated(application=APPLICATION, unchanged=same), AN))
    (again,) = resubmission.resubmit(case, resubmit(), NOON)
    assert again.unmended == unmended


def test_resubmitting_gives_every_reason_at_once(a_returned_case: Case) -> None:
    command = replace(resubmit(truthful=False), obstacles=(BLOCK,))
    given(a_returned_case).when(resubmission.resubmit, command, DUE).refused(
        "DECLARATION_MISSING", "STAGE_DEADLINE_MISSED", "INTEGRITY_BLOCK"
    )


def test_a_missed_due_time_is_told_in_beijing_time(a_returned_case: Case) -> None:
    (refusal,) = (
        given(a_returned_case)
        .when(resubmission.resubmit, resubmit(), DUE)
        .refused("STAGE_DEADLINE_MISSED")
    )
    assert "北京时间 2024-10-25 12:00" in refusal.chinese
    assert "2024-10-25 12:00 (Beijing)" in refusal.english


def test_the_applicant_may_give_up(a_case_under_review: Case) -> None:
    gone = CaseWithdrawn(reason=words("另有安排"))
    given(a_case_under_review).when(withdrawal.withdraw, Withdraw(reason=gone.reason)).then(gone)
    assert after(a_case_under_review, (gone, AN)).phase == Ended("withdrawn")


def test_nobody_walks_out_of_an_investigation(a_suspended_case: Case) -> None:
    given(a_suspended_case).when(withdrawal.withdraw, Withdraw(reason=None)).refused("STAGE_ORDER")


class TestTheTimekeeper:
    """A returned case whose due date has passed ends by itself."""

    def test_lets_a_returned_case_lapse_when_it_is_due(self, a_returned_case: Case) -> None:
        given(a_returned_case).when(lapse.lapse, Lapse(round=1), DUE).then(LAPSED)
        assert after(a_returned_case, (LAPSED, "")).phase == Ended("lapsed")

    def test_waits_until_it_is_due(self, a_returned_case: Case) -> None:
        given(a_returned_case).when(
            lapse.lapse, Lapse(round=1), deadline_missed_by(-1)
        ).then_nothing()

    def test_does_nothing_twice(self, a_returned_case: Case) -> None:
        lapsed = after(a_returned_case, (LAPSED, ""))
        given(lapsed).when(lapse.lapse, Lapse(round=1), DUE).then_nothing()

    def test_leaves_a_case_alone_that_came_back_in_time(self, a_case_in_round_two: Case) -> None:
        given(a_case_in_round_two).when(lapse.lapse, Lapse(round=1), DUE).then_nothing()

    def test_leaves_a_later_return_alone(self, a_returned_case: Case) -> None:
        given(a_returned_case).when(lapse.lapse, Lapse(round=2), DUE).then_nothing()

    def test_leaves_a_case_alone_that_is_held_still(self, a_suspended_case: Case) -> None:
        given(a_suspended_case).when(lapse.lapse, Lapse(round=1), DUE).then_nothing()


def test_claims_can_be_amended_while_the_case_is_back(a_returned_case: Case) -> None:
    amended = replace(APPLICATION, educations=(replace(DIPLOMA, school=words("某大学")),))
    stating = StateApplication(application=amended)
    given(a_returned_case).when(draft.state_application, stating).then(
        replace(STATED, application=amended, unchanged=("prize", "work"))
    )
    assert isinstance(after(a_returned_case, (STATED, AN)).phase, Returned)
