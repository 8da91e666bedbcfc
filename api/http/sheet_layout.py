"""A list as a sheet that an auditor puts before a leader: in Chinese, with names beside ids."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from api.conventions.spreadsheet import Sheet
from api.http.export_lists import SeatedAct
from api.http.headings import CALLED, HEADINGS, NAME, NUMBER
from api.http.labels import SEATS
from api.http.labels_of_laws import of_laws
from api.http.names import CASE, ORGANISATION, PERSON, called
from api.services import services
from domain import beijing
from projections import case_status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from api.acts.acting import Acting
    from api.conventions.exporting import Rows
    from api.http.export_lists import Takeable

_KINDS = {PERSON: NAME, ORGANISATION: NAME, CASE: NUMBER}
_ANY, _ACTS = "", "acts"
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
    **dict.fromkeys(("one_person", "other_person"), PERSON),
    "subject": _ANY,
    "acts": _ACTS,
}
"""Columns that hold ids, by what these are of."""
_NAMELESS = frozenset(
    {
        "account",
        "appointment",
        "consultation",
        "entry",
        "first_account",
        "hold",
        "investigation",
        "link",
        "mandate",
        "rebinding",
        "renaming",
        "report",
        "second_account",
        "stream",
    }
)
"""And those that hold ids of what has no name."""
_BY_PACK = ("batch", "level", "stage")
"""What each notice calls by its own names, so that a case's own is asked for them."""
_AT_ONCE = 1_000
_ID, _FOLDED = " ID", "已折叠，不打印；点清单表头上方的加号展开"


def sheet(who: Acting, taking: Takeable, rows: Rows, about: Mapping[str, str]) -> Sheet:
    """The rows of a list as they are shown; ``about`` is what the cover says beside the trailer."""
    columns = {name: taking.headed.get(name, name) for name in taking.columns}
    headed = list(columns.values())
    headings = [each for name in headed for each in _headings(name, headed)]
    words = {name: names_of() for name, names_of in CALLED.items() if name in headed}
    folded = [number for number, each in enumerate(headings) if each.endswith(_ID)]
    said = {**about, "编号列": _FOLDED} if folded else about
    return Sheet(headings, _lines(who, columns, iter(rows), words), said, folded)


def _lines(
    who: Acting,
    columns: Mapping[str, str],
    rows: Iterator[Mapping[str, Any]],
    words: Mapping[str, Mapping[str, str]],
) -> Iterator[list[str]]:
    """The lines of the rows, whose names are asked for a thousand rows at a time."""
    headed = list(columns.values())
    of_ids = [name for name, as_ in columns.items() if as_ in _IDS]
    of_pack: dict[str | None, Mapping[str, Mapping[str, str]]] = {None: words}
    while page := list(islice(rows, _AT_ONCE)):
        asked = {_id(each) for row in page for name in of_ids for each in _each(row[name])}
        names = called(who, asked)
        packs = _packs(asked) if words.keys() & _BY_PACK else {}
        for row in page:
            ids = (_id(each) for name in of_ids for each in _each(row[name]))
            pack = next((packs[each] for each in ids if each in packs), None)
            if pack not in of_pack:
                own = {name: of_laws(name, pack) for name in _BY_PACK if name in words}
                of_pack[pack] = {**words, **own}
            said = of_pack[pack]
            yield [
                cell
                for name, as_ in columns.items()
                for cell in _cells(as_, row[name], names, said)[_told_before(as_, headed) :]
            ]


def _packs(ids: Iterable[str]) -> dict[str, str]:
    """Under which pack those of some ids are that are cases."""
    cases = [each for each in ids if each.partition("-")[0] == CASE]
    with services().views.connection() as connection:
        return case_status.under(connection, cases)


def _told_before(name: str, columns: Sequence[str]) -> bool:
    """Whether what a column's things are called stands in another: the number of a case."""
    return name == "case" and "number" in columns


def _headings(name: str, columns: Sequence[str]) -> list[str]:
    heading = HEADINGS[name]
    if name in _NAMELESS:
        return [f"{heading}{_ID}"]
    if name not in _IDS:
        return [heading]
    said = _KINDS.get(_IDS[name], NAME)
    both = [heading + said if said == NUMBER else heading, f"{heading}{_ID}"]
    return both[_told_before(name, columns) :]


def _cells(
    name: str, value: object, names: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """A cell; of an id two, what it is called first."""
    if name in _IDS:
        ids = _each(value)
        return ["、".join(_named(each, names) for each in ids), " ".join(map(str, ids))]
    known = words.get(name, {})
    return ["、".join(dict.fromkeys(_text(each, known) for each in _each(value)))]


def _named(each: str | SeatedAct, names: Mapping[str, str]) -> str:
    """What an id is called; what is no id of this record stands as it is."""
    if isinstance(each, SeatedAct):
        seat = SEATS.get(each.seat, each.seat)
        return f"{seat} {names.get(each.person, '')}（记录 {each.position}）"
    return names.get(each, "" if each.partition("-")[0] in _KINDS else each)


def _id(each: str | SeatedAct) -> str:
    return each.person if isinstance(each, SeatedAct) else each


def _each(value: Any) -> list[Any]:  # noqa: ANN401 -- a value of a row
    if value is None:
        return []
    several = isinstance(value, (list, tuple)) and not isinstance(value, SeatedAct)
    return list(value) if several else [value]


def _text(value: object, known: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.astimezone(beijing.BEIJING):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    return known.get(str(value), str(value))
