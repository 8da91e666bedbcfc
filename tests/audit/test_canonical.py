"""The canonical form against a slow definition of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.leaf.canonical import NotCanonicalError, decode, encode

if TYPE_CHECKING:
    from audit.leaf.canonical import JSON

LARGEST = 2**53 - 1
texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(max_codepoint=127))
scalars = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20
)


def slow(value: Any) -> str:  # noqa: ANN401
    """RFC 8785, transcribed for what the record may write."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{slow(key)}:{slow(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(slow(one) for one in value) + "]"
    if isinstance(value, str):
        return '"' + "".join(map(escaped, value)) + '"'
    return "null" if value is None else str(value).lower()


def escaped(character: str) -> str:
    short = {"\b": "b", "\t": "t", "\n": "n", "\f": "f", "\r": "r", '"': '"', "\\": "\\"}
    if character in short:
        return "\\" + short[character]
    return f"\\u{ord(character):04x}" if character < " " else character


@given(values)
def test_the_bytes_are_those_of_the_slow_definition(value: JSON) -> None:
    assert encode(value).decode() == slow(value)


@given(values)
def test_what_is_encoded_is_decoded_to_the_same(value: JSON) -> None:
    assert decode(encode(value)) == value


@given(values)
def test_any_other_json_of_the_same_value_is_refused(value: JSON) -> None:
    loose = json.dumps({"outside": value}, indent=1).encode()
    with pytest.raises(NotCanonicalError):
        decode(loose)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"9007199254740992",
        b"-9007199254740992",
        b'"\\u00e4"',
        b'"\\/"',
        b'"\\u000A"',
        b'"\\ud800"',
        b"\xff",
        b"[1] ",
        b"",
        b"NaN",
        '{"键":1}'.encode(),
        b"[" * 5000 + b"]" * 5000,
    ],
)
def test_bytes_that_are_not_canonical_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        decode(data)


@pytest.mark.parametrize(
    "value", [1.5, 2**53, -(2**53), "\ud800", {1: 2}, {"键": 1}, {"a": b""}, (1,), {"a": {1}}]
)
def test_a_value_without_a_canonical_form_is_refused(value: Any) -> None:  # noqa: ANN401
    with pytest.raises(NotCanonicalError):
        encode(value)


def test_text_is_kept_as_received() -> None:
    rare = "𠮷 \uf9dc e\u0301 \u00e9 \u2028"
    assert decode(encode(rare)) == rare


def test_an_error_never_tells_the_words() -> None:
    with pytest.raises(NotCanonicalError) as refused:
        encode({"name": "张三\ud800"})
    assert "张三" not in str(refused.value)
