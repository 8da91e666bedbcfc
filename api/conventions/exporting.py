"""Lists as files: NDJSON, CSV and XLSX, each ending in a trailer that says exactly what it is.

The trailer holds the query, the count, the first and last position, and a digest by which whoever
has only the file can tell that its rows are whole. It is the SHA-256, in hex, of

* NDJSON: the octets of all lines before the last, which is the trailer;
* CSV: the octets of the file before its last row, with the byte order mark and the header;
* XLSX, whose octets hold the trailer within: the rows of the sheet ``list``, the header first, each
  written as a JSON array of the texts of its cells (UTF-8, no spaces, "" for an empty one) and
  ended by a line feed. The sheet ``trailer`` is not among them.

No file can hold the digest of itself: that of the whole file is told beside it, and recorded.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import orjson
import xlsxwriter  # type: ignore[import-untyped]

NDJSON = "application/x-ndjson"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = (NDJSON, CSV, XLSX)
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Trailer:
    """What a list is: the query that made it, and what its rows add up to."""

    query: str
    count: int
    first_position: int | None
    last_position: int | None
    digest: str


@dataclass(frozen=True)
class Exported:
    """A list as a file, with its trailer."""

    octets: bytes
    media_type: str
    trailer: Trailer

    @property
    def digest(self) -> bytes:
        """The SHA-256 of the whole file."""
        return sha256(self.octets).digest()


def export(rows: Rows, query: str, media_type: str, at: datetime) -> Exported:
    """The rows as a file, octet for octet the same whenever it is made of them.

    ``query`` names the list and its filters, and nothing personal is in it; ``at`` is the instant
    at which it was first asked for.
    """
    covered, finished = _FORMATS[media_type]
    told = covered(rows)
    positions = [row["position"] for row in rows if isinstance(row.get("position"), int)]
    trailer = Trailer(
        query=query,
        count=len(rows),
        first_position=min(positions, default=None),
        last_position=max(positions, default=None),
        digest=sha256(told).hexdigest(),
    )
    return Exported(finished(rows, told, trailer, at), media_type, trailer)


def _lines(rows: Rows) -> bytes:
    """One JSON object a line, keys in the list's order."""
    return b"".join(_line(row) for row in rows)


def _line(row: Mapping[str, Any]) -> bytes:
    return orjson.dumps(dict(row), default=str, option=orjson.OPT_APPEND_NEWLINE)


def _ndjson(_rows: Rows, told: bytes, trailer: Trailer, _at: datetime) -> bytes:
    return told + _line({"trailer": asdict(trailer)})


def _table(rows: Rows) -> bytes:
    """With a byte order mark, so that spreadsheets read it as UTF-8; formulas stay text."""
    return _BOM.encode() + _commas([_harmless(each) for each in row] for row in _cells(rows))


def _csv(_rows: Rows, told: bytes, trailer: Trailer, _at: datetime) -> bytes:
    return told + _commas([[f"# {name}={value}" for name, value in asdict(trailer).items()]])


def _commas(rows: Iterable[list[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def _arrays(rows: Rows) -> bytes:
    """One JSON array of texts a line: what the sheet's digest is made of."""
    return b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in _cells(rows))


def _xlsx(rows: Rows, _told: bytes, trailer: Trailer, at: datetime) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": at.replace(tzinfo=None)})
        sheet = book.add_worksheet("list")
        for line, row in enumerate(_cells(rows)):
            for number, text in enumerate(row):
                sheet.write_string(line, number, text)
        about = book.add_worksheet("trailer")
        for line, (name, value) in enumerate(asdict(trailer).items()):
            about.write_string(line, 0, name)
            about.write_string(line, 1, str(value))
    return buffer.getvalue()


Finish = Callable[[Rows, bytes, Trailer, datetime], bytes]
_FORMATS: Mapping[str, tuple[Callable[[Rows], bytes], Finish]] = {
    NDJSON: (_lines, _ndjson),
    CSV: (_table, _csv),
    XLSX: (_arrays, _xlsx),
}
"""By media type: what the trailer's digest covers, and how the file is finished with it."""


def _cells(rows: Rows) -> Iterator[list[str]]:
    """The header and the rows as texts; nothing where there are no rows."""
    if rows:
        yield list(rows[0])
    for row in rows:
        yield [_text(value) for value in row.values()]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return " ".join(_text(each) for each in value)
    return str(value)


def _harmless(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
