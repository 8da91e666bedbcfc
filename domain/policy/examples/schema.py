"""A JSON Schema of files of worked examples, taken from the keys and words that are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.policy.examples.facts import ASSUMED, TYPED
from domain.policy.examples.spelling import ASKING, EVERY_QUESTION, EXAMPLE, NEEDED, PARTS
from domain.policy.examples.words import NOT_FACTS, RENAMED
from domain.policy.names import NAMES
from domain.policy.schema import DIALECT
from domain.policy.vocabulary import FIXED, YES_OR_NO

if TYPE_CHECKING:
    from collections.abc import Iterable

Schema = dict[str, Any]
ASSUME: Schema = {
    "enum": list(ASSUMED),
    "description": "没有提到的事实：stated 不成为问题，door 待定（与申报时一样）；不写就是 stated",
}


def examples_schema() -> Schema:
    """The schema of a file of examples: a list, or a table with one under ``examples``.

    It doesn't refuse a fact that it does not know, for a pack may name its own;
    ``policy test`` knows the pack.
    """
    return {
        "$schema": DIALECT,
        "title": "明鉴算例 / worked examples of Mingjian",
        "anyOf": [
            {"$ref": "#/$defs/examples"},
            {
                "type": "object",
                "properties": {"assume": ASSUME, "examples": {"$ref": "#/$defs/examples"}},
                "required": ["examples"],
                "additionalProperties": False,
            },
        ],
        "$defs": {
            "examples": {"type": "array", "items": _example()},
            "facts": {"type": "object", "properties": _facts()},
        },
    }


def _example() -> Schema:
    properties: Schema = {key: {} for key in EXAMPLE} | {
        "kind": {"enum": list(ASKING), "description": "问什么"},
        "facts": {"$ref": "#/$defs/facts"},
        "expect": {"type": "object", "description": "预期的答复"},
        "locality": {"type": "string", "description": "哪个政策包；ALL 表示任何一个"},
        "assume": ASSUME,
        "because": {"type": "string", "description": "为什么"},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(NEEDED),
        "additionalProperties": False,
    }


def _facts() -> Schema:
    named: Schema = {key: {} for key in (*TYPED, *NOT_FACTS, *EVERY_QUESTION)}
    named |= {name: _value(name) for name in NAMES}
    named |= {key: _value(name) for key, name in RENAMED.items()}
    return named | {key: _part(key, keys) for key, keys in PARTS.items()}


def _value(name: str) -> Schema:
    told = {"description": NAMES[name]} if name in NAMES else {}
    if name in YES_OR_NO:
        return {"enum": [True, False, None], **told}
    return {"enum": [*FIXED[name], None], **told} if name in FIXED else told


def _part(part: str, keys: Iterable[str]) -> Schema:
    one: Schema = {
        "type": "object",
        "properties": {key: _of_part(f"{part}.{key}") for key in keys},
        "additionalProperties": False,
    }
    return {"anyOf": [one, {"type": "array", "items": one}, {"type": ["string", "null"]}]}


def _of_part(name: str) -> Schema:
    """Words of a unit are completed and not asked for: examples have further ones for it."""
    told = _value(name)
    if name.startswith(("unit.", "work.")) and "enum" in told:
        rest = {key: each for key, each in told.items() if key != "enum"}
        return {**rest, "examples": told["enum"]}
    return told
