"""One mutant against the tests that run through its line, the quickest first, until one fails."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.mutate.copied import Copied
from bench.mutate.covering import Covering
from bench.mutate.errors import MutationError
from bench.mutate.fates import Ended, Fate, Fates, name_of
from bench.mutate.running import HUNG, Pytest, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.mutate.mutant import Mutant

FIRST_SECONDS = 4.0
"""So long the tests take that are run first; each time after that, four times as many."""
_GROWING = 4
_SECONDS_TO_START, _SECONDS_TO_READ = 60, 1
"""So long a run may take before its tests begin: for itself, and for each file of tests."""
_TIMES_AS_LONG = 8
"""Tests may take so many times as long as when nothing was changed; then they hang."""
_PASSED, _NOTHING_RAN = 0, 5


@dataclass(frozen=True)
class Chosen:
    """The tests of one file that come by a line, and how long they take together."""

    file: str
    tests: frozenset[str]
    seconds: float


@dataclass(frozen=True)
class Trial:
    """What is needed to try mutants. ``between`` is done before each run of tests.

    ``patience`` is how many seconds of tests one mutant is worth; who comes through these has
    survived, and the report says how many tests there would have been.
    """

    copied: Copied
    pytest: Pytest
    coverings: Sequence[Covering]
    fates: Fates
    tests: str
    patience: float
    between: Callable[[], None]

    def fate_of(self, mutant: Mutant) -> Ended:
        """Try a mutant, unless its fate is known, and remember it."""
        name = name_of(mutant, self.copied.digest(mutant.path))
        known = self.fates.of(name, self.tests)
        if known is None:
            known = self._try(mutant, name)
            self.fates.keep(known)
        return known

    def refuse_what_fails_anyway(self, mutant: Mutant) -> None:
        """See that the first tests for a mutant pass without it; raises ``MutationError``."""
        for several in self._in_turn(self._choose(mutant)):
            run, by = self._run(several)
            if run.status != _PASSED:
                raise MutationError(f"{by} fails as the tree is:\n{run.printed[-2000:]}")
            return

    def _try(self, mutant: Mutant, name: str) -> Ended:
        began = time.monotonic()
        chosen = self._choose(mutant)
        of = sum(len(each.tests) for each in chosen)
        if not of:
            return Ended(name, Fate.UNSEEN, self.tests)
        tried, spent = 0, 0.0
        with self.copied.with_change(mutant):
            for several in self._in_turn(chosen):
                run, by = self._run(several)
                tried += sum(len(each.tests) for each in several)
                spent += sum(each.seconds for each in several)
                if run.status not in (_PASSED, _NOTHING_RAN):
                    fate = Fate.HUNG if run.status == HUNG else Fate.KILLED
                    break
                if spent >= self.patience:
                    fate = Fate.SURVIVED
                    break
            else:
                fate = Fate.SURVIVED
        seconds = round(time.monotonic() - began, 1)
        return Ended(name, fate, self.tests, by, tried, of, seconds)

    def _choose(self, mutant: Mutant) -> list[Chosen]:
        """The tests of its own floor first; among these what has killed before, then the quick."""
        killers = self.fates.killers()
        several = []
        seen = mutant.path in {path for each in self.coverings for path in each.anywhere}
        for covering in self.coverings:
            # what only is imported, and has no function that runs, may be noticed by any test
            tests = covering.of(mutant) if seen or not mutant.imported else covering.seconds.keys()
            if tests:
                seconds = sum(covering.seconds[test] for test in tests)
                several.append(Chosen(covering.file, frozenset(tests), seconds))
        floor = f"tests/{mutant.path.partition('/')[0]}/"

        def rank(each: Chosen) -> tuple[bool, float, str]:
            return not each.file.startswith(floor), each.seconds - killers[each.file], each.file

        return sorted(several, key=rank)

    def _in_turn(self, chosen: Sequence[Chosen]) -> Iterator[list[Chosen]]:
        """The tests in portions that grow: most mutants die in the first."""
        portion: list[Chosen] = []
        room = FIRST_SECONDS
        for each in chosen:
            if portion and sum(one.seconds for one in portion) + each.seconds > room:
                yield portion
                portion, room = [], room * _GROWING
            portion.append(each)
        if portion:
            yield portion

    def _run(self, several: Sequence[Chosen]) -> tuple[Run, str]:
        self.between()
        chosen, failed = self.pytest.scratch / "chosen", self.pytest.scratch / "failed"
        tests = sorted(test for each in several for test in each.tests)
        chosen.write_text(json.dumps(tests), "utf-8")
        failed.unlink(missing_ok=True)
        clean = sum(each.seconds for each in several)
        run = self.pytest.run(
            *("-x", "-p", "bench.mutate.chosen"),
            *("--chosen", str(chosen), "--failed", str(failed)),
            *(each.file for each in several),
            seconds=_SECONDS_TO_START + _SECONDS_TO_READ * len(several) + _TIMES_AS_LONG * clean,
        )
        by = failed.read_text("utf-8") if failed.exists() else several[0].file
        return run, by if run.status != _PASSED else ""
