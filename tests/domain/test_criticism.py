"""Circular criticism: whom it is about is heard, and two officers with no part in it decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.criticism.decide import Answer, Command, Drop, Issue, Notify, Propose, decide
from domain.criticism.events import (
    CircularCriticismIssued,
    CriticismAnswered,
    CriticismDropped,
    CriticismNotified,
    CriticismProposed,
    Target,
)
from domain.criticism.state import Criticism, CriticismEvent, evolve
from domain.personal import Purpose
from domain.separation import INTEGRITY_LEADER
from tests.domain.given import given
from tests.domain.invented import (
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
    SCHOOL_HANDLER,
    TODAY,
    appointment,
    house,
    linked,
    person_at,
    words,
)
from tests.domain.telling import told
from tests.domain.test_investigations import TIME as INVESTIGATIONS_TIME
from tests.domain.test_objections import CASE

HANDLER = INTEGRITY_HANDLER_OF_BUREAU.around
LEADER = INTEGRITY_LEADER_OF_BUREAU.around
ANSWER_BY = NOON + timedelta(days=5)
SECRET = words("…", BAI, Purpose.DISCIPLINE)

PROPOSE = Propose(target=Target.PERSON, about=BAI, cases=(CASE,), grounds=SECRET)
TIME = replace(INVESTIGATIONS_TIME, least=ANSWER_BY)
NOTIFY = Notify(time=TIME, rules=("ZZ-16",))
ANSWER = Answer(statement=SECRET)
ISSUE = Issue(decision="某通字1号", text=SECRET, rules=("ZZ-16",))
DROP = Drop(decision="某通字2号", reason=SECRET)

PROPOSED = CriticismProposed(
    target=Target.PERSON, about=BAI, organisation=BUREAU, cases=("case-1",), grounds=SECRET
)
NOTIFIED = CriticismNotified(told=TIME.told, answer_by=ANSWER_BY, rules=("ZZ-16",))
ANSWERED = CriticismAnswered(**vars(ANSWER))
ISSUED = CircularCriticismIssued(**vars(ISSUE))
DROPPED = CriticismDropped(**vars(DROP))


def after(*happened: CriticismEvent) -> Criticism:
    """The statement is that of whom it is about, everything else the handler's."""
    state: Criticism | None = None
    for event in happened:
        actor = SCHOOL_HANDLER.around.actor if event == ANSWERED else HANDLER.actor
        state = evolve(state, event, told("criticism-1", actor))
    assert state is not None
    return state


@pytest.fixture
def a_proposed_criticism() -> Criticism:
    return after(PROPOSED)


@pytest.fixture
def a_notified_criticism() -> Criticism:
    return after(PROPOSED, NOTIFIED)


@pytest.fixture
def a_heard_criticism() -> Criticism:
    return after(PROPOSED, NOTIFIED, ANSWERED)


class TestAProposal:
    """Rests on cases, and is never about oneself."""

    def test_is_the_integrity_handlers(self) -> None:
        given(None).when(decide, PROPOSE, HANDLER).then(PROPOSED)
        assert after(PROPOSED) == Criticism(
            "criticism-1", Target.PERSON, BAI, BUREAU, ("case-1",), JIN, TODAY
        )

    def test_is_nobody_elses(self) -> None:
        given(None).when(decide, PROPOSE, LEADER).refused("NOT_IN_SEAT")

    def test_names_its_cases(self) -> None:
        given(None).when(decide, replace(PROPOSE, cases=()), HANDLER).refused_at(
            "CASES_MISSING", "/cases"
        )

    def test_rests_on_cases_in_which_whom_it_is_about_had_a_part(self) -> None:
        for target, stranger in (
            (Target.PERSON, LIU),
            (Target.ORGANISATION, "organisation-of-liu"),
        ):
            strange = replace(PROPOSE, target=target, about=stranger)
            given(None).when(decide, strange, HANDLER).refused_at("HAD_NO_PART", "/cases")

    def test_is_about_a_reviewer_under_whatever_document(self) -> None:
        around = INTEGRITY_HANDLER_OF_BUREAU.knowing(linked((LIU, BAI)))
        command = replace(PROPOSE, about=LIU)
        given(None).when(decide, command, around).then(replace(PROPOSED, about=LIU))

    def test_may_be_about_an_organisation(self) -> None:
        command = replace(PROPOSE, target=Target.ORGANISATION, about=SCHOOL)
        given(None).when(decide, command, HANDLER).then(
            replace(PROPOSED, target=Target.ORGANISATION, about=SCHOOL)
        )

    @pytest.mark.parametrize(
        ("target", "about", "codes"),
        [
            (Target.PERSON, JIN, ("HAD_NO_PART", "OWN_AFFAIR")),
            (Target.ORGANISATION, BUREAU, ("OWN_AFFAIR",)),
        ],
    )
    def test_is_not_about_oneself_or_ones_own_organisation(
        self, target: Target, about: str, codes: tuple[str, ...]
    ) -> None:
        command = replace(PROPOSE, target=target, about=about)
        *_, own = given(None).when(decide, command, HANDLER).refused(*codes)
        assert own.pointer == "/about"

    def test_is_not_about_oneself_under_another_document(self) -> None:
        around = INTEGRITY_HANDLER_OF_BUREAU.knowing(linked((JIN, BAI)))
        given(None).when(decide, PROPOSE, around).refused("OWN_AFFAIR")

    def test_is_refused_for_every_reason_at_once(self) -> None:
        command = replace(PROPOSE, about=KONG, cases=())
        given(None).when(decide, command, LEADER).refused(
            "NOT_IN_SEAT", "CASES_MISSING", "OWN_AFFAIR"
        )


class TestHearing:
    """Comes before a criticism is issued."""

    def test_begins_with_telling_whom_it_is_about(self, a_proposed_criticism: Criticism) -> None:
        given(a_proposed_criticism).when(decide, NOTIFY, HANDLER).then(NOTIFIED)

    def test_leaves_time_to_answer(self, a_proposed_criticism: Criticism) -> None:
        given(a_proposed_criticism).when(
            decide, replace(NOTIFY, time=replace(TIME, asked=NOON + timedelta(minutes=1))), HANDLER
        ).refused_at("TERM_TOO_SHORT", "/answer_by")

    def test_is_told_when_there_is_something_to_tell(self, a_proposed_criticism: Criticism) -> None:
        early = replace(TIME, told=replace(TIME.told, on=TODAY - timedelta(days=1)))
        given(a_proposed_criticism).when(decide, replace(NOTIFY, time=early), HANDLER).refused_at(
            "TOLD_TOO_EARLY", "/told/on"
        )

    def test_is_not_shortened(self, a_notified_criticism: Criticism) -> None:
        longer = ANSWER_BY + timedelta(days=2)
        more = evolve(
            a_notified_criticism,
            replace(NOTIFIED, answer_by=longer),
            told("criticism-1", HANDLER.actor),
        )
        sooner = replace(NOTIFY, time=replace(TIME, asked=ANSWER_BY))
        given(more).when(decide, sooner, HANDLER).refused_at("TERM_SHORTENED", "/answer_by")
        given(more).when(decide, NOTIFY, HANDLER).then(replace(NOTIFIED, answer_by=longer))

    def test_takes_the_statement_of_the_person(self, a_notified_criticism: Criticism) -> None:
        given(a_notified_criticism).when(decide, ANSWER, SCHOOL_HANDLER.around).then(ANSWERED)

    def test_takes_a_statement_that_the_handler_enters(
        self, a_notified_criticism: Criticism
    ) -> None:
        given(a_notified_criticism).when(decide, ANSWER, HANDLER).then(ANSWERED)

    def test_takes_no_statement_of_anybody_else(self, a_notified_criticism: Criticism) -> None:
        given(a_notified_criticism).when(decide, ANSWER, LEADER).refused("NOT_IN_SEAT")

    def test_takes_the_statement_of_an_organisation_through_the_handler(self) -> None:
        about_school = replace(PROPOSED, target=Target.ORGANISATION, about=SCHOOL)
        told = after(about_school, NOTIFIED)
        given(told).when(decide, ANSWER, SCHOOL_HANDLER.around).refused("NOT_IN_SEAT")
        given(told).when(decide, ANSWER, HANDLER).then(ANSWERED)

    def test_answers_what_was_told(self, a_proposed_criticism: Criticism) -> None:
        given(a_proposed_criticism).when(decide, ANSWER, HANDLER).refused("ALLEGATION_FIRST")

    def test_is_not_replaced_by_silence_before_the_term_ends(
        self, a_notified_criticism: Criticism
    ) -> None:
        (refusal,) = (
            given(a_notified_criticism)
            .when(decide, ISSUE, replace(LEADER, at=ANSWER_BY - timedelta(microseconds=1)))
            .refused("NOT_YET_HEARD")
        )
        assert refusal.citations[0].rule == "ZZ-NOT_YET_HEARD"

    def test_is_replaced_by_silence_when_the_term_ends(
        self, a_notified_criticism: Criticism
    ) -> None:
        given(a_notified_criticism).when(decide, ISSUE, replace(LEADER, at=ANSWER_BY)).then(ISSUED)


class TestADecision:
    """Is the integrity leader's: not who proposed it, and never in their own affair."""

    def test_issues(self, a_heard_criticism: Criticism) -> None:
        given(a_heard_criticism).when(decide, ISSUE, LEADER).then(ISSUED)
        assert after(PROPOSED, ISSUED).ended == "issued"

    def test_waits_for_its_term_where_an_officer_answered(
        self, a_notified_criticism: Criticism
    ) -> None:
        entered = evolve(a_notified_criticism, ANSWERED, told("criticism-1", HANDLER.actor))
        given(entered).when(decide, ISSUE, LEADER).refused("NOT_YET_HEARD")
        later = replace(LEADER, at=ANSWER_BY)
        given(entered).when(decide, ISSUE, later).then(ISSUED)

    def test_drops_whenever_it_likes(self, a_proposed_criticism: Criticism) -> None:
        given(a_proposed_criticism).when(decide, DROP, LEADER).then(DROPPED)
        assert after(PROPOSED, DROPPED).ended == "dropped"

    @pytest.mark.parametrize("command", [ISSUE, DROP])
    def test_is_nobody_elses(self, a_heard_criticism: Criticism, command: Command) -> None:
        elsewhere = person_at(LIU, house(DEPARTMENT, appointment(LIU, INTEGRITY_LEADER)), "")
        given(a_heard_criticism).when(decide, command, elsewhere.around).refused("NOT_IN_SEAT")

    @pytest.mark.parametrize("command", [ISSUE, DROP])
    def test_is_not_made_by_who_proposed(
        self, a_heard_criticism: Criticism, command: Command
    ) -> None:
        around = INTEGRITY_LEADER_OF_BUREAU.knowing(linked((KONG, JIN)))
        given(a_heard_criticism).when(decide, command, around).refused("SAME_REVIEWER")

    @pytest.mark.parametrize("command", [ISSUE, DROP])
    def test_is_not_made_by_whom_it_is_about(
        self, a_heard_criticism: Criticism, command: Command
    ) -> None:
        around = INTEGRITY_LEADER_OF_BUREAU.knowing(linked((KONG, BAI)))
        given(a_heard_criticism).when(decide, command, around).refused("OWN_AFFAIR")


@pytest.mark.parametrize("command", [NOTIFY, ANSWER, ISSUE, DROP])
@pytest.mark.parametrize("last", [ISSUED, DROPPED, None], ids=["issued", "dropped", "none"])
def test_nothing_more_happens_where_there_is_no_open_criticism(
    last: CriticismEvent | None, command: Command
) -> None:
    state = None if last is None else after(PROPOSED, last)
    given(state).when(decide, command, LEADER).refused("CRITICISM_ENDED")
