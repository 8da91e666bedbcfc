"""Values of the domain, described in the OpenAPI document to their leaves.

The schemas follow from the types of the domain; what is answered is written already, by ``showing``
or, where it is a value of the law, by ``pack_document``, and passes through as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, is_dataclass
from dataclasses import fields as fields_of
from datetime import date, datetime
from enum import EnumMeta
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from marshmallow import fields

from api.conventions.fields import AnswerSchema
from domain.personal import Personal
from domain.shared_collections import Several

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


@dataclass(frozen=True, eq=False)
class Writing:
    """How values are written: what their schemas are called, and what is peculiar to them.

    ``names`` are members that are called otherwise than in the domain, ``leaves`` the fields of
    further types.
    """

    prefix: str
    names: Mapping[str, str] = field(default_factory=dict)
    leaves: Mapping[type, Callable[..., fields.Field[Any]]] = field(default_factory=dict)

    @cache  # noqa: B019 -- ways of writing live as long as the process
    def schema(self, kind: type) -> type[Schema]:
        """The schema of a dataclass."""
        hints = get_type_hints(kind)
        members = {
            self.names.get(each.name, each.name): self._field(hints[each.name])
            for each in fields_of(kind)
        }
        return AnswerSchema.from_dict(members, name=f"{self.prefix}{kind.__name__}Schema")

    def told(self, kind: type, *, many: bool = False, there: bool = True) -> Told:
        """A value in an answer, or several; ``there``: it is never null."""
        return Told(self.schema(kind), many=many, allow_none=not there)

    def _field(self, hint: Any) -> fields.Field[Any]:  # noqa: ANN401 -- a type hint has no type
        either = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
        options: dict[str, Any] = {"required": True, "allow_none": type(None) in either}
        (kind,) = (each for each in either if each is not type(None))
        if get_origin(kind) in (tuple, frozenset, Several):
            return fields.List(self._field(get_args(kind)[0]), **options)
        if get_origin(kind) is Mapping:
            return fields.Dict(
                keys=fields.String(), values=self._field(get_args(kind)[1]), **options
            )
        if kind in self.leaves:
            return self.leaves[kind](**options)
        if isinstance(kind, type) and is_dataclass(kind) and kind not in _LEAVES:
            return Told(lambda: self.schema(kind), **options)  # it may hold one of its own kind
        leaf = fields.String if isinstance(kind, EnumMeta) else _LEAVES[kind]
        return leaf(**options)


RECORD = Writing("Recorded")
"""As ``showing.fields_of`` writes what the record keeps."""


def recorded(kind: type) -> type[Schema]:
    """The schema of a value of the record, as ``showing.fields_of`` writes it."""
    return RECORD.schema(kind)


def told(kind: type, *, many: bool = False, there: bool = True) -> Told:
    """A value of the record in an answer, or several; ``there``: it is never null."""
    return RECORD.told(kind, many=many, there=there)
