"""Papers and fees: entered by an organisation of the chain, as they happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.case.handing_over import not_yet_approved
from domain.case.next_stage import OverdueFlagged
from domain.case.paper import PaperReceived, ReceivePaper, receive_paper
from domain.case.payment import (
    FeePaid,
    PayFee,
    PaymentReminded,
    RemindOfPayment,
    pay,
    payment_obstacles,
    remind,
)
from domain.case.phase import Ended
from domain.case.remembered import Payment
from domain.refusal import Refusal
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BUREAU,
    BUREAU_HANDLER,
    GAO,
    LIU,
    TODAY,
    house,
    linked,
    person_at,
)
from tests.domain.story import AT_THE_BUREAU, AT_THE_DEPARTMENT, AT_THE_EMPLOYER, after

if TYPE_CHECKING:
    from domain.case.state import Case

AROUND = BUREAU_HANDLER.around
STRANGER = person_at(LIU, house("organisation-elsewhere"), "handler").around
TOMORROW = TODAY + timedelta(days=1)
WRONG_PLACE = Refusal("WRONG_PLACE", "受理地点不符。", "That is not the place.")

RECEIVE = ReceivePaper(
    receipt="receipt-1",
    leg="first",
    place="一号窗口",
    received_on=TODAY,
    items=("form", "photos"),
    obstacles=(),
    rules=("ZZ-12",),
)
RECEIVED = PaperReceived(
    receipt="receipt-1",
    leg="first",
    place="一号窗口",
    organisation=BUREAU,
    received_on=TODAY,
    items=("form", "photos"),
    late_entry=False,
    rules=("ZZ-12",),
)
PAY = PayFee(
    amount=11000,
    channel="online",
    paid_on=TODAY,
    receipt="票-1",
    flags=("LATE",),
    obstacles=(),
    rules=("ZZ-13",),
)
PAID = FeePaid(
    organisation=BUREAU,
    amount=11000,
    channel="online",
    paid_on=TODAY,
    receipt="票-1",
    flags=("LATE",),
    rules=("ZZ-13",),
)
REMIND = RemindOfPayment(channel="sms", reminded_on=TODAY, obstacles=())
REMINDED = PaymentReminded(channel="sms", reminded_on=TODAY)


@pytest.fixture
def a_case() -> Case:
    return AT_THE_BUREAU


def test_papers_are_received(a_case: Case) -> None:
    given(a_case).when(receive_paper, RECEIVE, AROUND).then(RECEIVED)


def test_a_form_on_its_last_day_is_in_time(a_case: Case) -> None:
    due = replace(RECEIVE, due_on=TODAY, due_rules=("ZZ-13",))
    given(a_case).when(receive_paper, due, AROUND).then(RECEIVED)


def test_a_form_after_its_last_day_is_taken_and_marked(a_case: Case) -> None:
    yesterday = TODAY - timedelta(days=1)
    overdue = OverdueFlagged(
        what="paper",
        due_on=yesterday,
        happened_on=TODAY,
        rules=("ZZ-13",),
        entry=a_case.version + 1,
    )
    due = replace(RECEIVE, due_on=yesterday, due_rules=("ZZ-13",))
    given(a_case).when(receive_paper, due, AROUND).then(RECEIVED, overdue)
    received = after(a_case, (RECEIVED, GAO))
    assert received.papers == {"form", "photos"}
    assert received.paper_legs == {"first"}


def test_papers_add_up_over_several_receipts(a_case: Case) -> None:
    more = replace(RECEIVED, leg=None, items=("summary",))
    received = after(a_case, (RECEIVED, GAO), (more, GAO))
    assert received.papers == {"form", "photos", "summary"}
    assert received.paper_legs == {"first"}


def test_a_receipt_entered_on_a_later_day_is_marked(a_case: Case) -> None:
    next_day = replace(AROUND, at=AROUND.at + timedelta(days=1))
    given(a_case).when(receive_paper, RECEIVE, next_day).then(replace(RECEIVED, late_entry=True))


def test_nothing_of_a_case_is_received_before_it_was_filed(a_case: Case) -> None:
    earlier = TODAY - timedelta(days=1)
    received = replace(RECEIVE, received_on=earlier)
    given(a_case).when(receive_paper, received, AROUND).refused_at("BEFORE_FILING", "/received_on")
    paid = replace(PAY, paid_on=earlier)
    given(a_case).when(pay, paid, AROUND).refused_at("BEFORE_FILING", "/paid_on")
    reminded = replace(REMIND, reminded_on=earlier)
    given(a_case).when(remind, reminded, AROUND).refused_at("BEFORE_FILING", "/reminded_on")


def test_nobody_pays_where_no_fee_is_set(a_case: Case) -> None:
    paid = replace(PAY, obstacles=payment_obstacles(None, PAY.channel, 0))
    given(a_case).when(pay, paid, AROUND).refused_at("FEE_NOT_ASKED", "")


def test_a_receipt_names_what_was_received(a_case: Case) -> None:
    given(a_case).when(receive_paper, replace(RECEIVE, items=()), AROUND).refused_at(
        "PAPER_ITEMS_MISSING", "/items"
    )


def test_an_original_is_seen_with_its_copy_or_after_it(a_case: Case) -> None:
    with_it = replace(RECEIVE, originals=("form",))
    given(a_case).when(receive_paper, with_it, AROUND).then(replace(RECEIVED, originals=("form",)))
    received = after(a_case, (RECEIVED, GAO))
    assert not received.originals
    later = replace(RECEIVE, items=(), originals=("photos",))
    shown = replace(RECEIVED, items=(), originals=("photos",))
    given(received).when(receive_paper, later, AROUND).then(shown)
    assert after(received, (shown, GAO)).originals == {"photos"}
    given(a_case).when(receive_paper, later, AROUND).refused_at(
        "ORIGINAL_WITHOUT_COPY", "/originals"
    )


def test_a_receipt_is_refused_for_every_reason_at_once(a_case: Case) -> None:
    command = replace(RECEIVE, items=(), received_on=TOMORROW, obstacles=(WRONG_PLACE,))
    given(a_case).when(receive_paper, command, STRANGER).refused(
        "NOT_IN_CHAIN", "WRONG_PLACE", "OCCURRED_LATER", "PAPER_ITEMS_MISSING"
    )


def test_a_fee_is_paid(a_case: Case) -> None:
    given(a_case).when(pay, PAY, AROUND).then(PAID)
    assert after(a_case, (PAID, GAO)).payments == (Payment(11000, "online", "票-1", BUREAU),)


def test_a_payment_is_entered_once(a_case: Case) -> None:
    paid = after(a_case, (PAID, GAO))
    given(paid).when(pay, PAY, AROUND).refused_at("ALREADY_PAID", "/receipt")


def test_a_second_payment_is_another_one(a_case: Case) -> None:
    paid = after(a_case, (PAID, GAO))
    given(paid).when(pay, replace(PAY, receipt="票-2"), AROUND).then(replace(PAID, receipt="票-2"))


def test_a_payment_is_refused_for_every_reason_at_once(a_case: Case) -> None:
    paid = after(a_case, (PAID, GAO))
    command = replace(PAY, paid_on=TOMORROW, obstacles=(WRONG_PLACE,))
    given(paid).when(pay, command, STRANGER).refused(
        "NOT_IN_CHAIN", "WRONG_PLACE", "ALREADY_PAID", "OCCURRED_LATER"
    )


def test_nothing_is_entered_before_it_happens(a_case: Case) -> None:
    given(a_case).when(pay, replace(PAY, paid_on=TOMORROW), AROUND).refused_at(
        "OCCURRED_LATER", "/paid_on"
    )
    given(a_case).when(receive_paper, replace(RECEIVE, received_on=TOMORROW), AROUND).refused_at(
        "OCCURRED_LATER", "/received_on"
    )


def test_the_applicant_is_reminded(a_case: Case) -> None:
    given(a_case).when(remind, REMIND, AROUND).then(REMINDED)
    assert after(a_case, (REMINDED, GAO)).reminded
    assert not a_case.reminded


def test_another_organisation_enters_nothing(a_case: Case) -> None:
    given(a_case).when(remind, REMIND, STRANGER).refused("NOT_IN_CHAIN")
    given(a_case).when(pay, PAY, STRANGER).refused("NOT_IN_CHAIN")
    given(a_case).when(receive_paper, RECEIVE, STRANGER).refused("NOT_IN_CHAIN")


def test_papers_may_come_after_the_title(a_recognised_case: Case) -> None:
    given(a_recognised_case).when(receive_paper, RECEIVE, AROUND).then(RECEIVED)


@pytest.mark.parametrize("outcome", ["rejected", "withdrawn", "lapsed"])
def test_an_ended_case_takes_no_papers_and_no_fee(a_case: Case, outcome: str) -> None:
    ended = replace(a_case, phase=Ended(outcome))
    given(ended).when(receive_paper, RECEIVE, AROUND).refused("STAGE_ORDER")
    given(ended).when(pay, PAY, AROUND).refused("STAGE_ORDER")
    given(ended).when(remind, REMIND, AROUND).refused("STAGE_ORDER")


def test_papers_are_handed_over_by_who_has_approved(a_case: Case) -> None:
    senders = ("employer", "department")
    for case, codes in (
        (AT_THE_EMPLOYER, ["STAGE_ORDER"]),
        (AT_THE_DEPARTMENT, ["STAGE_ORDER"]),
        (AT_THE_BUREAU, []),
    ):
        assert [each.code for each in not_yet_approved(case, senders, ())] == codes
    assert not_yet_approved(AT_THE_DEPARTMENT, ("employer",), ()) == []
    assert not_yet_approved(a_case, ("nobody",), ()) == []


def test_nobody_enters_their_own_payment_or_papers(a_case: Case) -> None:
    own = replace(AROUND, humans=linked((GAO, AN)))
    given(a_case).when(pay, PAY, own).refused("SELF_REVIEW")
    given(a_case).when(receive_paper, RECEIVE, own).refused("SELF_REVIEW")
    given(a_case).when(remind, REMIND, own).refused("SELF_REVIEW")
