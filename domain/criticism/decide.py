"""A criticism's acts: propose, tell, hear, issue or drop; heard first, and by two persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.case.state import Case
from domain.criticism.events import (
    CircularCriticismIssued,
    CriticismAnswered,
    CriticismDropped,
    CriticismNotified,
    CriticismProposed,
    Target,
)
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.hearing import allegation_first, not_yet_heard, term_shortened
from domain.refusals.seats import not_in_seat
from domain.refusals.two_persons import own_affair
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER, same_reviewer
from domain.service import TimeToAnswer

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.criticism.state import Criticism, CriticismEvent


@dataclass(frozen=True, kw_only=True)
class Propose:
    """The integrity handler proposes to criticise an organisation or a reviewer."""

    target: Target
    about: str
    cases: tuple[Case, ...]
    grounds: Personal


@dataclass(frozen=True, kw_only=True)
class Notify:
    """Tell whom it is about, and how long a statement can be made."""

    time: TimeToAnswer
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The statement of whom it is about, entered by the handler or made by the person."""

    statement: Personal


@dataclass(frozen=True, kw_only=True)
class Issue:
    """The integrity leader issues it under a numbered decision."""

    decision: str
    text: Personal
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Drop:
    """The integrity leader drops it."""

    decision: str
    reason: Personal


Command = Propose | Notify | Answer | Issue | Drop


def decide(
    state: Criticism | None, command: Command, around: Circumstances
) -> tuple[CriticismEvent, ...]:
    """The events that a command leads to. Raises ``Refused`` with all reasons."""
    if isinstance(command, Propose):
        return (_propose(command, around),)
    if state is None or state.ended is not None:
        raise Refused(
            Refusal(
                "CRITICISM_ENDED",
                "该通报批评不存在或已办结。",
                "There is no such criticism, or it has ended.",
            )
        )
    match command:
        case Notify():
            return (_notify(state, command, around),)
        case Answer():
            _stop(_speaker(state, around))
            return (CriticismAnswered(statement=command.statement),)
        case Issue():
            _stop(_second(state, around) + _heard(state, around))
            return (
                CircularCriticismIssued(
                    decision=command.decision, text=command.text, rules=command.rules
                ),
            )
        case Drop():
            _stop(_second(state, around))
            return (CriticismDropped(decision=command.decision, reason=command.reason),)
        case _:
            assert_never(command)


def _propose(command: Propose, around: Circumstances) -> CriticismProposed:
    objections = _seat(around.organisation.organisation, INTEGRITY_HANDLER, around)
    if not command.cases:
        objections.append(
            Refusal(
                "CASES_MISSING",
                "通报批评须列明所依据的申报件。",
                "A criticism names the cases on which it rests.",
                pointer="/cases",
            )
        )
    if strange := tuple(
        each.case for each in command.cases if not _had_part(command, each, around)
    ):
        objections.append(_had_no_part(strange))
    own_organisation = command.about == around.organisation.organisation
    if own_organisation or around.humans.same(around.actor.person, command.about):
        objections.append(_own_affair("/about"))
    _stop(objections)
    return CriticismProposed(
        target=command.target,
        about=command.about,
        organisation=around.organisation.organisation,
        cases=tuple(each.case for each in command.cases),
        grounds=command.grounds,
    )


def _had_part(command: Propose, case: Case, around: Circumstances) -> bool:
    """Whether a person reviewed anything in a case, or an organisation had a stage of it."""
    if command.target is Target.PERSON:
        return around.humans.among(command.about, case.reviewers())
    stages = {each.organisation for each in case.chain}
    return command.about in stages | {case.employer} | {house for _, house, _ in case.former}


def _had_no_part(cases: tuple[str, ...]) -> Refusal:
    return Refusal(
        "HAD_NO_PART",
        f"所列申报件中，拟通报的单位或人员未参与办理：{'、'.join(cases)}。"
        "通报批评须以其参与办理的申报件为依据，请更正所列申报件。",
        "Whom it is about had no part in reviewing some of the cases named:"
        f" {', '.join(cases)}. A criticism rests on cases that they dealt with.",
        pointer="/cases",
    )


def _second(state: Criticism, around: Circumstances) -> list[Refusal]:
    objections = _seat(state.organisation, INTEGRITY_LEADER, around)
    if around.humans.same(around.actor.person, state.proposer):
        objections.append(same_reviewer(around.law))
    if _is_about(state, around):
        objections.append(_own_affair(""))
    return objections


def _speaker(state: Criticism, around: Circumstances) -> list[Refusal]:
    """Why this statement can't be entered: by somebody else, or before anybody was told."""
    objections = []
    if not _is_about(state, around):
        objections += _seat(state.organisation, INTEGRITY_HANDLER, around)
    if state.answer_by is None:
        objections.append(allegation_first())
    return objections


def _own_affair(pointer: str) -> Refusal:
    return own_affair(
        "对本人或本单位的通报批评",
        "a criticism of themselves or of their own organisation",
        pointer=pointer,
    )


def _heard(state: Criticism, around: Circumstances) -> list[Refusal]:
    expired = state.answer_by is not None and around.at >= state.answer_by
    if state.heard or expired:
        return []
    return [not_yet_heard(around.law.behind("NOT_YET_HEARD"))]


def _notify(state: Criticism, command: Notify, around: Circumstances) -> CriticismNotified:
    objections = _seat(state.organisation, INTEGRITY_HANDLER, around)
    objections += command.time.objections(state.proposed_on, around.today)
    answer_by = command.time.until(state.answer_by)
    if state.answer_by is not None and answer_by < state.answer_by:
        objections.append(term_shortened(around.law.behind("NOT_YET_HEARD")))
    _stop(objections)
    return CriticismNotified(told=command.time.told, answer_by=answer_by, rules=command.rules)


def _is_about(state: Criticism, around: Circumstances) -> bool:
    return state.target is Target.PERSON and around.humans.same(around.actor.person, state.about)


def _seat(organisation: str, seat: str, around: Circumstances) -> list[Refusal]:
    here = around.organisation.organisation == organisation
    if here and around.sits(seat):
        return []
    return [not_in_seat(seat)]


def _stop(objections: list[Refusal]) -> None:
    if objections:
        raise Refused(*objections)
