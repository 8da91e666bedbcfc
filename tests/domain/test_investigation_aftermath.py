"""After a finding: served, reviewed on request, and decided by people who had no part in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain import beijing
from domain.investigation.aftermath import (
    DecideReview,
    RequestReview,
    ServeDecision,
    decide_review,
    request_review,
    serve,
)
from domain.investigation.events import (
    DecisionServed,
    ReviewDecided,
    ReviewOutcome,
    ReviewRequested,
)
from domain.investigation.state import Investigation, InvestigationEvent, evolve
from domain.separation import INTEGRITY_LEADER
from domain.service import Channel
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    DEPARTMENT,
    INTEGRITY_HANDLER_OF_BUREAU,
    INTEGRITY_LEADER_OF_BUREAU,
    JIN,
    KONG,
    LIU,
    TODAY,
    appointment,
    house,
    linked,
    person_at,
)
from tests.domain.telling import told
from tests.domain.test_investigations import (
    ANSWERED,
    BY_SYSTEM,
    CASE,
    CLOSED,
    FOUND,
    NOTIFIED,
    OPENED,
    PROPOSED,
    SECRET,
    THE_APPLICANT,
)

HANDLER = INTEGRITY_HANDLER_OF_BUREAU.around
ANOTHER_LEADER = person_at(LIU, house(BUREAU, appointment(LIU, INTEGRITY_LEADER)), INTEGRITY_LEADER)
REVIEW_BY, DECIDE_BY = date(2024, 11, 5), date(2024, 11, 26)
SERVE = ServeDecision(
    told=BY_SYSTEM,
    remedy=SECRET,
    serve_by=TODAY + timedelta(days=7),
    review_by=REVIEW_BY,
    rules=("ZZ-1",),
)
SERVED = DecisionServed(
    told=BY_SYSTEM, remedy=SECRET, review_by=REVIEW_BY, late=False, rules=("ZZ-1",)
)
REQUEST = RequestReview(grounds=SECRET, decide_by=DECIDE_BY, rules=("ZZ-1",))
REQUESTED = ReviewRequested(grounds=SECRET, decide_by=DECIDE_BY, rules=("ZZ-1",))
UPHOLD = DecideReview(
    outcome=ReviewOutcome.UPHELD, decision="某复字1号", ends_on=None, reason=SECRET
)
CORRECT = replace(UPHOLD, outcome=ReviewOutcome.CORRECTED, ends_on=date(2025, 10, 15))
DECIDED = ReviewDecided(**vars(UPHOLD), late=False)


def found(*afterwards: InvestigationEvent) -> Investigation:
    """A finding that Jin proposed and Kong made, and what followed."""
    state: Investigation | None = None
    history = (
        *((event, JIN) for event in (OPENED, NOTIFIED, ANSWERED, PROPOSED)),
        *((event, KONG) for event in (FOUND, *afterwards)),
    )
    for event, person in history:
        actor = person_at(person, house(BUREAU), "").around.actor
        state = evolve(state, event, told("investigation-1", actor))
    assert state is not None
    return state


def under_way() -> Investigation:
    """Somebody was told what is alleged; nothing was decided yet."""
    opened = evolve(None, OPENED, told("investigation-1", HANDLER.actor))
    return evolve(opened, NOTIFIED, told("investigation-1", HANDLER.actor))


@pytest.fixture
def a_finding() -> Investigation:
    return found()


@pytest.fixture
def a_requested_review() -> Investigation:
    return found(SERVED, REQUESTED)


@pytest.fixture
def a_closed_investigation() -> Investigation:
    actor = HANDLER.actor
    opened = evolve(None, OPENED, told("investigation-1", actor))
    return evolve(opened, CLOSED, told("investigation-1", actor))


class TestService:
    """Is entered once, by the handler of the authority, when it has happened."""

    def test_is_entered_by_the_integrity_handler(self, a_finding: Investigation) -> None:
        given(a_finding).when(serve, SERVE, HANDLER).then(SERVED)
        assert found(SERVED).served

    def test_is_marked_when_entered_late(self, a_finding: Investigation) -> None:
        by_hand = replace(BY_SYSTEM, channel=Channel.IN_PERSON, proof=SECRET, late_entry=True)
        tomorrow = replace(HANDLER, at=HANDLER.at + timedelta(days=1))
        given(a_finding).when(serve, replace(SERVE, told=by_hand), tomorrow).then(
            replace(SERVED, told=by_hand)
        )

    def test_is_marked_when_it_comes_after_its_term(self, a_finding: Investigation) -> None:
        tomorrow = TODAY + timedelta(days=1)
        told_then = replace(BY_SYSTEM, on=tomorrow, counted_from=tomorrow)
        later = replace(HANDLER, at=HANDLER.at + timedelta(days=1))
        for serve_by, late in ((TODAY, True), (tomorrow, False)):
            given(a_finding).when(
                serve, replace(SERVE, told=told_then, serve_by=serve_by), later
            ).then(replace(SERVED, told=told_then, late=late))

    def test_is_not_entered_before_it_happens(self, a_finding: Investigation) -> None:
        later = replace(SERVE, told=replace(BY_SYSTEM, on=TODAY + timedelta(days=1)))
        given(a_finding).when(serve, later, HANDLER).refused_at("OCCURRED_LATER", "/told/on")

    def test_names_the_remedy(self, a_finding: Investigation) -> None:
        silent = replace(SERVE, remedy=None)
        given(a_finding).when(serve, silent, HANDLER).refused_at("REMEDY_MISSING", "/remedy")

    def test_is_entered_once(self) -> None:
        given(found(SERVED)).when(serve, SERVE, HANDLER).refused("ALREADY_SERVED")

    def test_is_of_a_decision(self) -> None:
        given(under_way()).when(serve, SERVE, HANDLER).refused("NO_DECISION_TO_SERVE")

    def test_of_what_nobody_was_told_there_is_none(
        self, a_closed_investigation: Investigation
    ) -> None:
        given(a_closed_investigation).when(serve, SERVE, HANDLER).refused("NO_DECISION_TO_SERVE")

    def test_tells_whoever_was_suspected_that_nothing_was_confirmed(self) -> None:
        closed = evolve(under_way(), CLOSED, told("investigation-1", HANDLER.actor))
        served = replace(SERVED, remedy=None, review_by=None)
        given(closed).when(serve, replace(SERVE, remedy=None), HANDLER).then(served)

    def test_is_entered_by_nobody_else(self, a_finding: Investigation) -> None:
        elsewhere = person_at(LIU, house(DEPARTMENT, appointment(LIU, "integrity_handler")), "")
        for around in (INTEGRITY_LEADER_OF_BUREAU.around, elsewhere.around):
            given(a_finding).when(serve, SERVE, around).refused("NOT_IN_SEAT")


class TestARequestForReview:
    """Comes from the person, one at a time."""

    def test_comes_from_the_person(self, a_finding: Investigation) -> None:
        given(a_finding).when(request_review, REQUEST, THE_APPLICANT).then(REQUESTED)
        assert found(REQUESTED).review_open

    def test_comes_from_the_person_under_another_document(self, a_finding: Investigation) -> None:
        other = person_at(LIU, house(BUREAU), "").knowing(linked((LIU, AN)))
        given(a_finding).when(request_review, REQUEST, other).then(REQUESTED)

    def test_comes_from_nobody_else(self, a_finding: Investigation) -> None:
        given(a_finding).when(request_review, REQUEST, HANDLER).refused("NOT_THE_SUBJECT")

    def test_is_about_a_finding(self, a_closed_investigation: Investigation) -> None:
        given(a_closed_investigation).when(request_review, REQUEST, THE_APPLICANT).refused(
            "NO_FINDING"
        )

    def test_comes_within_its_term_from_the_service(self) -> None:
        last = replace(THE_APPLICANT, at=beijing.end(REVIEW_BY) - timedelta(microseconds=1))
        given(found(SERVED)).when(request_review, REQUEST, last).then(REQUESTED)
        late = replace(THE_APPLICANT, at=beijing.end(REVIEW_BY))
        given(found(SERVED)).when(request_review, REQUEST, late).refused("REVIEW_TERM_OVER")
        given(found()).when(request_review, REQUEST, late).then(REQUESTED)

    def test_waits_for_the_one_under_way(self, a_requested_review: Investigation) -> None:
        given(a_requested_review).when(request_review, REQUEST, THE_APPLICANT).refused(
            "REVIEW_UNDER_WAY"
        )

    def test_may_come_again_once_that_is_decided(self) -> None:
        given(found(REQUESTED, DECIDED)).when(request_review, REQUEST, THE_APPLICANT).then(
            REQUESTED
        )


FORUM = frozenset({BUREAU, "organisation-province"})
"""The bureau, and what is above it."""


class TestAReview:
    """Is decided by an integrity leader who had no part in the finding, nor in the case."""

    def test_is_decided_by_another_leader(self, a_requested_review: Investigation) -> None:
        given(a_requested_review).when(
            decide_review, UPHOLD, CASE, ANOTHER_LEADER.around, forum=FORUM
        ).then(DECIDED)
        assert not found(REQUESTED, DECIDED).review_open

    def test_is_marked_when_it_is_decided_late(self, a_requested_review: Investigation) -> None:
        late = replace(ANOTHER_LEADER.around, at=beijing.end(DECIDE_BY))
        given(a_requested_review).when(decide_review, UPHOLD, CASE, late, forum=FORUM).then(
            replace(DECIDED, late=True)
        )

    def test_is_decided_by_the_authority_above(self, a_requested_review: Investigation) -> None:
        for where in ("organisation-province", DEPARTMENT):
            around = person_at(
                LIU, house(where, appointment(LIU, INTEGRITY_LEADER)), INTEGRITY_LEADER
            ).around
            deciding = given(a_requested_review).when(
                decide_review, UPHOLD, CASE, around, forum=FORUM
            )
            if where in FORUM:
                deciding.then(DECIDED)
            else:
                deciding.refused("NOT_ABOVE")

    def test_is_decided_once(self) -> None:
        given(found(REQUESTED, DECIDED)).when(
            decide_review, UPHOLD, CASE, ANOTHER_LEADER.around, forum=FORUM
        ).refused("NO_REVIEW_ASKED")

    def test_is_decided_by_nobody_without_the_seat(self, a_requested_review: Investigation) -> None:
        nobody = person_at(LIU, house(BUREAU), INTEGRITY_LEADER)
        given(a_requested_review).when(
            decide_review, UPHOLD, CASE, nobody.around, forum=FORUM
        ).refused("NOT_IN_SEAT")

    @pytest.mark.parametrize("who", [JIN, KONG, BAI], ids=["proposed", "found", "reviewed"])
    def test_is_not_decided_by_who_had_a_part(
        self, a_requested_review: Investigation, who: str
    ) -> None:
        promoted = person_at(
            who, house(BUREAU, appointment(who, INTEGRITY_LEADER)), INTEGRITY_LEADER
        )
        (refusal,) = (
            given(a_requested_review)
            .when(decide_review, UPHOLD, CASE, promoted.around, forum=FORUM)
            .refused("DECIDED_BEFORE")
        )
        assert refusal.citations[0].rule == "ZZ-REVIEWER_INVESTIGATES"

    def test_is_not_decided_by_another_document_of_who_had_a_part(
        self, a_requested_review: Investigation
    ) -> None:
        around = ANOTHER_LEADER.knowing(linked((LIU, JIN)))
        given(a_requested_review).when(decide_review, UPHOLD, CASE, around, forum=FORUM).refused(
            "DECIDED_BEFORE"
        )

    def test_is_not_decided_by_the_person(self, a_requested_review: Investigation) -> None:
        around = ANOTHER_LEADER.knowing(linked((LIU, AN)))
        given(a_requested_review).when(decide_review, UPHOLD, CASE, around, forum=FORUM).refused(
            "OWN_AFFAIR"
        )

    def test_names_a_new_last_day_where_it_corrects(
        self, a_requested_review: Investigation
    ) -> None:
        given(a_requested_review).when(
            decide_review, CORRECT, CASE, ANOTHER_LEADER.around, forum=FORUM
        ).then(ReviewDecided(**vars(CORRECT), late=False))

    @pytest.mark.parametrize(
        "command",
        [replace(CORRECT, ends_on=None), replace(UPHOLD, ends_on=TODAY)],
        ids=["corrects without a day", "upholds with a day"],
    )
    def test_names_a_new_last_day_nowhere_else(
        self, a_requested_review: Investigation, command: DecideReview
    ) -> None:
        given(a_requested_review).when(
            decide_review, command, CASE, ANOTHER_LEADER.around, forum=FORUM
        ).refused_at("CORRECTION_WITHOUT_DAY", "/ends_on")

    def test_is_refused_for_every_reason_at_once(self, a_finding: Investigation) -> None:
        around = person_at(JIN, house(BUREAU), INTEGRITY_LEADER).knowing(linked((JIN, AN)))
        command = replace(UPHOLD, ends_on=TODAY)
        given(a_finding).when(decide_review, command, CASE, around, forum=FORUM).refused(
            "NO_REVIEW_ASKED",
            "NOT_IN_SEAT",
            "DECIDED_BEFORE",
            "OWN_AFFAIR",
            "CORRECTION_WITHOUT_DAY",
        )
