"""What the record keeps as a value of its own, described in the OpenAPI document to its leaves.

The schemas follow from the types of the domain; what is answered is written by ``showing`` already,
and passes through as it is.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import EnumMeta
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from marshmallow import fields

from api.conventions.fields import AnswerSchema
from domain.growing import Several
from domain.personal import Personal

if TYPE_CHECKING:
    from marshmallow import Schema

_LEAVES: dict[Any, type[fields.Field[Any]]] = {
    str: fields.String,
    Personal: fields.String,
    int: fields.Integer,
    bool: fields.Boolean,
    date: fields.Date,
    datetime: fields.AwareDateTime,
}


class Told(fields.Nested):
    """What was written as its schema says, and is answered as it is."""

    def _serialize(  # type: ignore[override] # its own two ancestors differ
        self,
        nested_obj: Any,  # noqa: ANN401 -- as it is
        *_: object,
        **__: object,
    ) -> Any:  # noqa: ANN401 -- as it is
        return nested_obj


@cache
def recorded(kind: type) -> type[Schema]:
    """The schema of a value of the record, as ``showing.fields_of`` writes it."""
    hints = get_type_hints(kind)
    members = {each.name: _field(hints[each.name]) for each in fields_of(kind)}
    return AnswerSchema.from_dict(members, name=f"Recorded{kind.__name__}Schema")


def told(kind: type, *, many: bool = False, there: bool = True) -> Told:
    """A value of the record in an answer, or several; ``there``: it is never null."""
    return Told(recorded(kind), many=many, required=True, allow_none=not there)


def _field(hint: Any) -> fields.Field[Any]:  # noqa: ANN401 -- a type hint has no type
    either = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    options: dict[str, Any] = {"required": True, "allow_none": type(None) in either}
    kinds = [each for each in either if each is not type(None)]
    if len(kinds) > 1:
        return fields.Raw(**options)
    (kind,) = kinds
    if get_origin(kind) in (tuple, frozenset, Several):
        return fields.List(_field(get_args(kind)[0]), **options)
    if isinstance(kind, type) and is_dataclass(kind) and kind not in _LEAVES:
        return Told(recorded(kind), **options)
    leaf = fields.String if isinstance(kind, EnumMeta) else _LEAVES[kind]
    return leaf(**options)
