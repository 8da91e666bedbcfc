"""Taking over a stage: by whom, for whom, and what of the stage counts afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.case import handler_opinion, leader_decision, takeover
from domain.case.committee import VotesRecorded
from domain.case.judgement import JudgementRecorded
from domain.case.phase import AwaitingPublicity, Publicised, Returned, UnderReview
from domain.case.publicity import PublicityClosed, PublicityOpened
from domain.case.recusal import RecusalAppliedFor, RecusalDeclared
from domain.case.substitute import SubstituteDesignated
from domain.case.takeover import StageTakenOver, TakeOver
from domain.organisation.state import Ending
from domain.separation import HANDLER, LEADER
from domain.shared_collections import Ledger
from domain.takeover import TakeoverCause
from tests.domain.dull import dull
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    CHEN,
    DENG,
    DEPARTMENT,
    DEPARTMENT_LEADER,
    FANG,
    GAO,
    HAN,
    LIU,
    SCHOOL,
    TODAY,
    appointment,
    house,
    linked,
    person_at,
    words,
)
from tests.domain.story import (
    APPROVE,
    AT_THE_BUREAU,
    AT_THE_DEPARTMENT,
    AT_THE_EMPLOYER,
    DRAFT,
    HELD_STILL,
    WITH_A_TITLE,
    WITH_THE_APPLICANT,
    after,
    approval_at,
    opinion,
    opinion_at,
    passed,
)

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case

REASON = words("原承办单位无人可办")
TAKE = TakeOver(
    stage="department",
    organisation=BUREAU,
    cause=TakeoverCause.POWER_ENDED,
    reason=REASON,
    document="某号",
    above=(DEPARTMENT, BUREAU),
    within_reach=(DEPARTMENT, BUREAU),
    able=True,
    powerful=False,
)
TAKEN = StageTakenOver(
    round=1,
    stage="department",
    from_organisation=DEPARTMENT,
    to_organisation=BUREAU,
    by_organisation=BUREAU,
    cause=TakeoverCause.POWER_ENDED,
    reason=REASON,
    document="某号",
)
LEADS, THERE = BUREAU_LEADER.around, DEPARTMENT_LEADER.around
BEFORE_ITS_LEADER = after(AT_THE_DEPARTMENT, (opinion_at("department"), DENG))
TAKEN_OVER = after(BEFORE_ITS_LEADER, (TAKEN, HAN))


def leading(person: str, at: str = BUREAU) -> Circumstances:
    """A person who leads an organisation."""
    return person_at(person, house(at, appointment(person, LEADER)), LEADER).around


class TestIsTakenOver:
    def test_by_who_leads_an_organisation_above(self) -> None:
        taken = given(BEFORE_ITS_LEADER).when(takeover.take_over, TAKE, LEADS, THERE)
        taken.then(TAKEN)

    def test_for_another_organisation_within_reach(self) -> None:
        command = replace(
            TAKE, organisation="organisation-branch", within_reach=("organisation-branch",)
        )
        taken = given(BEFORE_ITS_LEADER).when(takeover.take_over, command, LEADS, THERE)
        taken.then(replace(TAKEN, to_organisation="organisation-branch"))

    def test_ahead_of_its_turn(self) -> None:
        taken = given(AT_THE_EMPLOYER).when(takeover.take_over, TAKE, LEADS, THERE)
        taken.then(TAKEN)

    def test_while_the_applicant_mends_it(self) -> None:
        taken = given(WITH_THE_APPLICANT).when(takeover.take_over, TAKE, LEADS, THERE)
        taken.then(TAKEN)


class TestIsNotTakenOver:
    @pytest.mark.parametrize("case", [DRAFT, HELD_STILL, WITH_A_TITLE])
    def test_where_nothing_is_to_come(self, case: Case) -> None:
        given(case).when(takeover.take_over, TAKE, LEADS, THERE).refused("STAGE_ORDER")

    def test_when_it_lies_behind_or_is_none(self) -> None:
        tried = given(AT_THE_BUREAU)
        tried.when(takeover.take_over, TAKE, LEADS, THERE).refused_at("UNKNOWN_STAGE", "/stage")

    def test_when_it_is_the_employers(self) -> None:
        command = replace(TAKE, stage="employer")
        tried = given(AT_THE_EMPLOYER).when(takeover.take_over, command, LEADS, THERE)
        tried.refused_at("EMPLOYERS_OWN_STAGE", "/stage")

    def test_by_who_is_not_above_or_has_it_already(self) -> None:
        command = replace(TAKE, above=(DEPARTMENT,))
        tried = given(BEFORE_ITS_LEADER)
        tried.when(takeover.take_over, command, LEADS, THERE).refused("TAKEOVER_NOT_ABOVE")
        own = replace(TAKE, organisation=BUREAU)
        tried.when(takeover.take_over, own, leading(LIU, DEPARTMENT), THERE).refused(
            "TAKEOVER_NOT_ABOVE"
        )

    def test_by_who_does_not_lead(self) -> None:
        tried = given(BEFORE_ITS_LEADER)
        tried.when(takeover.take_over, TAKE, BUREAU_HANDLER.around, THERE).refused("NOT_IN_SEAT")

    def test_by_the_applicant_or_who_acted_there_under_whatever_name(self) -> None:
        tried = given(BEFORE_ITS_LEADER)
        tried.when(takeover.take_over, TAKE, leading(AN), THERE).refused("OWN_AFFAIR")
        tried.when(takeover.take_over, TAKE, leading(DENG), THERE).refused("ACTED_IN_STAGE")
        again = replace(leading(LIU), humans=linked((LIU, DENG)))
        tried.when(takeover.take_over, TAKE, again, THERE).refused("ACTED_IN_STAGE")

    def test_by_who_is_recused_or_may_have_to_be(self) -> None:
        recused = dull(RecusalDeclared, person=HAN, stage="bureau", seat=LEADER)
        asked = dull(RecusalAppliedFor, person=HAN, stage="bureau", seat=LEADER)
        for event, code in ((recused, "RECUSED"), (asked, "RECUSAL_PENDING")):
            tried = given(after(BEFORE_ITS_LEADER, (event, HAN)))
            tried.when(takeover.take_over, TAKE, LEADS, THERE).refused(code)

    def test_for_the_employer_or_a_stranger(self) -> None:
        tried = given(BEFORE_ITS_LEADER)
        for name in (SCHOOL, "organisation-far"):
            command = replace(TAKE, organisation=name, within_reach=(SCHOOL, BUREAU))
            refused = tried.when(takeover.take_over, command, LEADS, THERE)
            refused.refused_at("TAKEOVER_OUT_OF_REACH", "/organisation")

    def test_for_who_has_no_power_or_had_the_stage(self) -> None:
        command = replace(TAKE, able=False)
        tried = given(BEFORE_ITS_LEADER).when(takeover.take_over, command, LEADS, THERE)
        tried.refused_at("TAKEOVER_WITHOUT_POWER", "/organisation")
        back = replace(TAKE, organisation=DEPARTMENT)
        above = leading(LIU, "organisation-city")
        command = replace(back, above=("organisation-city",))
        tried = given(TAKEN_OVER).when(takeover.take_over, command, above, LEADS)
        tried.refused_at("TAKEOVER_WAS_THERE", "/organisation")

    def test_for_a_cause_that_does_not_hold(self) -> None:
        tried = given(BEFORE_ITS_LEADER)
        tried.when(takeover.take_over, replace(TAKE, powerful=True), LEADS, THERE).refused_at(
            "TAKEOVER_CAUSE_NOT_SO", "/cause"
        )
        for cause in (TakeoverCause.NOBODY_ELIGIBLE, TakeoverCause.ORGANISATION_CLOSED):
            command = replace(TAKE, cause=cause)
            tried.when(takeover.take_over, command, LEADS, THERE).refused("TAKEOVER_CAUSE_NOT_SO")

    @pytest.mark.parametrize("into", [BUREAU, None])
    def test_unless_its_organisation_has_ended(self, into: str | None) -> None:
        ended = replace(THERE.organisation, ended=Ending(TODAY, into))
        command = replace(TAKE, cause=TakeoverCause.ORGANISATION_CLOSED, powerful=True)
        there = replace(THERE, organisation=ended)
        taken = given(BEFORE_ITS_LEADER).when(takeover.take_over, command, LEADS, there)
        taken.then(replace(TAKEN, cause=command.cause))


class TestNobodyIsEligible:
    """In a seat that stands empty, or whose holders all have a part in the case."""

    NOBODY = replace(TAKE, cause=TakeoverCause.NOBODY_ELIGIBLE)
    SO = replace(TAKEN, cause=TakeoverCause.NOBODY_ELIGIBLE)

    def test_where_a_seat_is_empty(self) -> None:
        there = DEPARTMENT_LEADER.within(appointment(DENG, HANDLER))
        given(BEFORE_ITS_LEADER).when(takeover.take_over, self.NOBODY, LEADS, there).then(self.SO)

    def test_where_the_leader_handled_it(self) -> None:
        there = DEPARTMENT_LEADER.within(appointment(FANG, HANDLER), appointment(DENG, LEADER))
        given(BEFORE_ITS_LEADER).when(takeover.take_over, self.NOBODY, LEADS, there).then(self.SO)

    def test_where_somebody_stands_in_it_is_not_so(self) -> None:
        named = dull(SubstituteDesignated, stage="department", seat=LEADER, person=LIU)
        there = DEPARTMENT_LEADER.within(appointment(DENG, HANDLER))
        case = after(BEFORE_ITS_LEADER, (named, CHEN))
        tried = given(case).when(takeover.take_over, self.NOBODY, LEADS, there)
        tried.refused("TAKEOVER_CAUSE_NOT_SO")


class TestAfterwards:
    def test_nothing_of_the_stage_counts_but_all_that_came_before(self) -> None:
        assert BEFORE_ITS_LEADER.phase != UnderReview("department")
        assert TAKEN_OVER.phase == UnderReview("department")
        assert TAKEN_OVER.stage("department").organisation == BUREAU
        assert {each.stage for each in BEFORE_ITS_LEADER.vouched} == {"employer", "department"}
        assert {each.stage for each in TAKEN_OVER.vouched} == {"employer"}
        assert TAKEN_OVER.last_act is None
        tried = given(TAKEN_OVER).when(leader_decision.decide_as_leader, APPROVE, LEADS)
        tried.refused("HANDLER_FIRST")

    def test_its_votes_judgements_and_substitutes_are_void(self) -> None:
        voted = dull(VotesRecorded, stage="department", carried=True)
        judged = dull(JudgementRecorded, question="Q", seat=HANDLER)
        named = dull(SubstituteDesignated, stage="department", seat=LEADER, person=LIU)
        elsewhere = dull(SubstituteDesignated, stage="bureau", seat=LEADER, person=LIU)
        did = [(each, DENG) for each in (voted, judged, named, elsewhere)]
        before = after(AT_THE_DEPARTMENT, *did)
        assert before.vote_of("department")
        assert before.judgements
        taken = after(before, (TAKEN, HAN))
        assert taken.vote_of("department") is None
        assert taken.judgements == ()
        assert [each.stage for each in taken.substitutes] == ["bureau"]

    def test_a_posting_is_made_anew(self) -> None:
        chain = tuple(
            replace(each, publicity="public") if each.stage == "department" else each
            for each in AT_THE_DEPARTMENT.chain
        )
        approved = after(replace(BEFORE_ITS_LEADER, chain=chain), (approval_at("department"), FANG))
        assert isinstance(approved.phase, AwaitingPublicity)
        posted = dull(PublicityOpened, stage="department", posting="p-1", ends_on=TODAY)
        closed = dull(PublicityClosed, posting="p-1", ended_on=TODAY)
        ran = after(approved, (posted, DENG), (closed, ""))
        assert isinstance(ran.phase, Publicised)
        for case in (approved, ran):
            taken = after(case, (TAKEN, HAN))
            assert (taken.phase, taken.ran) == (UnderReview("department"), Ledger())

    def test_a_case_that_was_returned_stays_with_its_applicant(self) -> None:
        taken = after(WITH_THE_APPLICANT, (TAKEN, HAN))
        assert isinstance(taken.phase, Returned)
        assert taken.stage("department").organisation == BUREAU

    def test_who_handled_before_leads_nowhere_after(self) -> None:
        handled = given(after(TAKEN_OVER, (opinion_at("department"), GAO)))
        again = replace(leading(LIU), humans=linked((DENG, LIU)))
        for leads in (leading(DENG), again):
            handled.when(leader_decision.decide_as_leader, APPROVE, leads).refused("SAME_REVIEWER")

    def test_who_led_at_the_former_organisation_handles_nowhere_after(self) -> None:
        led = after(AT_THE_DEPARTMENT, *passed("department", "bureau", DENG, FANG)[:2])
        taken = after(replace(led, phase=UnderReview("department")), (TAKEN, HAN))
        handles = person_at(FANG, house(BUREAU, appointment(FANG, HANDLER)), HANDLER).around
        given(taken).when(handler_opinion.give_opinion, opinion(), handles).refused("SAME_REVIEWER")

    def test_the_new_organisation_passes_it(self) -> None:
        given(TAKEN_OVER).when(handler_opinion.give_opinion, opinion(), BUREAU_HANDLER.around)
        handled = after(TAKEN_OVER, (opinion_at("department"), GAO))
        told = given(handled).when(leader_decision.decide_as_leader, APPROVE, LEADS)
        assert [each.topic for each in told.events] == [
            "case:leader-approved:1",
            "case:forwarded:1",
        ]
