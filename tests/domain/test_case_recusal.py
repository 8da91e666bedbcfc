"""Recusal in a case: the word, declared at once, and applied for and decided by somebody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.case import (
    certificate,
    extension,
    handler_opinion,
    leader_decision,
    paper,
    payment,
    purge,
    recusal,
    returning,
    substitute,
    withholding,
)
from domain.case.certificate import IssueCertificate
from domain.case.evolve import evolve
from domain.case.paper import ReceivePaper
from domain.case.payment import PayFee, RemindOfPayment
from domain.case.recusal import (
    ApplyForRecusal,
    DecideRecusal,
    DeclareRecusal,
    RecusalAppliedFor,
    RecusalDecided,
    RecusalDeclared,
)
from domain.case.withholding import WithholdingCause
from domain.policy.recusing import RecusalGround
from domain.refusal import Citation
from domain.separation import HANDLER, LEADER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU_HANDLER,
    CHEN,
    DENG,
    DEPARTMENT,
    DEPARTMENT_HANDLER,
    DEPARTMENT_LEADER,
    GAO,
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
from tests.domain.story import APPROVE, CHAIN, RETURN, WITH_A_TITLE, designate, opinion
from tests.domain.telling import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.case.circumstances import Circumstances
    from domain.case.evolve import CaseEvent
    from domain.case.state import Case
    from domain.event import Event
    from domain.organisation.seats import Appointment


def ground(name: str, *, explained: bool = False) -> RecusalGround:
    """A ground of the invented law."""
    cited = (Citation("ZZ-9", "一", "应当回避", "invented"),)
    return RecusalGround(id=name, chinese=name, english=name, explained=explained, citations=cited)


GROUNDS = {"relative": ground("relative"), "other": ground("other", explained=True)}
DECLARE = DeclareRecusal(
    recusal="recusal-1",
    stage="employer",
    seat=HANDLER,
    ground="relative",
    grounds=GROUNDS,
    words=None,
)
APPLY = ApplyForRecusal(
    application="recusal-2",
    stage="employer",
    seat=HANDLER,
    account=None,
    ground="relative",
    grounds=GROUNDS,
    words=None,
)
GRANT = DecideRecusal(
    application="recusal-2", granted=True, reason=words("属实"), administers=False
)
DECLARED = RecusalDeclared(
    recusal="recusal-1",
    stage="employer",
    organisation=SCHOOL,
    seat=HANDLER,
    person=BAI,
    ground="relative",
    rules=("ZZ-9",),
    words=None,
)
APPLIED = RecusalAppliedFor(
    application="recusal-2",
    stage="employer",
    organisation=SCHOOL,
    seat=HANDLER,
    person=BAI,
    by_applicant=True,
    ground="relative",
    rules=("ZZ-9",),
    words=None,
)
GRANTED = RecusalDecided(
    application="recusal-2",
    stage="employer",
    organisation=SCHOOL,
    seat=HANDLER,
    person=BAI,
    granted=True,
    reason=words("属实"),
)
REFUSED = replace(GRANTED, granted=False)
LEADERS = replace(APPLIED, seat=LEADER, person=CHEN)
APPLICANT = replace(
    SCHOOL_HANDLER.around, actor=replace(SCHOOL_HANDLER.around.actor, person=AN, account="a")
)
"""An, at the school, without a seat."""


class TestTheWord:
    """Nobody reviews without it; ``tests/domain/test_case_committee.py`` has the vote."""

    def test_of_the_handler(self, a_case_under_review: Case) -> None:
        (refusal,) = (
            given(a_case_under_review)
            .when(
                handler_opinion.give_opinion,
                replace(opinion(), no_reason_to_recuse=False),
                SCHOOL_HANDLER.around,
            )
            .refused("REASON_TO_RECUSE")
        )
        assert refusal.citations[0].rule == "ZZ-REASON_TO_RECUSE"
        assert refusal.pointer == "/no_reason_to_recuse"

    def test_of_the_leader(self, a_case_before_the_leader: Case) -> None:
        given(a_case_before_the_leader).when(
            leader_decision.decide_as_leader,
            replace(APPROVE, no_reason_to_recuse=False),
            SCHOOL_LEADER.around,
        ).refused("REASON_TO_RECUSE")

    def test_of_who_returns(self, a_case_under_review: Case) -> None:
        given(a_case_under_review).when(
            returning.return_for_revision,
            replace(RETURN, no_reason_to_recuse=False),
            HANDLER,
            SCHOOL_HANDLER.around,
        ).refused("REASON_TO_RECUSE")


class TestDeclared:
    """It holds at once, and asks nobody's leave."""

    def test_holds_at_once(self, a_case_under_review: Case) -> None:
        given(a_case_under_review).when(recusal.declare, DECLARE, SCHOOL_HANDLER.around).then(
            DECLARED
        )
        recused = after_all(a_case_under_review, DECLARED)
        given(recused).when(handler_opinion.give_opinion, opinion(), SCHOOL_HANDLER.around).refused(
            "RECUSED"
        )

    def test_before_it_is_ones_turn(self, a_case_under_review: Case) -> None:
        command = replace(DECLARE, stage="department", seat=LEADER)
        (declared,) = recusal.declare(a_case_under_review, command, DEPARTMENT_LEADER.around)
        assert (declared.organisation, declared.seat) == (DEPARTMENT, LEADER)

    def test_binds_the_human_being(self, a_case_under_review: Case) -> None:
        recused = after_all(a_case_under_review, DECLARED)
        other = person_at(LIU, house(SCHOOL, appointment(LIU, HANDLER)), HANDLER)
        given(recused).when(
            handler_opinion.give_opinion, opinion(), other.knowing(linked((LIU, BAI)))
        ).refused("RECUSED")
        assert handler_opinion.give_opinion(recused, opinion(), other.around)

    def test_once(self, a_case_under_review: Case) -> None:
        recused = after_all(a_case_under_review, DECLARED)
        given(recused).when(recusal.declare, DECLARE, SCHOOL_HANDLER.around).refused("RECUSED")

    @pytest.mark.parametrize(
        ("command", "code"),
        [
            (replace(DECLARE, seat=LEADER), "NOT_IN_SEAT"),
            (replace(DECLARE, stage="nowhere"), "UNKNOWN_STAGE"),
            (replace(DECLARE, ground="friend"), "UNKNOWN_RECUSAL_GROUND"),
            (replace(DECLARE, ground="other"), "RECUSAL_WORDS_MISSING"),
        ],
    )
    def test_only_in_a_seat_and_on_a_ground_of_the_law(
        self, a_case_under_review: Case, command: DeclareRecusal, code: str
    ) -> None:
        given(a_case_under_review).when(recusal.declare, command, SCHOOL_HANDLER.around).refused(
            code
        )

    def test_not_where_nothing_is_reviewed_any_more(self) -> None:
        given(WITH_A_TITLE).when(recusal.declare, DECLARE, SCHOOL_HANDLER.around).refused(
            "STAGE_ORDER"
        )

    def test_ends_an_application_against_the_same(self, a_case_under_review: Case) -> None:
        recused = after_all(a_case_under_review, APPLIED, DECLARED)
        assert recused.recusal_applications == ()

    def test_who_is_recused_is_no_substitute_and_names_none(
        self, a_case_under_review: Case
    ) -> None:
        recused = after_all(a_case_under_review, DECLARED)
        given(recused).when(
            substitute.designate_substitute, designate(BAI, HANDLER), SCHOOL_LEADER.around
        ).refused("RECUSED")
        given(recused).when(
            substitute.designate_substitute, designate(DENG, HANDLER), SCHOOL_HANDLER.around
        ).refused("RECUSED")

    def test_a_notice_may_let_nobody_be_designated(self, a_case_under_review: Case) -> None:
        asked = designate(LIU, LEADER)
        around = replace(SCHOOL_HANDLER.around, no_substitutes=True)
        given(a_case_under_review).when(substitute.designate_substitute, asked, around).refused_at(
            "SUBSTITUTES_NOT_ALLOWED", "/stage"
        )

    def test_what_was_done_before_stays(self, a_case_before_the_leader: Case) -> None:
        recused = after_all(a_case_before_the_leader, DECLARED)
        assert recused.acted_at(CHAIN[0].stage, HANDLER) == (BAI,)
        assert leader_decision.decide_as_leader(recused, APPROVE, SCHOOL_LEADER.around)


IN_BOTH_SEATS = SCHOOL_HANDLER.within(appointment(BAI, HANDLER), appointment(BAI, LEADER))
RECEIVED = ReceivePaper(
    receipt="receipt-1",
    leg=None,
    place=None,
    received_on=TODAY,
    items=("form",),
    obstacles=(),
    rules=(),
    reached_on=None,
    due_on=None,
    due_rules=(),
)
PAID = PayFee(
    amount=1, channel="cash", paid_on=TODAY, receipt="1", flags=(), obstacles=(), rules=()
)
MISTAKEN = WithholdingCause.WRONG_FILE
BESIDE_REVIEW = (
    lambda case: paper.receive_paper(case, RECEIVED, IN_BOTH_SEATS),
    lambda case: payment.remind(
        case, RemindOfPayment(channel="a", reminded_on=TODAY, obstacles=()), IN_BOTH_SEATS
    ),
    lambda case: payment.pay(case, PAID, IN_BOTH_SEATS),
    lambda case: purge.propose_purge(case, "scan", "WRONG_FILE", words("误传"), IN_BOTH_SEATS),
    lambda case: withholding.withhold_material(case, "scan", MISTAKEN, (), IN_BOTH_SEATS),
    lambda case: withholding.release_material(
        replace(case, withheld=case.withheld.joined("scan")), "scan", IN_BOTH_SEATS
    ),
    lambda case: extension.extend_window(
        case, "employer", TODAY, words("故障"), IN_BOTH_SEATS, above=(SCHOOL,)
    ),
)
"""What is done in a case beside reviewing it."""


@pytest.mark.parametrize("act", BESIDE_REVIEW)
def test_nothing_beside_review_is_done_by_the_recused(
    a_case_under_review: Case, act: Callable[[Case], tuple[Event, ...]]
) -> None:
    assert len(act(a_case_under_review)) == 1
    given(after_all(a_case_under_review, DECLARED)).when(act).refused("RECUSED")
    given(after_all(a_case_under_review, APPLIED)).when(act).refused("RECUSAL_PENDING")


def test_nor_does_the_recused_issue_the_certificate() -> None:
    issue = IssueCertificate(certificate="1", issuer="某机关", forms=("electronic",), check="码")
    recused = after_all(WITH_A_TITLE, replace(DECLARED, person=GAO))
    assert certificate.issue_certificate(WITH_A_TITLE, issue, HANDLER, BUREAU_HANDLER.around)
    given(recused).when(
        certificate.issue_certificate, issue, HANDLER, BUREAU_HANDLER.around
    ).refused("RECUSED")


class TestAppliedFor:
    """It stops the reviewer until somebody else has decided."""

    def test_names_who_fills_the_seat(self, a_case_under_review: Case) -> None:
        given(a_case_under_review).when(recusal.apply, APPLY, APPLICANT).then(APPLIED)

    def test_says_whether_the_applicant_asked(self, a_case_under_review: Case) -> None:
        (applied,) = recusal.apply(a_case_under_review, APPLY, SCHOOL_LEADER.around)
        assert not applied.by_applicant

    def test_stops_the_reviewer(self, a_case_under_review: Case) -> None:
        waiting = after_all(a_case_under_review, APPLIED)
        (refusal,) = (
            given(waiting)
            .when(handler_opinion.give_opinion, opinion(), SCHOOL_HANDLER.around)
            .refused("RECUSAL_PENDING")
        )
        assert refusal.citations[0].rule == "ZZ-RECUSAL_PENDING"

    def test_of_several_it_names_one(self, a_case_under_review: Case) -> None:
        further = replace(appointment(LIU, HANDLER), appointment="appointment-2")
        both = within(appointment(BAI, HANDLER), further)
        given(a_case_under_review).when(recusal.apply, APPLY, both).refused("REVIEWER_NOT_NAMED")
        named = replace(APPLY, account=account_of(LIU))
        (applied,) = recusal.apply(a_case_under_review, named, both)
        assert applied.person == LIU

    def test_of_nobody_it_names_none(self, a_case_under_review: Case) -> None:
        given(a_case_under_review).when(recusal.apply, APPLY, within()).refused(
            "REVIEWER_NOT_NAMED"
        )

    def test_whoever_is_recused_already_is_not_meant(self, a_case_under_review: Case) -> None:
        recused = after_all(a_case_under_review, DECLARED)
        given(recused).when(recusal.apply, APPLY, APPLICANT).refused("REVIEWER_NOT_NAMED")

    def test_may_name_a_substitute(self, a_case_under_review: Case) -> None:
        (designated,) = substitute.designate_substitute(
            a_case_under_review,
            designate(DENG, HANDLER, home=DEPARTMENT),
            SCHOOL_LEADER.around,
        )
        stood_in = after_all(a_case_under_review, designated)
        (applied,) = recusal.apply(stood_in, APPLY, within())
        assert applied.person == DENG

    def test_once_at_a_time_and_once_for_each_ground(self, a_case_under_review: Case) -> None:
        waiting = after_all(a_case_under_review, APPLIED)
        given(waiting).when(recusal.apply, APPLY, APPLICANT).refused("RECUSAL_APPLIED_FOR")
        refused = after_all(waiting, REFUSED)
        given(refused).when(recusal.apply, APPLY, APPLICANT).refused("RECUSAL_REFUSED_BEFORE")
        other = replace(APPLY, ground="other", words=words("诉讼"))
        assert recusal.apply(refused, other, APPLICANT)
        assert recusal.apply(refused, APPLY, SCHOOL_LEADER.around)

    def test_refused_it_stops_nobody(self, a_case_under_review: Case) -> None:
        refused = after_all(a_case_under_review, APPLIED, REFUSED)
        assert handler_opinion.give_opinion(refused, opinion(), SCHOOL_HANDLER.around)

    def test_only_against_a_reviewing_seat(self, a_case_under_review: Case) -> None:
        given(a_case_under_review).when(
            recusal.apply, replace(APPLY, seat="duty_officer"), APPLICANT
        ).refused("UNKNOWN_SEAT", "REVIEWER_NOT_NAMED")


class TestDecided:
    """By somebody else of the organisation, never by who is concerned."""

    def test_by_the_leader_over_the_handler(self, a_case_under_review: Case) -> None:
        waiting = after_all(a_case_under_review, APPLIED)
        given(waiting).when(recusal.decide, GRANT, SCHOOL_LEADER.around).then(GRANTED)
        recused = after_all(waiting, GRANTED)
        assert recused.recusal_applications == ()
        given(recused).when(handler_opinion.give_opinion, opinion(), SCHOOL_HANDLER.around).refused(
            "RECUSED"
        )

    def test_not_by_the_administrator_over_the_handler(self, a_case_under_review: Case) -> None:
        waiting = after_all(a_case_under_review, APPLIED)
        unseated = person_at(LIU, house(SCHOOL), HANDLER).around
        command = replace(GRANT, administers=True)
        given(waiting).when(recusal.decide, command, unseated).refused("NOT_IN_SEAT")

    def test_by_the_handler_or_the_administrator_over_the_leader(
        self, a_case_under_review: Case
    ) -> None:
        waiting = after_all(a_case_under_review, LEADERS)
        over = replace(GRANTED, seat=LEADER, person=CHEN)
        given(waiting).when(recusal.decide, GRANT, SCHOOL_HANDLER.around).then(over)
        unseated = person_at(LIU, house(SCHOOL), HANDLER).around
        given(waiting).when(recusal.decide, GRANT, unseated).refused("NOT_IN_SEAT")
        given(waiting).when(recusal.decide, replace(GRANT, administers=True), unseated).then(over)

    def test_never_by_who_is_concerned(self, a_case_under_review: Case) -> None:
        waiting = after_all(a_case_under_review, LEADERS)
        given(waiting).when(
            recusal.decide, replace(GRANT, administers=True), SCHOOL_LEADER.around
        ).refused("RECUSAL_PENDING", "OWN_AFFAIR")
        also = SCHOOL_HANDLER.knowing(linked((BAI, CHEN)))
        given(waiting).when(recusal.decide, GRANT, also).refused("RECUSAL_PENDING", "OWN_AFFAIR")

    def test_never_by_the_applicant(self, a_case_under_review: Case) -> None:
        waiting = after_all(a_case_under_review, APPLIED)
        given(waiting).when(
            recusal.decide, GRANT, SCHOOL_LEADER.knowing(linked((CHEN, AN)))
        ).refused("OWN_AFFAIR")

    def test_never_elsewhere(self, a_case_under_review: Case) -> None:
        waiting = after_all(a_case_under_review, APPLIED)
        for around in (DEPARTMENT_LEADER.around, DEPARTMENT_HANDLER.around):
            given(waiting).when(recusal.decide, GRANT, around).refused("NOT_IN_SEAT")

    def test_never_by_who_is_recused(self, a_case_under_review: Case) -> None:
        waiting = after_all(
            a_case_under_review, replace(DECLARED, person=CHEN, seat=LEADER), APPLIED
        )
        given(waiting).when(recusal.decide, GRANT, SCHOOL_LEADER.around).refused("RECUSED")

    def test_once(self, a_case_under_review: Case) -> None:
        settled = after_all(a_case_under_review, APPLIED, REFUSED)
        given(settled).when(recusal.decide, GRANT, SCHOOL_LEADER.around).refused(
            "RECUSAL_NOT_PENDING"
        )


def after_all(case: Case, *events: CaseEvent) -> Case:
    """The case after these, whoever did them."""
    for event in events:
        case = evolve(case, event, told("case-1", SCHOOL_HANDLER.around.actor))
    return case


def within(*appointments: Appointment) -> Circumstances:
    """An, at a school with these appointments alone."""
    return replace(APPLICANT, seats=house(SCHOOL, *appointments).seats)
