"""A record on paper: real leaves of an invented province, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.record import Row
from audit.sealing import SealingKey, from_token
from bench.leaves import SECRET, rows
from bench.province import Province

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.personal import Personal

ORIGIN = "mingjian/test"


@dataclass
class PaperRecord:
    """What a follower needs of a record; ``destroyed`` are the ids of keys that are no more."""

    written: list[Row] = field(default_factory=list)
    destroyed: set[str] = field(default_factory=set)

    def rows(self, after: int, limit: int) -> Sequence[Row]:
        """The rows behind a position."""
        return self.written[after : after + limit]

    def opened(self, tokens: Sequence[str]) -> list[Personal]:
        """The words behind sealed values."""
        return [from_token(token, self) for token in tokens]

    def blind(self, purpose: str, words: str) -> bytes:
        """No real blind index: nothing in these tests depends on its key."""
        return f"{purpose}:{len(words)}:{sum(map(ord, words))}".encode()

    def find(self, key_id: str) -> SealingKey | None:
        """The key, unless it was destroyed."""
        return None if key_id in self.destroyed else SealingKey(key_id, SECRET)


def a_busy_year(province: Province, events: int) -> PaperRecord:
    """The record of what happens first in an invented province."""
    return PaperRecord(list(rows(province, events, ORIGIN)))


def a_busy_week() -> PaperRecord:
    """The record of a small county."""
    return a_busy_year(Province(seed=2, counties=1, employers=1), 600)
