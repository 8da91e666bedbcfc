"""Consents of offices above that a filing needs before it is made (前置同意).

Nobody states another's consent: an office above the employer enters it, by its leader, under the
document in which it was given; where it was another office's, that one is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.case import refusals
from domain.case.phase import Draft
from domain.event import Event
from domain.refusal import Refusal, Refused
from domain.refusals import not_in_seat, occurred_later
from domain.replacing import replace
from domain.separation import LEADER, self_review

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class ConsentRecorded(Event, topic="case:consent-recorded:1", chinese="前置同意"):
    """An office consented to what may be filed with its consent alone (前置同意).

    ``step`` is the pack's word for it, ``given_by`` the office that consented, ``organisation``
    the one that entered it, ``document`` its number.
    """

    step: str
    given_by: str
    organisation: str
    document: str
    given_on: date
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class RecordConsent:
    """A leader above the employer enters a consent as it was given."""

    step: str
    given_by: str
    document: str
    given_on: date


def record_consent(
    case: Case, command: RecordConsent, asked: Collection[str], around: Circumstances
) -> tuple[ConsentRecorded, ...]:
    """A consent is entered before the case is filed; ``asked`` are those that the law names.

    Raises ``Refused`` with all reasons.
    """
    objections = []
    if around.seats.holder(around.actor.account, LEADER, around.today) is None:
        objections.append(not_in_seat(LEADER))
    if not isinstance(case.phase, Draft):
        objections.append(refusals.wrong_phase(case, "登记前置同意", "given a consent"))
    if around.humans.same(around.actor.person, case.applicant):
        objections.append(self_review(around.law))
    if command.step not in asked:
        objections.append(_not_asked(command.step, asked))
    elif command.step in case.consents:
        objections.append(_given(command.step))
    if command.given_on > around.today:
        objections.append(occurred_later(command.given_on, "/given_on"))
    if objections:
        raise Refused(*objections)
    return (
        ConsentRecorded(
            step=command.step,
            given_by=command.given_by,
            organisation=around.organisation.organisation,
            document=command.document,
            given_on=command.given_on,
            late_entry=command.given_on < around.today,
        ),
    )


def _not_asked(step: str, asked: Collection[str]) -> Refusal:
    chinese, english = "、".join(asked) or "无", ", ".join(asked) or "none"
    return Refusal(
        "CONSENT_NOT_ASKED",
        f"通知没有「{step}」这一前置同意。现有：{chinese}。",
        f"The notice asks for no consent {step!r}. It asks for: {english}.",
        pointer="/step",
    )


def _given(step: str) -> Refusal:
    return Refusal(
        "CONSENT_GIVEN",
        f"「{step}」已经登记。",
        f"The consent {step!r} has been entered already.",
        pointer="/step",
    )


def evolve(state: Case, event: ConsentRecorded) -> Case:
    """The case with a consent; it stands through every round."""
    return replace(state, consents=state.consents.joined(event.step))
