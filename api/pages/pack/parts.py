"""What a printed pack is made of: sections with sentences and tables, each with its citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from domain.refusal import Citation

Cites = tuple["Citation", ...]


class Words(NamedTuple):
    """A heading in both languages; what stands beneath it is Chinese."""

    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One sentence, notes beneath it, and what it rests on.

    ``quoted`` says that the notice's words follow; else only the clauses are named, and the
    words stand at the end of the page. ``number`` is how a table refers to it.
    """

    text: str
    notes: tuple[str, ...] = ()
    cites: Cites = ()
    quoted: bool = False
    number: str = ""


class Row(NamedTuple):
    """One row: its cells, each of one line or several, and what it rests on."""

    cells: tuple[tuple[str, ...], ...]
    cites: Cites = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table; a further column with the clauses is added where a row has any."""

    head: tuple[Words, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    grid: bool = False

    @property
    def cited(self) -> bool:
        """Whether there is a column with the clauses."""
        return any(row.cites for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section; empty parts are left out."""

    title: Words
    parts: tuple[Entry | Table, ...]


def row(*cells: str | tuple[str, ...], cites: Cites = ()) -> Row:
    """A row whose cells are texts, or several lines each."""
    return Row(tuple((each,) if isinstance(each, str) else each for each in cells), cites)


def table(head: tuple[Words, ...], rows: list[Row], caption: str = "") -> tuple[Table, ...]:
    """The table, or nothing where it would have no rows."""
    return (Table(head=head, rows=tuple(rows), caption=caption),) if rows else ()


def notes(*each: str) -> tuple[str, ...]:
    """The notes that say something."""
    return tuple(filter(None, each))


def applies(condition: str) -> str:
    """For whom something holds, as a note; empty where for all."""
    return f"适用于：{condition}。" if condition else ""


def day(date: date) -> str:
    """A day as notices write it."""
    return f"{date.year}年{date.month}月{date.day}日"


CASES = Words("适用情形", "Applies to")
"""The heading of the column that says for whom a row holds."""
EVERYBODY = "各种情形"
