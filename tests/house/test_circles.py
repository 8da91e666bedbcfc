"""No file needs another that needs it, by whatever way: each is read after what it rests on."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import pytest

from tests.house.source import ROOT, modules_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

FLOORS = ("api", "audit", "bench", "domain", "projections")


def named(module: Path) -> str:
    """The dotted name of a file."""
    return ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def needed(source: str, known: Collection[str]) -> set[str]:
    """The files that a source imports, even if only for its types."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                found |= {each.name for each in names}
            case ast.ImportFrom(module=str(package), level=0, names=names):
                within = {f"{package}.{each.name}" for each in names}
                found |= {each if each in known else package for each in within}
            case _:
                pass
    return found & set(known)


def a_circle(needs: Mapping[str, set[str]]) -> list[str]:
    """Files of which each needs the one before, the last being the first again; or none."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        return list(circle.args[1])
    return []


@pytest.fixture(scope="module")
def needs() -> dict[str, set[str]]:
    """What each file needs of the others."""
    files = {named(module): module for floor in FLOORS for module in modules_in(floor)}
    known = {name: module.read_text("utf-8") for name, module in files.items()}
    return {name: needed(source, known) - {name} for name, source in known.items()}


def test_no_files_need_one_another(needs: dict[str, set[str]]) -> None:
    assert a_circle(needs) == []


@pytest.mark.parametrize(
    "source",
    [
        "import domain.case.state",
        "from domain.case import state",
        "from domain.case.state import Case",
        "if TYPE_CHECKING:\n    from domain.case.state import Case",
        "def later():\n    from domain.case.state import Case",
    ],
)
def test_a_circle_is_seen_by_whatever_import_it_is_closed(
    source: str, needs: dict[str, set[str]]
) -> None:
    assert "domain.event" in needs["domain.case.draft"]
    closed = needs | {"domain.event": needed(source, needs)}
    assert {"domain.case.state", "domain.event"} <= set(a_circle(closed))
