"""What leaves told of many things, until somebody asks what that makes of one of them.

A check hears of every account and every appointment of a record before it judges the first case,
and is to take no more memory for a larger record. So what was told, as soon as it is more than
little, is kept in a private file of SQLite, which has no name and goes with the process; and of
what was made of it no more is at hand than was asked for last.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Generic, TypeVar

from audit.duties.leaf import Leaf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Thing = TypeVar("Thing")

AT_HAND = 2_000
"""Things of one kind that are at hand; whoever acts in a case mostly acted in the last one, too."""
_AT_ONCE = 500
"""Leaves that are kept in memory, before they are written together."""
_SETTINGS = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -4096;
CREATE TABLE told (about BLOB NOT NULL, leaf TEXT NOT NULL);
"""


class Told:
    """Leaves by what they tell of, in the order in which they were heard, without their words."""

    def __init__(self) -> None:
        self._file: sqlite3.Connection | None = None
        self._waiting: list[tuple[bytes, str]] = []
        self._indexed = False

    def tell(self, about: bytes, leaf: Leaf) -> None:
        """One more leaf of something."""
        said = (leaf.position, leaf.stream, leaf.version, leaf.topic, leaf.recorded_at)
        self._waiting.append((about, json.dumps((*said, leaf.actor, leaf.fields))))
        if len(self._waiting) == _AT_ONCE:
            self._write(self._file or self._opened())

    def of(self, about: bytes) -> list[Leaf]:
        """All that was told of something."""
        if self._file is None:
            found = [told for name, told in self._waiting if name == about]
        else:
            found = self._read(self._file, about)
        return [Leaf(*json.loads(told)) for told in found]

    def _opened(self) -> sqlite3.Connection:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.executescript(_SETTINGS)
        return self._file

    def _write(self, file: sqlite3.Connection) -> None:
        file.execute("BEGIN")
        file.executemany("INSERT INTO told VALUES (?, ?)", self._waiting)
        file.execute("COMMIT")
        self._waiting.clear()

    def _read(self, file: sqlite3.Connection, about: bytes) -> list[str]:
        if self._waiting:
            self._write(file)
        if not self._indexed:  # sorted once, which is less work than leaf by leaf
            file.execute("CREATE INDEX about ON told (about)")
            self._indexed = True
        query = "SELECT leaf FROM told WHERE about = ? ORDER BY rowid"
        return [told for (told,) in file.execute(query, (about,))]


class Things(Generic[Thing]):
    """Things of one kind, each as it is made of what was told of it."""

    def __init__(self, told: Told, kind: str, make: Callable[[Sequence[Leaf]], Thing]) -> None:
        self._told = told
        self._kind = kind
        self._make = make
        self._made: dict[str, Thing] = {}

    def hear(
        self,
        name: str,
        leaf: Leaf,
        *needed: str,
        actor: Mapping[str, object] | None = None,
        maybe: Sequence[str] = (),
    ) -> None:
        """One more leaf of the thing of this name, of which only so much is kept.

        Raises ``KeyError`` where it lacks a field, ``TypeError`` for what names nothing.
        """
        fields = {each: leaf.fields[each] for each in needed}
        fields |= {each: leaf.fields[each] for each in maybe if each in leaf.fields}
        kept = (leaf.position, leaf.stream, leaf.version, leaf.topic, leaf.recorded_at)
        self._told.tell(self._about(name), Leaf(*kept, actor or {}, fields))
        self._made.pop(name, None)

    def of(self, name: str) -> Thing:
        """What was told of it makes this."""
        if name in self._made:
            made = self._made.pop(name)
        else:
            made = self._make(self._told.of(self._about(name)))
        self._made[name] = made
        if len(self._made) > AT_HAND:
            del self._made[next(iter(self._made))]
        return made

    def _about(self, name: str) -> bytes:
        if type(name) is not str:
            msg = "what is named otherwise than by a text"
            raise TypeError(msg)
        return f"{self._kind} {name}".encode("utf-8", "surrogatepass")
