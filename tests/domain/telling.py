"""An event told: in a stream, by somebody, at some time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.actor import TIMEKEEPER, Actor

NOON = datetime(2024, 10, 15, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Telling:
    """What an ``evolve`` is told beside the event."""

    stream: str
    version: int
    actor: Actor
    recorded_at: datetime


def told(stream: str, actor: Actor = TIMEKEEPER, version: int = 1, at: datetime = NOON) -> Telling:
    """The first event of a stream, told by the timekeeper, or by whom and when it is said."""
    return Telling(stream, version, actor, at)
