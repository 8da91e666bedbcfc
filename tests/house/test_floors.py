"""Who may know whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.house.source import ROOT, imported_names, modules_in

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

OUR_OWN = {"api", "audit", "bench", "domain", "projections"}

ALLOWED_FROM_OUTSIDE: dict[str, AbstractSet[str]] = {
    "domain": {"chinese_calendar"},
    "audit": {"cryptography", "eventsourcing", "orjson", "psycopg", "psycopg_pool"},
    "audit/verifier": {"cryptography"},
    "projections": {"orjson", "psycopg", "psycopg_pool"},
}

ALLOWED_OF_THE_STANDARD_LIBRARY = {
    "__future__", "abc", "bisect", "calendar", "collections", "dataclasses", "datetime",
    "decimal", "difflib", "enum", "fnmatch", "fractions", "functools", "hashlib", "itertools",
    "json", "math", "operator", "re", "string", "tomllib", "types", "typing", "unicodedata", "uuid",
}  # fmt: skip
"""What the domain may use: nothing here knows the time, the machine or a random number."""

REACHES_OUTSIDE = {
    "breakpoint", "compile", "eval", "exec", "input", "now", "open", "print", "read_bytes",
    "read_text", "today", "utcnow", "uuid1", "uuid4", "write_bytes", "write_text",
}  # fmt: skip


def test_each_floor_knows_only_the_floors_beneath_it() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("floor", ALLOWED_FROM_OUTSIDE)
def test_a_floor_imports_nothing_from_outside_but_what_it_is_for(floor: str) -> None:
    deeper = [other for other in ALLOWED_FROM_OUTSIDE if other.startswith(f"{floor}/")]
    strangers = {
        f"{module.relative_to(ROOT)}: {name}"
        for module in modules_in(floor, but_not=deeper)
        for name in imported_names(module)
        if name not in sys.stdlib_module_names | OUR_OWN | ALLOWED_FROM_OUTSIDE[floor]
    }
    assert not strangers


def test_the_verifier_can_be_copied_out_of_the_repository() -> None:
    strangers = {
        f"{module.name}: {name}"
        for module in modules_in("audit/verifier")
        for name in imported_names(module, whole=True)
        if name.partition(".")[0] in OUR_OWN and not name.startswith("audit.verifier")
    }
    assert not strangers


def test_the_domain_uses_only_what_cannot_reach_outside() -> None:
    doors = {
        f"{module.relative_to(ROOT)}: {name}"
        for module in modules_in("domain")
        for name in imported_names(module)
        if name in sys.stdlib_module_names - ALLOWED_OF_THE_STANDARD_LIBRARY
    }
    assert not doors


def test_the_domain_asks_for_no_time_file_or_random_number() -> None:
    calls = {
        f"{module.relative_to(ROOT)}:{node.lineno}: {name}"
        for module in modules_in("domain")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call) and (name := _called(node)) in REACHES_OUTSIDE
        if not (isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "re.compile")
    }
    assert not calls


def test_the_domain_reads_no_words_about_anybody() -> None:
    """It passes them through: once they are erased, nobody could decide the same by them."""
    passed_on = {
        id(node.value)
        for module in modules_in("domain")
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.keyword) and node.arg == "text"
    }
    read = {
        f"{module.relative_to(ROOT)}:{node.lineno}"
        for module in modules_in("domain", but_not=["domain/policy"])
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.Attribute) and node.attr == "text" and id(node) not in passed_on
    }
    assert not read


def test_views_use_of_the_record_only_reading_and_following() -> None:
    writers = {
        f"{module.relative_to(ROOT)}: {name}"
        for module in modules_in("projections")
        for name in imported_names(module, whole=True)
        if name.startswith(("audit.attachment", "audit.keys.identity", "audit.append.recorder"))
    }
    assert not writers


@cache
def _tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
