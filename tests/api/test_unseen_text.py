"""What can't be seen is no text, and no text turns the words around it (C5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from marshmallow import ValidationError

from api.conventions.fields import Text
from tests.api.described import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.api.world import World

UNSEEN = ["\u200b", "\u3164", "\u2060", "\u2800", " \ufeff\u00ad ", "\u202e", "\ufe0f"]
TURNS = [*map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))), "\u061c", "\u200e", "\u200f"]
TURNED = "情况说明：属\u202e实"


@pytest.mark.parametrize("text", UNSEEN)
def test_what_cannot_be_seen_says_nothing(text: str) -> None:
    field = Text()
    with pytest.raises(ValidationError, match="nothing that can be seen"):
        field.deserialize(text)
    assert not re.search(field.metadata["pattern"], text)


@pytest.mark.parametrize("turn", TURNS)
def test_nothing_that_turns_the_words_around_it_is_taken(world: World, turn: str) -> None:
    body = {"receipt": f"某回执{turn}"}
    answer = world.system.client.post("/v1/objections/follow", body)
    (said,) = answer.body["errors"]
    assert (answer.status, said["pointer"]) == (422, "/receipt")
    assert f"第4个字符（U+{ord(turn):04X}）" in said["detail"]
    assert "请删去" in said["detail"]
    assert not re.search(Text().metadata["pattern"], body["receipt"])


@pytest.mark.parametrize("name", ["欧阳·若兰", "Müller", "葛\U000e0100", "某 甲", "一\n二\t三"])
def test_texts_are_taken_as_they_are(name: str) -> None:
    assert Text().deserialize(name) == name
    assert re.search(Text().metadata["pattern"], name)


def texts(schema: Mapping[str, Any], deep: int = 0) -> Iterator[tuple[str, Any]]:
    """Each place of a body that holds text: its pointer, and a body that says it there alone."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from texts(DOCUMENT["components"]["schemas"][name], deep)
    for each in (*schema.get("anyOf", ()), *schema.get("allOf", ()), *schema.get("oneOf", ())):
        yield from texts(each, deep)
    kinds = schema.get("type", ())
    if "string" in kinds and not schema.keys() & {"enum", "const", "format"}:
        yield "", TURNED
    if "array" in kinds and deep < 8:
        for pointer, body in texts(schema["items"], deep + 1):
            yield f"/0{pointer}", [body]
    for member, below in schema.get("properties", {}).items():
        for pointer, body in texts(below, deep + 1) if deep < 8 else ():
            yield f"/{member}{pointer}", {member: body}


OPERATIONS = [
    (address, texts(operation["requestBody"]["content"]["application/json"]["schema"]))
    for address, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
    if method == "post"
    and "application/json" in operation.get("requestBody", {}).get("content", ())
]


def test_no_text_of_any_body_turns_the_words_around_it(world: World) -> None:
    asked = 0
    for address, places in OPERATIONS:
        path = re.sub(r"\{[a-z_]+\}", "case-00000000-0000-4000-8000-000000000000", address)
        for pointer, body in places:
            answer = world.system.post(path, body, version=1)
            told = [each["pointer"] for each in (answer.body or {}).get("errors", ())]
            assert (answer.status, told) == (422, [pointer]), (address, pointer, answer.body)
            asked += 1
    assert len(OPERATIONS) > 120
    assert asked > 400


def test_neither_does_the_name_of_a_member_nor_a_query(world: World) -> None:
    answer = world.system.client.post("/v1/objections/follow", {TURNED: "某"})
    assert answer.status == 422
    assert "U+202E" in answer.body["errors"][0]["detail"]
    found = world.system.get("/v1/cases?q=%E2%80%AE")
    assert (found.status, found.body["errors"][0]["pointer"]) == (422, "/query/q")


def test_it_is_told_in_either_language_with_its_place(world: World) -> None:
    body = {
        "name": "某校\u202e",
        "kind": "institution",
        "ownership": "state",
        "level": "county",
        "area": world.area,
    }
    answer = world.system.post("/v1/organisations", body)
    (said,) = answer.body["errors"]
    assert (said["pointer"], "方向" in said["detail"]) == ("/name", True)
    headers = {"Idempotency_Key": "turned", "Accept_Language": "en"}
    english = world.system.client.post("/v1/organisations", body, **headers)
    assert "delete it" in english.body["errors"][0]["detail"]
