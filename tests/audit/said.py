"""Events that mean nothing, and short ways to append them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, Any

from audit.record import AppendRequest, Head, Write
from domain.actor import SystemActor
from domain.event import Event
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from audit.record import Appended, Record

NOON = datetime(2024, 10, 15, 4, 0, tzinfo=UTC)
ZHANG = Personal("张三𠮷", "person-zhang", Purpose.APPLICANT)
OFFICE = Personal("王主任", "person-wang", Purpose.OFFICIAL)
JOB = SystemActor("test")

_numbers = count(1)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, kw_only=True)
class Numbered(Event, topic="test:numbered:1"):
    """A number."""

    number: int


@dataclass(frozen=True, kw_only=True)
class Said(Event, topic="test:said:1"):
    """Somebody said something."""

    words: Personal


@dataclass(frozen=True, kw_only=True)
class Ordered(Event, topic="test:ordered:1"):
    """Keys are to be destroyed."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Detail:
    name: str
    said: Personal | None


@dataclass(frozen=True, kw_only=True)
class Everything(Event, topic="test:everything:1"):
    """One field of each type that an event may have."""

    text: str
    number: int
    truth: bool
    day: date
    instant: datetime
    colour: Colour
    words: Personal
    detail: Detail
    details: tuple[Detail, ...]
    nothing: str | None
    later: int | None = None


def a_stream() -> str:
    """The id of a stream that nobody has used."""
    return f"test-{next(_numbers)}"


def a_request(head: Head, *events: Event, **more: Any) -> AppendRequest:  # noqa: ANN401
    """A request to continue a stream."""
    wanted: dict[str, Any] = {"actor": JOB, "at": NOON, "command": "command-1", **more}
    return AppendRequest(writes=(Write(head, events),), **wanted)


def destroy(record: Record, *keys: str) -> int:
    """Order keys to be destroyed, and do so; how many were alive."""
    ordered = record.append(a_request(Head.new(a_stream()), Ordered(keys=keys)))
    return record.keys.destroy(ordered.positions[0], NOON)


def append_numbers(record: Record, stream: str, *numbers: int, **more: Any) -> Appended:  # noqa: ANN401
    """Continue a stream as it stands with numbers."""
    events = (Numbered(number=number) for number in numbers)
    return record.append(a_request(record.load(stream).head, *events, **more))
