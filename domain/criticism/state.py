"""What a later decision needs to remember of a criticism."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, assert_never

from domain import beijing
from domain.criticism.events import (
    CircularCriticismIssued,
    CriticismAnswered,
    CriticismDropped,
    CriticismNotified,
    CriticismProposed,
    Target,
)
from domain.personal import Personal, Purpose
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.event import Told

CriticismEvent = (
    CriticismProposed
    | CriticismNotified
    | CriticismAnswered
    | CircularCriticismIssued
    | CriticismDropped
)


@dataclass(frozen=True)
class Criticism:
    """A criticism; ``ended`` is None, ``issued`` or ``dropped``.

    ``proposed_on`` is the day in Beijing of the proposal, before which nobody was told of it.
    """

    criticism: str
    target: Target
    about: str
    organisation: str
    cases: tuple[str, ...]
    proposer: str
    proposed_on: date
    answer_by: datetime | None = None
    heard: bool = False
    ended: str | None = None

    def is_told(self) -> bool:
        """Whether whom it is about was told of it."""
        return self.answer_by is not None

    @property
    def owner(self) -> str:
        """Whose the words are that are said in it."""
        return self.words("").owner

    def words(self, text: str) -> Personal:
        """What is said in it."""
        return words_about(self.target, self.about, text, self.criticism)


def words_about(target: Target, about: str, text: str, criticism: str) -> Personal:
    """Words about a person are the person's; words about an organisation are the criticism's."""
    owner = about if target is Target.PERSON else criticism
    return Personal(text, owner, Purpose.DISCIPLINE)


def evolve(state: Criticism | None, event: CriticismEvent, told: Told) -> Criticism:
    """The criticism after an event of its stream. Never refuses."""
    person = getattr(told.actor, "person", "")
    if isinstance(event, CriticismProposed):
        return Criticism(
            criticism=told.stream,
            target=event.target,
            about=event.about,
            organisation=event.organisation,
            cases=event.cases,
            proposer=person,
            proposed_on=beijing.day(told.recorded_at),
        )
    assert state is not None
    match event:
        case CriticismNotified():
            return replace(state, answer_by=event.answer_by)
        case CriticismAnswered():
            own = state.target is Target.PERSON and person == state.about
            return replace(state, heard=state.heard or own)
        case CircularCriticismIssued():
            return replace(state, ended="issued")
        case CriticismDropped():
            return replace(state, ended="dropped")
        case _:
            assert_never(event)
