"""A record on paper: real leaves of an invented province, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.keys.sealing import SealingKey, from_token
from audit.leaf.envelope import Envelope, to_leaf
from audit.leaf.hashing import leaf_hash
from audit.record import Row
from bench.leaves import SECRET, rows
from bench.province import Province, moment
from domain.actor import SystemActor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.leaf.canonical import JSON
    from domain.event import Event
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

    def then(self, stream: str, event: Event) -> None:
        """One more event, of a stream that has some, done by Mingjian itself."""
        theirs = [row for row in self.written if row[1] == stream]
        position, version = len(self.written) + 1, theirs[-1][2] + 1
        envelope = Envelope(
            event=event,
            origin=ORIGIN,
            stream=stream,
            version=version,
            actor=SystemActor(job="test"),
            recorded_at=moment(position),
            command=f"command-{position}",
            request=None,
            causation=None,
            previous=leaf_hash(theirs[-1][4]),
        )
        leaf = to_leaf(envelope, _nothing_to_seal)
        self.written.append((position, stream, version, event.topic, leaf, moment(position)))

    def opened(self, tokens: Sequence[str]) -> list[Personal]:
        """The words behind sealed values."""
        return [from_token(token, self) for token in tokens]

    def blind(self, purpose: str, words: str) -> bytes:
        """No real blind index: nothing in these tests depends on its key."""
        return f"{purpose}:{len(words)}:{sum(map(ord, words))}".encode()

    def find(self, key_id: str) -> SealingKey | None:
        """The key, unless it was destroyed."""
        return None if key_id in self.destroyed else SealingKey(key_id, SECRET)


def _nothing_to_seal(pointer: str, words: Personal) -> JSON:
    raise AssertionError(pointer, words)


def a_busy_year(province: Province, events: int) -> PaperRecord:
    """The record of what happens first in an invented province."""
    return PaperRecord(list(rows(province, events, ORIGIN)))


def a_busy_week() -> PaperRecord:
    """The record of a small county."""
    return a_busy_year(Province(seed=2, counties=1, employers=1), 600)
