"""TOML as people write it: what can't be read is told with its line and column, and the remedy."""

from __future__ import annotations

import re
import tomllib
from typing import Any

_PLACE = re.compile(r"(.*) \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'|#.*")
_SYNTAX = dict(zip("“”‘’＝，［］｛｝＃．", "\"\"''=,[]{}#.", strict=True))
"""Chinese punctuation that stands where TOML's own belongs, and what is to be written instead."""


class TomlError(ValueError):
    """A text is no TOML. The message says where, and what to do."""


def read_toml(name: str, text: str) -> dict[str, Any]:
    """The table that a document holds; ``name`` is how errors call it. Raises ``TomlError``."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise TomlError(f"{name}: {_told(str(wrong), text)}") from wrong


def _told(problem: str, text: str) -> str:
    placed = _PLACE.fullmatch(problem)
    said, line, column = placed.groups() if placed else (problem, None, None)
    lines = text.splitlines() or [""]
    number = int(line or len(lines))
    found = _chinese_syntax(lines[number - 1]) if number <= len(lines) else None
    if found is None:
        at = column or len(lines[-1]) + 1
        return (
            f"第 {number} 行第 {at} 列：不符合 TOML 的写法，请核对引号、等号、括号是否成对"
            f" / line {number}, column {at}: is no TOML: {said}"
        )
    at, mark = found
    return (
        f"第 {number} 行第 {at} 列：此处的中文标点「{mark}」不是 TOML 的符号，请改为半角"
        f"「{_SYNTAX[mark]}」 / line {number}, column {at}: is no TOML: write {_SYNTAX[mark]}"
        f" instead of {mark}"
    )


def _chinese_syntax(line: str) -> tuple[int, str] | None:
    """The column and the mark of the first Chinese punctuation outside of texts and comments."""
    bare = _STRING.sub(lambda text: " " * len(text[0]), line)
    return next(((at, mark) for at, mark in enumerate(bare, 1) if mark in _SYNTAX), None)
