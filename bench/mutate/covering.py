"""Which tests run through which lines: asked once, kept, and asked anew where something changed.

What is kept of a file of tests holds while that file, what the tests share, and every file that its
tests ran through are what they were.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.mutate.copied import Copied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.mutate.mutant import Mutant
    from bench.mutate.running import Pytest

AT_ONCE = 12
"""Files of tests in one run: so much is lost when it is interrupted."""
_SECONDS_A_FILE = 900
_MIGRATED_BY = "audit/migrate.py"
"""Whoever runs through this file runs every migration."""


@dataclass(frozen=True)
class Covering:
    """The tests of one file, with the seconds of each, and the lines that they run through."""

    file: str
    seconds: Mapping[str, float]
    tests: Mapping[tuple[str, int], frozenset[str]]
    """By line."""
    anywhere: Mapping[str, frozenset[str]]
    """By file."""

    def of(self, mutant: Mutant) -> frozenset[str]:
        """The tests that may notice a mutant."""
        if mutant.path.endswith(".sql"):
            return self.anywhere.get(_MIGRATED_BY, frozenset())
        if mutant.imported:
            return self.anywhere.get(mutant.path, frozenset())
        of_lines = (self.tests.get((mutant.path, line), ()) for line in mutant.lines)
        return frozenset(chain.from_iterable(of_lines))


@dataclass(frozen=True)
class Coverings:
    """What is kept, under ``place``, of the tests of a copy."""

    copied: Copied
    place: Path

    def missing(self, files: Iterable[str]) -> list[str]:
        """The files of tests of which nothing is kept that still holds."""
        return [file for file in files if self._kept(file) is None]

    def record(self, pytest: Pytest, files: list[str]) -> None:
        """Run some files of tests as they are, and keep what they run through."""
        self.place.mkdir(parents=True, exist_ok=True)
        noted = pytest.scratch / "noted"
        noted.mkdir(exist_ok=True)
        pytest.run(
            *("-p", "bench.mutate.recording", "--recorded", str(noted)),
            *("-n", str(min(len(files), os.cpu_count() or 1)), "--dist", "loadfile"),
            *files,
            seconds=_SECONDS_A_FILE * len(files),
        )
        for file in files:
            notes = noted / self._note(file).name
            none: dict[str, Any] = {"tests": {}, "groups": []}
            said = json.loads(notes.read_text("utf-8")) if notes.exists() else none
            said["read"] = {path: self.copied.digest(path) for path in _paths(said)}
            said["shared"] = self._shared(file)
            self._note(file).write_text(json.dumps(said), "utf-8")

    def of(self, file: str) -> Covering:
        """What is kept of a file of tests."""
        said = json.loads(self._note(file).read_text("utf-8"))
        names = list(said["tests"])
        tests: dict[tuple[str, int], set[str]] = {}
        anywhere: dict[str, set[str]] = {}
        for group in said["groups"]:
            several = [names[number] for number in group["tests"]]
            for path, lines in group["lines"].items():
                anywhere.setdefault(path, set()).update(several)
                for line in lines:
                    tests.setdefault((path, line), set()).update(several)
        return Covering(
            file=file,
            seconds=said["tests"],
            tests={place: frozenset(several) for place, several in tests.items()},
            anywhere={path: frozenset(several) for path, several in anywhere.items()},
        )

    def _kept(self, file: str) -> dict[str, Any] | None:
        notes = self._note(file)
        if not notes.exists():
            return None
        said: dict[str, Any] = json.loads(notes.read_text("utf-8"))
        holds = said["shared"] == self._shared(file) and all(
            (self.copied.root / path).exists() and self.copied.digest(path) == digest
            for path, digest in said["read"].items()
        )
        return said if holds else None

    def _shared(self, file: str) -> str:
        """A file of tests and all that tests share, as one digest."""
        known = sha256((self.copied.root / file).read_bytes())
        for path in sorted((self.copied.root / "tests").rglob("*.py")):
            if not path.name.startswith("test_"):
                known.update(path.read_bytes())
        return known.hexdigest()[:16]

    def _note(self, file: str) -> Path:
        return self.place / f"{file.replace('/', '.')}.json"


def _paths(said: dict[str, Any]) -> Iterator[str]:
    yield from sorted({path for group in said["groups"] for path in group["lines"]})
