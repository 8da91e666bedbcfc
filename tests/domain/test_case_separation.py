"""Separation of duties in a case: by human being, over all rounds, also for substitutes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.account.events import Role
from domain.case import handler_opinion, judgement, leader_decision, returning, seats, substitute
from domain.case.judgement import JudgementRecorded
from domain.case.substitute import SubstituteDesignated
from domain.separation import HANDLER, LEADER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    CHEN,
    DENG,
    DEPARTMENT,
    DEPARTMENT_HANDLER,
    FANG,
    GAO,
    HAN,
    LIU,
    SCHOOL,
    SCHOOL_HANDLER,
    SCHOOL_LEADER,
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
    AT_THE_DEPARTMENT,
    CHAIN,
    REJECT,
    RESUBMITTED,
    RETURN,
    RETURNED,
    SUSPENDED,
    after,
    approval_at,
    designate,
    forwarding,
    judge,
    opinion,
    opinion_at,
    rejection_at,
    undetermined,
)

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case

BAI_AS_LEADER = person_at(
    BAI, house(SCHOOL, appointment(BAI, LEADER), appointment(LIU, HANDLER)), LEADER
)
CHEN_AS_HANDLER = person_at(
    CHEN, house(SCHOOL, appointment(CHEN, HANDLER), appointment(LIU, LEADER)), HANDLER
)


class TestOnePerson:
    """Handler and leader of one organisation are different human beings (XW-23)."""

    def test_who_handled_does_not_lead(self, a_case_before_the_leader: Case) -> None:
        (refusal,) = (
            given(a_case_before_the_leader)
            .when(leader_decision.decide_as_leader, APPROVE, BAI_AS_LEADER.around)
            .refused("SAME_REVIEWER")
        )
        assert refusal.citations[0].rule == "ZZ-SAME_REVIEWER"

    def test_nor_rejects(self, a_case_before_the_leader: Case) -> None:
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, REJECT, BAI_AS_LEADER.around
        ).refused("SAME_REVIEWER")

    def test_nor_returns_in_the_other_seat(self, a_case_before_the_leader: Case) -> None:
        given(a_case_before_the_leader).when(
            returning.return_for_revision, RETURN, LEADER, BAI_AS_LEADER.around
        ).refused("SAME_REVIEWER")

    def test_nor_judges_in_the_other_seat(self, a_case_before_the_leader: Case) -> None:
        given(undetermined(a_case_before_the_leader, "TABLE_NOT_SUPPLIED")).when(
            judgement.record_judgement,
            judge("TABLE_NOT_SUPPLIED", satisfied=True),
            LEADER,
            BAI_AS_LEADER.around,
        ).refused("SAME_REVIEWER")

    def test_not_through_a_second_account_either(self, a_case_before_the_leader: Case) -> None:
        second = replace(appointment(BAI, LEADER), account="account-bai-2")
        around = person_at(BAI, house(SCHOOL, second), LEADER).through("account-bai-2")
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, APPROVE, around
        ).refused("SAME_REVIEWER")

    def test_not_under_a_second_document_either(self, a_case_before_the_leader: Case) -> None:
        around = SCHOOL_LEADER.knowing(linked((CHEN, LIU), (LIU, BAI)))
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, APPROVE, around
        ).refused("SAME_REVIEWER")

    def test_who_led_in_an_earlier_round_does_not_handle(self, a_case_under_review: Case) -> None:
        by_the_leader = replace(RETURNED, seat=LEADER)
        round_two = after(a_case_under_review, (by_the_leader, CHEN), (RESUBMITTED, AN))
        given(round_two).when(
            handler_opinion.give_opinion, opinion(), CHEN_AS_HANDLER.around
        ).refused("SAME_REVIEWER")

    def test_who_handled_in_an_earlier_round_does_not_lead(self, a_case_in_round_two: Case) -> None:
        with_opinion = after(a_case_in_round_two, (opinion_at("employer", 2), LIU))
        given(with_opinion).when(
            leader_decision.decide_as_leader, APPROVE, BAI_AS_LEADER.around
        ).refused("SAME_REVIEWER")

    def test_who_judged_as_handler_does_not_lead(self, a_case_under_review: Case) -> None:
        judged = JudgementRecorded(
            judgement="judgement-1",
            question="TABLE_NOT_SUPPLIED",
            satisfied=True,
            organisation=SCHOOL,
            seat=HANDLER,
            grounds=words("经核"),
            rules=(),
        )
        by_two = after(a_case_under_review, (judged, BAI), (opinion_at("employer"), LIU))
        given(by_two).when(leader_decision.decide_as_leader, APPROVE, BAI_AS_LEADER.around).refused(
            "SAME_REVIEWER"
        )

    def test_may_act_at_two_levels(self, a_case_at_the_department: Case) -> None:
        """Allowed, and marked where the record is read (A-14)."""
        chen_at_the_department = person_at(
            CHEN, house(DEPARTMENT, appointment(CHEN, HANDLER)), HANDLER
        )
        given(a_case_at_the_department).when(
            handler_opinion.give_opinion, opinion(), chen_at_the_department.around
        ).then(opinion_at("department"))

    def test_may_go_on_handling_over_all_rounds(self, a_case_in_round_two: Case) -> None:
        given(a_case_in_round_two).when(
            handler_opinion.give_opinion, opinion(), SCHOOL_HANDLER.around
        ).then(opinion_at("employer", 2))


class TestTheApplicant:
    """Reviews nothing in their own case, at any level, through any account (XW-25)."""

    @pytest.fixture(params=["same person", "second document"])
    def the_applicant(self, request: pytest.FixtureRequest) -> tuple[str, tuple[str, str]]:
        """Who An is on record, and which link makes it so."""
        return (AN, (AN, AN)) if request.param == "same person" else (LIU, (LIU, AN))

    def seated(self, applicant: tuple[str, tuple[str, str]], seat: str) -> Circumstances:
        person, link = applicant
        office = person_at(person, house(SCHOOL, appointment(person, seat)), seat)
        return office.knowing(linked(link))

    def test_gives_no_opinion(
        self, a_case_under_review: Case, the_applicant: tuple[str, tuple[str, str]]
    ) -> None:
        (refusal,) = (
            given(a_case_under_review)
            .when(handler_opinion.give_opinion, opinion(), self.seated(the_applicant, HANDLER))
            .refused("SELF_REVIEW")
        )
        assert refusal.citations[0].rule == "ZZ-SELF_REVIEW"

    def test_decides_nothing(
        self, a_case_before_the_leader: Case, the_applicant: tuple[str, tuple[str, str]]
    ) -> None:
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, APPROVE, self.seated(the_applicant, LEADER)
        ).refused("SELF_REVIEW")

    def test_returns_nothing(
        self, a_case_under_review: Case, the_applicant: tuple[str, tuple[str, str]]
    ) -> None:
        given(a_case_under_review).when(
            returning.return_for_revision, RETURN, HANDLER, self.seated(the_applicant, HANDLER)
        ).refused("SELF_REVIEW")

    def test_judges_nothing(
        self, a_case_under_review: Case, the_applicant: tuple[str, tuple[str, str]]
    ) -> None:
        given(undetermined(a_case_under_review, "TABLE_NOT_SUPPLIED")).when(
            judgement.record_judgement,
            judge("TABLE_NOT_SUPPLIED", satisfied=True),
            HANDLER,
            self.seated(the_applicant, HANDLER),
        ).refused("SELF_REVIEW")

    def test_stands_in_for_nobody(
        self, a_case_under_review: Case, the_applicant: tuple[str, tuple[str, str]]
    ) -> None:
        person, pair = the_applicant
        given(a_case_under_review).when(
            substitute.designate_substitute,
            designate(person, LEADER),
            SCHOOL_LEADER.knowing(linked(pair)),
        ).refused("SELF_REVIEW")

    def test_and_a_former_handler_who_is_the_applicant_hears_both_reasons(
        self, a_case_before_the_leader: Case
    ) -> None:
        around = BAI_AS_LEADER.knowing(linked((BAI, AN)))
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, APPROVE, around
        ).refused("SELF_REVIEW", "SAME_REVIEWER")


class TestWhoInvestigated:
    """Reviews the case no more, under whatever document (A-14)."""

    def test_gives_no_opinion(self, a_case_under_review: Case) -> None:
        around = replace(SCHOOL_HANDLER.knowing(linked((BAI, LIU))), investigators=frozenset({LIU}))
        (refusal,) = (
            given(a_case_under_review)
            .when(handler_opinion.give_opinion, opinion(), around)
            .refused("INVESTIGATOR_REVIEWS")
        )
        assert refusal.citations[0].rule == "ZZ-INVESTIGATOR_REVIEWS"

    def test_stands_in_for_nobody(self, a_case_under_review: Case) -> None:
        around = replace(SCHOOL_HANDLER.around, investigators=frozenset({LIU}))
        given(a_case_under_review).when(
            substitute.designate_substitute, designate(LIU, LEADER), around
        ).refused("INVESTIGATOR_REVIEWS")

    def test_is_known_from_the_investigation_that_held_the_case(
        self, a_case_under_review: Case
    ) -> None:
        held = after(a_case_under_review, (SUSPENDED, ""))
        assert held.investigations == ("investigation-1",)


class TestWhoDealtWithAnObjection:
    """Reviews the case no more, under whatever document."""

    def test_gives_no_opinion(self, a_case_under_review: Case) -> None:
        around = replace(
            SCHOOL_HANDLER.knowing(linked((BAI, LIU))), objection_officers=frozenset({LIU})
        )
        (refusal,) = (
            given(a_case_under_review)
            .when(handler_opinion.give_opinion, opinion(), around)
            .refused("OBJECTION_OFFICER_REVIEWS")
        )
        assert refusal.citations[0].rule == "ZZ-OBJECTION_OFFICER_REVIEWS"

    def test_stands_in_for_nobody(self, a_case_under_review: Case) -> None:
        around = replace(SCHOOL_HANDLER.around, objection_officers=frozenset({LIU}))
        given(a_case_under_review).when(
            substitute.designate_substitute, designate(LIU, LEADER), around
        ).refused("OBJECTION_OFFICER_REVIEWS")


class TestASubstitute:
    """Stands in for one seat of one stage in one case, under the same rules (A-14)."""

    STANDING_IN = SubstituteDesignated(
        designation=f"designation-{DENG}",
        stage="employer",
        organisation=SCHOOL,
        seat=LEADER,
        person=DENG,
        account=account_of(DENG),
        home=DEPARTMENT,
        reason=designate(DENG, LEADER).reason,
    )

    def test_may_come_from_another_organisation(self, a_case_under_review: Case) -> None:
        given(a_case_under_review).when(
            substitute.designate_substitute,
            designate(DENG, LEADER, home=DEPARTMENT),
            SCHOOL_HANDLER.around,
        ).then(self.STANDING_IN)

    def test_acts_in_the_place_of_the_holder_and_is_marked(
        self, a_case_before_the_leader: Case
    ) -> None:
        with_substitute = after(a_case_before_the_leader, (self.STANDING_IN, ""))
        given(with_substitute).when(
            leader_decision.decide_as_leader, APPROVE, DEPARTMENT_HANDLER.around
        ).then(
            replace(approval_at("employer"), substitute=True), forwarding("employer", "department")
        )

    @pytest.mark.parametrize("seat", [HANDLER, LEADER])
    def test_is_marked_in_every_act(self, a_case_under_review: Case, seat: str) -> None:
        designated = replace(self.STANDING_IN, seat=seat)
        with_substitute = after(a_case_under_review, (designated, ""))
        given(with_substitute).when(
            returning.return_for_revision, RETURN, seat, DEPARTMENT_HANDLER.around
        ).then(replace(RETURNED, seat=seat, substitute=True))

    def test_is_marked_in_an_opinion(self, a_case_under_review: Case) -> None:
        with_substitute = after(a_case_under_review, (replace(self.STANDING_IN, seat=HANDLER), ""))
        given(with_substitute).when(
            handler_opinion.give_opinion, opinion(), DEPARTMENT_HANDLER.around
        ).then(replace(opinion_at("employer"), substitute=True))

    def test_rejects_with_the_mark(self, a_case_before_the_leader: Case) -> None:
        with_substitute = after(a_case_before_the_leader, (self.STANDING_IN, ""))
        given(with_substitute).when(
            leader_decision.decide_as_leader, REJECT, DEPARTMENT_HANDLER.around
        ).then(replace(rejection_at("employer"), substitute=True))

    def test_is_not_chosen_by_the_applicant(self, a_case_under_review: Case) -> None:
        administrator = person_at(LIU, house(SCHOOL), "administrator")
        for around in (
            person_at(AN, house(SCHOOL), "administrator").around,
            administrator.knowing(linked((LIU, AN))),
        ):
            (refusal,) = (
                given(a_case_under_review)
                .when(
                    substitute.designate_substitute,
                    designate(DENG, LEADER, home=DEPARTMENT),
                    around,
                )
                .refused("OWN_AFFAIR")
            )
            assert refusal.chinese == "不得办理本人申报的代行审查人指定，请由他人办理。"
            assert refusal.english == (
                "Nobody deals with substitutes in their own case; let somebody else do it."
            )
            assert refusal.citations == around.law.behind("SELF_REVIEW") != ()

    def test_has_no_other_seat(self, a_case_under_review: Case) -> None:
        with_substitute = after(a_case_under_review, (self.STANDING_IN, ""))
        given(with_substitute).when(
            handler_opinion.give_opinion, opinion(), DEPARTMENT_HANDLER.around
        ).refused("NOT_IN_SEAT")

    def test_has_no_other_stage(self, a_case_before_the_leader: Case) -> None:
        for_later = replace(self.STANDING_IN, stage="bureau")
        with_substitute = after(a_case_before_the_leader, (for_later, ""))
        given(with_substitute).when(
            leader_decision.decide_as_leader, APPROVE, DEPARTMENT_HANDLER.around
        ).refused("NOT_IN_SEAT")

    def test_acts_through_the_account_that_was_named(self, a_case_before_the_leader: Case) -> None:
        with_substitute = after(a_case_before_the_leader, (self.STANDING_IN, ""))
        given(with_substitute).when(
            leader_decision.decide_as_leader, APPROVE, DEPARTMENT_HANDLER.through("account-deng-2")
        ).refused("NOT_IN_SEAT")

    def test_leaves_the_holder_in_the_seat(self, a_case_before_the_leader: Case) -> None:
        with_substitute = after(a_case_before_the_leader, (self.STANDING_IN, ""))
        given(with_substitute).when(
            leader_decision.decide_as_leader, APPROVE, SCHOOL_LEADER.around
        ).then(approval_at("employer"), forwarding("employer", "department"))

    def test_is_not_who_acted_in_the_other_seat(self, a_case_before_the_leader: Case) -> None:
        given(a_case_before_the_leader).when(
            substitute.designate_substitute, designate(BAI, LEADER), SCHOOL_HANDLER.around
        ).refused("SAME_REVIEWER")

    def test_is_not_another_document_of_who_acted_in_the_other_seat(
        self, a_case_before_the_leader: Case
    ) -> None:
        given(a_case_before_the_leader).when(
            substitute.designate_substitute,
            designate(LIU, LEADER),
            SCHOOL_HANDLER.knowing(linked((LIU, BAI))),
        ).refused("SAME_REVIEWER")

    def test_is_judged_again_when_acting(self, a_case_under_review: Case) -> None:
        """Designated for both seats before anybody acted, a person still fills only one."""
        both = after(
            a_case_under_review,
            (self.STANDING_IN, ""),
            (replace(self.STANDING_IN, seat=HANDLER), ""),
            (opinion_at("employer"), DENG),
        )
        given(both).when(
            leader_decision.decide_as_leader, APPROVE, DEPARTMENT_HANDLER.around
        ).refused("SAME_REVIEWER")

    def test_is_nobody_who_watches_over_cases(self, a_case_under_review: Case) -> None:
        watching = replace(
            designate(LIU, LEADER), roles_of_person=frozenset({Role.OFFICIAL, Role.AUDITOR})
        )
        given(a_case_under_review).when(
            substitute.designate_substitute, watching, SCHOOL_HANDLER.around
        ).refused_at("WATCHER_HOLDS_NO_SEAT", "/account")

    def test_may_be_an_official_and_applicant_elsewhere(self, a_case_under_review: Case) -> None:
        official = replace(
            designate(DENG, LEADER, home=DEPARTMENT),
            roles_of_person=frozenset({Role.OFFICIAL, Role.APPLICANT}),
        )
        given(a_case_under_review).when(
            substitute.designate_substitute, official, SCHOOL_HANDLER.around
        ).then(self.STANDING_IN)

    def test_needs_a_stage_of_the_chain(self, a_case_under_review: Case) -> None:
        (refusal,) = (
            given(a_case_under_review)
            .when(
                substitute.designate_substitute,
                designate(LIU, LEADER, stage="province"),
                SCHOOL_HANDLER.around,
            )
            .refused("UNKNOWN_STAGE")
        )
        assert "「province」" in refusal.chinese
        assert refusal.pointer == "/stage"

    def test_needs_a_seat_of_the_stage(self, a_case_under_review: Case) -> None:
        (refusal,) = (
            given(a_case_under_review)
            .when(
                substitute.designate_substitute,
                designate(LIU, "duty_officer"),
                SCHOOL_HANDLER.around,
            )
            .refused("UNKNOWN_SEAT")
        )
        assert "「duty_officer」" in refusal.chinese
        assert "'duty_officer'" in refusal.english
        assert refusal.pointer == "/seat"

    def test_hears_every_reason_at_once(self, a_case_before_the_leader: Case) -> None:
        command = replace(designate(BAI, LEADER), roles_of_person=frozenset({Role.INSPECTOR}))
        given(a_case_before_the_leader).when(
            substitute.designate_substitute, command, SCHOOL_HANDLER.knowing(linked((BAI, AN)))
        ).refused("SELF_REVIEW", "SAME_REVIEWER", "WATCHER_HOLDS_NO_SEAT", "OWN_AFFAIR")

    def test_may_be_designated_for_a_stage_ahead(self, a_case_under_review: Case) -> None:
        given(a_case_under_review).when(
            substitute.designate_substitute,
            designate(DENG, LEADER, stage="department", home=DEPARTMENT),
            SCHOOL_HANDLER.around,
        ).then(replace(self.STANDING_IN, stage="department", organisation=DEPARTMENT))

    def test_may_be_designated_while_the_case_is_back(self, a_returned_case: Case) -> None:
        given(a_returned_case).when(
            substitute.designate_substitute,
            designate(DENG, LEADER, home=DEPARTMENT),
            SCHOOL_HANDLER.around,
        ).then(self.STANDING_IN)


class TestALeaderReplacedHalfWay:
    """The seat passes on; who decided before stays who decided (XW-24)."""

    NEW_LEADER = person_at(
        LIU, house(SCHOOL, appointment(BAI, HANDLER), appointment(LIU, LEADER)), LEADER
    )

    def test_the_new_leader_decides(self, a_case_before_the_leader: Case) -> None:
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, APPROVE, self.NEW_LEADER.around
        ).then(approval_at("employer"), forwarding("employer", "department"))

    def test_the_old_leader_does_not(self, a_case_before_the_leader: Case) -> None:
        around = SCHOOL_LEADER.within(appointment(BAI, HANDLER), appointment(LIU, LEADER))
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, APPROVE, around
        ).refused("NOT_IN_SEAT")

    def test_the_old_leaders_acts_stay_theirs(self, a_case_at_the_department: Case) -> None:
        assert a_case_at_the_department.acted_at(CHAIN[0].stage, LEADER) == (CHEN,)

    def test_a_leader_appointed_from_tomorrow_does_not_decide_today(
        self, a_case_before_the_leader: Case
    ) -> None:
        tomorrow = appointment(CHEN, LEADER, TODAY.replace(day=16))
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, APPROVE, SCHOOL_LEADER.within(tomorrow)
        ).refused("NOT_IN_SEAT")


class TestASeat:
    """Belongs to an organisation, a stage and an account."""

    def test_is_none_at_another_organisation(self, a_case_under_review: Case) -> None:
        given(a_case_under_review).when(
            handler_opinion.give_opinion, opinion(), DEPARTMENT_HANDLER.around
        ).refused("NOT_IN_SEAT")

    def test_is_held_by_an_account(self, a_case_under_review: Case) -> None:
        given(a_case_under_review).when(
            handler_opinion.give_opinion, opinion(), SCHOOL_HANDLER.through("account-bai-2")
        ).refused("NOT_IN_SEAT")

    def test_of_a_handler_is_not_that_of_a_leader(self, a_case_before_the_leader: Case) -> None:
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader, APPROVE, SCHOOL_HANDLER.around
        ).refused("NOT_IN_SEAT", "SAME_REVIEWER")

    def test_is_named_in_the_refusal(self, a_case_under_review: Case) -> None:
        (refusal,) = (
            given(a_case_under_review)
            .when(handler_opinion.give_opinion, opinion(), DEPARTMENT_HANDLER.around)
            .refused("NOT_IN_SEAT")
        )
        assert "经办人" in refusal.chinese
        assert "handler" in refusal.english


class TestTheSeatsThatSomebodyMayFill:
    """What a work queue asks."""

    def test_are_those_of_the_present_stage(self, a_case_under_review: Case) -> None:
        assert seats.seats_of(a_case_under_review, SCHOOL_HANDLER.around) == (HANDLER,)
        assert seats.seats_of(a_case_under_review, SCHOOL_LEADER.around) == (LEADER,)
        assert seats.seats_of(a_case_under_review, BUREAU_HANDLER.around) == ()

    def test_include_those_of_a_substitute(self, a_case_under_review: Case) -> None:
        with_substitute = after(a_case_under_review, (TestASubstitute.STANDING_IN, ""))
        assert seats.seats_of(with_substitute, DEPARTMENT_HANDLER.around) == (LEADER,)

    def test_are_none_while_nobody_reviews(
        self, a_draft: Case, a_returned_case: Case, a_recognised_case: Case
    ) -> None:
        for case in (a_draft, a_returned_case, a_recognised_case):
            assert seats.seats_of(case, SCHOOL_HANDLER.around) == ()
        assert seats.seats_of(a_recognised_case, BUREAU_LEADER.around) == ()


class TestWhoIsBarred:
    """What a work queue says beside a case that its reader must not touch."""

    def codes(self, case: Case, seat: str, around: Circumstances) -> tuple[str, ...]:
        return tuple(each.code for each in seats.barred(case, seat, around))

    def test_is_who_acted_in_the_opposite_seat(self, a_case_before_the_leader: Case) -> None:
        around = SCHOOL_HANDLER.around
        assert self.codes(a_case_before_the_leader, LEADER, around) == ("SAME_REVIEWER",)
        assert self.codes(a_case_before_the_leader, HANDLER, around) == ()

    def test_is_the_applicant(self, a_case_under_review: Case) -> None:
        around = SCHOOL_HANDLER.knowing(linked((BAI, AN)))
        assert self.codes(a_case_under_review, HANDLER, around) == ("SELF_REVIEW",)

    def test_is_nobody_for_want_of_a_seat(self, a_case_under_review: Case) -> None:
        """Who holds no seat has no such case in their queue at all."""
        assert self.codes(a_case_under_review, HANDLER, DEPARTMENT_HANDLER.around) == ()


def test_everybody_who_acted_is_a_reviewer(a_recognised_case: Case) -> None:
    assert a_recognised_case.reviewers() == {BAI, CHEN, DENG, FANG, GAO, HAN}


class TestTwoLevels:
    """One human being at two levels of a case: marked, or refused where the law says so."""

    BAI_AT_THE_DEPARTMENT = person_at(
        BAI, house(DEPARTMENT, appointment(BAI, HANDLER), appointment(FANG, LEADER)), HANDLER
    ).around

    def test_acts_where_the_law_only_marks_it(self) -> None:
        assert handler_opinion.give_opinion(
            AT_THE_DEPARTMENT, opinion(), self.BAI_AT_THE_DEPARTMENT
        )

    def test_does_not_act_where_the_law_lets_nobody(self) -> None:
        strict = replace(self.BAI_AT_THE_DEPARTMENT, one_level_each=True)
        given(AT_THE_DEPARTMENT).when(handler_opinion.give_opinion, opinion(), strict).refused(
            "ACTED_AT_OTHER_LEVEL"
        )
        other = replace(DEPARTMENT_HANDLER.around, one_level_each=True)
        assert handler_opinion.give_opinion(AT_THE_DEPARTMENT, opinion(), other)
        linked_to = replace(other, humans=linked((DENG, BAI)))
        given(AT_THE_DEPARTMENT).when(handler_opinion.give_opinion, opinion(), linked_to).refused(
            "ACTED_AT_OTHER_LEVEL"
        )
