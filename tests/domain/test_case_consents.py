"""Consents of offices above, which two persons enter and confirm before the filing (XW-15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.case.consent import ConsentRecorded, RecordConsent, record_consent
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BUREAU,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    GAO,
    HAN,
    SOMEBODY_AT_SCHOOL,
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
    seat="handler",
    given_by="市职称办",
    organisation=BUREAU,
    document="某职办〔2024〕1号",
    given_on=TODAY,
    late_entry=False,
)
CONFIRMED = replace(RECORDED, seat="leader")
HANDLER, LEADER = BUREAU_HANDLER.around, BUREAU_LEADER.around
ENTERED = after(DRAFT, (RECORDED, GAO))


def test_a_handler_above_enters_it_and_the_leader_confirms_it() -> None:
    given(DRAFT).when(record_consent, CONSENT, ASKED, HANDLER).then(RECORDED)
    assert tuple(ENTERED.consented) == ()
    given(ENTERED).when(record_consent, CONSENT, ASKED, LEADER).then(CONFIRMED)
    assert tuple(after(ENTERED, (CONFIRMED, HAN)).consented) == ("agreed",)
    before = replace(CONSENT, given_on=TODAY - timedelta(days=1))
    given(DRAFT).when(record_consent, before, ASKED, HANDLER).then(
        replace(RECORDED, given_on=before.given_on, late_entry=True)
    )


def test_nobody_brings_one_about_alone() -> None:
    given(DRAFT).when(record_consent, CONSENT, ASKED, LEADER).refused("CONSENT_NOT_ENTERED")
    given(ENTERED).when(record_consent, CONSENT, ASKED, HANDLER).then(RECORDED)
    one = BUREAU_LEADER.knowing(linked((HAN, GAO)))
    given(ENTERED).when(record_consent, CONSENT, ASKED, one).refused("SAME_REVIEWER")


@pytest.mark.parametrize(
    "otherwise",
    [{"given_by": "别家"}, {"document": "某职办〔2024〕2号"}, {"given_on": date(2024, 10, 14)}],
    ids=str,
)
def test_it_is_confirmed_as_it_was_entered(otherwise: dict[str, Any]) -> None:
    other = replace(CONSENT, **otherwise)
    given(ENTERED).when(record_consent, other, ASKED, LEADER).refused_at(
        "CONSENT_DIFFERS", "/document"
    )
    elsewhere = after(DRAFT, (replace(RECORDED, organisation="organisation-department"), GAO))
    given(elsewhere).when(record_consent, CONSENT, ASKED, LEADER).refused("CONSENT_DIFFERS")


def test_nothing_else_is_entered_as_one() -> None:
    strange = replace(CONSENT, step="somebody")
    (refusal,) = (
        given(DRAFT).when(record_consent, strange, ASKED, HANDLER).refused("CONSENT_NOT_ASKED")
    )
    assert "verified, agreed" in refusal.english
    given(DRAFT).when(record_consent, CONSENT, (), HANDLER).refused("CONSENT_NOT_ASKED")
    done = after(ENTERED, (CONFIRMED, HAN))
    for around in (HANDLER, LEADER):
        given(done).when(record_consent, CONSENT, ASKED, around).refused("CONSENT_GIVEN")
    ahead = replace(CONSENT, given_on=TODAY + timedelta(days=1))
    given(DRAFT).when(record_consent, ahead, ASKED, HANDLER).refused_at(
        "OCCURRED_LATER", "/given_on"
    )


def test_it_is_never_the_applicants_own_nor_that_of_who_holds_no_seat() -> None:
    own = BUREAU_HANDLER.knowing(linked((GAO, AN)))
    given(DRAFT).when(record_consent, CONSENT, ASKED, own).refused("SELF_REVIEW")
    given(DRAFT).when(record_consent, CONSENT, ASKED, SOMEBODY_AT_SCHOOL.around).refused(
        "NOT_IN_SEAT"
    )


def test_it_comes_before_the_filing() -> None:
    given(AT_THE_EMPLOYER).when(record_consent, CONSENT, ASKED, HANDLER).refused("STAGE_ORDER")
