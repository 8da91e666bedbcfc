"""Stored fields read slowly: straight from the type hints of a class, each value on its own.

What the record reads faster is held against it.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from audit.leaf.scalars import read_day, read_instant
from domain.personal import Personal

if TYPE_CHECKING:
    from audit.leaf.wire import Unseal


def read(hint: Any, stored: Any, pointer: str, unseal: Unseal) -> Any:  # noqa: ANN401 -- its hint says which
    """The value of a type that is stored; raises ``ValueError`` for anything else."""
    if hint is Personal:
        return unseal(pointer, stored)
    if hint in (date, datetime):
        return (read_day if hint is date else read_instant)(stored)
    if hint in (str, int, bool):
        return _expected(stored, hint)
    if get_origin(hint) is tuple:
        of = get_args(hint)[0]
        listed = _expected(stored, list)
        return tuple(read(of, one, f"{pointer}/{i}", unseal) for i, one in enumerate(listed))
    if NoneType in get_args(hint):
        (of,) = (each for each in get_args(hint) if each is not NoneType)
        return None if stored is None else read(of, stored, pointer, unseal)
    if issubclass(hint, StrEnum):
        return hint(_expected(stored, str))
    return _fields(hint, _expected(stored, dict), pointer, unseal)


def _fields(kind: type[Any], stored: dict[str, Any], pointer: str, unseal: Unseal) -> Any:  # noqa: ANN401
    hints, values = _hints(kind), {}  # type: ignore[arg-type] # a class is hashable
    for field in fields(kind):
        if field.name in stored:
            of, one = hints[field.name], stored[field.name]
            values[field.name] = read(of, one, f"{pointer}/{field.name}", unseal)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(field.name)
    if stored.keys() - values.keys():
        raise ValueError(kind.__name__)
    return kind(**values)


_hints = cache(get_type_hints)


def _expected(stored: Any, kind: type[Any]) -> Any:  # noqa: ANN401
    if type(stored) is kind:
        return stored
    raise ValueError(kind.__name__)
