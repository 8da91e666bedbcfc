"""What processes have met that walk through a served record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """A step is a request that somebody sent; a failure is one that the server did not answer."""

    steps: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count what another has met as well."""
        self.steps += other.steps
        self.accepted.update(other.accepted)
        self.refused.update(other.refused)
        self.refusals.update(other.refusals)
        self.failures += other.failures
