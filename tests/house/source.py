"""How the tests of the house read the source."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]


def modules_in(folder: str, but_not: Iterable[str] = ()) -> list[Path]:
    """Every module beneath ``folder``, except those beneath the folders of ``but_not``."""
    excluded = [ROOT / each for each in but_not]
    return [
        module
        for module in sorted((ROOT / folder).rglob("*.py"))
        if not any(module.is_relative_to(each) for each in excluded)
    ]


def imported_names(module: Path, *, whole: bool = False) -> Iterator[str]:
    """What a module imports, absolutely: top-level names, or the whole dotted ones."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                found = [each.name for each in names]
            case ast.ImportFrom(module=str(name), level=0):
                found = [name]
            case _:
                continue
        yield from found if whole else (name.partition(".")[0] for name in found)
