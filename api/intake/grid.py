"""A sheet as its cells, cut down to what a list can hold, whatever its file came with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.personal import tells_only

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_ROWS = 500
"""Rows of one list: their accounts are opened by one append, for which all others wait, and told
in one answer; 500 keep that to seconds."""
MOST_COLUMNS = 16
"""Columns that are looked at; a list has four, and any further is an error."""
LONGEST_CELL = 200
"""Characters of a cell that are looked at: more than any cell of a list may hold."""

Cell = str | None
"""The text of a cell, empty where it holds none; None where it holds no text but a number, …"""


@tells_only("count")
@dataclass(frozen=True)
class Grid:
    """The cells of a sheet, row by row: no more rows than one too many.

    ``rows`` in the file are ``count``, without empty ones at the end. ``wider``: there are more
    columns than are looked at.
    """

    rows: tuple[tuple[Cell, ...], ...]
    count: int
    wider: bool


def grid_of(rows: Iterable[Sequence[object]]) -> Grid:
    """The grid of a sheet whose rows are read one by one."""
    kept: list[tuple[Cell, ...]] = []
    count, number, wider = 0, 0, False
    for number, row in enumerate(rows, 1):
        cells = tuple(_cell(each) for each in row)
        if any(each != "" for each in cells):
            count = number
            wider = wider or any(each != "" for each in cells[MOST_COLUMNS:])
        if number <= MOST_ROWS + 2:
            kept.append(cells[:MOST_COLUMNS])
    return Grid(tuple(kept[:count]), count, wider)


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    return value.strip()[:LONGEST_CELL] if isinstance(value, str) else None
