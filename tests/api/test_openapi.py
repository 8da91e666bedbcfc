"""The OpenAPI document: served, committed, and true."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from api.documents import DOCS
from tests.api.described import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.client import Client

OPERATIONS = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if method != "parameters"
]
IF_MATCH = {"$ref": "#/components/parameters/IF_MATCH"}
NAMES = [f"{method} {path}" for method, path, _ in OPERATIONS]


def test_the_served_document_is_the_committed_one(anonymous: Client) -> None:
    assert anonymous.get("/openapi.json").body == json.loads(
        (DOCS / "openapi.json").read_text("utf-8")
    )


def test_everything_asks_for_a_sign_in_unless_it_says_otherwise() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    assert DOCUMENT["security"] == [{"signIn": []}]


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)
def test_every_operation_says_what_it_does_and_how_it_fails(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    assert operation["summary"].endswith("."), (method, path)
    assert operation["operationId"]
    responses = operation["responses"]
    assert {"400", "405", "500", "503"} <= responses.keys()
    assert "default" not in responses
    if operation.get("security") != []:
        assert {"401", "403", "404"} <= responses.keys()


def test_names_of_operations_are_unique() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(names) == len(set(names))


def test_problems_are_documented_as_problem_json() -> None:
    for name, response in DOCUMENT["components"]["responses"].items():
        assert list(response["content"]) == ["application/problem+json"], name


def test_every_link_leads_to_an_operation_by_the_parameters_that_it_takes() -> None:
    known = {each["operationId"]: (path, each) for _, path, each in OPERATIONS}
    for _, _, operation in OPERATIONS:
        for answer in operation["responses"].values():
            for link in answer.get("links", {}).values():
                path, target = known[link["operationId"]]
                named = set(link["parameters"]) - {"header.If-Match"}
                assert named == set(re.findall(r"{(\w+)}", path)), link
                if "header.If-Match" in link["parameters"]:
                    assert IF_MATCH in target["parameters"]


def test_a_document_is_named_by_its_number_wherever_one_is_asked_for() -> None:
    asked = {
        f"{name}/{member}": said
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for member, said in schema.get("properties", {}).items()
        if name.endswith("Body") and member in ("document", "decision", "mandate")
    }
    numbers = {name for name, said in asked.items() if "发〔" in str(said.get("example"))}
    others = {name for name, said in asked.items() if "$ref" in str(said) or "enum" in said}
    assert {"GrantBody/document", "TakeoverBody/document", "ClosureBody/document"} <= numbers
    assert asked.keys() == numbers | others


def test_what_is_made_can_be_followed_to_its_use() -> None:
    reached = {
        link["operationId"]
        for _, _, operation in OPERATIONS
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    }
    asking = {each["operationId"] for _, path, each in OPERATIONS if path.count("{") == 1}
    assert asking - reached == {
        "certificates.verify",  # by a number on paper
        "consultations.release",  # by a row of the list
        "exports-under-way.cancel",  # the same
        "queries.let_go",  # the same
        "sessions.end_session",
        "single-events.read",  # by the position of a row of many lists
    }


def test_no_answer_is_closed_to_members_to_come() -> None:
    """Clients ignore members that they don't know; a generated one has to be told so."""
    answers = [operation["responses"] for _, _, operation in OPERATIONS]
    named = reached(answers)
    closed = {
        each
        for each in named
        if DOCUMENT["components"]["schemas"][each].get("additionalProperties") is False
    }
    assert closed == set()


KEPT_OPEN = {
    "AccountEvent/fields",
    "CaseEvent/fields",
    "Event/fields",
    "ToldEvent/fields",
}
"""What the record keeps of an event, by its topic: ``docs/events.md`` tells."""


def untyped(place: str, said: Any) -> Iterator[str]:  # noqa: ANN401 -- a schema
    """The places of a schema that say nothing of what stands there."""
    if "$ref" in said:
        return
    if said.keys().isdisjoint({"type", "anyOf", "const", "enum"}):
        yield place
    open_to = said.get("additionalProperties")
    if "object" in said.get("type", ()) and "properties" not in said and not open_to:
        yield place
    if "array" in said.get("type", ()):
        yield from untyped(f"{place}[]", said.get("items", {}))
    for name, member in said.get("properties", {}).items():
        yield from untyped(f"{place}/{name}", member)
    for each in said.get("anyOf", ()):
        yield from untyped(place, each)
    if isinstance(open_to, dict) and open_to:
        yield from untyped(f"{place}/*", open_to)


def test_every_body_and_every_answer_is_typed_to_its_leaves() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    bodies = {
        f"{operation['operationId']} {status} {media_type}": content["schema"]
        for _, _, operation in OPERATIONS
        for status, body in {
            **operation["responses"],
            "body": operation.get("requestBody", {"content": {}}),
        }.items()
        if "$ref" not in body and status != "204"
        for media_type, content in body["content"].items()
    }
    assert len(bodies) > len(OPERATIONS)
    places = {each for name, said in (schemas | bodies).items() for each in untyped(name, said)}
    assert places == KEPT_OPEN


def test_no_schema_is_called_as_one_of_its_lists() -> None:
    """A client of Python names an answer as its schema, and would mistake the one for the other."""
    mistaken = {
        name
        for name, said in DOCUMENT["components"]["schemas"].items()
        for member, told in said.get("properties", {}).items()
        if told.get("type") == "array" and member.replace("_", "") == name.lower()
    }
    assert mistaken == set()


def test_files_are_octets_and_texts_are_text() -> None:
    sent = {
        media_type: content["schema"]
        for _, _, operation in OPERATIONS
        for body in (operation.get("requestBody"), *operation["responses"].values())
        for media_type, content in (body or {}).get("content", {}).items()
        if "json" not in media_type or "ndjson" in media_type
    }
    del sent["text/csv"]  # which comes in whatever encoding a table was saved in, and goes as text
    assert {"application/octet-stream", "application/pdf", "text/html"} <= sent.keys()
    for media_type, said in sent.items():
        assert said["type"] == "string", media_type
        assert (said.get("format") == "binary") != media_type.startswith("text/"), media_type


def reached(part: object) -> set[str]:
    """The schemas that a part of the document names, and those that these name."""
    found: set[str] = set()
    waiting = [part]
    while waiting:
        match waiting.pop():
            case {"$ref": str(place)} if place.startswith("#/components/schemas/"):
                name = place.rpartition("/")[2]
                if name not in found:
                    found.add(name)
                    waiting.append(DOCUMENT["components"]["schemas"][name])
            case dict() as members:
                waiting += members.values()
            case list() as members:
                waiting += members
            case _:
                pass
    return found
