"""Entering the consents of offices above without which an application is not filed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import relation
from api.acts.guard import Row
from api.acts.stage import CASE, around_case
from domain.case import consent
from domain.case.consent import RecordConsent
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from datetime import date

    from api.acts.desk import Desk, Events
    from domain.case.state import Case


def record_consent(
    desk: Desk, case: Case, *, step: str, given_by: str, document: str, given_on: date
) -> Events:
    """Enter the consent of an office, as it was given, before the filing; or confirm it."""
    around = around_case(desk, case, desk.house)
    command = RecordConsent(step=step, given_by=given_by, document=document, given_on=given_on)
    return consent.record_consent(case, command, desk.law_of(case).consents(), around)


def _stands_above(desk: Desk, case: Case) -> set[Relation]:
    """An office above knows of a draft by the id that its applicant tells it; it reads nothing."""
    above = relation.to_office(desk, case.employer) & {Relation.SUBORDINATE}
    return relation.to_case(desk, case) | above


RECORD_CONSENT = Row(
    replace(CASE, stands=_stands_above),
    Act.RECORD_CONSENT,
    record_consent,
    (HANDLER, LEADER),
    fresh=True,
    changes=False,
)
