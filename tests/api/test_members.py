"""Every member of every body is told of in the OpenAPI document, with an example that is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, g

from api.conventions.fields import Body
from api.http.body_members import EXAMPLES
from api.http.member_names import MEMBER_NAMES
from api.law import packs
from tests.api.described import DOCUMENT
from tests.api.test_eighth_locality import PACK as OF_PERIODS
from tests.api.test_openapi import reached

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SENT = reached(
    [
        each["requestBody"]
        for path in DOCUMENT["paths"].values()
        for each in path.values()
        if "requestBody" in each
    ]
)
MEMBERS: Mapping[tuple[str, str], Mapping[str, Any]] = {
    (body, name): told
    for body in SENT
    for name, told in DOCUMENT["components"]["schemas"][body]["properties"].items()
}


def members(body: str) -> set[str]:
    """The members of a body that can be sent."""
    return {name for each, name in MEMBERS if each == body}


def bodies(of: type[Body] = Body) -> Iterator[type[Body]]:
    """Every kind of body that there is."""
    for each in of.__subclasses__():
        yield each
        yield from bodies(each)


def test_every_member_is_described_in_chinese_and_has_an_example() -> None:
    assert len(MEMBERS) > 500
    assert not [key for key, told in MEMBERS.items() if told.get("example") is None]
    assert not [key for key, told in MEMBERS.items() if told.get("description", "").isascii()]
    assert not [key for key in MEMBERS if {key[1], ".".join(key)}.isdisjoint(MEMBER_NAMES)]


def test_every_example_is_taken_as_it_stands() -> None:
    sent = [each for each in bodies() if each().fields.keys() == members(each.__name__)]
    assert {each.__name__ for each in sent} == SENT
    with Flask("law").app_context():
        g.laws = (*packs.offered(())[0], packs.load(str(OF_PERIODS)))
        for body in sent:
            for name, field in body().fields.items():
                field.deserialize(MEMBERS[body.__name__, name]["example"])


def test_no_name_and_no_example_is_left_over() -> None:
    known = {name for _, name in MEMBERS} | {f"{body}.{name}" for body, name in MEMBERS}
    assert MEMBER_NAMES.keys() <= known
    assert EXAMPLES.keys() <= known
