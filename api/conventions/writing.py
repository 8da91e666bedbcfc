"""How answers are written: one writer for each schema, made once.

marshmallow asks each field of each row anew where its value is and what becomes of it, which for
a page of fifty rows takes longer than everything else. A writer knows that beforehand, and makes
of a thing exactly what marshmallow's own dump makes of it; whatever it does not know it leaves to
that one. What comes in is read by marshmallow alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from marshmallow import fields
from marshmallow.utils import ensure_text_type

if TYPE_CHECKING:
    from marshmallow import Schema

Write = Callable[[Any], Any]
"""Makes of a value what stands in the answer for it."""
_NOTHING = type(None)
_KINDS_AT_HAND = 256
"""Of so many kinds of things, by the types of their members, it is kept what is to be done."""


class Writer(NamedTuple):
    """Writes a value that is not None; one of the very type that it ``leaves``, as it is."""

    write: Write
    leaves: type | None = None


def writer_of(schema: Schema, otherwise: Write) -> Write:
    """Writes one thing by a schema; ``otherwise`` does so where the thing lacks a member."""
    members = tuple(schema.dump_fields.items())
    names = tuple(field.attribute or name for name, field in members)
    if not names or any("." in name for name in names):
        return otherwise
    if not all(field._CHECK_ATTRIBUTE for _, field in members):  # noqa: SLF001 -- it stands for no value
        return otherwise
    keys = tuple(field.data_key or name for name, field in members)
    writers = tuple(_writer(name, field) for name, field in members)
    by_key, by_name = _all(itemgetter, names), _all(attrgetter, names)

    @lru_cache(_KINDS_AT_HAND)
    def to_write(*kinds: type) -> list[tuple[str, Write]]:
        """The members of a thing that are written otherwise than as they are."""
        known = zip(keys, writers, kinds, strict=True)
        return [(key, of.write) for key, of, kind in known if kind not in (_NOTHING, of.leaves)]

    def write(thing: Any) -> Any:  # noqa: ANN401 -- a thing
        try:
            values = by_key(thing) if isinstance(thing, dict) else by_name(thing)
        except (KeyError, AttributeError):
            return otherwise(thing)
        written = dict(zip(keys, values, strict=True))
        for key, of in to_write(*map(type, values)):
            written[key] = of(written[key])
        return written

    return write


def _all(getter: Callable[..., Write], names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Takes all members of a thing; of one alone ``operator`` makes no tuple."""
    get = getter(*names)
    return get if len(names) > 1 else lambda thing: (get(thing),)


def _writer(name: str, field: Any) -> Writer:  # noqa: ANN401 -- a field of any kind
    make = _MAKERS.get(type(field)._serialize, _as_it_says)  # noqa: SLF001 -- what a field does, whatever it is called
    return make(name, field)


def _as_it_says(name: str, field: Any) -> Writer:  # noqa: ANN401 -- a field of any kind
    return Writer(lambda value: field._serialize(value, name, None))  # noqa: SLF001 -- as marshmallow itself does


def _several(name: str, field: fields.List[Any]) -> Writer:
    write, leaves = _writer(name, field.inner)
    alone = (_NOTHING, leaves)
    return Writer(lambda values: [e if type(e) in alone else write(e) for e in values])


def _nested(_name: str, field: fields.Nested) -> Writer:
    schema = field.schema
    return Writer(partial(schema.dump, many=schema.many or field.many))


def _texts(_name: str, _field: fields.String) -> Writer:
    return Writer(ensure_text_type, leaves=str)


def _flags(name: str, field: fields.Boolean) -> Writer:
    return Writer(_as_it_says(name, field).write, leaves=bool)


def _numbers(name: str, field: Any) -> Writer:  # noqa: ANN401 -- of numbers
    if not isinstance(field, fields.Integer) or field.as_string:
        return _as_it_says(name, field)
    return Writer(int, leaves=int)


def _objects(name: str, field: fields.Dict) -> Writer:
    plain = field.key_field is None and field.value_field is None
    return Writer(_as_it_says(name, field).write, leaves=dict if plain else None)


def _times(name: str, field: Any) -> Writer:  # noqa: ANN401 -- of days or of instants
    write: Write | None = field.SERIALIZATION_FUNCS.get(field.format)
    return _as_it_says(name, field) if write is None else Writer(write)


_MAKERS: Mapping[object, Callable[[str, Any], Writer]] = {
    fields.List._serialize: _several,  # noqa: SLF001 -- how marshmallow itself writes, here and below
    fields.Nested._serialize: _nested,  # noqa: SLF001
    fields.String._serialize: _texts,  # noqa: SLF001
    fields.Boolean._serialize: _flags,  # noqa: SLF001
    fields.Integer._serialize: _numbers,  # noqa: SLF001
    fields.Dict._serialize: _objects,  # noqa: SLF001
    fields.Date._serialize: _times,  # noqa: SLF001
}
