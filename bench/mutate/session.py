"""A run over a tree: what its tests run through, then one mutant after the other."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench.mutate.copied import Copied
from bench.mutate.covering import AT_ONCE, Coverings
from bench.mutate.equal import known_equal
from bench.mutate.errors import MutationError
from bench.mutate.fates import Fates
from bench.mutate.report import Figures
from bench.mutate.running import Pytest
from bench.mutate.sample import in_turn, mutants_of, shuffled
from bench.mutate.trying import Trial

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.mutate.covering import Covering
    from bench.mutate.targets import Target


@dataclass(frozen=True)
class Session:
    """``between`` is done before each run of tests; things are kept under ``place``."""

    copied: Copied
    place: Path
    pytest: Pytest
    between: Callable[[], None]
    console: Console

    def trial(self, tests: Sequence[str], patience: float) -> Trial:
        """Ready to try mutants against those folders and files of tests."""
        return Trial(
            copied=self.copied,
            pytest=self.pytest,
            coverings=self.coverings(tests),
            fates=Fates(self.place / "fates.jsonl"),
            tests=digest_of(self.copied.root / "tests", [*tests, str(patience)]),
            patience=patience,
            between=self.between,
        )

    def coverings(self, folders: Sequence[str]) -> list[Covering]:
        """What every test runs through; asked anew where that is not known any more.

        Raises ``MutationError`` where not a single test passes.
        """
        root = self.copied.root
        files = sorted(
            each.relative_to(root).as_posix()
            for folder in folders
            for each in _files_of_tests(root / folder)
        )
        kept = Coverings(self.copied, self.place / "covering")
        missing = kept.missing(files)
        with self._showing("what the tests run through", len(missing)) as show:
            for first in range(0, len(missing), AT_ONCE):
                several = missing[first : first + AT_ONCE]
                self.between()
                kept.record(self.pytest, several)
                show(len(several))
        found = [kept.of(file) for file in files]
        if not any(each.seconds for each in found):
            raise MutationError(f"no test passes as the tree is; run pytest {' '.join(folders)}")
        return found

    def try_all(
        self, trial: Trial, chosen: Sequence[Target], seed: int, until: float
    ) -> list[Figures]:
        """Mutants of each target in turn, until there are no more or the time has come."""
        equal = known_equal()
        samples = {each.name: shuffled(mutants_of(self.copied.root, each), seed) for each in chosen}
        figures = {name: Figures(name, len(several)) for name, several in samples.items()}
        home = {mutant: name for name, several in samples.items() for mutant in several}
        first = next(iter(home), None)
        if first is not None:
            trial.refuse_what_fails_anyway(first)
        with (
            suppress(KeyboardInterrupt),
            self._showing("mutants", len(home)) as show,
        ):
            for mutant in in_turn(samples.values()):
                if time.monotonic() >= until:
                    break
                ended = trial.fate_of(mutant)
                if figures[home[mutant]].count(mutant, ended, equal):
                    self.console.print(f"{ended.fate}: {mutant.said}", markup=False, soft_wrap=True)
                show(1)
        return list(figures.values())

    @contextmanager
    def _showing(self, what: str, total: int) -> Iterator[Callable[[int], None]]:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self.console, disable=not total) as shown:
            task = shown.add_task(what, total=total)
            yield lambda count: shown.update(task, advance=count)


def _files_of_tests(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob("test_*.py"))


def digest_of(folder: Path, how: Sequence[str]) -> str:
    """All modules beneath a folder, and how they are used, as one short digest."""
    known = sha256("\0".join(sorted(how)).encode())
    for path in sorted(folder.rglob("*.py")):
        known.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return known.hexdigest()[:16]
