"""An event as a view sees it: the stored fields, read once, nothing unsealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NewType

import orjson

import domain.vocabulary  # noqa: F401 -- registers every topic
from domain.event import topics

if TYPE_CHECKING:
    from audit.record import Row


_KNOWN = topics()


class UnreadableFactError(ValueError):
    """The record holds an event that this program can't read; the message names no words of it."""


Sealed = NewType("Sealed", str)
"""Words about a human being as a view keeps them: the envelope with the place it is bound to.

The canonical JSON array [origin, stream, version, topic, pointer, envelope], which the record
opens with ``audit.keys.sealing.from_token`` when the words are shown.
"""


@dataclass(slots=True)
class Fact:
    """One event at its position; ``at`` is when it was recorded, ``recorded_at`` as stored.

    Nobody changes one; not frozen, because that alone would make a rebuild a twentieth slower.
    """

    position: int
    origin: str
    stream: str
    version: int
    topic: str
    recorded_at: str
    at: datetime
    fields: Mapping[str, Any]
    actor: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 -- a stored field, typed by its event class
        """The stored field ``name``."""
        return self.fields[name]

    def words(self, name: str) -> tuple[str, ...]:
        """The field ``name``, a list of words."""
        return tuple(self.fields[name])

    def day(self, name: str) -> date | None:
        """The field ``name``, a day in Beijing, or None."""
        stored = self.fields[name]
        return None if stored is None else date.fromisoformat(stored)

    def instant(self, name: str) -> datetime:
        """The field ``name``, an instant in UTC."""
        return moment(self.fields[name])

    def sealed(self, name: str) -> Sealed | None:
        """The field ``name``, somebody's words as they are sealed in the record, or None."""
        envelope = self.fields[name]
        if envelope is None:
            return None
        place = (self.origin, self.stream, self.version, self.topic, f"/fields/{name}", envelope)
        return Sealed(orjson.dumps(place, option=orjson.OPT_SORT_KEYS).decode())

    @property
    def account(self) -> str | None:
        """The account that acted; None for the public and for Mingjian itself."""
        return self.actor.get("account")

    @property
    def person(self) -> str | None:
        """The person who acted; None for the public and for Mingjian itself."""
        return self.actor.get("person")

    @property
    def power(self) -> str | None:
        """The grant by which the organisation that acted did so, where it needed one."""
        return self.actor.get("power")


def moment(stored: str) -> datetime:
    """The instant, in UTC, of its stored form."""
    return datetime.fromisoformat(stored)


def is_its_own(row: Row) -> bool:
    """Whether the bytes of a row end as those of the event do that it says, with a known topic.

    For an event that no view looks at; it is not read. The members of a leaf stand in the order of
    their names, and these three are the last.
    """
    _, stream, version, topic, leaf, _ = row
    end = f'"stream":"{stream}","topic":"{topic}","version":{version}}}'
    return topic in _KNOWN and leaf.endswith(end.encode())


def fact(row: Row) -> Fact:
    """The event of a row of the record.

    Raises ``UnreadableFactError`` where the bytes are no event, are not the event that the row
    says, or have a topic that nobody here knows: a newer program wrote it, or a hand did.
    """
    position, stream, version, topic, leaf, _ = row
    try:
        stored = orjson.loads(leaf)
        read = Fact(
            position=position,
            origin=stored["origin"],
            stream=stored["stream"],
            version=stored["version"],
            topic=stored["topic"],
            recorded_at=stored["recorded_at"],
            at=moment(stored["recorded_at"]),
            fields=stored["fields"],
            actor=stored["actor"],
        )
    except (ValueError, KeyError, TypeError) as error:
        msg = f"the bytes at position {position} are no event"
        raise UnreadableFactError(msg) from error
    if (read.stream, read.version, read.topic) != (stream, version, topic):
        msg = f"the bytes at position {position} are another event than its row says"
        raise UnreadableFactError(msg)
    if topic not in _KNOWN:
        msg = f"nobody here reads topic {topic} at position {position}"
        raise UnreadableFactError(msg)
    return read
