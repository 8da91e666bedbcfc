"""An event told: in a stream, by somebody, at some time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.actor import TIMEKEEPER, Actor
from domain.policy.process import ProcessTerm
from domain.refusal import Citation
from domain.service import Channel, Service

NOON = datetime(2024, 10, 15, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Telling:
    """What an ``evolve`` is told beside the event."""

    stream: str
    version: int
    actor: Actor
    recorded_at: datetime
    position: int = 1


def told(
    stream: str,
    actor: Actor = TIMEKEEPER,
    version: int = 1,
    at: datetime = NOON,
    position: int = 1,
) -> Telling:
    """The first event of a stream, told by the timekeeper, or by whom and when it is said."""
    return Telling(stream, version, actor, at, position)


TERM = ProcessTerm(
    id="statement",
    chinese="陈述申辩期限",
    english="for a statement",
    days=None,
    working_days=5,
    citations=(Citation("ZZ-2", "乙条", "五个工作日", "invented-2024"),),
)
"""An invented term."""


def by_system(on: date) -> Service:
    """Told through Mingjian, on the day of the entry."""
    return Service(channel=Channel.SYSTEM, on=on, counted_from=on, proof=None, late_entry=False)
