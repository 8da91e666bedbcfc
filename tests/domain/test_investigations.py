"""Investigations: nobody is found guilty unheard, nor by one officer alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain import beijing
from domain.investigation.decide import (
    CloseInvestigation,
    Command,
    ExtendTerm,
    FindMisconduct,
    NotifyAllegation,
    OpenInvestigation,
    ProposeFinding,
    ReceiveStatement,
    decide,
)
from domain.investigation.events import (
    AllegationNotified,
    FindingProposed,
    Ground,
    InvestigationClosed,
    InvestigationOpened,
    MisconductFound,
    StatementReceived,
    TermExtended,
)
from domain.investigation.state import Investigation, InvestigationEvent, Proposal, evolve
from domain.personal import Purpose
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER
from domain.service import Channel, Hearing, TimeToAnswer
from domain.shared_collections import Several
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
    NOON,
    SCHOOL,
    TODAY,
    appointment,
    house,
    linked,
    person_at,
    words,
)
from tests.domain.story import BEFORE_THE_LEADER
from tests.domain.telling import TERM, by_system, told

if TYPE_CHECKING:
    from domain.case.state import Case
    from tests.domain.given import Outcome

CASE = BEFORE_THE_LEADER
HANDLER = INTEGRITY_HANDLER_OF_BUREAU.around
LEADER = INTEGRITY_LEADER_OF_BUREAU.around
THE_APPLICANT = person_at(AN, house(SCHOOL), "").around
ANSWER_BY = NOON + timedelta(days=5)
SECRET = words("…", purpose=Purpose.DISCIPLINE)

OPEN = OpenInvestigation(
    suspicion=SECRET,
    raised_at_stage="employer",
    due_on=date(2025, 1, 13),
    rules=("ZZ-1",),
    under_way=False,
)
BY_SYSTEM = by_system(TODAY)
WHOLE = replace(TERM, id="finding", chinese="核查办结期限", days=90, working_days=None)
TIME = TimeToAnswer(
    told=BY_SYSTEM,
    least=ANSWER_BY,
    most=NOON + timedelta(days=90),
    asked=None,
    term=TERM,
    whole=WHOLE,
)
NOTIFY = NotifyAllegation(allegation=SECRET, time=TIME, hearing=None, rules=("ZZ-1",))
ANSWER = ReceiveStatement(statement=SECRET)
PROPOSE = ProposeFinding(ground=Ground.FRAUD, evidence=("scan",), finding=SECRET)
FIND = FindMisconduct(decision="某人社字〔2024〕1号", finding=SECRET)
CLOSE = CloseInvestigation(decision="某人社字〔2024〕2号", reason=SECRET)

OPENED = InvestigationOpened(
    case="case-1",
    subject=AN,
    organisation=BUREAU,
    raised_at_stage="employer",
    suspicion=SECRET,
    due_on=OPEN.due_on,
    rules=OPEN.rules,
)
NOTIFIED = AllegationNotified(
    allegation=SECRET, told=BY_SYSTEM, answer_by=ANSWER_BY, hearing_on=None, rules=("ZZ-1",)
)
ANSWERED = StatementReceived(**vars(ANSWER))
PROPOSED = FindingProposed(**vars(PROPOSE))
FOUND = MisconductFound(
    ground=Ground.FRAUD, decision=FIND.decision, evidence=("scan",), finding=SECRET, late=False
)
CLOSED = InvestigationClosed(**vars(CLOSE), late=False)
EXTEND = ExtendTerm(due_on=date(2025, 4, 13), reason=SECRET, rules=("ZZ-1",))
EXTENDED = TermExtended(**vars(EXTEND))


def after(*happened: InvestigationEvent, by: str = JIN) -> Investigation:
    """The statement is the applicant's own, everything else ``by`` the handler."""
    officer = person_at(by, house(BUREAU), INTEGRITY_HANDLER).around.actor
    state: Investigation | None = None
    for event in happened:
        actor = THE_APPLICANT.actor if event == ANSWERED else officer
        state = evolve(state, event, told("investigation-1", actor))
    assert state is not None
    return state


@pytest.fixture
def a_case() -> Case:
    return CASE


@pytest.fixture
def an_opened_investigation() -> Investigation:
    return after(OPENED)


@pytest.fixture
def a_notified_investigation() -> Investigation:
    return after(OPENED, NOTIFIED)


@pytest.fixture
def a_heard_investigation() -> Investigation:
    return after(OPENED, NOTIFIED, ANSWERED)


@pytest.fixture
def a_proposed_finding() -> Investigation:
    return after(OPENED, NOTIFIED, ANSWERED, PROPOSED)


def test_a_suspicion_is_taken_up_by_the_integrity_handler(a_case: Case) -> None:
    given(None).when(decide, OPEN, a_case, HANDLER).then(OPENED)
    assert after(OPENED) == Investigation(
        "investigation-1",
        "case-1",
        AN,
        BUREAU,
        opened_on=TODAY,
        due_on=OPEN.due_on,
        officers=Several([JIN]),
    )


def test_the_person_is_told_what_is_alleged_and_until_when_to_answer(
    an_opened_investigation: Investigation, a_case: Case
) -> None:
    given(an_opened_investigation).when(decide, NOTIFY, a_case, HANDLER).then(NOTIFIED)
    assert after(OPENED, NOTIFIED).answer_by == ANSWER_BY


def test_the_term_for_an_answer_is_no_shorter_than_the_law_s(
    an_opened_investigation: Investigation, a_case: Case
) -> None:
    sooner = replace(TIME, asked=ANSWER_BY - timedelta(seconds=1))
    outcome = given(an_opened_investigation).when(
        decide, replace(NOTIFY, time=sooner), a_case, HANDLER
    )
    outcome.refused_at("TERM_TOO_SHORT", "/answer_by")
    assert outcome.refusals[0].citations == TERM.citations
    assert "5个工作日" in outcome.refusals[0].chinese
    longer = ANSWER_BY + timedelta(days=1)
    given(an_opened_investigation).when(
        decide, replace(NOTIFY, time=replace(TIME, asked=longer)), a_case, HANDLER
    ).then(replace(NOTIFIED, answer_by=longer))


def test_nobody_is_told_in_the_future_nor_before_there_is_anything_to_tell(
    an_opened_investigation: Investigation, a_case: Case
) -> None:
    def telling(**how: Any) -> Outcome:  # noqa: ANN401 -- of a service
        service = replace(BY_SYSTEM, **how)
        command = replace(NOTIFY, time=replace(TIME, told=service))
        return given(an_opened_investigation).when(decide, command, a_case, HANDLER)

    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    telling(on=tomorrow).refused_at("OCCURRED_LATER", "/told/on")
    telling(on=yesterday).refused_at("TOLD_TOO_EARLY", "/told/on")
    by_post: dict[str, Any] = {"channel": Channel.POST, "proof": SECRET}
    telling(on=yesterday, **by_post).refused_at("TOLD_TOO_EARLY", "/told/on")
    telling(channel=Channel.POST).refused_at("PROOF_MISSING", "/told/proof")
    told_by = replace(BY_SYSTEM, **by_post)
    telling(**by_post).then(replace(NOTIFIED, told=told_by))


def test_who_was_told_earlier_and_by_proof_has_a_term_from_then_that_is_marked(
    an_opened_investigation: Investigation, a_case: Case
) -> None:
    later = replace(HANDLER, at=NOON + timedelta(days=1))
    told_by = replace(BY_SYSTEM, channel=Channel.IN_PERSON, proof=SECRET, late_entry=True)
    command = replace(NOTIFY, time=replace(TIME, told=told_by))
    given(an_opened_investigation).when(decide, command, a_case, later).then(
        replace(NOTIFIED, told=told_by)
    )


def test_a_hearing_is_held_after_its_notice_and_before_a_finding(
    an_opened_investigation: Investigation, a_case: Case
) -> None:
    week = TODAY + timedelta(days=7)
    most = TODAY + timedelta(days=90)
    soon = Hearing(on=week - timedelta(days=1), least=week, most=most, term=TERM, whole=WHOLE)
    endless = replace(NOTIFY, hearing=replace(soon, on=most + timedelta(days=1)))
    given(an_opened_investigation).when(decide, endless, a_case, HANDLER).refused_at(
        "TERM_TOO_LONG", "/hearing_on"
    )
    given(an_opened_investigation).when(
        decide, replace(NOTIFY, hearing=soon), a_case, HANDLER
    ).refused_at("TERM_TOO_SHORT", "/hearing_on")
    called = replace(NOTIFIED, hearing_on=week)
    given(an_opened_investigation).when(
        decide, replace(NOTIFY, hearing=replace(soon, on=week)), a_case, HANDLER
    ).then(called)
    waiting = after(OPENED, called)
    on_the_day = replace(HANDLER, at=beijing.begin(week))
    for unheard in (waiting, after(OPENED, called, ANSWERED)):
        given(unheard).when(decide, PROPOSE, a_case, on_the_day).refused("NOT_YET_HEARD")
    given(waiting).when(decide, PROPOSE, a_case, replace(HANDLER, at=beijing.end(week))).then(
        PROPOSED
    )


def test_what_an_officer_enters_for_the_person_ends_no_term(
    a_notified_investigation: Investigation, a_case: Case
) -> None:
    entered = evolve(a_notified_investigation, ANSWERED, told("investigation-1", HANDLER.actor))
    given(entered).when(decide, PROPOSE, a_case, HANDLER).refused("NOT_YET_HEARD")
    later = replace(HANDLER, at=ANSWER_BY)
    given(entered).when(decide, PROPOSE, a_case, later).then(PROPOSED)


def test_a_further_allegation_is_answered_anew(
    a_heard_investigation: Investigation, a_case: Case
) -> None:
    told_of_more = evolve(a_heard_investigation, NOTIFIED, told("investigation-1", HANDLER.actor))
    given(told_of_more).when(decide, PROPOSE, a_case, HANDLER).refused("NOT_YET_HEARD")


def test_no_time_to_answer_lasts_longer_than_an_investigation(
    an_opened_investigation: Investigation, a_case: Case
) -> None:
    last = replace(NOTIFY, time=replace(TIME, asked=TIME.most))
    given(an_opened_investigation).when(decide, last, a_case, HANDLER).then(
        replace(NOTIFIED, answer_by=TIME.most)
    )
    endless = replace(NOTIFY, time=replace(TIME, asked=TIME.most + timedelta(seconds=1)))
    given(an_opened_investigation).when(decide, endless, a_case, HANDLER).refused_at(
        "TERM_TOO_LONG", "/answer_by"
    )


def test_a_case_is_investigated_once_at_a_time(a_case: Case) -> None:
    second = replace(OPEN, under_way=True)
    given(None).when(decide, second, a_case, HANDLER).refused("INVESTIGATION_UNDER_WAY")


def test_the_term_of_an_investigation_is_extended_once_and_what_comes_late_is_marked(
    an_opened_investigation: Investigation, a_case: Case
) -> None:
    given(an_opened_investigation).when(decide, EXTEND, a_case, LEADER).then(EXTENDED)
    given(an_opened_investigation).when(decide, EXTEND, a_case, HANDLER).refused("NOT_IN_SEAT")
    extended = after(OPENED, EXTENDED)
    given(extended).when(decide, EXTEND, a_case, LEADER).refused("EXTENDED_BEFORE")
    last = replace(LEADER, at=beijing.end(EXTEND.due_on) - timedelta(microseconds=1))
    given(extended).when(decide, CLOSE, a_case, last).then(CLOSED)
    late = replace(LEADER, at=beijing.end(EXTEND.due_on))
    given(extended).when(decide, CLOSE, a_case, late).then(replace(CLOSED, late=True))
    proposed = after(OPENED, NOTIFIED, ANSWERED, PROPOSED)
    overdue = replace(LEADER, at=beijing.end(OPEN.due_on))
    given(proposed).when(decide, FIND, a_case, overdue).then(replace(FOUND, late=True))


def test_a_term_is_not_shortened_by_telling_it_again(
    a_notified_investigation: Investigation, a_case: Case
) -> None:
    longer = ANSWER_BY + timedelta(days=2)
    told_of_more = evolve(
        a_notified_investigation,
        replace(NOTIFIED, answer_by=longer),
        told("investigation-1", HANDLER.actor),
    )
    sooner = replace(NOTIFY, time=replace(TIME, asked=longer - timedelta(seconds=1)))
    given(told_of_more).when(decide, sooner, a_case, HANDLER).refused_at(
        "TERM_SHORTENED", "/answer_by"
    )
    given(told_of_more).when(decide, NOTIFY, a_case, HANDLER).then(
        replace(NOTIFIED, answer_by=longer)
    )


def test_everybody_who_took_part_is_an_officer_of_it_and_the_person_is_none() -> None:
    heard = after(OPENED, NOTIFIED)
    actor = person_at(AN, house(SCHOOL), "").around.actor
    answered = evolve(heard, ANSWERED, told("investigation-1", actor))
    leader = person_at(KONG, house(BUREAU), INTEGRITY_LEADER).around.actor
    closed = evolve(answered, CLOSED, told("investigation-1", leader))
    assert closed.officers == {JIN, KONG}


class TestAStatement:
    """Comes from the person, or is taken down by the handler."""

    def test_comes_from_the_person(
        self, a_notified_investigation: Investigation, a_case: Case
    ) -> None:
        given(a_notified_investigation).when(decide, ANSWER, a_case, THE_APPLICANT).then(ANSWERED)

    def test_comes_from_the_person_under_another_document(
        self, a_notified_investigation: Investigation, a_case: Case
    ) -> None:
        other = person_at(LIU, house(SCHOOL), "").knowing(linked((LIU, AN)))
        given(a_notified_investigation).when(decide, ANSWER, a_case, other).then(ANSWERED)

    def test_is_taken_down_by_the_handler(
        self, a_notified_investigation: Investigation, a_case: Case
    ) -> None:
        given(a_notified_investigation).when(decide, ANSWER, a_case, HANDLER).then(ANSWERED)

    def test_comes_from_nobody_else(
        self, a_notified_investigation: Investigation, a_case: Case
    ) -> None:
        given(a_notified_investigation).when(decide, ANSWER, a_case, LEADER).refused("NOT_IN_SEAT")

    def test_answers_an_allegation_that_was_told(
        self, an_opened_investigation: Investigation, a_case: Case
    ) -> None:
        given(an_opened_investigation).when(decide, ANSWER, a_case, HANDLER).refused(
            "ALLEGATION_FIRST"
        )

    def test_is_refused_for_every_reason_at_once(
        self, an_opened_investigation: Investigation, a_case: Case
    ) -> None:
        given(an_opened_investigation).when(decide, ANSWER, a_case, LEADER).refused(
            "NOT_IN_SEAT", "ALLEGATION_FIRST"
        )


class TestHearing:
    """Comes before finding."""

    def test_comes_before_a_proposal(
        self, a_notified_investigation: Investigation, a_case: Case
    ) -> None:
        (refusal,) = (
            given(a_notified_investigation)
            .when(decide, PROPOSE, a_case, HANDLER)
            .refused("NOT_YET_HEARD")
        )
        assert refusal.citations[0].rule == "ZZ-NOT_YET_HEARD"

    def test_is_not_replaced_by_silence_before_the_term_ends(
        self, a_notified_investigation: Investigation, a_case: Case
    ) -> None:
        just_before = replace(HANDLER, at=ANSWER_BY - timedelta(microseconds=1))
        given(a_notified_investigation).when(decide, PROPOSE, a_case, just_before).refused(
            "NOT_YET_HEARD"
        )

    def test_is_replaced_by_silence_when_the_term_ends(
        self, a_notified_investigation: Investigation, a_case: Case
    ) -> None:
        given(a_notified_investigation).when(
            decide, PROPOSE, a_case, replace(HANDLER, at=ANSWER_BY)
        ).then(PROPOSED)

    def test_is_not_replaced_by_silence_about_nothing_told(
        self, an_opened_investigation: Investigation, a_case: Case
    ) -> None:
        given(an_opened_investigation).when(
            decide, PROPOSE, a_case, replace(HANDLER, at=ANSWER_BY)
        ).refused("NOT_YET_HEARD")


def test_the_handler_proposes_once_the_person_was_heard(
    a_heard_investigation: Investigation, a_case: Case
) -> None:
    given(a_heard_investigation).when(decide, PROPOSE, a_case, HANDLER).then(PROPOSED)
    proposed = after(OPENED, NOTIFIED, ANSWERED, PROPOSED)
    assert proposed.proposal == Proposal(JIN, Ground.FRAUD, ("scan",))


class TestAFinding:
    """Takes two officers, both strangers to the case."""

    def test_is_made_by_the_leader_on_the_handlers_proposal(
        self, a_proposed_finding: Investigation, a_case: Case
    ) -> None:
        given(a_proposed_finding).when(decide, FIND, a_case, LEADER).then(FOUND)
        assert after(OPENED, FOUND).ended == "found"

    def test_waits_for_the_proposal(
        self, a_heard_investigation: Investigation, a_case: Case
    ) -> None:
        given(a_heard_investigation).when(decide, FIND, a_case, LEADER).refused("PROPOSAL_FIRST")

    def test_is_not_made_by_who_proposed_it(
        self, a_proposed_finding: Investigation, a_case: Case
    ) -> None:
        promoted = person_at(
            JIN, house(BUREAU, appointment(JIN, INTEGRITY_LEADER)), INTEGRITY_LEADER
        )
        given(a_proposed_finding).when(decide, FIND, a_case, promoted.around).refused(
            "SAME_REVIEWER"
        )

    def test_is_not_made_by_another_document_of_who_proposed_it(
        self, a_proposed_finding: Investigation, a_case: Case
    ) -> None:
        around = INTEGRITY_LEADER_OF_BUREAU.knowing(linked((KONG, JIN)))
        given(a_proposed_finding).when(decide, FIND, a_case, around).refused("SAME_REVIEWER")

    def test_is_refused_for_every_reason_at_once(
        self, an_opened_investigation: Investigation, a_case: Case
    ) -> None:
        given(an_opened_investigation).when(decide, FIND, a_case, HANDLER).refused(
            "NOT_IN_SEAT", "NOT_YET_HEARD", "PROPOSAL_FIRST"
        )


def test_a_suspicion_that_is_not_confirmed_is_closed(
    an_opened_investigation: Investigation, a_case: Case
) -> None:
    given(an_opened_investigation).when(decide, CLOSE, a_case, LEADER).then(CLOSED)
    assert after(OPENED, CLOSED).ended == "closed"


def test_the_handler_does_not_close_it(
    an_opened_investigation: Investigation, a_case: Case
) -> None:
    given(an_opened_investigation).when(decide, CLOSE, a_case, HANDLER).refused("NOT_IN_SEAT")


FURTHER: list[Command] = [EXTEND, NOTIFY, ANSWER, PROPOSE, FIND, CLOSE]


@pytest.mark.parametrize("command", FURTHER)
@pytest.mark.parametrize("last", [FOUND, CLOSED, None], ids=["found", "closed", "none"])
def test_nothing_more_happens_where_there_is_no_open_investigation(
    last: InvestigationEvent | None, command: Command, a_case: Case
) -> None:
    state = None if last is None else after(OPENED, last)
    given(state).when(decide, command, a_case, LEADER).refused("INVESTIGATION_ENDED")


BY_SEAT: list[tuple[Command, str, tuple[InvestigationEvent, ...]]] = [
    (OPEN, INTEGRITY_HANDLER, ()),
    (EXTEND, INTEGRITY_LEADER, (OPENED,)),
    (NOTIFY, INTEGRITY_HANDLER, (OPENED,)),
    (ANSWER, INTEGRITY_HANDLER, (OPENED, NOTIFIED)),
    (PROPOSE, INTEGRITY_HANDLER, (OPENED, NOTIFIED, ANSWERED)),
    (FIND, INTEGRITY_LEADER, (OPENED, NOTIFIED, ANSWERED, PROPOSED)),
    (CLOSE, INTEGRITY_LEADER, (OPENED,)),
]


@pytest.mark.parametrize(("command", "seat", "history"), BY_SEAT)
class TestWhoeverInvestigates:
    """Is a stranger to the case, in a seat of the authority that took it up."""

    def test_did_not_review_the_case(
        self, command: Command, seat: str, history: tuple[InvestigationEvent, ...]
    ) -> None:
        bai = person_at(BAI, house(BUREAU, appointment(BAI, seat)), seat)
        (refusal,) = (
            given(after(*history) if history else None)
            .when(decide, command, CASE, bai.around)
            .refused("REVIEWER_INVESTIGATES")
        )
        assert refusal.citations[0].rule == "ZZ-REVIEWER_INVESTIGATES"

    def test_is_not_another_document_of_a_reviewer(
        self, command: Command, seat: str, history: tuple[InvestigationEvent, ...]
    ) -> None:
        office = person_at(LIU, house(BUREAU, appointment(LIU, seat)), seat)
        given(after(*history) if history else None).when(
            decide, command, CASE, office.knowing(linked((LIU, BAI)))
        ).refused("REVIEWER_INVESTIGATES")

    def test_is_not_the_applicant(
        self, command: Command, seat: str, history: tuple[InvestigationEvent, ...]
    ) -> None:
        applicant = replace(CASE, applicant=LIU)
        office = person_at(LIU, house(BUREAU, appointment(LIU, seat)), seat)
        given(after(*history) if history else None).when(
            decide, command, applicant, office.around
        ).refused("SELF_REVIEW")

    def test_holds_the_seat(
        self, command: Command, seat: str, history: tuple[InvestigationEvent, ...]
    ) -> None:
        nobody = person_at(LIU, house(BUREAU), seat)
        given(after(*history) if history else None).when(
            decide, command, CASE, nobody.around
        ).refused("NOT_IN_SEAT")


@pytest.mark.parametrize(("command", "seat", "history"), BY_SEAT[1:])
def test_another_authority_has_no_seat_in_an_investigation(
    command: Command, seat: str, history: tuple[InvestigationEvent, ...]
) -> None:
    elsewhere = person_at(LIU, house(DEPARTMENT, appointment(LIU, seat)), seat)
    given(after(*history)).when(decide, command, CASE, elsewhere.around).refused("NOT_IN_SEAT")
