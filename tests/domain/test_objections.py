"""Objections and complaints: raised by anyone, settled by people with no part in the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from domain import beijing
from domain.case.phase import Posting, Publicised, Suspended, UnderPublicity
from domain.objection.complaint import close, take_up
from domain.objection.decide import (
    Raise,
    Settle,
    in_time,
    investigate,
    raise_objection,
    require_open_for_files,
    screen,
    settle,
    withdraw,
)
from domain.objection.events import (
    ComplaintClosed,
    ComplaintOutcome,
    ComplaintReceived,
    ComplaintTakenUp,
    Disposition,
    ObjectionAdmitted,
    ObjectionDismissed,
    ObjectionInvestigated,
    ObjectionNotAdmitted,
    ObjectionRaised,
    ObjectionReceived,
    ObjectionScreened,
    ObjectionUpheld,
    ObjectionWithdrawn,
    ObjectorVerified,
)
from domain.objection.state import (
    Complaint,
    Objection,
    ObjectionEvent,
    evolve,
    evolve_complaint,
    unscreened,
)
from domain.personal import Purpose
from domain.refusal import Refused
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    INTEGRITY_HANDLER_OF_BUREAU,
    INTEGRITY_LEADER_OF_BUREAU,
    JIN,
    KONG,
    LIU,
    SCHOOL,
    appointment,
    house,
    linked,
    person_at,
    words,
)
from tests.domain.story import BEFORE_THE_LEADER
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances

POSTING = Posting("posting-1", "employer", date(2024, 10, 22), "refuse", ())
CASE = replace(BEFORE_THE_LEADER, phase=UnderPublicity("employer", POSTING))
MIDNIGHT = datetime(2024, 10, 22, 16, 0, tzinfo=UTC)
"""24:00 of the last day, in Beijing."""
HANDLER = INTEGRITY_HANDLER_OF_BUREAU.around
LEADER = INTEGRITY_LEADER_OF_BUREAU.around
SECRET = words("…", "objection-1", Purpose.OBJECTION)

RAISE = Raise(
    posting="posting-1",
    about=None,
    authority=BUREAU,
    statement=words("不符", "objection-1", Purpose.OBJECTION),
    length=2,
    name=words("某人", "objection-1", Purpose.OBJECTION),
    contact=None,
    attachments=(),
)
RAISED = ObjectionRaised(
    case="case-1",
    posting="posting-1",
    about=None,
    authority=BUREAU,
    real_name=True,
    statement=RAISE.statement,
    name=RAISE.name,
    contact=None,
    attachments=(),
)
ADMITTED = ObjectionAdmitted(organisation=BUREAU)
NOT_ADMITTED = ObjectionNotAdmitted(organisation=BUREAU, reason=SECRET)
INVESTIGATED = ObjectionInvestigated(organisation=BUREAU, findings=SECRET, evidence=("scan",))
NUMBER = "某人社复〔2024〕1号"
UPHOLD = Settle(
    disposition=Disposition.RETURN, decision=NUMBER, answer=SECRET, summary=words("须更正")
)
UPHELD = ObjectionUpheld(
    organisation=BUREAU,
    disposition=Disposition.RETURN,
    decision=NUMBER,
    answer=SECRET,
    summary=words("须更正"),
)
DISMISS = replace(UPHOLD, disposition=None)
DISMISSED = ObjectionDismissed(
    organisation=BUREAU, decision=NUMBER, answer=SECRET, summary=words("须更正")
)
WITHDRAWN = ObjectionWithdrawn(reason=None)


def after(*happened: ObjectionEvent, by: str = JIN) -> Objection:
    actor = person_at(by, house(BUREAU), "").around.actor
    state: Objection | None = None
    for event in happened:
        state = evolve(state, event, told("objection-1", actor))
    assert state is not None
    return state


def officer(seat: str, person: str = LIU) -> Circumstances:
    """Somebody who holds a seat of the bureau."""
    return person_at(person, house(BUREAU, appointment(person, seat)), seat).around


@pytest.fixture
def a_raised_objection() -> Objection:
    return after(RAISED)


@pytest.fixture
def an_admitted_objection() -> Objection:
    return after(RAISED, ADMITTED)


@pytest.fixture
def an_investigated_objection() -> Objection:
    return after(RAISED, ADMITTED, INVESTIGATED)


class TestRaising:
    """Is free to anyone, with a name or with something concrete."""

    def test_with_a_name_needs_nothing_more(self) -> None:
        given(CASE).when(raise_objection, RAISE).then(RAISED)

    def test_without_a_name_needs_facts(self) -> None:
        anonymous = replace(RAISE, name=None)
        given(CASE).when(raise_objection, anonymous).refused_at("EVIDENCE_NEEDED", "/statement")

    def test_without_a_name_may_rest_on_a_file(self) -> None:
        anonymous = replace(RAISE, name=None, attachments=("file-1",))
        given(CASE).when(raise_objection, anonymous).then(
            replace(RAISED, name=None, real_name=False, attachments=("file-1",))
        )

    def test_without_a_name_may_rest_on_concrete_words(self) -> None:
        given(CASE).when(raise_objection, replace(RAISE, name=None, length=20)).then(
            replace(RAISED, name=None, real_name=False)
        )
        given(CASE).when(raise_objection, replace(RAISE, name=None, length=19)).refused(
            "EVIDENCE_NEEDED"
        )

    def test_is_in_time_until_midnight_of_the_last_day(self) -> None:
        assert in_time(CASE, "posting-1", MIDNIGHT - timedelta(microseconds=1))
        assert not in_time(CASE, "posting-1", MIDNIGHT)

    def test_is_about_the_posting_that_is_up(self) -> None:
        before = MIDNIGHT - timedelta(days=1)
        assert not in_time(CASE, "posting-2", before)
        over = replace(CASE, phase=Publicised("employer", POSTING))
        assert not in_time(over, "posting-1", before)

    def test_takes_files_until_then(self, a_raised_objection: Objection) -> None:
        require_open_for_files(a_raised_objection, CASE, MIDNIGHT - timedelta(microseconds=1))
        with pytest.raises(Refused, match="PUBLICITY_OVER"):
            require_open_for_files(a_raised_objection, CASE, MIDNIGHT)

    def test_is_in_time_while_the_case_is_held_still(self) -> None:
        held = replace(CASE, phase=Suspended(CASE.phase, "investigation", "investigation-1"))  # type: ignore[arg-type] # it is under publicity
        assert in_time(held, "posting-1", MIDNIGHT - timedelta(days=1))


class TestScreening:
    """Admits an objection, or not with a reason, once."""

    @pytest.mark.parametrize("seat", [DUTY_OFFICER, INTEGRITY_HANDLER])
    def test_is_for_the_duty_officer_or_the_integrity_handler(
        self, a_raised_objection: Objection, seat: str
    ) -> None:
        given(a_raised_objection).when(screen, CASE, None, officer(seat)).then(ADMITTED)

    def test_is_for_nobody_else(self, a_raised_objection: Objection) -> None:
        given(a_raised_objection).when(screen, CASE, None, LEADER).refused("NOT_IN_SEAT")

    def test_gives_a_reason_where_it_does_not_admit(self, a_raised_objection: Objection) -> None:
        given(a_raised_objection).when(screen, CASE, SECRET, HANDLER).then(NOT_ADMITTED)
        assert after(RAISED, NOT_ADMITTED).ending == "not_admitted"

    @pytest.mark.parametrize("then", [ADMITTED, NOT_ADMITTED, WITHDRAWN])
    def test_happens_once(self, then: ObjectionEvent) -> None:
        given(after(RAISED, then)).when(screen, CASE, None, HANDLER).refused("ALREADY_SETTLED")


class TestInvestigating:
    """Is for the integrity handler, once the objection was admitted."""

    def test_reports_what_was_found(self, an_admitted_objection: Objection) -> None:
        given(an_admitted_objection).when(investigate, CASE, SECRET, ("scan",), HANDLER).then(
            INVESTIGATED
        )
        assert after(RAISED, ADMITTED, INVESTIGATED).investigated_by == JIN

    def test_waits_for_the_screening(self, a_raised_objection: Objection) -> None:
        given(a_raised_objection).when(investigate, CASE, SECRET, (), HANDLER).refused(
            "SCREENING_FIRST"
        )

    def test_is_for_nobody_else(self, an_admitted_objection: Objection) -> None:
        given(an_admitted_objection).when(investigate, CASE, SECRET, (), LEADER).refused(
            "NOT_IN_SEAT"
        )


class TestSettling:
    """Takes a second officer."""

    def test_upholds_with_what_it_brings(self, an_investigated_objection: Objection) -> None:
        given(an_investigated_objection).when(settle, CASE, UPHOLD, LEADER).then(UPHELD)
        assert after(RAISED, UPHELD).ending == "upheld"

    def test_dismisses(self, an_investigated_objection: Objection) -> None:
        given(an_investigated_objection).when(settle, CASE, DISMISS, LEADER).then(DISMISSED)
        assert after(RAISED, DISMISSED).ending == "dismissed"

    def test_waits_for_the_report(self, an_admitted_objection: Objection) -> None:
        given(an_admitted_objection).when(settle, CASE, DISMISS, LEADER).refused(
            "INVESTIGATION_FIRST"
        )

    def test_waits_for_the_screening(self, a_raised_objection: Objection) -> None:
        given(a_raised_objection).when(settle, CASE, DISMISS, LEADER).refused(
            "SCREENING_FIRST", "INVESTIGATION_FIRST"
        )

    def test_is_not_for_who_investigated(self, an_investigated_objection: Objection) -> None:
        given(an_investigated_objection).when(
            settle, CASE, DISMISS, officer(INTEGRITY_LEADER, JIN)
        ).refused("SAME_REVIEWER")

    def test_is_not_for_another_document_of_who_investigated(
        self, an_investigated_objection: Objection
    ) -> None:
        around = INTEGRITY_LEADER_OF_BUREAU.knowing(linked((KONG, JIN)))
        given(an_investigated_objection).when(settle, CASE, DISMISS, around).refused(
            "SAME_REVIEWER"
        )

    @pytest.mark.parametrize("ending", [UPHELD, DISMISSED, WITHDRAWN])
    def test_happens_once(self, ending: ObjectionEvent) -> None:
        over = after(RAISED, ADMITTED, INVESTIGATED, ending)
        given(over).when(settle, CASE, DISMISS, LEADER).refused("ALREADY_SETTLED")
        given(over).when(withdraw, None).refused("ALREADY_SETTLED")


@pytest.mark.parametrize("involved", ["reviewer", "applicant", "objector"])
class TestWhoeverDealsWithIt:
    """Reviewed nothing in the case, is not its applicant and not the objector."""

    @pytest.fixture
    def other(self, involved: str) -> str:
        """The person whom the officer turns out to be."""
        return {"reviewer": BAI, "applicant": AN, "objector": "person-objector"}[involved]

    @pytest.fixture
    def verified(self) -> ObjectorVerified:
        return ObjectorVerified(person="person-objector")

    def test_does_not_screen_it(self, other: str, verified: ObjectorVerified) -> None:
        around = replace(officer(DUTY_OFFICER), humans=linked((LIU, other)))
        given(after(RAISED, verified)).when(screen, CASE, None, around).refused(
            "REVIEWER_INVESTIGATES"
        )

    def test_does_not_investigate_it(self, other: str, verified: ObjectorVerified) -> None:
        around = replace(officer(INTEGRITY_HANDLER), humans=linked((LIU, other)))
        given(after(RAISED, verified, ADMITTED)).when(
            investigate, CASE, SECRET, (), around
        ).refused("REVIEWER_INVESTIGATES")

    def test_does_not_settle_it(self, other: str, verified: ObjectorVerified) -> None:
        around = replace(officer(INTEGRITY_LEADER), humans=linked((LIU, other)))
        (refusal,) = (
            given(after(RAISED, verified, ADMITTED, INVESTIGATED))
            .when(settle, CASE, DISMISS, around)
            .refused("REVIEWER_INVESTIGATES")
        )
        assert refusal.citations[0].rule == "ZZ-REVIEWER_INVESTIGATES"


def test_an_objector_may_withdraw(a_raised_objection: Objection) -> None:
    given(a_raised_objection).when(withdraw, None).then(WITHDRAWN)
    assert after(RAISED, WITHDRAWN).ending == "withdrawn"


def test_whoever_dealt_with_an_objection_is_remembered(
    an_investigated_objection: Objection,
) -> None:
    assert an_investigated_objection.handlers == (JIN, JIN)
    assert after(RAISED, ADMITTED, INVESTIGATED, UPHELD, by=KONG).handlers == (KONG, KONG, KONG)


def test_an_objection_blocks_until_somebody_has_screened_it() -> None:
    received = tuple(ObjectionReceived(objection=f"objection-{number}") for number in (1, 2))
    screened = ObjectionScreened(objection="objection-1", admitted=False)
    assert unscreened((*received, screened)) == {"objection-2"}


class TestAComplaint:
    """Blocks nothing; it is taken up or closed with a reason."""

    RECEIVED = ComplaintReceived(
        origin="complaint",
        case="case-1",
        about=SCHOOL,
        authority=BUREAU,
        statement=SECRET,
        name=None,
        contact=None,
        attachments=(),
        accept_by=date(2024, 10, 30),
        conclude_by=date(2024, 12, 14),
        rules=("ZZ-1",),
    )
    CLOSED = ComplaintClosed(
        organisation=BUREAU, outcome=ComplaintOutcome.NOT_CONFIRMED, late=False, reason=SECRET
    )
    TAKEN_UP = ComplaintTakenUp(organisation=BUREAU, investigation="investigation-1")

    @pytest.fixture
    def a_complaint(self) -> Complaint:
        return evolve_complaint(None, self.RECEIVED, told("complaint-1"))

    def test_is_closed_by_the_integrity_handler(self, a_complaint: Complaint) -> None:
        assert a_complaint == Complaint(
            "complaint-1",
            "case-1",
            SCHOOL,
            BUREAU,
            "complaint",
            conclude_by=self.RECEIVED.conclude_by,
        )
        given(a_complaint).when(close, None, ComplaintOutcome.NOT_CONFIRMED, SECRET, HANDLER).then(
            self.CLOSED
        )

    def test_is_marked_when_it_is_closed_late(self, a_complaint: Complaint) -> None:
        late = replace(HANDLER, at=beijing.end(self.RECEIVED.conclude_by))
        given(a_complaint).when(close, None, ComplaintOutcome.REFERRED, SECRET, late).then(
            replace(self.CLOSED, outcome=ComplaintOutcome.REFERRED, late=True)
        )

    def test_is_closed_by_nobody_else(self, a_complaint: Complaint) -> None:
        given(a_complaint).when(
            close, None, ComplaintOutcome.NOT_CONFIRMED, SECRET, LEADER
        ).refused("NOT_IN_SEAT")

    def test_is_taken_up_by_an_investigation_once(self, a_complaint: Complaint) -> None:
        acts = given(a_complaint).when(take_up, "investigation-1", BUREAU)
        acts.then(self.TAKEN_UP)
        over = evolve_complaint(a_complaint, self.TAKEN_UP, told("complaint-1"))
        given(over).when(take_up, "investigation-2", BUREAU).refused("ALREADY_SETTLED")

    def test_is_over_once_closed_or_taken_up(self, a_complaint: Complaint) -> None:
        for ending, word in ((self.CLOSED, "closed"), (self.TAKEN_UP, "taken_up")):
            over = evolve_complaint(a_complaint, ending, told("complaint-1"))
            assert over.ending == word
            given(over).when(close, None, ComplaintOutcome.NOT_CONFIRMED, SECRET, HANDLER).refused(
                "ALREADY_SETTLED"
            )
