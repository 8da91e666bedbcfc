"""A decision document names many titles, each once, of the authority that recognised them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.case.decision_document import (
    CorrectDecision,
    DecisionCorrected,
    DecisionDocumentPublished,
    NamedInDecision,
    PublishDecision,
    correct_decision,
    evolve_document,
    publish_decision,
)
from domain.organisation.seats import Officer
from tests.domain.given import given
from tests.domain.invented import (
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    DEPARTMENT_HANDLER,
    GAO,
    TODAY,
    Office,
    linked,
    words,
)
from tests.domain.story import AT_THE_BUREAU, WITH_A_TITLE, after
from tests.domain.telling import told
from tests.domain.test_vacancy_statements import by

OFFICE = BUREAU_HANDLER.around.seats
ACCOUNT = BUREAU_HANDLER.around.actor.account
PUBLISH = PublishDecision(
    number="某发〔2024〕1号", title="公布名单", published_on=TODAY, content="00"
)
PUBLISHED = DecisionDocumentPublished(
    organisation=BUREAU,
    number="某发〔2024〕1号",
    title="公布名单",
    published_on=TODAY,
    content="00",
    cases=(WITH_A_TITLE.case,),
    late_entry=False,
)


def test_the_handler_enters_the_document_of_their_authority() -> None:
    given([WITH_A_TITLE]).when(publish_decision, PUBLISH, OFFICE, ACCOUNT, TODAY).then(PUBLISHED)


def test_a_document_of_yesterday_is_a_late_entry() -> None:
    earlier = replace(PUBLISH, published_on=TODAY - timedelta(days=1))
    entered = replace(PUBLISHED, published_on=earlier.published_on, late_entry=True)
    given([WITH_A_TITLE]).when(publish_decision, earlier, OFFICE, ACCOUNT, TODAY).then(entered)


def test_only_the_handler_enters_it() -> None:
    given([WITH_A_TITLE]).when(publish_decision, PUBLISH, OFFICE, "another", TODAY).refused(
        "DECISION_BY_HANDLER"
    )


def test_it_names_no_title_that_is_not_recognised_there() -> None:
    given([AT_THE_BUREAU]).when(publish_decision, PUBLISH, OFFICE, ACCOUNT, TODAY).refused_at(
        "NOT_RECOGNISED_HERE", "/cases"
    )


def test_it_names_no_title_that_another_authority_recognised() -> None:
    office = DEPARTMENT_HANDLER.around.seats
    account = DEPARTMENT_HANDLER.around.actor.account
    given([WITH_A_TITLE]).when(publish_decision, PUBLISH, office, account, TODAY).refused_at(
        "NOT_RECOGNISED_HERE", "/cases"
    )


def test_a_title_stands_in_one_document() -> None:
    heard = NamedInDecision(decision="decision-1", number="某发〔2024〕1号", published_on=TODAY)
    named = after(WITH_A_TITLE, (heard, GAO))
    given([named]).when(publish_decision, PUBLISH, OFFICE, ACCOUNT, TODAY).refused_at(
        "DECISION_NAMED_ALREADY", "/cases"
    )


def test_a_document_of_tomorrow_is_not_entered_today() -> None:
    tomorrow = replace(PUBLISH, published_on=TODAY + timedelta(days=1))
    given([WITH_A_TITLE]).when(publish_decision, tomorrow, OFFICE, ACCOUNT, TODAY).refused_at(
        "OCCURRED_LATER", "/published_on"
    )


DOCUMENT = evolve_document(None, PUBLISHED, told("decision-1", BUREAU_HANDLER.around.actor, 1))
CORRECT = CorrectDecision(number="某发〔2024〕11号", published_on=TODAY, reason=words("漏录"))


def leading(*same: tuple[str, str], seat: Office = BUREAU_LEADER) -> Officer:
    around = seat.around
    return Officer(
        person=around.actor.person,
        account=around.actor.account,
        seats=around.seats,
        humans=linked(*same),
        today=TODAY,
    )


def test_a_mistyped_number_is_corrected_by_the_leader() -> None:
    corrected = DecisionCorrected(**vars(CORRECT))
    event = correct_decision(DOCUMENT, CORRECT, leading(), BUREAU_LEADER.around.law)
    assert event == corrected
    after_it = evolve_document(DOCUMENT, corrected, told("decision-1", by("person-1"), 2))
    assert (after_it.number, after_it.cases) == ("某发〔2024〕11号", DOCUMENT.cases)


def test_not_by_whoever_entered_it_nor_by_another_seat() -> None:
    law = BUREAU_LEADER.around.law
    same = leading((GAO, BUREAU_LEADER.around.actor.person))
    given(DOCUMENT).when(correct_decision, CORRECT, same, law).refused("SAME_REVIEWER")
    given(DOCUMENT).when(correct_decision, CORRECT, leading(seat=BUREAU_HANDLER), law).refused(
        "NOT_IN_SEAT", "SAME_REVIEWER"
    )


def test_not_to_what_it_says_already_nor_to_a_day_to_come() -> None:
    law = BUREAU_LEADER.around.law
    same = replace(CORRECT, number=DOCUMENT.number)
    given(DOCUMENT).when(correct_decision, same, leading(), law).refused_at(
        "NOTHING_CORRECTED", "/number"
    )
    later = replace(CORRECT, published_on=TODAY + timedelta(days=1))
    given(DOCUMENT).when(correct_decision, later, leading(), law).refused_at(
        "OCCURRED_LATER", "/published_on"
    )
