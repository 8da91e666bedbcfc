"""Which mutants there are, and in which order they are tried: by chance, folder by folder in turn.

However early a run ends, what it has tried of each folder is a sample of all of it.
"""

from __future__ import annotations

import random
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from bench.mutate import of_python, of_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bench.mutate.mutant import Mutant
    from bench.mutate.targets import Target


def mutants_of(root: Path, target: Target) -> list[Mutant]:
    """Every mutant of the files of a target."""
    found: list[Mutant] = []
    for path in target.files(root):
        text = (root / path).read_text("utf-8")
        of = of_sql if path.endswith(".sql") else of_python
        found += of.mutants(path, text)
    return found


def shuffled(several: Iterable[Mutant], seed: int) -> list[Mutant]:
    """The same mutants by chance; the same seed gives the same order."""
    found = list(several)
    random.Random(seed).shuffle(found)  # noqa: S311 -- to be repeated, not to be secret
    return found


def in_turn(folders: Iterable[list[Mutant]]) -> Iterator[Mutant]:
    """One of each folder, then the next of each, until there are none left."""
    rounds = zip_longest(*folders)
    return (each for each in chain.from_iterable(rounds) if each is not None)
