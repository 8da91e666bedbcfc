"""How answers are written: one writer for each schema, made once.

marshmallow asks each field of each row anew where its value is and what becomes of it, which for
a page of fifty rows takes longer than everything else. A writer knows that beforehand, writes a
page column by column, and makes of a thing exactly what marshmallow's own dump makes of it;
whatever it does not know it leaves to that one. What comes in is read by marshmallow alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from itertools import chain, islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from marshmallow import fields
from marshmallow.utils import ensure_text_type

if TYPE_CHECKING:
    from marshmallow import Schema

Write = Callable[[Any], Any]
"""Makes of a value what stands in the answer for it."""
_NOTHING = type(None)
_KINDS_AT_HAND = 256
"""Of so many kinds of things, by the types of their members, it is kept what is to be done."""
_FEW = 3
"""So many things are written one after the other."""


@dataclass(frozen=True)
class Beside:
    """Rows of a view with what stands beside them in an answer: for each one value, by member."""

    rows: Sequence[NamedTuple]
    beside: Mapping[str, Sequence[Any]]

    def columns(self, names: Iterable[str]) -> list[Sequence[Any]]:
        """For each row the values of some members; none, where there are no rows."""
        if not self.rows:
            return []
        own = dict(zip(self.rows[0]._fields, zip(*self.rows, strict=True), strict=True))
        known = {**own, **self.beside}
        return [known[name] for name in names]


class Writer:
    """Writes a value that is not None, or several.

    One of the very type that it ``leaves`` is written as it is.
    """

    def __init__(self, write: Write, leaves: type | None = None) -> None:
        self.write = write
        self.leaves = leaves
        self._alone = {_NOTHING, leaves}

    def all_of(self, values: Any) -> list[Any]:  # noqa: ANN401 -- of any type
        """What stands in the answer for each of several values."""
        return [*map(self.write, values)]

    def column(self, values: Sequence[Any]) -> Sequence[Any]:
        """The same, of which some may be None."""
        kinds = {*map(type, values)}
        if kinds <= self._alone:
            return values
        if _NOTHING not in kinds:
            return self.all_of(values)
        written = iter(self.all_of([each for each in values if each is not None]))
        return [None if each is None else next(written) for each in values]


class _Things(Writer):
    """Writes things by their members; ``otherwise`` does so where one lacks a member."""

    def __init__(self, members: Mapping[str, Any], otherwise: Write) -> None:
        super().__init__(self._write)
        self._otherwise = otherwise
        self._names = tuple(field.attribute or name for name, field in members.items())
        self._keys = tuple(field.data_key or name for name, field in members.items())
        self._writers = [_writer(name, field) for name, field in members.items()]
        self._by_key = _all(itemgetter, self._names)
        self._by_name = _all(attrgetter, self._names)
        self._to_write = lru_cache(_KINDS_AT_HAND)(self._written_otherwise)

    def all_of(self, things: Beside | Sequence[Any]) -> list[Any]:
        """The things one after the other, which are taken column by column."""
        if isinstance(things, Beside):
            columns = things.columns(self._names)
        elif len(things) > _FEW:
            try:
                columns = [*zip(*map(self._values, things), strict=True)]
            except (KeyError, AttributeError):
                return super().all_of(things)
        else:
            return super().all_of(things)
        written = map(Writer.column, self._writers, columns)
        return [dict(zip(self._keys, row, strict=False)) for row in zip(*written, strict=True)]

    def _values(self, thing: Any) -> tuple[Any, ...]:  # noqa: ANN401 -- a thing
        return self._by_key(thing) if isinstance(thing, dict) else self._by_name(thing)

    def _write(self, thing: Any) -> Any:  # noqa: ANN401 -- a thing
        try:
            values = self._values(thing)
        except (KeyError, AttributeError):
            return self._otherwise(thing)
        written = dict(zip(self._keys, values, strict=True))
        for key, of in self._to_write(*map(type, values)):
            written[key] = of(written[key])
        return written

    def _written_otherwise(self, *kinds: type) -> list[tuple[str, Write]]:
        """The members of a thing that are written otherwise than as they are, by their types."""
        known = zip(self._keys, self._writers, kinds, strict=True)
        return [(key, of.write) for key, of, kind in known if kind not in (_NOTHING, of.leaves)]


class _Instants(Writer):
    """Writes instants in the form of RFC 3339, many of them at once."""

    def all_of(self, values: Sequence[Any]) -> list[Any]:
        """Each with its offset from UTC."""
        if {*map(type, values)} != {datetime}:
            return super().all_of(values)
        written: list[str] = orjson.loads(orjson.dumps(values))
        return written


class _Nested(Writer):
    """Writes things by the schema that is nested."""

    def __init__(self, schema: Schema) -> None:
        super().__init__(partial(schema.dump, many=False))
        self._schema = schema

    def all_of(self, values: Sequence[Any]) -> list[Any]:
        """Each as the schema has it."""
        written: list[Any] = self._schema.dump(values, many=True)
        return written


class _Lists(Writer):
    """Writes lists; several of them as one, which is cut up again."""

    def all_of(self, values: Iterable[Any]) -> list[list[Any]]:
        """A list for each."""
        lists = [*map(list, values)]
        if not any(lists):
            return lists
        written = iter(self.write([*chain.from_iterable(lists)]))
        return [[*islice(written, len(each))] for each in lists]


def writer_of(schema: Schema, otherwise: Write) -> Writer:
    """Writes things by a schema; ``otherwise`` does so where one lacks a member."""
    members = schema.dump_fields
    dotted = any("." in (field.attribute or name) for name, field in members.items())
    # What has no attribute to be checked stands for no value of a thing.
    if not members or dotted or not all(e._CHECK_ATTRIBUTE for e in members.values()):  # noqa: SLF001 -- as marshmallow itself asks
        return Writer(otherwise)
    return _Things(members, otherwise)


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
    of = _writer(name, field.inner)
    return _Lists(lambda e: of.all_of(e) if isinstance(e, Beside) else of.column([*e]))


def _nested(_name: str, field: fields.Nested) -> Writer:
    schema, many = field.schema, field.schema.many or field.many
    return _Lists(partial(schema.dump, many=True)) if many else _Nested(schema)


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
    if write is None:
        return _as_it_says(name, field)
    return _Instants(write) if write is datetime.isoformat else Writer(write)


_MAKERS: Mapping[object, Callable[[str, Any], Writer]] = {
    fields.List._serialize: _several,  # noqa: SLF001 -- how marshmallow itself writes, here and below
    fields.Nested._serialize: _nested,  # noqa: SLF001
    fields.String._serialize: _texts,  # noqa: SLF001
    fields.Boolean._serialize: _flags,  # noqa: SLF001
    fields.Integer._serialize: _numbers,  # noqa: SLF001
    fields.Dict._serialize: _objects,  # noqa: SLF001
    fields.Date._serialize: _times,  # noqa: SLF001
}
