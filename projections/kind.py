"""The types that a column can have: how their values are kept, copied and read."""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import UTC, date, datetime, timedelta
from struct import Struct
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

import orjson

from projections.fact import Sealed

if TYPE_CHECKING:
    from collections.abc import Callable

_TYPES: dict[Any, str] = {
    str: "text",
    Sealed: "text",
    int: "bigint",
    bool: "boolean",
    date: "date",
    datetime: "timestamptz",
    tuple[str, ...]: "text[]",
    tuple[int, ...]: "bigint[]",
}
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""From which PostgreSQL counts."""
_MICROSECOND = timedelta(microseconds=1)
_TEXT = 25
"""The object id of type text."""
_length = Struct("!i").pack
_ONE_DIMENSION = Struct("!iiiii").pack
_NO_TEXTS = Struct("!iii").pack(0, 0, _TEXT)


def _days(day: date) -> int:
    return day.toordinal() - _EPOCH.toordinal()


def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def _jsonb(value: object) -> bytes:
    return b"\x01" + orjson.dumps(value)


def _texts(words: tuple[str, ...]) -> bytes:
    if not words:
        return _NO_TEXTS
    octets = [word.encode() for word in words]
    items = [part for each in octets for part in (_length(len(each)), each)]
    return b"".join((_ONE_DIMENSION(1, 0, _TEXT, len(octets), 1), *items))


_COPIED: dict[str, tuple[str, Callable[[Any], Any] | None]] = {
    "date": ("int4", _days),
    "timestamptz": ("int8", _microseconds),
    "jsonb": ("bytea", _jsonb),
    "text[]": ("bytea", _texts),
    "bigint[]": ("bigint[]", list),
}
"""What psycopg writes by Python, by what it writes without: another type of the same octets."""


class Kind:
    """How the values of one type are kept: its SQL type, and what is done with one that is read.

    Into a binary copy goes what ``write`` makes of a value, as if it were of type ``copied``,
    which has the same octets.
    """

    def __init__(self, hint: Any) -> None:  # noqa: ANN401 -- a type hint has no type
        self.sql = _TYPES.get(hint, "jsonb")
        # In the order of bytes everywhere, so that a prefix is a range and rebuilds are equal.
        self.column = f'{self.sql} COLLATE "C"' if self.sql == "text" else self.sql
        self.copied, self.write = _COPIED.get(self.sql, (self.sql, None))
        self.read: Callable[[Any], Any] | None = None
        if get_origin(hint) is tuple:
            inside = get_args(hint)[0]
            self.read = tuple
            if is_dataclass(inside):
                read_one = _reader(inside)
                self.read = lambda stored: tuple(read_one(each) for each in stored)
        elif is_dataclass(hint):
            self.read = _reader(hint)
        elif hint not in _TYPES:
            msg = f"a table has no column of type {hint}"
            raise TypeError(msg)


def _reader(kind: Any) -> Callable[[dict[str, Any]], Any]:  # noqa: ANN401 -- a dataclass
    return lambda stored: kind(**stored)


def without_none(hint: Any) -> Any:  # noqa: ANN401 -- a type hint has no type
    """The type of the values of a column that may have none."""
    if get_origin(hint) in (Union, UnionType):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint
