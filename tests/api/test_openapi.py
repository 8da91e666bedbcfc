"""The OpenAPI document: served, committed, and true."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from api.documents import DOCS
from api.documents.openapi import current

if TYPE_CHECKING:
    from tests.api.client import Client

DOCUMENT: dict[str, Any] = json.loads(current())
OPERATIONS = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if method != "parameters"
]
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
    assert {"400", "405", "503", "default"} <= responses.keys()
    if operation.get("security") != []:
        assert {"401", "403", "404"} <= responses.keys()


def test_names_of_operations_are_unique() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(names) == len(set(names))


def test_problems_are_documented_as_problem_json() -> None:
    for name, response in DOCUMENT["components"]["responses"].items():
        assert list(response["content"]) == ["application/problem+json"], name
