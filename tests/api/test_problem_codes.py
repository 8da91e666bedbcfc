"""Every code that the program answers with has its sentences."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import api
from api.problems.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

FLOOR = Path(api.__file__).parent


def codes() -> Iterator[str]:
    """The codes that are written out where a ``Problem`` is made."""
    for path in FLOOR.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                (code, *_) = node.args
                if isinstance(code, ast.Constant):
                    yield str(code.value)


def test_every_code_that_is_used_is_in_the_catalogue() -> None:
    assert sorted(set(codes()) - set(CATALOGUE)) == []


def test_every_code_has_a_sentence_in_both_languages() -> None:
    for code, entry in CATALOGUE.items():
        assert entry.chinese.endswith("。"), code
        assert entry.english.endswith("."), code
