"""Answers are written by writers made once; they write what marshmallow itself would dump."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import Enum, StrEnum
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from flask import Flask
from marshmallow import Schema, fields

import api.http  # noqa: F401 -- so that every schema is there
from api.conventions.fields import AnswerSchema
from api.conventions.writing import Beside
from api.json import AnswerJSON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Word(StrEnum):
    """A word that is a text."""

    HERE = "此处"


class Thing(Enum):
    """A word that is none."""

    THERE = "there"


AT = datetime(2024, 11, 4, 9, 30, 0, 5, tzinfo=UTC)
SAMPLES: dict[type[fields.Field[Any]], tuple[object, ...]] = {
    fields.String: ("文", "", Word.HERE, Thing.THERE, 7, b"octets", AT.date()),
    fields.Integer: (0, 12, True, "13", 4.0),
    fields.Boolean: (True, False, 1, "yes", 0),
    fields.Date: (date(2024, 2, 29), AT),
    fields.AwareDateTime: (AT,),
    fields.Time: (time(9, 30),),
    fields.Dict: ({}, {"名": [1, None], "at": AT}),
    fields.Raw: ({"any": "thing"}, [1]),
}


def kinds(of: type[Schema] = AnswerSchema) -> Iterator[type[Schema]]:
    """Every schema of an answer."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def values(field: fields.Field[Any], depth: int = 0) -> list[object]:
    """What may stand in a field."""
    if isinstance(field, fields.List):
        each = values(field.inner, depth)
        return [each, [], tuple(each)]
    if isinstance(field, fields.Nested):
        if depth > 4 or type(field).__name__ == "Told":
            return [{"told": AT}, [{"told": None}]]
        found = list(things(field.schema, depth + 1))
        return [found, []] if field.schema.many or field.many else [*found]
    if isinstance(field, fields.Enum):
        return [*field.enum.__members__.values()]
    if isinstance(field, fields.Dict) and field.value_field is not None:
        return [{"键": each} for each in values(field.value_field, depth)]
    return [each for kind, some in SAMPLES.items() if isinstance(field, kind) for each in some] or [
        "?"
    ]


def things(schema: Schema, depth: int = 0) -> Iterator[object]:
    """Things that a schema is asked to write: whole ones, with null in places, and lacking some."""
    choices = {
        field.attribute or name: values(field, depth) for name, field in schema.dump_fields.items()
    }
    most = max((len(each) for each in choices.values()), default=0)
    for turn in range(most if depth < 2 else 1):
        row = {name: each[turn % len(each)] for name, each in choices.items()}
        yield row
        yield SimpleNamespace(**row)
    yield dict.fromkeys(choices)
    for name in choices:
        if hasattr(dict, name):
            continue  # which marshmallow would take for the member
        yield {other: each[0] for other, each in choices.items() if other != name}
        if depth:
            break


def each_of(thing: object) -> dict[str, object]:
    """The members of a thing."""
    return thing if isinstance(thing, dict) else vars(thing)


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> Callable[[Schema, object], object]:
    """Dumps as marshmallow itself does, whatever is nested."""

    def dump(schema: Schema, thing: object) -> object:
        with monkeypatch.context() as patched:
            patched.setattr(AnswerSchema, "dump", Schema.dump)
            return schema.dump(thing)

    return dump


def test_every_schema_writes_what_marshmallow_would_dump(
    plainly: Callable[[Schema, object], object],
) -> None:
    """Octet by octet: members in their order, words, numbers, days, null, what is not there."""
    octets, looked_at = AnswerJSON(Flask("answers")).dumps, 0
    for kind in dict.fromkeys(kinds()):
        schema = kind()
        for thing in things(schema):
            assert octets(schema.dump(thing)) == octets(plainly(schema, thing)), (kind, thing)
            looked_at += 1
        whole = [each for each in things(schema) if len(each_of(each)) == len(schema.dump_fields)]
        page = [plainly(schema, each) for each in whole]
        assert octets(schema.dump(whole, many=True)) == octets(page), kind
    assert looked_at > 1000
    several = kind(many=True)
    assert several.dump([{}]) == plainly(several, [{}])


class Row(NamedTuple):
    """A row of a view."""

    name: str
    since: datetime | None
    marks: tuple[str, ...]


class RowSchema(AnswerSchema):
    """What is told of it, in an order of its own, with what stands beside it."""

    told = fields.String(attribute="name")
    beside = fields.List(fields.Nested(AnswerSchema.from_dict({"day": fields.Date()})))
    since = fields.AwareDateTime(allow_none=True)
    marks = fields.List(fields.String())
    may = fields.Boolean()


@pytest.mark.parametrize("number", [0, 1, 5])
def test_rows_are_written_with_what_stands_beside_them(number: int) -> None:
    """In the place of what a row itself says, where both do."""
    rows = [Row(f"行{at}", AT if at % 2 else None, ("甲", "乙")[:at]) for at in range(number)]
    days = [[{"day": date(2024, 1, 1 + each)} for each in range(at)] for at in range(number)]
    beside: dict[str, list[Any]] = {
        "beside": days,
        "may": [at > 1 for at in range(number)],
        "marks": [["丙"]] * number,
    }
    page = AnswerSchema.from_dict({"rows": fields.List(fields.Nested(RowSchema))})()
    written = page.dump({"rows": Beside(rows, beside)})
    assert written == {
        "rows": [
            {
                "told": row.name,
                "beside": [{"day": each["day"].isoformat()} for each in own],
                "since": row.since and row.since.isoformat(),
                "marks": ["丙"],
                "may": at > 1,
            }
            for at, (row, own) in enumerate(zip(rows, days, strict=True))
        ]
    }
    assert [[*each] for each in written["rows"]] == [[*RowSchema().fields]] * number
