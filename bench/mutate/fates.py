"""What became of each mutant, kept line by line: an interrupted run goes on where it was."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from bench.mutate.mutant import Mutant


class Fate(StrEnum):
    """How it went with a mutant."""

    KILLED = "killed"
    """A test failed."""
    HUNG = "hung"
    """The tests came to no end, and were ended; as good as a failure."""
    SURVIVED = "survived"
    """Every test passed."""
    UNSEEN = "unseen"
    """No test runs through the line, as far as can be seen from within its own process."""


ALIVE = (Fate.SURVIVED, Fate.UNSEEN)


@dataclass(frozen=True)
class Ended:
    """The fate of one mutant, by which test, after how many of those that come by the line.

    ``tests`` is the digest of the tests it was tried against, and of how long: who has survived
    these may not survive others.
    """

    mutant: str
    fate: Fate
    tests: str
    by: str = ""
    tried: int = 0
    of: int = 0
    seconds: float = 0.0


class Fates:
    """The fates of the mutants of a tree. The last word on a mutant counts."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._known: dict[str, Ended] = {}
        if place.exists():
            for line in place.read_text("utf-8").splitlines():
                said = json.loads(line)
                self._known[said["mutant"]] = Ended(**{**said, "fate": Fate(said["fate"])})

    def of(self, name: str, tests: str) -> Ended | None:
        """What became of a mutant; None if it has to be tried, because it survived other tests."""
        known = self._known.get(name)
        return None if known and known.fate in ALIVE and known.tests != tests else known

    def keep(self, ended: Ended) -> None:
        """Remember it, also after the power has gone."""
        self._known[ended.mutant] = ended
        with self._place.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(ended), ensure_ascii=False) + "\n")

    def killers(self) -> Counter[str]:
        """How many mutants each file of tests has killed."""
        return Counter(each.by.partition("::")[0] for each in self._known.values())


def name_of(mutant: Mutant, digest: str) -> str:
    """What a mutant is remembered under: the change, in a file that is otherwise unchanged."""
    return f"{mutant.path}@{digest}:{mutant.first}-{mutant.last}:{mutant.after}"
