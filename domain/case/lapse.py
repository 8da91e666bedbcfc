"""Lapse: a returned case that nobody mends in time is given up by law (视为放弃)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.case.phase import Ended, Returned
from domain.event import Event
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class CaseLapsed(Event, topic="case:lapsed:1", chinese="视为放弃"):
    """The due date of a return passed without a resubmission (视为放弃)."""

    round: int
    due_at: datetime
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Lapse:
    """The timekeeper ends a returned case whose due date has passed."""

    round: int


def lapse(case: Case, command: Lapse, at: datetime) -> tuple[CaseLapsed, ...]:
    """A returned case whose due date has passed ends by itself; nothing, where it has moved on."""
    if not isinstance(case.phase, Returned) or case.round != command.round:
        return ()
    if at < case.phase.due_at:
        return ()
    return (CaseLapsed(round=case.round, due_at=case.phase.due_at, rules=case.phase.due_rules),)


def evolve(state: Case, _event: CaseLapsed) -> Case:
    """The case at its end, because its days ran out."""
    return replace(state, phase=Ended("lapsed"))
