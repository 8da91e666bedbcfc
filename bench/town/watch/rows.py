"""The rows of views in memory: what ``projections.page`` offers to a view that asks no SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from projections.table import Key, Table

Row = TypeVar("Row")


class MemoryRows(Generic[Row]):
    """The rows of one table."""

    def __init__(self, table: Table[Row]) -> None:
        self._table = table
        self._groups: dict[str, dict[Key, Row]] = {}

    def of(self, group: str) -> list[Row]:
        """The rows whose key begins with ``group``."""
        return list(self._groups.get(group, {}).values())

    def get(self, *key: Any) -> Row | None:  # noqa: ANN401 -- as typed by the row
        """The row under ``key``, or None."""
        return self._groups.get(key[0], {}).get(key)

    def put(self, row: Row) -> None:
        """Keep a row as it now is."""
        key = self._table.key_of(row)
        self._groups.setdefault(key[0], {})[key] = row


class MemoryPage:
    """One endless page, on which every event so far has been applied."""

    def __init__(self) -> None:
        self._rows: dict[str, MemoryRows[Any]] = {}

    def rows(self, table: Table[Row]) -> MemoryRows[Row]:
        """The rows of a table."""
        return self._rows.setdefault(table.name, MemoryRows(table))
