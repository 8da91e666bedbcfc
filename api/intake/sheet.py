"""From the cells of a sheet to the rows of a list, with everything that is wrong at once.

Pure: which kinds of document there are comes as an argument.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import normalize

from api.acts.account_opening import LONGEST_LOGIN, LONGEST_NAME, LONGEST_NUMBER, SHORTEST_LOGIN
from api.conventions.characters import DIRECTION
from api.intake import faults
from api.intake.grid import MOST_COLUMNS, MOST_ROWS
from domain.account.intake import FIRST_ROW
from domain.document import DocumentKind
from domain.personal import tells_only
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.intake.grid import Cell, Grid


class Column(StrEnum):
    """The columns of a list, by their Chinese headings."""

    NAME = "姓名"
    KIND = "证件种类"
    NUMBER = "证件号码"
    LOGIN = "登录名"


_ENGLISH = {
    "name": Column.NAME,
    "document kind": Column.KIND,
    "number": Column.NUMBER,
    "login": Column.LOGIN,
}
_HEADINGS = {each.value: each for each in Column} | _ENGLISH
_LENGTHS = {
    Column.NAME: (1, LONGEST_NAME),
    Column.KIND: (1, LONGEST_NAME),
    Column.NUMBER: (1, LONGEST_NUMBER),
    Column.LOGIN: (SHORTEST_LOGIN, LONGEST_LOGIN),
}
"""As in the body of the single act."""
_LONGEST_HEADING = 20
_NO_TEXT = re.compile(rf"[\x00-\x1f\x7f\ud800-\udfff{DIRECTION}]")
_ALTERED = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]+")
"""How a spreadsheet writes a long number that it took for one: 3.60734E+17."""


@tells_only("row")
@dataclass(frozen=True)
class Line:
    """Somebody on a list; what is missing or wrong in their row is None, and among the faults."""

    row: int
    name: str | None
    kind: DocumentKind | None
    number: str | None
    login: str | None


@dataclass(frozen=True)
class Sheet:
    """The lines of a list, and what is wrong with it; ``headings`` as they are written there."""

    lines: tuple[Line, ...]
    headings: Mapping[Column, str]
    faults: tuple[Refusal, ...]

    def heading(self, column: Column) -> str:
        """What stands above a column, in the language of the list."""
        return self.headings.get(column, column.value)


def read_sheet(grid: Grid, kinds: Mapping[DocumentKind, str]) -> Sheet:
    """The list that a sheet holds; ``kinds`` are those of documents, with what they are called."""
    places, wrong = _headings(grid)
    count = grid.count - 1
    if count < 1:
        wrong.append(faults.empty())
    if count > MOST_ROWS:
        return Sheet((), {}, (*wrong, faults.too_many(count)))
    headings = {column: heading for column, (_, heading) in places.items()}
    known = {each.value: each for each in kinds} | {name: each for each, name in kinds.items()}
    reading = _Reading(places, known, "、".join(kinds.values()), wrong)
    lines = [reading.line(number, cells) for number, cells in enumerate(grid.rows[1:], FIRST_ROW)]
    return Sheet(tuple(lines), headings, tuple(wrong))


@dataclass(frozen=True)
class _Reading:
    """A list while it is read: where its columns stand, and what has been found wrong so far."""

    places: Mapping[Column, tuple[int, str]]
    kinds: Mapping[str, DocumentKind]
    called: str
    wrong: list[Refusal]

    def line(self, number: int, cells: Sequence[Cell]) -> Line:
        text = {column: self._text(number, cells, column) for column in Column}
        return Line(
            row=number,
            name=text[Column.NAME],
            kind=self._kind(number, text[Column.KIND]),
            number=text[Column.NUMBER],
            login=text[Column.LOGIN],
        )

    def _text(self, number: int, cells: Sequence[Cell], column: Column) -> str | None:
        if column not in self.places:
            return None
        place, heading = self.places[column]
        cell = cells[place] if place < len(cells) else ""
        shortest, longest = _LENGTHS[column]
        if cell == "":
            self.wrong.append(faults.missing(number, heading))
        elif cell is None or (column is Column.NUMBER and _ALTERED.fullmatch(cell)):
            self.wrong.append(faults.not_text(number, heading))
        elif not shortest <= len(cell) <= longest or _NO_TEXT.search(cell):
            self.wrong.append(faults.unfit(number, heading, shortest, longest))
        else:
            return cell
        return None

    def _kind(self, number: int, said: str | None) -> DocumentKind | None:
        if said is None:
            return None
        kind = self.kinds.get(said) or self.kinds.get(said.casefold())
        if kind is None:
            _, heading = self.places[Column.KIND]
            self.wrong.append(faults.kind_unknown(number, heading, self.called))
        return kind


def _headings(grid: Grid) -> tuple[dict[Column, tuple[int, str]], list[Refusal]]:
    """Where each column stands, and under which heading; and what is wrong with them."""
    first = grid.rows[0] if grid.rows else ()
    places: dict[Column, tuple[int, str]] = {}
    wrong: list[Refusal] = []
    unknown: list[tuple[int, Cell]] = []
    for place, cell in enumerate(first):
        heading = " ".join(normalize("NFKC", cell or "").casefold().replace("_", " ").split())
        column = _HEADINGS.get(heading)
        if column is None:
            unknown.append((place, cell))
        elif column in places:
            wrong.append(faults.heading_twice(heading, _letter(place)))
        else:
            places[column] = (place, heading)
    wrong += [faults.heading_missing(each.value) for each in Column if each not in places]
    whole = len(places) == len(Column)
    unknown += [(place, "") for place in range(len(first), _width(grid))]
    for place, cell in unknown:
        if cell != "" or any(_at(row, place) != "" for row in grid.rows):
            wrong.append(faults.heading_unknown(_letter(place), _sayable(cell) if whole else ""))
    if grid.wider:
        wrong.append(faults.heading_unknown(_letter(MOST_COLUMNS), ""))
    return places, wrong


def _sayable(heading: Cell) -> str:
    """A heading as it is repeated, beside the four of a list; not what may be somebody's number."""
    text = heading or ""
    fit = len(text) <= _LONGEST_HEADING and text.isprintable()
    return text if fit and not any(each.isdigit() for each in text) else ""


def _width(grid: Grid) -> int:
    return max((len(row) for row in grid.rows), default=0)


def _at(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ""


def _letter(place: int) -> str:
    return chr(ord("A") + place)
