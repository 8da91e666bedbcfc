"""Assisted filing: from a signed form, for a claimed account; the helper reviews nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.account.events import Means, Role
from domain.account.state import Account, Hand, Secret
from domain.case import (
    assistance,
    certificate,
    draft,
    handler_opinion,
    judgement,
    leader_decision,
    returning,
    seats,
    substitute,
)
from domain.case import takeover as taking_over
from domain.case.assistance import FORM, AssistanceBegun, AssistanceEnded, BeginAssistance, begin
from domain.case.certificate import IssueCertificate
from domain.case.draft import AttachMaterial, OpenCase, WithdrawMaterial
from domain.case.recusal import decision_objections
from domain.case.remembered import RecusalApplication
from domain.case.separation_refused import separating
from domain.investigation import takeover as of_investigations
from domain.investigation.aftermath import decide_review
from domain.investigation.decide import seat_objections
from domain.objection import takeover as of_handed_in
from domain.objection.officers import officer_objections
from domain.refusal import Refused
from domain.separation import HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    BUREAU_HANDLER,
    GAO,
    LAW,
    LIU,
    SCHOOL,
    SCHOOL_HANDLER,
    SCHOOL_LEADER,
    STRANGERS,
    TODAY,
    account_of,
    appointment,
    house,
    linked,
    person_at,
    words,
)
from tests.domain.story import (
    APPROVE,
    AT_THE_EMPLOYER,
    ATTACHED,
    OPENED,
    RETURN,
    STATED,
    SUBMITTED,
    WITH_A_TITLE,
    after,
    designate,
    judge,
    opinion,
    opinion_at,
    undetermined,
)
from tests.domain.test_case_recusal import BESIDE_REVIEW
from tests.domain.test_case_takeover import BEFORE_ITS_LEADER, LEADS, TAKE, THERE
from tests.domain.test_investigation_aftermath import FORUM, REQUESTED, UPHOLD, found
from tests.domain.test_matter_takeover import CONDUCTED, NOBODY, OPEN, leading
from tests.domain.test_matter_takeover import TAKE as TAKE_MATTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.event import Event

HOLDER = Account(account_of(AN), AN, SCHOOL, frozenset({Role.APPLICANT}), frozenset({AN}))
SCAN = AttachMaterial(
    material="form-1",
    kind=FORM,
    column=None,
    supports=(),
    title=words("签字表"),
    media_type="application/pdf",
    size=1000,
    digest="2" * 64,
)
BEGIN = BeginAssistance(
    opening=OpenCase(
        number=OPENED.number,
        applicant=AN,
        account=account_of(AN),
        employer=SCHOOL,
        law=OPENED.law,
        series=OPENED.series,
        specialty=OPENED.specialty,
        level=OPENED.level,
        channel=OPENED.channel,
    ),
    form=SCAN,
    by=BAI,
    organisation=SCHOOL,
    signed_on=TODAY,
    today=TODAY,
)
FORM_ATTACHED = draft.attached(SCAN)
BEGUN = AssistanceBegun(organisation=SCHOOL, form="form-1", signed_on=TODAY)
ASSISTED_DRAFT = after(None, (OPENED, BAI), (FORM_ATTACHED, BAI), (BEGUN, BAI), (STATED, BAI))
ASSISTED = after(ASSISTED_DRAFT, (ATTACHED, BAI), (SUBMITTED, BAI))
"""Filed by the handler of the school for its applicant."""


def assisted(case: Case, helper: str = BAI) -> Case:
    """The same case, had somebody filed it for its applicant."""
    return after(case, (BEGUN, helper))


def opening(command: BeginAssistance = BEGIN, **members: Any) -> Callable[[Account], Any]:  # noqa: ANN401 -- of a command
    """Beginning it, said otherwise in these members."""
    return lambda account: begin(replace(command, **members), account, STRANGERS, LAW)


class TestIsBegun:
    def test_with_the_form_as_a_material_of_the_case(self) -> None:
        given(HOLDER).when(opening()).then(OPENED, FORM_ATTACHED, BEGUN)
        case = ASSISTED_DRAFT
        assert case.assistance is not None
        assert case.assistance.by.person == BAI
        assert (case.applicant, case.assistance.form) == (AN, "form-1")
        assert case.materials.under("form-1") is not None

    def test_through_a_claimed_account_of_an_applicant(self) -> None:
        official = frozenset({Role.OFFICIAL})
        for account, code, pointer in (
            (replace(HOLDER, claims=frozenset()), "ACCOUNT_UNCLAIMED", "/account"),
            (replace(HOLDER, roles=official), "NOT_AN_APPLICANT", "/account"),
            (replace(HOLDER, disabled=True), "ACCOUNT_DISABLED", ""),
        ):
            (refusal,) = given(account).when(opening()).refused(code)
            assert refusal.pointer == pointer

    def test_also_through_one_that_was_never_used(self) -> None:
        assert not HOLDER.activated
        assert opening()(HOLDER)

    def test_not_by_who_gave_its_secret(self) -> None:
        own = replace(HOLDER, present=(Secret(Means.CODE, (Hand(LIU, SCHOOL),), 1),))
        assert begin(BEGIN, own, STRANGERS, LAW)
        given(replace(BEGIN, by=LIU)).when(begin, own, STRANGERS, LAW).refused("ASSISTS_OWN_ISSUE")
        (refusal,) = (
            given(BEGIN).when(begin, own, linked((BAI, LIU)), LAW).refused("ASSISTS_OWN_ISSUE")
        )
        assert refusal.citations == LAW.behind("ASSISTS_OWN_ISSUE")

    def test_not_for_oneself_under_whatever_document(self) -> None:
        given(replace(BEGIN, by=AN)).when(begin, HOLDER, STRANGERS, LAW).refused("OWN_AFFAIR")
        given(BEGIN).when(begin, HOLDER, linked((AN, BAI)), LAW).refused("OWN_AFFAIR")

    def test_from_a_form_signed_today_or_before(self) -> None:
        day = timedelta(days=1)
        assert opening(signed_on=TODAY - day)(HOLDER)
        given(HOLDER).when(opening(signed_on=TODAY + day)).refused_at(
            "OCCURRED_LATER", "/signed_on"
        )


class TestIsEnded:
    def test_once_and_what_was_done_stays(self) -> None:
        given(ASSISTED).when(assistance.end).then(AssistanceEnded())
        ended = after(ASSISTED, (AssistanceEnded(), AN))
        assert ended.assistance is not None
        assert ended.assistance.ended
        given(ended).when(assistance.end).refused("NOT_ASSISTED")
        given(AT_THE_EMPLOYER).when(assistance.end).refused("NOT_ASSISTED")

    def test_and_lets_a_slip_be_rescinded_all_the_same(self) -> None:
        reviewed = after(ASSISTED, (opinion_at("employer"), LIU))
        assert after(reviewed, (AssistanceEnded(), AN)).last_act == reviewed.last_act


def test_the_form_stays_where_everything_else_may_be_withdrawn() -> None:
    withdraw = draft.withdraw_material
    given(ASSISTED_DRAFT).when(withdraw, WithdrawMaterial(material="form-1")).refused(
        "SIGNED_FORM_STAYS"
    )
    stated = after(ASSISTED_DRAFT, (ATTACHED, AN))
    assert withdraw(stated, WithdrawMaterial(material="scan"))


ENDED = after(ASSISTED, (AssistanceEnded(), AN))
OTHER_DOCUMENT = replace(
    person_at(LIU, house(SCHOOL, appointment(LIU, HANDLER)), HANDLER).around,
    humans=linked((LIU, BAI)),
)


class TestWhoHelped:
    """Reviews nothing of the case, under whatever document, also once the help is over."""

    @pytest.mark.parametrize("case", [ASSISTED, ENDED], ids=["helping", "ended"])
    @pytest.mark.parametrize(
        "around", [SCHOOL_HANDLER.around, OTHER_DOCUMENT], ids=["themselves", "linked"]
    )
    def test_gives_no_opinion_and_returns_and_judges_nothing(
        self, case: Case, around: Circumstances
    ) -> None:
        (refusal,) = (
            given(case)
            .when(handler_opinion.give_opinion, opinion(), around)
            .refused("ASSISTED_FILING")
        )
        assert refusal.citations == LAW.behind("ASSISTED_FILING")
        given(case).when(returning.return_for_revision, RETURN, HANDLER, around).refused(
            "ASSISTED_FILING"
        )
        asked = undetermined(case, "TABLE_NOT_SUPPLIED")
        answer = judge("TABLE_NOT_SUPPLIED", satisfied=True)
        given(asked).when(judgement.record_judgement, answer, HANDLER, around).refused(
            "ASSISTED_FILING"
        )
        assert [each.code for each in seats.barred(case, HANDLER, around)] == ["ASSISTED_FILING"]

    def test_decides_nothing_as_a_leader(self) -> None:
        leads = SCHOOL_HANDLER.within(appointment(BAI, LEADER))
        case = after(ASSISTED, (opinion_at("employer"), LIU))
        given(case).when(leader_decision.decide_as_leader, APPROVE, leads).refused(
            "ASSISTED_FILING"
        )

    def test_that_it_was_tried_is_a_fact(self) -> None:
        with pytest.raises(Refused) as refused:
            handler_opinion.give_opinion(ASSISTED, opinion(), SCHOOL_HANDLER.around)
        assert [each.code for each in separating(refused.value)] == ["ASSISTED_FILING"]

    def test_keeps_nobody_else_from_it(self) -> None:
        somebody = person_at(LIU, house(SCHOOL, appointment(LIU, HANDLER)), HANDLER)
        assert handler_opinion.give_opinion(ASSISTED, opinion(), somebody.around)
        assert handler_opinion.give_opinion(AT_THE_EMPLOYER, opinion(), SCHOOL_HANDLER.around)

    def test_stands_in_for_nobody_and_names_nobody(self) -> None:
        given(ASSISTED).when(
            substitute.designate_substitute, designate(BAI, HANDLER), SCHOOL_LEADER.around
        ).refused("ASSISTED_FILING")
        given(ASSISTED).when(
            substitute.designate_substitute, designate(LIU, HANDLER), SCHOOL_HANDLER.around
        ).refused("ASSISTED_FILING")

    @pytest.mark.parametrize("act", BESIDE_REVIEW)
    def test_does_nothing_beside_review(self, act: Callable[[Case], tuple[Event, ...]]) -> None:
        given(assisted(AT_THE_EMPLOYER)).when(act).refused("ASSISTED_FILING")

    def test_issues_no_certificate(self) -> None:
        issue = IssueCertificate(
            certificate="1", issuer="某机关", forms=("electronic",), check="码"
        )
        certified = assisted(WITH_A_TITLE, GAO)
        given(certified).when(
            certificate.issue_certificate, issue, HANDLER, BUREAU_HANDLER.around
        ).refused("ASSISTED_FILING")

    def test_takes_no_stage_over(self) -> None:
        helped = assisted(BEFORE_ITS_LEADER, LEADS.actor.person)
        given(helped).when(taking_over.take_over, TAKE, LEADS, THERE).refused("ASSISTED_FILING")

    def test_decides_on_nobodys_recusal(self) -> None:
        asked = RecusalApplication(
            "a", "employer", SCHOOL, LEADER, "person-x", "relative", by_applicant=True
        )
        found = decision_objections(ASSISTED, asked, SCHOOL_HANDLER.around, administers=False)
        assert [each.code for each in found] == ["ASSISTED_FILING"]

    def test_looks_into_no_objection_to_it_and_no_misconduct_in_it(self) -> None:
        around = person_at(
            BAI, house(BUREAU, appointment(BAI, INTEGRITY_HANDLER)), INTEGRITY_HANDLER
        ).around
        for refused in (
            officer_objections(ASSISTED, None, (INTEGRITY_HANDLER,), around),
            seat_objections(BUREAU, ASSISTED, INTEGRITY_HANDLER, around),
        ):
            assert [each.code for each in refused] == ["REVIEWER_INVESTIGATES"]
        assert ASSISTED.involved() == {BAI}
        assert AT_THE_EMPLOYER.involved() == set()

    def test_takes_neither_over_and_counts_as_nobody_who_could_deal_with_it(self) -> None:
        asked = (ASSISTED, TAKE_MATTER, NOBODY, leading(BAI))
        given(OPEN).when(of_handed_in.take_over, *asked).refused("REVIEWER_INVESTIGATES")
        given(CONDUCTED).when(of_investigations.take_over, *asked).refused("REVIEWER_INVESTIGATES")
        held = (appointment(BAI, INTEGRITY_HANDLER), appointment(LIU, INTEGRITY_LEADER))
        who = (house(BUREAU, *held).seats, STRANGERS, TODAY)
        assert of_investigations.somebody_eligible(CONDUCTED, AT_THE_EMPLOYER, *who)
        assert not of_investigations.somebody_eligible(CONDUCTED, ASSISTED, *who)

    def test_decides_no_review_of_a_finding(self) -> None:
        seat = appointment(BAI, INTEGRITY_LEADER)
        around = person_at(BAI, house(BUREAU, seat), INTEGRITY_LEADER).around
        given(found(REQUESTED)).when(decide_review, UPHOLD, ASSISTED, around, forum=FORUM).refused(
            "DECIDED_BEFORE"
        )
