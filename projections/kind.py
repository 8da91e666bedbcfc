"""The types that a column can have: how their values are kept and read."""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import date, datetime
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

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


class Kind:
    """How the values of one type are kept: its SQL type, and what is done with one that is read."""

    def __init__(self, hint: Any) -> None:  # noqa: ANN401 -- a type hint has no type
        self.sql = _TYPES.get(hint, "jsonb")
        # In the order of bytes everywhere, so that a prefix is a range and rebuilds are equal.
        self.column = f'{self.sql} COLLATE "C"' if self.sql == "text" else self.sql
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
