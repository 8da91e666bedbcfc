"""Lists as files: NDJSON, CSV and XLSX, each ending in a trailer that says exactly what it is.

The trailer holds the query, the count, the first and last position, and a digest by which whoever
has only the file can tell that its rows are whole. It is the SHA-256, in hex, of

* NDJSON: the octets of all lines before the last, which is the trailer;
* CSV: the octets of the file before its last row, with the byte order mark and the header;
* XLSX, whose cover is the trailer: see ``spreadsheet``.

No file can hold the digest of itself: that of the whole file is told beside it, and recorded.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson

NDJSON = "application/x-ndjson"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = (NDJSON, CSV, XLSX)
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

if TYPE_CHECKING:
    from api.conventions.spreadsheet import Sheet

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


def export(
    rows: Rows, query: str, media_type: str, at: datetime, sheet: Callable[[], Sheet]
) -> Exported:
    """The rows as a file, octet for octet the same whenever it is made of them.

    ``query`` names the list and its filters, and nothing personal is in it; ``at`` is the instant
    at which it was first asked for, ``sheet`` makes of the rows what people are shown.
    """
    shown = sheet() if media_type == XLSX else None
    told = shown.covered if shown else _FORMATS[media_type][0](rows)
    positions = [row["position"] for row in rows if isinstance(row.get("position"), int)]
    trailer = Trailer(
        query=query,
        count=len(rows),
        first_position=min(positions, default=None),
        last_position=max(positions, default=None),
        digest=sha256(told).hexdigest(),
    )
    octets = shown.workbook(_said(trailer), at) if shown else _FORMATS[media_type][1](told, trailer)
    return Exported(octets, media_type, trailer)


def _said(trailer: Trailer) -> dict[str, str]:
    """The trailer as it stands on a cover."""
    return {
        "检索语句": trailer.query,
        "行数": str(trailer.count),
        "首条记录位置": str(trailer.first_position or "—"),
        "末条记录位置": str(trailer.last_position or "—"),
        "各行摘要（SHA-256）": trailer.digest,
    }


def _lines(rows: Rows) -> bytes:
    """One JSON object a line, keys in the list's order."""
    return b"".join(_line(row) for row in rows)


def _line(row: Mapping[str, Any]) -> bytes:
    return orjson.dumps(dict(row), default=str, option=orjson.OPT_APPEND_NEWLINE)


def _ndjson(told: bytes, trailer: Trailer) -> bytes:
    return told + _line({"trailer": asdict(trailer)})


def _table(rows: Rows) -> bytes:
    """With a byte order mark, so that spreadsheets read it as UTF-8; formulas stay text."""
    return _BOM.encode() + _commas([_harmless(each) for each in row] for row in _cells(rows))


def _csv(told: bytes, trailer: Trailer) -> bytes:
    return told + _commas([[f"# {name}={value}" for name, value in asdict(trailer).items()]])


def _commas(rows: Iterable[list[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


Finish = Callable[[bytes, Trailer], bytes]
_FORMATS: Mapping[str, tuple[Callable[[Rows], bytes], Finish]] = {
    NDJSON: (_lines, _ndjson),
    CSV: (_table, _csv),
}
"""By media type of lines: what the trailer's digest covers, how the file is finished with it."""


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
