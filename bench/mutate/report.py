"""What a run has found: a figure for each folder, and each mutant that lives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.table import Table

from bench.mutate.equal import key_of
from bench.mutate.fates import ALIVE, Ended, Fate
from bench.mutate.mutant import Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bench.mutate.equal import Key


@dataclass
class Figures:
    """Of one folder: how many mutants there are, and what became of those that were tried."""

    folder: str
    mutants: int
    fates: Counter[Fate] = field(default_factory=Counter)
    equal: int = 0
    """Survivors that change nothing, as ``equal.toml`` says; they don't count."""
    alive: list[tuple[Mutant, Ended]] = field(default_factory=list)

    def count(self, mutant: Mutant, ended: Ended, equal: Mapping[Key, str]) -> bool:
        """Take down what became of a mutant; answers whether it lives and should not."""
        lives = ended.fate in ALIVE
        if lives and key_of(mutant) in equal:
            self.equal += 1
            return False
        self.fates[ended.fate] += 1
        if lives:
            self.alive.append((mutant, ended))
        return lives

    @property
    def killed(self) -> int:
        """How many were noticed."""
        return self.fates[Fate.KILLED] + self.fates[Fate.HUNG]

    @property
    def percent(self) -> float | None:
        """How many in a hundred were noticed, of those that count; None if there are none."""
        counted = self.fates.total()
        return round(100 * self.killed / counted, 1) if counted else None

    @property
    def said(self) -> dict[str, object]:
        """As one object."""
        return {
            "bench": "mutate",
            "folder": self.folder,
            "mutants": self.mutants,
            "tried": self.fates.total() + self.equal,
            **{fate.value: self.fates[fate] for fate in Fate},
            "equal": self.equal,
            "percent": self.percent,
        }


def table_of(folders: list[Figures]) -> Table:
    """The figures, a row for each folder."""
    table = Table()
    table.add_column("folder")
    columns = ("mutants", "tried", *(fate.value for fate in Fate), "equal", "percent")
    for name in columns:
        table.add_column(name, justify="right")
    for each in folders:
        said = each.said
        table.add_row(each.folder, *("–" if said[n] is None else str(said[n]) for n in columns))
    return table


def alive(folders: list[Figures]) -> Iterator[str]:
    """Each mutant that lives, by its place: where, what, and after how many tests."""
    found = [pair for each in folders for pair in each.alive]
    for mutant, ended in sorted(found, key=lambda pair: (pair[0].path, pair[0].first)):
        unseen = ended.fate is Fate.UNSEEN
        tests = "no test comes by" if unseen else f"{ended.tried} of {ended.of} tests"
        yield f"{mutant.said}  ({tests})"
