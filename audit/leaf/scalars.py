"""How single values are written: one pair of functions for each type that a field may have.

Both directions are strict: what is read must be exactly what would be written.
Either raises ``ValueError`` with what was wanted, never with the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from audit.leaf.canonical import JSON

if TYPE_CHECKING:
    from enum import StrEnum

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z", re.ASCII)


@dataclass(frozen=True)
class Scalar:
    """A type of single value and its two directions; ``plain`` where JSON has it as it is."""

    write: Callable[[object], JSON]
    read: Callable[[JSON], object]
    plain: type | None = None


def plain(kind: type[str | int | bool]) -> Scalar:
    """A type that JSON has: what is stored is the value."""

    def same(value: object) -> JSON:
        if type(value) is kind:
            return value
        raise ValueError(kind.__name__)

    return Scalar(same, same, kind)


def word(words: type[StrEnum]) -> Scalar:
    """One word of a closed list, stored as its value."""

    def write(value: object) -> JSON:
        if isinstance(value, words):
            return value.value
        raise ValueError(words.__name__)

    def read(stored: JSON) -> StrEnum:
        if isinstance(stored, str):
            return words(stored)
        raise ValueError(words.__name__)

    return Scalar(write, read)


def write_day(value: object) -> JSON:
    """A date of the calendar, ``2024-10-15``."""
    if type(value) is date:
        return value.isoformat()
    msg = "date"
    raise ValueError(msg)


def read_day(stored: JSON) -> date:
    """The date of its stored form."""
    day = date.fromisoformat(stored) if isinstance(stored, str) else None
    if day is None or day.isoformat() != stored:
        msg = "date"
        raise ValueError(msg)
    return day


def write_instant(value: object) -> JSON:
    """An instant in UTC with six decimals of a second, ``2024-10-15T01:00:00.000000Z``."""
    if type(value) is datetime and value.utcoffset() is not None:
        return value.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"
    msg = "instant with a time zone"
    raise ValueError(msg)


def read_instant(stored: JSON) -> datetime:
    """The instant, in UTC, of its stored form."""
    if isinstance(stored, str) and _INSTANT.fullmatch(stored):
        return datetime.fromisoformat(stored)
    msg = "instant"
    raise ValueError(msg)


SCALARS: dict[object, Scalar] = {
    str: plain(str),
    int: plain(int),
    bool: plain(bool),
    date: Scalar(write_day, read_day),
    datetime: Scalar(write_instant, read_instant),
}
"""Each type of single value that a field may have, except words of a closed list."""
