"""A decision document names many titles, each once, of the authority that recognised them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.case.decision import (
    DecisionDocumentPublished,
    NamedInDecision,
    PublishDecision,
    publish_decision,
)
from tests.domain.given import given
from tests.domain.invented import BUREAU, BUREAU_HANDLER, DEPARTMENT_HANDLER, GAO, TODAY
from tests.domain.story import AT_THE_BUREAU, WITH_A_TITLE, after

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
