"""The next state is as the one before it but for what changed, and knows nothing of it by heart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from domain.replacing import replace


@dataclass(frozen=True)
class Pair:
    """Two numbers, and what they come to."""

    one: int
    other: int

    @cached_property
    def sum(self) -> int:
        """Reckoned once."""
        return self.one + self.other


def test_what_was_reckoned_of_one_state_is_not_believed_of_the_next() -> None:
    before = Pair(1, 2)
    assert before.sum == 3
    after = replace(before, other=5)
    assert (after, after.sum) == (Pair(1, 5), 6)
    assert (before, before.sum) == (Pair(1, 2), 3)
