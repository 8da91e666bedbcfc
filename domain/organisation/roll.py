"""The yearly roll (年度名册备案): whom an office recognised in a year, filed with the one above.

A roll is filed once; one that comes after its day is taken and marked (LH-07).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.event import Event
from domain.organisation.state import organisation_of
from domain.refusal import Refusal, Refused
from domain.replacing import replace
from domain.separation import HANDLER
from domain.shared_collections import Several

if TYPE_CHECKING:
    from domain.event import Told
    from domain.organisation.seats import Officer


@dataclass(frozen=True, kw_only=True)
class RollFiled(Event, topic="rolls:filed:1", chinese="年度名册备案"):
    """The organisation filed the roll of a calendar year with ``receiver``.

    ``cases`` are those in which it recognised a title in that year, in the order of their
    days; ``due_on`` is the last day in Beijing, ``late`` whether it had passed.
    """

    year: int
    receiver: str
    cases: tuple[str, ...]
    filed_on: date
    due_on: date
    late: bool
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RollOverdue(Event, topic="rolls:overdue:1", chinese="年度名册逾期"):
    """The day for the roll of a calendar year passed without one; it can still be filed.

    ``receiver`` is with whom it is to be filed, ``due_on`` was the last day in Beijing.
    """

    year: int
    receiver: str
    due_on: date
    rules: tuple[str, ...]


RollsEvent = RollFiled | RollOverdue


@dataclass(frozen=True)
class Rolls:
    """The years whose roll was filed, and those whose roll was not there on its day."""

    organisation: str
    filed: Several[int] = field(default_factory=Several)
    overdue: Several[int] = field(default_factory=Several)


def evolve(state: Rolls | None, event: RollsEvent, told: Told) -> Rolls:
    """The rolls after an event of their stream. Never refuses."""
    known = state or Rolls(organisation_of(told.stream))
    match event:
        case RollFiled():
            return replace(known, filed=known.filed.joined(event.year))
        case RollOverdue():
            return replace(known, overdue=known.overdue.joined(event.year))
        case _:
            assert_never(event)


@dataclass(frozen=True, kw_only=True)
class RollDue:
    """That the law wants a roll of this organisation: with whom it is filed, until when."""

    receiver: str
    due_on: date
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FileRoll:
    """File the roll of a year; ``due`` is the law's answer, None where it wants none here."""

    year: int
    cases: tuple[str, ...]
    due: RollDue | None


def file_roll(state: Rolls, command: FileRoll, officer: Officer) -> tuple[RollFiled, ...]:
    """The handler files the roll of a year that is over.

    Raises ``Refused`` with all reasons.
    """
    refusals = []
    if not officer.sits(HANDLER):
        refusals.append(_not_the_handler())
    if command.year >= officer.today.year:
        refusals.append(_year_not_over(command.year))
    if command.year in state.filed:
        refusals.append(_filed(command.year))
    if command.due is None:
        refusals.append(_not_asked())
    if refusals or command.due is None:
        raise Refused(*refusals)
    return (
        RollFiled(
            year=command.year,
            receiver=command.due.receiver,
            cases=command.cases,
            filed_on=officer.today,
            due_on=command.due.due_on,
            late=officer.today > command.due.due_on,
            rules=command.due.rules,
        ),
    )


def flag_overdue(
    state: Rolls, year: int, due: RollDue | None, today: date
) -> tuple[RollOverdue, ...]:
    """What the timekeeper notes once a year; nothing where the roll is there or not yet due."""
    noted = year in state.filed or year in state.overdue
    if due is None or noted or today <= due.due_on:
        return ()
    return (RollOverdue(year=year, receiver=due.receiver, due_on=due.due_on, rules=due.rules),)


def _not_the_handler() -> Refusal:
    return Refusal(
        "ROLL_BY_HANDLER",
        "年度名册由本单位经办人报送，您目前不是在任经办人。",
        "The roll is filed by the organisation's handler, which you are not now.",
    )


def _year_not_over(year: int) -> Refusal:
    return Refusal(
        "ROLL_YEAR_NOT_OVER",
        f"{year} 年尚未结束，名册须在次年报送。",
        f"The year {year} is not over; its roll is filed in the year after.",
        pointer="/year",
    )


def _filed(year: int) -> Refusal:
    return Refusal(
        "ROLL_FILED_ALREADY",
        f"{year} 年的名册已经报送，无需重复报送。",
        f"The roll of {year} has been filed already.",
        pointer="/year",
    )


def _not_asked() -> Refusal:
    return Refusal(
        "ROLL_NOT_ASKED",
        "本地通知没有要求本单位报送年度名册，或者上级接收单位尚未建档。",
        "The notice asks no yearly roll of this organisation, or its receiver is not registered.",
    )
