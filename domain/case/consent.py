"""Consents of offices above that a filing needs before it is made (前置同意).

Nobody states another's consent: an office above the employer enters it under the document in which
it was given; where it was another office's, that one is named. Its handler enters it and its leader
confirms it, two persons of one office, so that nobody lets a filing in alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.case import refusals
from domain.case.phase import Draft
from domain.case.remembered import ConsentEntered
from domain.event import Event
from domain.refusal import Refusal, Refused
from domain.refusals.entries import occurred_later
from domain.refusals.seats import not_in_seat
from domain.replacing import replace
from domain.separation import HANDLER, LEADER, same_reviewer, self_review

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class ConsentRecorded(Event, topic="case:consent-recorded:1", chinese="前置同意"):
    """An office consented to what may be filed with its consent alone (前置同意).

    ``step`` is the pack's word for it, ``given_by`` the office that consented, ``organisation``
    the one that entered it, in whose ``seat`` it was entered or confirmed, ``document`` its number.
    """

    step: str
    seat: str
    given_by: str
    organisation: str
    document: str
    given_on: date
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class RecordConsent:
    """An official above the employer enters a consent as it was given, or confirms its entry."""

    step: str
    given_by: str
    document: str
    given_on: date


def record_consent(
    case: Case, command: RecordConsent, asked: Collection[str], around: Circumstances
) -> tuple[ConsentRecorded, ...]:
    """A handler enters a consent, and then a leader confirms it in the same words.

    Before the case is filed; ``asked`` are the steps that the law names.
    Raises ``Refused`` with all reasons.
    """
    seat = next(filter(around.sits, (HANDLER, LEADER)), None)
    objections = [] if seat else [not_in_seat(HANDLER)]
    if not isinstance(case.phase, Draft):
        objections.append(refusals.wrong_phase(case, "登记前置同意", "given a consent"))
    if around.humans.same(around.actor.person, case.applicant):
        objections.append(self_review(around.law))
    if command.step not in asked:
        objections.append(_not_asked(command.step, asked))
    if command.given_on > around.today:
        objections.append(occurred_later(command.given_on, "/given_on"))
    event = ConsentRecorded(
        step=command.step,
        seat=seat or "",
        given_by=command.given_by,
        organisation=around.organisation.organisation,
        document=command.document,
        given_on=command.given_on,
        late_entry=command.given_on < around.today,
    )
    objections += _among_the_entries(case, event, around)
    if objections:
        raise Refused(*objections)
    return (event,)


def _among_the_entries(case: Case, event: ConsentRecorded, around: Circumstances) -> list[Refusal]:
    """Whether it is entered, and by whom, so that two persons answer for one and the same."""
    if event.step in case.consented:
        return [_given(event.step)]
    entered = case.consents.under(event.step)
    if event.seat != LEADER:
        return []  # the last entry stands until it is confirmed
    if entered is None:
        return [_not_entered(event.step)]
    if around.humans.same(entered.person, around.actor.person):
        return [same_reviewer(around.law)]
    as_entered = (entered.organisation, entered.given_by, entered.document, entered.given_on)
    confirmed = (event.organisation, event.given_by, event.document, event.given_on)
    return [] if as_entered == confirmed else [_otherwise(event.step)]


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


def _not_entered(step: str) -> Refusal:
    return Refusal(
        "CONSENT_NOT_ENTERED",
        f"「{step}」尚未由本单位经办人登记，领导不能先行确认。请先由经办人登记。",
        f"The consent {step!r} has not been entered by this office's handler yet; nothing can be"
        " confirmed.",
        pointer="/step",
    )


def _otherwise(step: str) -> Refusal:
    return Refusal(
        "CONSENT_DIFFERS",
        f"「{step}」与经办人登记的单位、文号或日期不一致，或者不是本单位登记的。请核对原件。",
        f"The consent {step!r} is not as the handler of this office entered it: office, document or"
        " day differ. Look at the original.",
        pointer="/document",
    )


def evolve(state: Case, event: ConsentRecorded, by: By) -> Case:
    """The case with a consent entered, or confirmed; it stands through every round."""
    if event.seat == LEADER:
        return replace(state, consented=state.consented.joined(event.step))
    entered = ConsentEntered(
        person=by.person,
        organisation=event.organisation,
        given_by=event.given_by,
        document=event.document,
        given_on=event.given_on,
    )
    return replace(state, consents=state.consents.entered(event.step, entered))
