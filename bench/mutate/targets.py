"""What is mutated unless files are named: where a mistake would let the promises of Mingjian fall.

A row is a folder of the report, sampled by itself: what it promises, and its files, as patterns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Target:
    """Some files that keep one promise together."""

    name: str
    patterns: tuple[str, ...]

    def files(self, root: Path) -> Iterator[str]:
        """The files, by their paths in the tree."""
        for pattern in self.patterns:
            yield from (each.relative_to(root).as_posix() for each in sorted(root.glob(pattern)))


TARGETS = (
    Target("append", ("audit/append/*.py", "audit/migrations/*_append*.sql")),
    Target(
        "decision",
        (
            "api/acts/guard.py",
            "api/acts/thing.py",
            "api/acts/desk.py",
            "api/acts/streams.py",
            "api/acts/relation.py",
            "api/acts/circumstances.py",
            "api/acts/seats.py",
        ),
    ),
    Target("separation", ("domain/separation.py",)),
    Target("case", ("domain/case/*.py",)),
    Target("proof", ("audit/duties/*.py",)),
    Target(
        "following",
        (
            "projections/follow.py",
            "projections/advance.py",
            "projections/rebuild.py",
            "projections/progress.py",
        ),
    ),
)


def targets(root: Path, files: Iterable[str]) -> tuple[Target, ...]:
    """The table, or the named files and folders, sampled by the folder that they lie in."""
    folders: dict[str, list[str]] = {}
    for each in files:
        path = root / each
        several = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        for one in several:
            place = one.resolve().relative_to(root)
            folders.setdefault(place.parent.as_posix(), []).append(place.as_posix())
    named = tuple(Target(name, tuple(paths)) for name, paths in folders.items())
    return named or TARGETS
