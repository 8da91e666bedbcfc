"""A list as a sheet that an auditor puts before a leader: in Chinese, with names beside ids."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from api.conventions.spreadsheet import Sheet
from api.http.headings import CALLED, HEADINGS, NAME, NUMBER
from api.http.names import CASE, ORGANISATION, PERSON, called
from domain import beijing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from api.acts.acting import Acting
    from api.conventions.exporting import Rows

_KINDS = {PERSON: NAME, ORGANISATION: NAME, CASE: NUMBER}
_IDS = {
    "case": CASE,
    "cases": CASE,
    **dict.fromkeys(("organisation", "organisations", "employer", "authority"), ORGANISATION),
    **dict.fromkeys(
        ("applicant", "decided_by", "first_person", "handler", "holder", "leader", "lifted_by"),
        PERSON,
    ),
    **dict.fromkeys(
        ("person", "persons", "placed_by", "proposer", "rightful", "second_person"), PERSON
    ),
}
"""Columns that hold ids, by what these are of."""
_AT_ONCE = 1_000
_ID, _FOLDED = " ID", "已折叠，不打印；点清单表头上方的加号展开"


def sheet(who: Acting, columns: Sequence[str], rows: Rows, about: Mapping[str, str]) -> Sheet:
    """The rows of a list as they are shown; ``about`` is what the cover says beside the trailer."""
    headings = [each for name in columns for each in _headings(name, columns)]
    words = {name: names_of() for name, names_of in CALLED.items() if name in columns}
    folded = [number for number, each in enumerate(headings) if each.endswith(_ID)]
    said = {**about, "编号列": _FOLDED} if folded else about
    return Sheet(headings, _lines(who, columns, iter(rows), words), said, folded)


def _lines(
    who: Acting,
    columns: Sequence[str],
    rows: Iterator[Mapping[str, Any]],
    words: Mapping[str, Mapping[str, str]],
) -> Iterator[list[str]]:
    """The lines of the rows, whose names are asked for a thousand rows at a time."""
    while page := list(islice(rows, _AT_ONCE)):
        of_ids = [name for name in columns if name in _IDS]
        names = called(who, {each for row in page for name in of_ids for each in _each(row[name])})
        for row in page:
            yield [
                cell
                for name in columns
                for cell in _cells(name, row[name], names, words)[_told_before(name, columns) :]
            ]


def _told_before(name: str, columns: Sequence[str]) -> bool:
    """Whether what a column's things are called stands in another: the number of a case."""
    return name == "case" and "number" in columns


def _headings(name: str, columns: Sequence[str]) -> list[str]:
    heading = HEADINGS[name]
    if name not in _IDS:
        return [heading]
    said = _KINDS[_IDS[name]]
    both = [heading + said if said == NUMBER else heading, f"{heading}{_ID}"]
    return both[_told_before(name, columns) :]


def _cells(
    name: str, value: object, names: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """A cell; of an id two, what it is called first."""
    if name in _IDS:
        ids = _each(value)
        return ["、".join(names.get(each, "") for each in ids), " ".join(ids)]
    known = words.get(name, {})
    return ["、".join(_text(each, known) for each in _each(value))]


def _each(value: Any) -> list[Any]:  # noqa: ANN401 -- a value of a row
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _text(value: object, known: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.astimezone(beijing.BEIJING):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    return known.get(str(value), str(value))
