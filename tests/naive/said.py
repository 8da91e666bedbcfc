"""What the record says, event by event, read from the bytes that are stored: words of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.record import Record


@dataclass(frozen=True)
class Said:
    """One event. ``placed_at`` is when the record had come to its position, ``at`` its own time."""

    position: int
    stream: str
    version: int
    topic: str
    at: datetime
    placed_at: datetime
    actor: dict[str, Any]
    fields: dict[str, Any]

    @property
    def who(self) -> set[str]:
        """The person and the account that acted; nobody where no account did."""
        return {self.actor["person"], self.actor["account"]} if "account" in self.actor else set()

    @property
    def day(self) -> str:
        """The day in Beijing."""
        return day_of(self.at)


def all_said(record: Record) -> list[Said]:
    """Everything that a record says by now."""
    return list(_said(record))


def _said(record: Record) -> Iterator[Said]:
    for position, stream, version, topic, leaf, placed_at in record.rows(0, record.head()):
        told = json.loads(bytes(leaf))
        at = datetime.fromisoformat(told["recorded_at"])
        yield Said(position, stream, version, topic, at, placed_at, told["actor"], told["fields"])


def day_of(instant: datetime) -> str:
    """The day that it is in Beijing."""
    return (instant.astimezone(UTC) + timedelta(hours=8)).date().isoformat()


def next_day(day: str) -> str:
    """The day behind a day."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
