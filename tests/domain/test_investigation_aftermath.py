"""After a finding: served, reviewed on request, and decided by people who had no part in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.investigation.aftermath import (
    DecideReview,
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
SERVE = ServeDecision(served_on=TODAY, method="直接送达", remedy=SECRET)
SERVED = DecisionServed(served_on=TODAY, method="直接送达", remedy=SECRET, late_entry=False)
REQUESTED = ReviewRequested(grounds=SECRET)
UPHOLD = DecideReview(
    outcome=ReviewOutcome.UPHELD, decision="某复字1号", ends_on=None, reason=SECRET
)
CORRECT = replace(UPHOLD, outcome=ReviewOutcome.CORRECTED, ends_on=date(2025, 10, 15))
DECIDED = ReviewDecided(**vars(UPHOLD))


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
        earlier = TODAY - timedelta(days=1)
        given(a_finding).when(serve, replace(SERVE, served_on=earlier), HANDLER).then(
            replace(SERVED, served_on=earlier, late_entry=True)
        )

    def test_is_not_entered_before_it_happens(self, a_finding: Investigation) -> None:
        later = replace(SERVE, served_on=TODAY + timedelta(days=1))
        given(a_finding).when(serve, later, HANDLER).refused_at("OCCURRED_LATER", "/served_on")

    def test_is_entered_once(self) -> None:
        given(found(SERVED)).when(serve, SERVE, HANDLER).refused("ALREADY_SERVED")

    def test_is_of_a_finding(self, a_closed_investigation: Investigation) -> None:
        given(a_closed_investigation).when(serve, SERVE, HANDLER).refused("NO_FINDING")

    def test_is_entered_by_nobody_else(self, a_finding: Investigation) -> None:
        elsewhere = person_at(LIU, house(DEPARTMENT, appointment(LIU, "integrity_handler")), "")
        for around in (INTEGRITY_LEADER_OF_BUREAU.around, elsewhere.around):
            given(a_finding).when(serve, SERVE, around).refused("NOT_IN_SEAT")


class TestARequestForReview:
    """Comes from the person, one at a time."""

    def test_comes_from_the_person(self, a_finding: Investigation) -> None:
        given(a_finding).when(request_review, SECRET, THE_APPLICANT).then(REQUESTED)
        assert found(REQUESTED).review_open

    def test_comes_from_the_person_under_another_document(self, a_finding: Investigation) -> None:
        other = person_at(LIU, house(BUREAU), "").knowing(linked((LIU, AN)))
        given(a_finding).when(request_review, SECRET, other).then(REQUESTED)

    def test_comes_from_nobody_else(self, a_finding: Investigation) -> None:
        given(a_finding).when(request_review, SECRET, HANDLER).refused("NOT_THE_SUBJECT")

    def test_is_about_a_finding(self, a_closed_investigation: Investigation) -> None:
        given(a_closed_investigation).when(request_review, SECRET, THE_APPLICANT).refused(
            "NO_FINDING"
        )

    def test_waits_for_the_one_under_way(self, a_requested_review: Investigation) -> None:
        given(a_requested_review).when(request_review, SECRET, THE_APPLICANT).refused(
            "REVIEW_UNDER_WAY"
        )

    def test_may_come_again_once_that_is_decided(self) -> None:
        given(found(REQUESTED, DECIDED)).when(request_review, SECRET, THE_APPLICANT).then(REQUESTED)


ABOVE = frozenset({"organisation-province"})
"""What is above the bureau."""


class TestAReview:
    """Is decided by an integrity leader who had no part in the finding, nor in the case."""

    def test_is_decided_by_another_leader(self, a_requested_review: Investigation) -> None:
        given(a_requested_review).when(
            decide_review, UPHOLD, CASE, ANOTHER_LEADER.around, above=ABOVE
        ).then(DECIDED)
        assert not found(REQUESTED, DECIDED).review_open

    def test_is_decided_by_the_authority_above(self, a_requested_review: Investigation) -> None:
        for where in ("organisation-province", DEPARTMENT):
            around = person_at(
                LIU, house(where, appointment(LIU, INTEGRITY_LEADER)), INTEGRITY_LEADER
            ).around
            deciding = given(a_requested_review).when(
                decide_review, UPHOLD, CASE, around, above=ABOVE
            )
            if where in ABOVE:
                deciding.then(DECIDED)
            else:
                deciding.refused("NOT_ABOVE")

    def test_is_decided_once(self) -> None:
        given(found(REQUESTED, DECIDED)).when(
            decide_review, UPHOLD, CASE, ANOTHER_LEADER.around, above=ABOVE
        ).refused("NO_REVIEW_ASKED")

    def test_is_decided_by_nobody_without_the_seat(self, a_requested_review: Investigation) -> None:
        nobody = person_at(LIU, house(BUREAU), INTEGRITY_LEADER)
        given(a_requested_review).when(
            decide_review, UPHOLD, CASE, nobody.around, above=ABOVE
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
            .when(decide_review, UPHOLD, CASE, promoted.around, above=ABOVE)
            .refused("DECIDED_BEFORE")
        )
        assert refusal.citations[0].rule == "ZZ-REVIEWER_INVESTIGATES"

    def test_is_not_decided_by_another_document_of_who_had_a_part(
        self, a_requested_review: Investigation
    ) -> None:
        around = ANOTHER_LEADER.knowing(linked((LIU, JIN)))
        given(a_requested_review).when(decide_review, UPHOLD, CASE, around, above=ABOVE).refused(
            "DECIDED_BEFORE"
        )

    def test_is_not_decided_by_the_person(self, a_requested_review: Investigation) -> None:
        around = ANOTHER_LEADER.knowing(linked((LIU, AN)))
        given(a_requested_review).when(decide_review, UPHOLD, CASE, around, above=ABOVE).refused(
            "OWN_AFFAIR"
        )

    def test_names_a_new_last_day_where_it_corrects(
        self, a_requested_review: Investigation
    ) -> None:
        given(a_requested_review).when(
            decide_review, CORRECT, CASE, ANOTHER_LEADER.around, above=ABOVE
        ).then(ReviewDecided(**vars(CORRECT)))

    @pytest.mark.parametrize(
        "command",
        [replace(CORRECT, ends_on=None), replace(UPHOLD, ends_on=TODAY)],
        ids=["corrects without a day", "upholds with a day"],
    )
    def test_names_a_new_last_day_nowhere_else(
        self, a_requested_review: Investigation, command: DecideReview
    ) -> None:
        given(a_requested_review).when(
            decide_review, command, CASE, ANOTHER_LEADER.around, above=ABOVE
        ).refused_at("CORRECTION_WITHOUT_DAY", "/ends_on")

    def test_is_refused_for_every_reason_at_once(self, a_finding: Investigation) -> None:
        around = person_at(JIN, house(BUREAU), INTEGRITY_LEADER).knowing(linked((JIN, AN)))
        command = replace(UPHOLD, ends_on=TODAY)
        given(a_finding).when(decide_review, command, CASE, around, above=ABOVE).refused(
            "NO_REVIEW_ASKED",
            "NOT_IN_SEAT",
            "DECIDED_BEFORE",
            "OWN_AFFAIR",
            "CORRECTION_WITHOUT_DAY",
        )
