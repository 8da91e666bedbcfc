"""Which questions grow with the record: the same ones of a smaller record and of a larger one.

A question grows if all its cases together take more than ``MOST`` times as long in the larger
record, though it tells of no more there. One that tells of more, because the smaller record has
less than a page of it, or less than is counted, may take as much longer as it tells of more; only
beyond that it grows. So every question is judged, and none is let off for being small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from psycopg import Connection

from bench.asking import Sample
from bench.costs import PARTS, Cost, Of, costs, lesser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.costs import Costs

MOST = 1.5
"""By how much more a question may take in the larger record."""
ROUNDS = 4
"""So often a question is asked again that seems to grow, of both records: what else the machine
does lengthens a try, and nothing shortens one."""


class Verdict(StrEnum):
    """What became of a question from the smaller record to the larger."""

    WITHIN = "within"
    TELLS_OF_MORE = "tells of more"
    """It takes longer, but no more than by how much more it tells of, ``MOST`` times that."""
    GROWS = "grows"


@dataclass(frozen=True)
class Growth:
    """One part of a question, all cases together: what it takes in both records."""

    of: Of
    part: str
    smaller: Cost
    larger: Cost

    @property
    def times(self) -> float:
        """How many times as long it takes in the larger record."""
        return self.larger.ms / self.smaller.ms

    @property
    def tells(self) -> float:
        """How many times as much it tells of there, at least once."""
        return max(1.0, self.larger.rows / max(self.smaller.rows, 1))

    @property
    def verdict(self) -> Verdict:
        """Whether it grows."""
        if self.times <= MOST:
            return Verdict.WITHIN
        return Verdict.TELLS_OF_MORE if self.times <= MOST * self.tells else Verdict.GROWS


@dataclass(frozen=True)
class Filled:
    """A filled record to be asked: its views, and the cases that were drawn from it."""

    events: int
    views: Connection[Any]
    drawn: Sequence[Sample]

    def costs(self, of: Of) -> Costs:
        """What a question takes here."""
        return costs(self.views, of, self.drawn)


def grown(of: Of, smaller: Filled, larger: Filled, known: Costs) -> Iterator[Growth]:
    """Each part of a question in two records, of the larger of which the costs are ``known``."""
    there, here = smaller.costs(of), known
    for _ in range(ROUNDS):
        found = list(_beside(of, there, here))
        if all(each.times <= MOST for each in found):
            break
        there, here = lesser(there, smaller.costs(of)), lesser(here, larger.costs(of))
    return _beside(of, there, here)


def _beside(of: Of, smaller: Costs, larger: Costs) -> Iterator[Growth]:
    """The parts that were asked of both; of the next page, where both have one of every case."""
    for part in PARTS:
        pairs = list(zip(smaller[part], larger[part], strict=True))
        asked = [(one, other) for one, other in pairs if one.ms and other.ms]
        if asked:
            some, others = zip(*asked, strict=True)
            yield Growth(of, part, sum(some, Cost()), sum(others, Cost()))
