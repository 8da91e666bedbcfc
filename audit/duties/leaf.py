"""A stored event as the proof reads it: bytes first, meaning second."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

_BEIJING = timedelta(hours=8)


class LeafUnreadableError(ValueError):
    """The bytes at a position are no event; the message names the position and no content."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One event at its position, with the members that the proof needs."""

    position: int
    stream: str
    version: int
    topic: str
    recorded_at: str
    actor: Mapping[str, Any]
    fields: Mapping[str, Any]

    @property
    def day(self) -> str:
        """The day in Beijing on which it was recorded."""
        return (datetime.fromisoformat(self.recorded_at) + _BEIJING).date().isoformat()

    @property
    def person(self) -> str:
        """The person who acted; empty where none is named."""
        return str(self.actor.get("person") or "")

    @property
    def account(self) -> str:
        """The account that acted; empty where none is named."""
        return str(self.actor.get("account") or "")


def read_leaf(position: int, octets: bytes) -> Leaf:
    """The event that is stored as ``octets``.

    Raises ``LeafUnreadableError``, also for a name that stands twice in an object.
    """
    return leaf_of(position, members_of(position, octets))


def members_of(position: int, octets: bytes) -> Any:  # noqa: ANN401 -- whatever was stored
    """What is stored as ``octets``; raises as ``read_leaf`` does."""
    try:
        return json.loads(octets, object_pairs_hook=_once)
    except ValueError as error:
        raise _unreadable(position) from error


def leaf_of(position: int, stored: Any) -> Leaf:  # noqa: ANN401 -- whatever was stored
    """The event that these members make; raises as ``read_leaf`` does."""
    try:
        return Leaf(
            position=position,
            stream=stored["stream"],
            version=stored["version"],
            topic=stored["topic"],
            recorded_at=stored["recorded_at"],
            actor=stored["actor"],
            fields=stored["fields"],
        )
    except (KeyError, TypeError) as error:
        raise _unreadable(position) from error


def _unreadable(position: int) -> LeafUnreadableError:
    return LeafUnreadableError(f"the bytes at position {position} are no event")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        msg = "a name stands twice"
        raise ValueError(msg)
    return read
