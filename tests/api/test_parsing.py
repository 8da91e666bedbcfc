"""What a request may say, and how it is told what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask
from marshmallow import Schema

from api.conventions.fields import NumberInQuery
from api.conventions.parsing import StrictParser

if TYPE_CHECKING:
    from tests.api.client import Client


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"name": "a", "name": "b"}',
        b'{"name": NaN}',
        b'{"name": "\xff"}',
        b'{"name": "\\ud800"}',
        b"[" * 100_000,
        b'{"parts":' * 40 + b"1" + b"}" * 40,
        b'{"amount": ' + b"9" * 5000 + b"}",
        b"\xef\xbb\xbf{}",
    ],
    ids=["cut", "twice", "nan", "octets", "surrogate", "deep", "nested", "digits", "bom"],
)
def test_what_is_no_json_is_malformed(visitor: Client, body: bytes) -> None:
    answer = visitor.request("POST", "/probe", body)
    assert (answer.status, answer.code) == (400, "MALFORMED_JSON")


def test_every_wrong_field_is_told_at_once_with_its_pointer(visitor: Client) -> None:
    body = {
        "amount": "1",
        "sure": 1,
        "day": "20241015",
        "at": "2024-10-15T09:00:00",
        "parts": [{"word": "a"}, {}],
        "colour/size": "red",
    }
    answer = visitor.post("/probe", body)
    assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
    assert {error["pointer"] for error in answer.body["errors"]} == {
        "/name",
        "/amount",
        "/sure",
        "/day",
        "/at",
        "/parts/1/word",
        "/colour~1size",
    }
    assert all("。" in error["detail"] for error in answer.body["errors"])


@pytest.mark.parametrize("name", ["a\x00b", "a\x1bb", "\x7f"])
def test_control_characters_are_refused(visitor: Client, name: str) -> None:
    answer = visitor.post("/probe", {"name": name})
    assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
    assert answer.body["errors"][0]["pointer"] == "/name"


@pytest.mark.parametrize(
    "name", ["𠮷野家", "某\ufa11", "é", "e\u0301", "a\tb\n", "<script>{{7*7}}"]
)
def test_rare_characters_are_kept_as_they_came(visitor: Client, name: str) -> None:
    assert visitor.post("/probe", {"name": name}).body["name"] == name


def test_a_body_that_is_no_json_by_its_own_word_is_not_read(visitor: Client) -> None:
    answer = visitor.request("POST", "/probe", b"name=a", {"Content-Type": "text/plain"})
    assert (answer.status, answer.code) == (415, "MEDIA_TYPE_UNSUPPORTED")


def test_a_body_that_is_too_large_is_not_read(visitor: Client) -> None:
    answer = visitor.request("POST", "/probe", b'"' + b"a" * (1 << 20) + b'"')
    assert (answer.status, answer.code, answer.body["limit"]) == (413, "BODY_TOO_LARGE", 1 << 20)
    assert "1 MiB（1,048,576 字节）" in answer.body["detail"]


@pytest.mark.parametrize("query", ["size=1", "limit=0", "limit=201", "limit=x", "colour=%00"])
def test_the_query_is_as_strict_as_the_body(clerk: Client, query: str) -> None:
    answer = clerk.get(f"/probe?{query}")
    assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
    assert answer.body["errors"][0]["pointer"] == f"/query/{query.partition('=')[0]}"


def test_what_one_makes_of_a_query_is_not_what_the_next_reads() -> None:
    schema = Schema.from_dict({"number": NumberInQuery(load_default=None)})()
    parser, app = StrictParser(), Flask("asked")
    for query, number in (("number=7", 7), ("number=7", 7), ("number=8", 8), ("", None)):
        with app.test_request_context(f"/?{query}"):
            read = parser.parse(schema, location="query")
        assert read == {"number": number}
        read["number"] = 0
