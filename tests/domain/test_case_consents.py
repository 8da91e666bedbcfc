"""Consents of offices above, entered by their leaders before the filing that needs them (XW-15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.case.consent import ConsentRecorded, RecordConsent, record_consent
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    HAN,
    TODAY,
    linked,
)
from tests.domain.story import AT_THE_EMPLOYER, DRAFT, after

ASKED = ("verified", "agreed")
CONSENT = RecordConsent(
    step="agreed", given_by="市职称办", document="某职办〔2024〕1号", given_on=TODAY
)
RECORDED = ConsentRecorded(
    step="agreed",
    given_by="市职称办",
    organisation=BUREAU,
    document="某职办〔2024〕1号",
    given_on=TODAY,
    late_entry=False,
)
LEADER = BUREAU_LEADER.around


def test_a_leader_above_enters_a_consent_that_the_notice_asks_for() -> None:
    given(DRAFT).when(record_consent, CONSENT, ASKED, LEADER).then(RECORDED)
    assert tuple(after(DRAFT, (RECORDED, HAN)).consents) == ("agreed",)
    before = replace(CONSENT, given_on=TODAY - timedelta(days=1))
    given(DRAFT).when(record_consent, before, ASKED, LEADER).then(
        replace(RECORDED, given_on=before.given_on, late_entry=True)
    )


def test_nothing_else_is_entered_as_one() -> None:
    strange = replace(CONSENT, step="somebody")
    (refusal,) = (
        given(DRAFT).when(record_consent, strange, ASKED, LEADER).refused("CONSENT_NOT_ASKED")
    )
    assert "verified, agreed" in refusal.english
    given(DRAFT).when(record_consent, CONSENT, (), LEADER).refused("CONSENT_NOT_ASKED")
    given(after(DRAFT, (RECORDED, HAN))).when(record_consent, CONSENT, ASKED, LEADER).refused(
        "CONSENT_GIVEN"
    )
    ahead = replace(CONSENT, given_on=TODAY + timedelta(days=1))
    given(DRAFT).when(record_consent, ahead, ASKED, LEADER).refused_at(
        "OCCURRED_LATER", "/given_on"
    )


def test_it_is_the_leaders_and_never_the_applicants_own() -> None:
    given(DRAFT).when(record_consent, CONSENT, ASKED, BUREAU_HANDLER.around).refused("NOT_IN_SEAT")
    own = BUREAU_LEADER.knowing(linked((HAN, AN)))
    given(DRAFT).when(record_consent, CONSENT, ASKED, own).refused("SELF_REVIEW")


def test_it_comes_before_the_filing() -> None:
    given(AT_THE_EMPLOYER).when(record_consent, CONSENT, ASKED, LEADER).refused("STAGE_ORDER")
