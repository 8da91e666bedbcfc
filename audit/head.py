"""What a decision rests on: how far a stream had come when it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Head:
    """The last event of a stream, as somebody read it.

    The hash is compared, too: after a crash of the database an event that nobody had been told
    of may be gone, and another one may have its version.
    """

    stream: str
    version: int
    """0 where the stream had no event."""
    leaf_hash: bytes | None
    recorded_at: datetime | None
    position: int = 0

    @classmethod
    def new(cls, stream: str) -> Head:
        """The head of a stream that has no event yet."""
        return cls(stream, 0, None, None)
