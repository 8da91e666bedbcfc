"""Lists as files: NDJSON, CSV and XLSX, each ending in a trailer that says exactly what it is.

The trailer holds the query, the count, the first and last position, and the SHA-256 of the
lines before it, so that two people can tell whether they hold the same list.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
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
    """What a list is: the query that made it, and what its lines add up to."""

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


def export(rows: Rows, query: str, media_type: str) -> Exported:
    """The rows as a file. ``query`` names the list and its filters; nothing personal is in it."""
    lines = [_line(row) for row in rows]
    positions = [row["position"] for row in rows if isinstance(row.get("position"), int)]
    trailer = Trailer(
        query=query,
        count=len(rows),
        first_position=min(positions, default=None),
        last_position=max(positions, default=None),
        digest=sha256(b"".join(lines)).hexdigest(),
    )
    writers = {NDJSON: _ndjson, CSV: _csv, XLSX: _xlsx}
    return Exported(writers[media_type](rows, trailer), media_type, trailer)


def _line(row: Mapping[str, Any]) -> bytes:
    """The row as its digest is made of it: one JSON object a line, keys in the list's order."""
    return orjson.dumps(dict(row), default=str, option=orjson.OPT_APPEND_NEWLINE)


def _ndjson(rows: Rows, trailer: Trailer) -> bytes:
    return b"".join(_line(row) for row in rows) + _line({"trailer": asdict(trailer)})


def _csv(rows: Rows, trailer: Trailer) -> bytes:
    """With a byte order mark, so that spreadsheets read it as UTF-8; formulas stay text."""
    buffer = io.StringIO(newline="")
    buffer.write(_BOM)
    writer = csv.writer(buffer)
    if rows:
        writer.writerow(rows[0].keys())
    for row in rows:
        writer.writerow([_harmless(_text(value)) for value in row.values()])
    writer.writerow([f"# {name}={value}" for name, value in asdict(trailer).items()])
    return buffer.getvalue().encode()


def _xlsx(rows: Rows, trailer: Trailer) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet("list")
        for number, name in enumerate(rows[0] if rows else ()):
            sheet.write_string(0, number, name)
        for line, row in enumerate(rows, start=1):
            for number, value in enumerate(row.values()):
                sheet.write_string(line, number, _text(value))
        about = book.add_worksheet("trailer")
        for line, (name, value) in enumerate(asdict(trailer).items()):
            about.write_string(line, 0, name)
            about.write_string(line, 1, str(value))
    return buffer.getvalue()


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
