"""All laws together: looks after each step, append by append."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

from audit.whole import check_whole
from bench.town.watch.claims import Claims
from bench.town.watch.establishing import Establishing
from bench.town.watch.folds import Folds
from bench.town.watch.hands import Hands
from bench.town.watch.known import Known
from bench.town.watch.misconduct import Misconduct
from bench.town.watch.moves import Moves
from bench.town.watch.openness import Openness
from bench.town.watch.persons import Persons
from bench.town.watch.seats import Seats
from bench.town.watch.separation import Separation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit.record import Recorded
    from bench.town.town import Town


LINKED_SINCE = ("SEPARATION_SAME_AS_CORRECTED", "SEPARATION_ONE_HAND_AS_CORRECTED")
"""Two who were different as far as anybody knew, and turned out to be one human being since."""


class Law(Protocol):
    """One thing that may never happen."""

    def see(self, recorded: Recorded) -> Iterator[str]:
        """What is wrong with one event, in words; looked at before anybody knows of it."""

    def close(self, append: list[Recorded]) -> Iterator[str]:
        """What is wrong with the events that were recorded together."""


class Watch:
    """Follows the record of a town; ``breaches`` is what it has seen go wrong, in words."""

    def __init__(self, town: Town) -> None:
        self.breaches: list[str] = []
        self._town = town
        self._read = 0
        self._known = Known()
        self._laws: tuple[Law, ...] = (
            Separation(self._known),
            Seats(),
            Hands(self._known),
            Claims(self._known),
            Moves(self._known),
            Openness(self._known),
            Establishing(),
            Misconduct(self._known),
            Persons(self._known),
            Folds(town),
        )

    def look(self) -> None:
        """Read what is new."""
        new = self._town.log[self._read :]
        self._read = len(self._town.log)
        for _, together in groupby(new, key=attrgetter("command")):
            append = list(together)
            for recorded in append:
                for law in self._laws:
                    self._note(recorded.stream, law.see(recorded))
                self._known.hear(recorded)
            for law in self._laws:
                self._note("", law.close(append))

    def prove(self) -> None:
        """Let the auditors' own check read the whole record, and note what it finds."""
        for each in check_whole(self._town.record).faults:
            if each.code not in LINKED_SINCE:
                self.breaches.append(f"{each.about} {each.code}")

    def _note(self, stream: str, wrong: Iterable[str]) -> None:
        self.breaches += [f"{stream} {each}".strip() for each in wrong]
