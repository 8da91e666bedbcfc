"""What a request states is what the act is given: by the same names, of the same kinds."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import pytest
from marshmallow import fields

from api.conventions.fields import Day, Flag, Instant, WholeNumber
from api.conventions.vocabulary import Word
from api.http import RESOURCES
from api.http.acting import ADDRESSES, BODIES

if TYPE_CHECKING:
    from api.acts.guard import Row
    from api.conventions.fields import Body

PLAIN = {Day: "date", Instant: "datetime", Flag: "bool", WholeNumber: "int"}


def test_every_act_is_taken_in_at_an_address_of_its_own() -> None:
    assert RESOURCES
    assert len(set(ADDRESSES.values())) == len(ADDRESSES)


@pytest.mark.parametrize("row", BODIES, ids=ADDRESSES.get)
def test_a_body_states_what_its_act_asks(row: Row[Any, Any]) -> None:
    asked = {
        name: each.annotation
        for name, each in inspect.signature(row.decide).parameters.items()
        if each.kind is each.KEYWORD_ONLY
    }
    body = BODIES[row]
    if body is not None and body.makes is not None:
        assert asked == {"command": body.makes.__name__}
        return
    stated = {} if body is None else {n: kind(f) for n, f in body().fields.items()}
    further = re.findall(r"<(\w+)>", ADDRESSES[row])[1:]
    assert {**stated, **dict.fromkeys(further, "str")} == asked


def kind(field: fields.Field[Any]) -> str:
    """How an act names what a field reads."""
    named = next((name for each, name in PLAIN.items() if isinstance(field, each)), "str")
    if isinstance(field, fields.List):
        return f"tuple[{kind(field.inner)}, ...]"
    if isinstance(field, fields.Nested):
        made: type[Body] = type(field.schema)  # type: ignore[assignment] # of a body
        named = getattr(made.makes, "__name__", "")
    elif isinstance(field, Word) and not callable(field._names):
        named = type(next(iter(field._names))).__name__
    return f"{named} | None" if field.allow_none else named
