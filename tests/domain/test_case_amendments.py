"""An entry is amended by its handler while nothing rests on it, and by two persons afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.case import amendment
from domain.case.amendment import Amend, AmendmentProposed, EntryAmended
from domain.case.committee import VotesRecorded
from domain.case.entries import HandedIn, Paid, Voted, said
from domain.case.next_stage import CaseForwarded
from domain.case.paper import PaperReceived
from domain.case.payment import FeePaid
from domain.separation import HANDLER, LEADER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    DEPARTMENT_HANDLER,
    GAO,
    HAN,
    TODAY,
    linked,
    words,
)
from tests.domain.story import AT_THE_BUREAU, after, approval_at

if TYPE_CHECKING:
    from domain.case.entries import Entry
    from domain.case.state import Case

WHY = words("数字点错")
FEE = Paid(amount=11000, channel="online", paid_on=TODAY, receipt="票-1")
LESS = replace(FEE, amount=6000)
PAID = FeePaid(**vars(FEE), organisation=BUREAU, flags=(), rules=())
RECEIVED = PaperReceived(
    receipt="receipt-1",
    leg="first",
    place=None,
    organisation=BUREAU,
    received_on=TODAY,
    items=("form", "photos"),
    late_entry=False,
    rules=(),
)
VOTE = Voted(
    held_on=TODAY,
    members=9,
    present=9,
    in_favour=8,
    against=1,
    abstained=0,
    carried=True,
    late=False,
)
LOST = replace(VOTE, in_favour=1, against=8, carried=False)


def voted(case: Case) -> VotesRecorded:
    """The vote as it was entered."""
    said_of_it = {name: each for name, each in vars(VOTE).items() if name != "late"}
    return VotesRecorded(
        **said_of_it,
        round=case.round,
        stage="bureau",
        organisation=BUREAU,
        minutes=None,
        no_reason_to_recuse=True,
        late_entry=False,
        rules=(),
    )


def asked(case: Case, now: Entry, entry: int | None = None) -> Amend:
    """To amend the last entry."""
    return Amend(entry=entry or case.version, now=now, reason=WHY, rules=())


def amended(entry: int, now: Entry) -> EntryAmended:
    """What the handler alone brings about."""
    return EntryAmended(
        entry=entry,
        proposal=None,
        stage="bureau",
        organisation=BUREAU,
        seat=HANDLER,
        says=said(now),
        evidence=None,
        reason=WHY,
        rules=(),
    )


@pytest.fixture
def a_paid_case() -> Case:
    return after(AT_THE_BUREAU, (PAID, GAO))


@pytest.fixture
def a_case_decided_upon(a_paid_case: Case) -> Case:
    return after(a_paid_case, (approval_at("bureau"), HAN))


@pytest.fixture
def a_proposed_amendment(a_case_decided_upon: Case, a_paid_case: Case) -> Case:
    command = asked(a_paid_case, LESS)
    (proposed,) = amendment.amend(a_case_decided_upon, command, BUREAU_HANDLER.around)
    assert isinstance(proposed, AmendmentProposed)
    return after(a_case_decided_upon, (proposed, GAO))


class TestWhileNothingRestsOnIt:
    """The handler of whoever entered it amends it at once."""

    def test_a_fee_is_amended(self, a_paid_case: Case) -> None:
        event = amended(a_paid_case.version, LESS)
        given(a_paid_case).when(
            amendment.amend, asked(a_paid_case, LESS), BUREAU_HANDLER.around
        ).then(event)
        assert [each.amount for each in after(a_paid_case, (event, GAO)).payments] == [6000]

    def test_papers_are_amended_and_others_stay(self) -> None:
        more = replace(RECEIVED, receipt="receipt-2", leg=None, items=("summary",))
        case = after(AT_THE_BUREAU, (RECEIVED, GAO), (more, GAO))
        none = HandedIn(leg="first", received_on=TODAY, items=(), late=False)
        event = amended(case.version - 1, none)
        command = asked(case, none, case.version - 1)
        given(case).when(amendment.amend, command, BUREAU_HANDLER.around).then(event)
        left = after(case, (event, GAO))
        assert left.papers == {"summary"}
        assert not left.paper_legs

    def test_an_original_that_was_not_shown_is_struck_and_none_is_seen_without_a_copy(self) -> None:
        shown = replace(RECEIVED, originals=("form",))
        case = after(AT_THE_BUREAU, (shown, GAO))
        copies = HandedIn(leg="first", received_on=TODAY, items=("form",), late=False)
        event = amended(case.version, copies)
        given(case).when(amendment.amend, asked(case, copies), BUREAU_HANDLER.around).then(event)
        assert not after(case, (event, GAO)).originals
        alone = replace(copies, items=(), originals=("form",))
        given(case).when(amendment.amend, asked(case, alone), BUREAU_HANDLER.around).refused(
            "ORIGINAL_WITHOUT_COPY"
        )

    def test_a_vote_may_end_otherwise(self) -> None:
        case = after(AT_THE_BUREAU, (voted(AT_THE_BUREAU), GAO))
        event = amended(case.version, LOST)
        given(case).when(amendment.amend, asked(case, LOST), BUREAU_HANDLER.around).then(event)
        vote = after(case, (event, GAO)).vote_of("bureau")
        assert vote is not None
        assert not vote.carried


class TestWhoAmends:
    """The handler of that house, who is neither the applicant nor the leader of the case."""

    def test_not_the_leader(self, a_paid_case: Case) -> None:
        command = asked(a_paid_case, LESS)
        given(a_paid_case).when(amendment.amend, command, BUREAU_LEADER.around).refused(
            "NOT_IN_SEAT"
        )

    def test_no_other_house(self, a_paid_case: Case) -> None:
        command = asked(a_paid_case, LESS)
        given(a_paid_case).when(amendment.amend, command, DEPARTMENT_HANDLER.around).refused(
            "NOT_IN_SEAT"
        )

    def test_not_the_applicant_in_whatever_seat(self, a_paid_case: Case) -> None:
        own = replace(BUREAU_HANDLER.around, humans=linked((GAO, AN)))
        given(a_paid_case).when(amendment.amend, asked(a_paid_case, LESS), own).refused(
            "SELF_REVIEW"
        )


class TestWhatIsAmended:
    """Something that was entered, to something that can have been."""

    def test_an_entry_of_another_kind_is_none(self, a_paid_case: Case) -> None:
        given(a_paid_case).when(
            amendment.amend, asked(a_paid_case, VOTE), BUREAU_HANDLER.around
        ).refused("ENTRY_UNKNOWN")

    def test_nothing_was_paid_tomorrow_or_by_the_receipt_of_another(
        self, a_paid_case: Case
    ) -> None:
        other = replace(PAID, receipt="票-2")
        case = after(a_paid_case, (other, GAO))
        tomorrow = replace(FEE, paid_on=TODAY + timedelta(days=1))
        given(case).when(amendment.amend, asked(case, tomorrow), BUREAU_HANDLER.around).refused(
            "OCCURRED_LATER", "ALREADY_PAID"
        )

    def test_numbers_that_do_not_add_up_are_no_vote(self) -> None:
        case = after(AT_THE_BUREAU, (voted(AT_THE_BUREAU), GAO))
        wrong = replace(VOTE, present=3)
        given(case).when(amendment.amend, asked(case, wrong), BUREAU_HANDLER.around).refused(
            "VOTES_DO_NOT_ADD_UP"
        )

    def test_a_vote_on_which_the_leader_decided_ends_no_otherwise(self) -> None:
        case = after(AT_THE_BUREAU, (voted(AT_THE_BUREAU), GAO))
        decided = after(case, (approval_at("bureau"), HAN))
        given(decided).when(amendment.amend, asked(case, LOST), BUREAU_HANDLER.around).refused(
            "VOTE_DECIDED_UPON"
        )


class TestOnceOthersBuiltOnIt:
    """The handler proposes, and the leader confirms."""

    @pytest.mark.parametrize(
        "built",
        [
            approval_at("bureau"),
            CaseForwarded(round=1, from_stage="department", to_stage="bureau", organisation=BUREAU),
        ],
        ids=lambda each: each.topic,
    )
    def test_the_handlers_word_alone_amends_nothing(
        self, a_paid_case: Case, built: CaseForwarded
    ) -> None:
        later = after(a_paid_case, (built, HAN))
        (event,) = amendment.amend(later, asked(a_paid_case, LESS), BUREAU_HANDLER.around)
        assert isinstance(event, AmendmentProposed)
        assert [each.amount for each in after(later, (event, GAO)).payments] == [11000]

    def test_the_leader_confirms_it_once(self, a_proposed_amendment: Case) -> None:
        (waiting,) = a_proposed_amendment.amendments
        entry = AT_THE_BUREAU.version + 1
        event = replace(amended(entry, LESS), proposal=waiting.proposal, seat=LEADER, reason=None)
        given(a_proposed_amendment).when(
            amendment.confirm_amendment, entry, BUREAU_LEADER.around, (), ()
        ).then(event)
        then = after(a_proposed_amendment, (event, HAN))
        assert [each.amount for each in then.payments] == [6000]
        given(then).when(amendment.confirm_amendment, entry, BUREAU_LEADER.around, (), ()).refused(
            "PROPOSAL_FIRST"
        )

    def test_who_proposed_it_confirms_nothing_under_whatever_name(
        self, a_proposed_amendment: Case
    ) -> None:
        around = replace(BUREAU_LEADER.around, humans=linked((GAO, HAN)))
        entry = AT_THE_BUREAU.version + 1
        given(a_proposed_amendment).when(
            amendment.confirm_amendment, entry, around, (), ()
        ).refused("SAME_REVIEWER")
