"""Links of the OpenAPI document: what an answer holds that another operation asks for.

Found by the shape of the addresses, so that a new resource is linked as soon as it is there:
what is made by a POST to a collection is read under the id that the POST answers, whatever acts
on a thing leads back to reading it, and reading it leads to every act with the version seen.
A client may follow them, and the tests do: from creation to use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]
Operation = dict[str, Any]

_WITHIN = {"material": "/materials/0/material", "appointment_id": "/appointments/0/appointment"}
"""Things within a thing, and where the thing's own answer names the first of them."""


_APART = {
    "appointments": "appointments",
    "window-extensions": "window-extensions",
    "rolls": "rolls/{year}",
}
"""Parts of a thing that have a version of their own, and the reading that tells it."""


def add_links(document: Document) -> None:
    """Write the links into the answers of a document."""
    for path, operations in document["paths"].items():
        collection, _, parameter = path.rpartition("/")
        if "get" in operations and parameter.startswith("{") and "{" not in collection:
            reading = operations["get"]
            name = parameter[1:-1]
            _link_to_reading(document, collection, name, reading)
            for below, operation in _below(document, path):
                read_there = _versioned_apart(document, path, below) or reading
                _link_from_reading(path, name, below, operation, read_there)
                _answer(operation, "201", reading, {name: f"$request.path.{name}"})


def _versioned_apart(document: Document, path: str, below: str) -> Operation | None:
    """The reading that tells the version of a part of a thing, where the part has its own."""
    part = below.removeprefix(f"{path}/").partition("/")[0]
    reading: Operation | None = document["paths"].get(f"{path}/{_APART.get(part)}", {}).get("get")
    return reading


def _link_to_reading(document: Document, collection: str, name: str, reading: Operation) -> None:
    """From whatever makes or names a thing, and from the list of such things."""
    kind = name.removesuffix("_id")
    for path, operations in document["paths"].items():
        told = _members(document, _schema(operations.get("post", {}), "201"))
        if kind != name and "stream" in told and path.endswith(collection.removeprefix("/v1")):
            _answer(operations["post"], "201", reading, {name: "$response.body#/stream"})
        elif kind != name and kind in told:
            _answer(operations["post"], "201", reading, {name: f"$response.body#/{kind}"})
    listing = document["paths"].get(collection, {}).get("get", {})
    for member, schema in _members(document, _schema(listing, "200")).items():
        if kind in _members(document, schema.get("items", {})):
            _answer(listing, "200", reading, {name: f"$response.body#/{member}/0/{kind}"})


def _link_from_reading(
    path: str, name: str, below: str, operation: Operation, reading: Operation
) -> None:
    """To an act on the thing that was read, at the version that was read."""
    parameters = {name: f"$request.path.{name}"}
    for segment in below.removeprefix(path).split("/"):
        if segment.startswith("{"):
            inner = segment[1:-1]
            if inner not in _WITHIN:
                return
            parameters[inner] = f"$response.body#{_WITHIN[inner]}"
    if {"$ref": "#/components/parameters/IF_MATCH"} in operation.get("parameters", []):
        parameters["header.If-Match"] = "$response.header.ETag"
    _answer(reading, "200", operation, parameters)


def _below(document: Document, path: str) -> Iterator[tuple[str, Operation]]:
    for other, operations in document["paths"].items():
        if other.startswith(f"{path}/"):
            for method, operation in operations.items():
                if method != "parameters":
                    yield other, operation


def _schema(operation: Operation, status: str) -> Document:
    content = operation.get("responses", {}).get(status, {}).get("content", {})
    schema: Document = content.get("application/json", {}).get("schema", {})
    return schema


def _members(document: Document, schema: Document) -> Document:
    name = schema.get("$ref", "").rpartition("/")[2]
    members: Document = document["components"]["schemas"].get(name, {}).get("properties", {})
    return members


def _answer(source: Operation, status: str, to: Operation, parameters: dict[str, str]) -> None:
    answer = source["responses"].get(status)
    if answer is not None:
        link = {"operationId": to["operationId"], "parameters": parameters}
        answer.setdefault("links", {})[to["operationId"]] = link
