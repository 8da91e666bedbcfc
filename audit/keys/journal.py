"""The journal of destruction: which keys were destroyed by which recorded order.

It lies beside the key file, outside the database and its dumps, so that a restored dump, in which
the keys are alive again, loses them again. It holds ids, no words.

One line of JSON an order, appended and flushed before the first key is destroyed; a line that was
cut short by a crash is the last one, stands for keys that are all alive, and is written again::

    at      instant of the order, UTC
    fields  the fields of the event that orders
    keys    ids of the keys to be destroyed
    stream  where the event stands, or will stand again after a restore
    topic   the event's topic
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from audit.leaf import canonical
from audit.leaf.canonical import NotCanonicalError
from audit.leaf.scalars import read_instant, write_instant
from audit.leaf.wire import UnreadableError, shape_of
from domain.event import Event, topics

if TYPE_CHECKING:
    from pathlib import Path

    from audit.leaf.canonical import JSON
    from domain.personal import Personal

FILE = "destroyed.journal"


class JournalDamagedError(Exception):
    """A line of the journal cannot be read; the message says which, and the remedy."""


@dataclass(frozen=True)
class Destruction:
    """Keys to be destroyed by order of an event of a stream; ``at`` is UTC."""

    stream: str
    order: Event
    keys: tuple[str, ...]
    at: datetime


class Journal:
    """The journal in a directory of keys."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / FILE

    def entries(self) -> list[Destruction]:
        """Every order, the oldest first; raises ``JournalDamagedError``."""
        if not self.path.exists():
            return []
        whole, _, _cut_short = self.path.read_bytes().rpartition(b"\n")
        lines = whole.split(b"\n") if whole else []
        return [self._read(number, line) for number, line in enumerate(lines, 1)]

    def note(self, destruction: Destruction) -> None:
        """Add an order unless it is there; comes back when the disk has it."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            content = file.read()
            whole = content.rfind(b"\n") + 1
            line = _line(destruction)
            if line in content[:whole].split(b"\n"):
                return
            file.truncate(whole)
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _read(self, number: int, line: bytes) -> Destruction:
        try:
            return _destruction(line)
        except (KeyError, TypeError, ValueError, UnreadableError, NotCanonicalError) as error:
            msg = f"line {number} of {self.path} cannot be read; put its backup in place"
            raise JournalDamagedError(msg) from error


def _line(destruction: Destruction) -> bytes:
    order = destruction.order
    return canonical.encode(
        {
            "at": write_instant(destruction.at),
            "fields": shape_of(type(order)).write(order, "/fields", _no_words),
            "keys": list(destruction.keys),
            "stream": destruction.stream,
            "topic": order.topic,
        }
    )


def _destruction(line: bytes) -> Destruction:
    stored = canonical.decode(line)
    if not isinstance(stored, dict):
        msg = "a line is an object"
        raise TypeError(msg)
    kind = topics()[str(stored["topic"])]
    keys = stored["keys"]
    if not isinstance(keys, list):
        msg = "keys are a list"
        raise TypeError(msg)
    return Destruction(
        stream=str(stored["stream"]),
        order=shape_of(kind).read(stored["fields"], "/fields", _no_envelope),
        keys=tuple(map(str, keys)),
        at=read_instant(stored["at"]),
    )


def _no_words(pointer: str, personal: Personal) -> JSON:
    msg = f"{personal!r} at {pointer}: an order to destroy names ids, never words"
    raise TypeError(msg)


def _no_envelope(pointer: str, stored: JSON) -> Personal:  # noqa: ARG001
    msg = f"{pointer}: an order to destroy names ids, never words"
    raise UnreadableError(msg)
