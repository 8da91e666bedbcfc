"""The rows that a page of events touches, changed in memory and written once.

A page may hold thousands of events; a case that meets ten of them is read once and written
once. Whatever is written is written in the transaction that also moves the position.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from psycopg import Cursor

    from domain.personal import Personal
    from projections.fact import Fact
    from projections.table import Key, Table

_FEW = 100
"""Events whose rows are sent in a pipeline; a copy of more is cheaper than their JSON."""

Row = TypeVar("Row")
Value = TypeVar("Value")


class Rows(Generic[Row]):
    """The rows of one table as a page sees them; rows that it hands out may be changed in place."""

    def __init__(
        self, table: Table[Row], cursor: Cursor[Any], streams: dict[str, set[str]]
    ) -> None:
        self._table = table
        self._key_of = table.key_of
        self._cursor = cursor
        self._streams = streams
        self._groups: dict[str, dict[Key, Row]] = {}
        self._changed: dict[Key, Row] = {}
        self._removed: set[Key] = set()
        self._stored: set[Key] = set()
        self._added: list[Row] = []
        self._complete = False

    def of(self, group: str) -> list[Row]:
        """The rows whose key begins with ``group``."""
        held = self._groups.get(group)
        return list((self._group(group) if held is None else held).values())

    def get(self, *key: Any) -> Row | None:  # noqa: ANN401 -- as typed by the row
        """The row under ``key``, or None."""
        held = self._groups.get(key[0])
        return (self._group(key[0]) if held is None else held).get(key)

    def everything(self) -> list[Row]:
        """All rows of the table; only for tables that stay small."""
        if not self._complete:
            column = self._table.key[0]
            query = f'SELECT DISTINCT "{column}" FROM {self._table.stored}'
            groups = self._cursor.execute(query)
            self.load({group for (group,) in groups.fetchall()})
            self._complete = True
        return [row for held in self._groups.values() for row in held.values()]

    def put(self, row: Row) -> None:
        """Keep ``row`` as it now is; to be called after each change of a row."""
        key = self._key_of(row)
        held = self._groups.get(key[0])
        if held is None:
            held = self._group(key[0])
        held[key] = self._changed[key] = row
        if self._removed:
            self._removed.discard(key)

    def remove(self, *key: Any) -> None:  # noqa: ANN401 -- as typed by the row
        """Keep no row under ``key``."""
        self._group(key[0]).pop(key, None)
        self._changed.pop(key, None)
        self._removed.add(key)

    def add(self, row: Row) -> None:
        """Keep a row that is new and will never be asked for: the cheap way for mere lists."""
        self._added.append(row)

    def write(self, *, few: bool) -> None:
        """Write what has changed since the last time, as few rows or as many."""
        gone = self._stored.intersection(self._changed.keys() | self._removed)
        if self._table.finish is not None:
            for row in self._changed.values():
                self._table.finish(row)
        new = [*self._changed.values(), *self._added]
        if gone or new:
            self._table.replace(self._cursor, gone, new, few=few)
        self._stored -= self._removed
        self._stored |= self._changed.keys()
        self._changed.clear()
        self._removed.clear()
        self._added.clear()

    def _group(self, group: str) -> dict[Key, Row]:
        """The rows of a group, loaded at first together with those of all like streams."""
        held = self._groups.get(group)
        if held is None:
            self.load({group} | self._streams.get(_kind(group), set()))
            held = self._groups[group]
        return held

    def load(self, groups: set[str]) -> None:
        """Load some groups at once that will be asked for one by one."""
        wanted = sorted(groups - self._groups.keys())
        if not wanted:
            return
        for each in wanted:
            self._groups[each] = {}
        column = self._table.key[0]
        for row in self._table.select(self._cursor, f'WHERE "{column}" = ANY(%b)', (wanted,)):
            key = self._table.key_of(row)
            self._groups[key[0]][key] = row
            self._stored.add(key)


def _kind(stream: str) -> str:
    """What stands before the number of a stream: case, person and so on."""
    return stream.partition("-")[0]


class Words(Protocol):
    """How the one view that must know words, to find persons by them, learns them."""

    def opened(self, tokens: Sequence[str]) -> list[Personal]:
        """The words behind sealed values."""

    def blind(self, purpose: str, words: str) -> bytes:
        """The keyed digest by which equal words are found."""


class Page:
    """One page of events while it is applied, and the rows that it touches."""

    def __init__(self, cursor: Cursor[Any], facts: Sequence[Fact], record: Words) -> None:
        self.facts = facts
        self.record = record
        self.memory: dict[str, Any] = {}
        """What a view works out once a page, see ``once``."""
        self._cursor = cursor
        self._few = len(facts) <= _FEW
        self._streams: dict[str, set[str]] = {}
        for each in facts:
            self._streams.setdefault(_kind(each.stream), set()).add(each.stream)
        self._rows: dict[Table[Any], Rows[Any]] = {}

    def rows(self, table: Table[Row]) -> Rows[Row]:
        """The rows of ``table``."""
        try:
            return self._rows[table]
        except KeyError:
            rows = self._rows[table] = Rows(table, self._cursor, self._streams)
            return rows

    def once(self, name: str, work_out: Callable[[Page], Value]) -> Value:
        """What ``work_out`` answers, asked once a page; ``memory`` holds it under ``name``."""
        if name not in self.memory:
            self.memory[name] = work_out(self)
        value: Value = self.memory[name]
        return value

    def written(self, table: Table[Row]) -> Cursor[Any]:
        """A cursor that sees all that the page has done to ``table``, for a rare wider question."""
        self.rows(table).write(few=self._few)
        return self._cursor

    def write(self) -> None:
        """Write everything that has changed.

        What a few events do to many tables is sent at once: to wait for the answer to each of
        some thirty statements is what a follower would spend its time on.
        """
        with self._cursor.connection.pipeline() if self._few else nullcontext():
            for rows in self._rows.values():
                rows.write(few=self._few)
