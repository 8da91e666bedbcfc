"""How answers are written: one writer for each schema, made once.

marshmallow asks each field of each row anew where its value is and what becomes of it, which for
a page of fifty rows takes longer than everything else. A writer knows that beforehand, and makes
of a thing exactly what marshmallow's own dump makes of it; whatever it does not know it leaves to
that one. What comes in is read by marshmallow alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.utils import ensure_text_type

if TYPE_CHECKING:
    from marshmallow import Schema

Write = Callable[[Any], Any]
"""Makes of a value what stands in the answer for it."""


def writer_of(schema: Schema, otherwise: Write) -> Write:
    """Writes one thing by a schema; ``otherwise`` does so where the thing lacks a member."""
    members = tuple(schema.dump_fields.items())
    names = tuple(field.attribute or name for name, field in members)
    if not names or any("." in name for name in names):
        return otherwise
    if not all(field._CHECK_ATTRIBUTE for _, field in members):  # noqa: SLF001 -- it stands for no value
        return otherwise
    keys = tuple(field.data_key or name for name, field in members)
    writes = tuple(_writes(name, field) for name, field in members)
    by_key, by_name = _all(itemgetter, names), _all(attrgetter, names)

    def write(thing: Any) -> Any:  # noqa: ANN401 -- a thing
        try:
            values = by_key(thing) if isinstance(thing, dict) else by_name(thing)
        except (KeyError, AttributeError):
            return otherwise(thing)
        return {
            key: None if value is None else of(value)
            for key, of, value in zip(keys, writes, values, strict=True)
        }

    return write


def _all(getter: Callable[..., Write], names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Takes all members of a thing; of one alone ``operator`` makes no tuple."""
    get = getter(*names)
    return get if len(names) > 1 else lambda thing: (get(thing),)


def _writes(name: str, field: Any) -> Write:  # noqa: ANN401 -- a field of any kind
    """Writes a value that is not None."""
    make = _MAKERS.get(type(field)._serialize, _as_it_says)  # noqa: SLF001 -- what a field does, whatever it is called
    return make(name, field)


def _as_it_says(name: str, field: Any) -> Write:  # noqa: ANN401 -- a field of any kind
    return lambda value: field._serialize(value, name, None)  # noqa: SLF001 -- as marshmallow itself does


def _several(name: str, field: fields.List[Any]) -> Write:
    write = _writes(name, field.inner)
    return lambda values: [None if value is None else write(value) for value in values]


def _nested(_name: str, field: fields.Nested) -> Write:
    return lambda value: field.schema.dump(value, many=field.schema.many or field.many)


def _texts(_name: str, _field: fields.String) -> Write:
    return lambda value: value if type(value) is str else ensure_text_type(value)


def _flags(name: str, field: fields.Boolean) -> Write:
    write = _as_it_says(name, field)
    return lambda value: value if isinstance(value, bool) else write(value)


def _numbers(name: str, field: Any) -> Write:  # noqa: ANN401 -- of numbers
    if not isinstance(field, fields.Integer) or field.as_string:
        return _as_it_says(name, field)
    return lambda value: value if type(value) is int else int(value)


def _objects(name: str, field: fields.Dict) -> Write:
    write = _as_it_says(name, field)
    plain = field.key_field is None and field.value_field is None
    return lambda value: value if plain and type(value) is dict else write(value)


def _times(name: str, field: Any) -> Write:  # noqa: ANN401 -- of days or of instants
    write: Write | None = field.SERIALIZATION_FUNCS.get(field.format)
    return write or _as_it_says(name, field)


_MAKERS: Mapping[object, Callable[[str, Any], Write]] = {
    fields.List._serialize: _several,  # noqa: SLF001 -- how marshmallow itself writes, here and below
    fields.Nested._serialize: _nested,  # noqa: SLF001
    fields.String._serialize: _texts,  # noqa: SLF001
    fields.Boolean._serialize: _flags,  # noqa: SLF001
    fields.Integer._serialize: _numbers,  # noqa: SLF001
    fields.Dict._serialize: _objects,  # noqa: SLF001
    fields.Date._serialize: _times,  # noqa: SLF001
}
