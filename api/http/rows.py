"""Rows of views, and states of things, as what an answer holds.

An answer is dumped from what it shows: a schema's member is the attribute of the same name.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from datetime import date, datetime
from enum import EnumMeta
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from marshmallow import fields

from api.http.masking import in_clear
from domain.personal import Personal
from domain.shared_collections import Several
from projections.fact import Sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marshmallow import Schema


Row = TypeVar("Row")
Shown = TypeVar("Shown", bound="type[Schema]")

_FIELDS: dict[Any, type[fields.Field[Any]]] = {
    str: fields.String,
    Sealed: fields.String,
    Personal: fields.String,
    int: fields.Integer,
    bool: fields.Boolean,
    date: fields.Date,
    datetime: fields.AwareDateTime,
}


def shows(kind: type, names: str, *, there: bool = False) -> Callable[[Shown], Shown]:
    """Let a schema show these fields of a dataclass, under their own names, as their types say.

    ``there``: in these answers none of them is null, though it can be elsewhere.
    What the schema declares itself goes before.
    """
    hints = get_type_hints(kind)
    typed = {name: _field(hints[name], there=there) for name in names.split()}

    def decorate(schema: Shown) -> Shown:
        schema._declared_fields = typed | schema._declared_fields  # noqa: SLF001 -- where marshmallow keeps them
        return schema

    return decorate


def members(row: Any, **more: object) -> dict[str, Any]:  # noqa: ANN401 -- a dataclass
    """The fields of a row with what stands beside them, to be dumped by a schema."""
    names, values = _fields_of(row.__class__)
    return dict(zip(names, values(row), strict=True), **more)


def picked(row: object, names: str) -> dict[str, Any]:
    """These attributes of something, by their names."""
    words, values = _named(names)
    return dict(zip(words, values(row), strict=True))


@cache
def _fields_of(kind: type[Any]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    return _named(" ".join(each.name for each in fields_of(kind)))


@cache
def _named(names: str) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Names, and what takes these attributes of something, one after the other."""
    words = tuple(names.split())
    if len(words) == 1:
        return words, lambda row: (getattr(row, names),)
    return words, attrgetter(*words)


def opened(rows: Sequence[Row], *names: str) -> Sequence[Row]:
    """The same rows, with what was sealed under these names in clear or said to be erased."""
    sealed = [(row, name) for row in rows for name in names if getattr(row, name) is not None]
    clear = in_clear([getattr(row, name) for row, name in sealed])
    for (row, name), text in zip(sealed, clear, strict=True):
        setattr(row, name, text)
    return rows


def nested(schema: type[Schema]) -> fields.List[Any]:
    """Several of one kind, in an answer."""
    return fields.List(fields.Nested(schema))


def _field(hint: Any, *, there: bool) -> fields.Field[Any]:  # noqa: ANN401 -- a type hint has no type
    either = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    kind = next(each for each in either if each is not type(None))
    options: dict[str, Any] = {"required": True, "allow_none": not there and len(either) > 1}
    if get_origin(kind) in (tuple, frozenset, Several):
        return fields.List(fields.String(), **options)
    return (fields.String if isinstance(kind, EnumMeta) else _FIELDS[kind])(**options)
