"""The decision document (发文): one document of an authority that names many persons.

It is published once their titles are recognised, and each case hears of it. A number or day that
was mistyped is corrected by the leader, who is not who entered it; each case hears of that, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.case.phase import Recognised
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.entries import occurred_later
from domain.refusals.seats import not_in_seat
from domain.replacing import replace
from domain.separation import HANDLER, LEADER, same_reviewer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.case.state import Case
    from domain.event import Told
    from domain.organisation.seats import Officer, Seats
    from domain.separation import CitingLaw


@dataclass(frozen=True, kw_only=True)
class DecisionDocumentPublished(Event, topic="decision:published:1", chinese="发文公布"):
    """An authority published a document that names the titles of these cases.

    ``number`` is its 文号, ``content`` the SHA-256 of the document, in hex.
    """

    organisation: str
    number: str
    title: str
    published_on: date
    content: str
    cases: tuple[str, ...]
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class DecisionCorrected(Event, topic="decision:corrected:1", chinese="发文登记更正"):
    """The number or the day of a document had been entered otherwise than it bears (更正)."""

    number: str
    published_on: date
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class NamedInDecision(Event, topic="case:decision-published:1", chinese="列入发文"):
    """The title of the case stands in a published document; said again when that is corrected."""

    decision: str
    number: str
    published_on: date


@dataclass(frozen=True, kw_only=True)
class PublishDecision:
    """Enter a document as it was published."""

    number: str
    title: str
    published_on: date
    content: str


def publish_decision(
    cases: Sequence[Case],
    command: PublishDecision,
    seats: Seats,
    account: str,
    today: date,
) -> DecisionDocumentPublished:
    """The handler of the authority that recognised every one of the titles enters it.

    Raises ``Refused`` with all reasons.
    """
    refusals = []
    if seats.holder(account, HANDLER, today) is None:
        refusals.append(_not_the_handler())
    if strangers := [each.number for each in cases if not _recognised_at(each, seats.organisation)]:
        refusals.append(_not_recognised_here(strangers))
    if named := [each.number for each in cases if each.decision is not None]:
        refusals.append(_named_already(named))
    if command.published_on > today:
        refusals.append(occurred_later(command.published_on, "/published_on"))
    if refusals:
        raise Refused(*refusals)
    return DecisionDocumentPublished(
        organisation=seats.organisation,
        number=command.number,
        title=command.title,
        published_on=command.published_on,
        content=command.content,
        cases=tuple(each.case for each in cases),
        late_entry=command.published_on < today,
    )


@dataclass(frozen=True)
class DecisionDocument:
    """What a later decision needs to know of a document: its number and day as they stand now.

    ``person`` is who entered it.
    """

    decision: str
    organisation: str
    person: str
    number: str
    published_on: date
    cases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CorrectDecision:
    """The document bears another number, or another day, than was entered."""

    number: str
    published_on: date
    reason: Personal


def correct_decision(
    state: DecisionDocument, command: CorrectDecision, officer: Officer, law: CitingLaw
) -> DecisionCorrected:
    """The leader of the authority corrects what another of it entered.

    Raises ``Refused`` with all reasons.
    """
    refusals = [] if officer.sits(LEADER) else [not_in_seat(LEADER)]
    if officer.humans.same(officer.person, state.person):
        refusals.append(same_reviewer(law))
    if command.published_on > officer.today:
        refusals.append(occurred_later(command.published_on, "/published_on"))
    if (command.number, command.published_on) == (state.number, state.published_on):
        refusals.append(_as_it_is())
    if refusals:
        raise Refused(*refusals)
    return DecisionCorrected(**vars(command))


def evolve_document(
    state: DecisionDocument | None, event: DecisionDocumentPublished | DecisionCorrected, told: Told
) -> DecisionDocument:
    """The document after an event of its stream. Never refuses."""
    match event:
        case DecisionDocumentPublished():
            return DecisionDocument(
                decision=told.stream,
                organisation=event.organisation,
                person=getattr(told.actor, "person", ""),
                number=event.number,
                published_on=event.published_on,
                cases=event.cases,
            )
        case DecisionCorrected():
            assert state is not None
            return replace(state, number=event.number, published_on=event.published_on)
        case _:
            assert_never(event)


def _recognised_at(case: Case, organisation: str) -> bool:
    phase = case.phase
    if not isinstance(phase, Recognised):
        return False
    return case.stage(phase.stage).organisation == organisation


def _not_the_handler() -> Refusal:
    return Refusal(
        "DECISION_BY_HANDLER",
        "发文由认定单位经办人登记，您目前不是在任经办人。",
        "The document is entered by the authority's handler, which you are not now.",
    )


def _not_recognised_here(numbers: Sequence[str]) -> Refusal:
    return Refusal(
        "NOT_RECOGNISED_HERE",
        f"以下申报不在本单位认定的职称之列，不能列入发文：{'、'.join(numbers)}。",
        f"No titles that this authority recognised and that are in force: {', '.join(numbers)}.",
        pointer="/cases",
    )


def _as_it_is() -> Refusal:
    return Refusal(
        "NOTHING_CORRECTED",
        "更正后的文号和日期与现有登记相同。请核对文件原件。",
        "Number and day are as they were entered; look at the document.",
        pointer="/number",
    )


def _named_already(numbers: Sequence[str]) -> Refusal:
    return Refusal(
        "DECISION_NAMED_ALREADY",
        f"以下申报已列入此前的发文：{'、'.join(numbers)}。",
        f"These cases stand in an earlier document: {', '.join(numbers)}.",
        pointer="/cases",
    )


def evolve(state: Case, event: NamedInDecision) -> Case:
    """The case with the document that names its title."""
    return replace(state, decision=event.decision)
