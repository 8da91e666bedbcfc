"""Lists as files: NDJSON, CSV and XLSX, each ending in a trailer that says exactly what it is.

The trailer holds the query, the count, the first and last position, and a digest by which whoever
has only the file can tell that its rows are whole. It is the SHA-256, in hex, of

* NDJSON: the octets of all lines before the last, which is the trailer;
* CSV, whose rows are those of the sheet: the octets before its last row, with the byte order mark
  and the header;
* XLSX, whose cover is the trailer: see ``spreadsheet``.

No file can hold the digest of itself: that of the whole file is told beside it, and recorded.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

import orjson

from audit.files.spool import Spool

NDJSON = "application/x-ndjson"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = (NDJSON, CSV, XLSX)
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

if TYPE_CHECKING:
    from datetime import datetime

    from api.conventions.spreadsheet import Sheet

Rows = Iterable[Mapping[str, Any]]
"""The rows of a list, each asked for once, as many at hand as are looked at together."""


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

    spool: Spool
    media_type: str
    trailer: Trailer

    def pieces(self) -> Iterator[bytes]:
        """The whole file from its beginning, whenever it is asked for."""
        return self.spool.pieces()

    @property
    def digest(self) -> bytes:
        """The SHA-256 of the whole file."""
        digest = sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.digest()


@dataclass
class _Passed:
    """What the rows that have passed add up to."""

    query: str
    count: int = 0
    positions: list[int] = field(default_factory=list)
    """The first and the last, once there is one."""

    def through(self, rows: Rows) -> Iterator[Mapping[str, Any]]:
        for row in rows:
            self.count += 1
            position = row.get("position")
            if isinstance(position, int):
                known = [*self.positions, position]
                self.positions = [min(known), max(known)]
            yield row

    def trailer(self, digest: str) -> Trailer:
        first, last = self.positions or (None, None)
        return Trailer(self.query, self.count, first, last, digest)


def export(
    rows: Rows, query: str, media_type: str, at: datetime, sheet: Callable[[Rows], Sheet]
) -> Exported:
    """The rows as a file, octet for octet the same whenever it is made of them.

    ``query`` names the list and its filters, and nothing personal is in it; ``at`` is the instant
    at which it was first asked for, ``sheet`` makes of the rows what people are shown.
    """
    passed, spool = _Passed(query), Spool()
    if media_type == XLSX:
        shown = sheet(passed.through(rows))
        digest = shown.write(spool.file, lambda covered: _said(passed.trailer(covered)), at)
        trailer = passed.trailer(digest)
    elif media_type == CSV:
        trailer = _written(spool.file, passed, _table(sheet(passed.through(rows))), _csv)
    else:
        trailer = _written(spool.file, passed, map(_line, passed.through(rows)), _ndjson)
    return Exported(spool, media_type, trailer)


def _written(
    file: IO[bytes], passed: _Passed, pieces: Iterable[bytes], finish: Callable[[Trailer], bytes]
) -> Trailer:
    """Write the pieces of what has passed, and the trailer behind them."""
    covered = sha256()
    for piece in pieces:
        covered.update(piece)
        file.write(piece)
    trailer = passed.trailer(covered.hexdigest())
    file.write(finish(trailer))
    return trailer


def _said(trailer: Trailer) -> dict[str, str]:
    """The trailer as it stands on a cover."""
    return {
        "检索语句": trailer.query,
        "行数": str(trailer.count),
        "首条记录位置": str(trailer.first_position or "—"),
        "末条记录位置": str(trailer.last_position or "—"),
        "各行摘要（SHA-256）": trailer.digest,
    }


def _line(row: Mapping[str, Any]) -> bytes:
    """One JSON object, keys in the list's order."""
    return orjson.dumps(dict(row), default=str, option=orjson.OPT_APPEND_NEWLINE)


def _ndjson(trailer: Trailer) -> bytes:
    return _line({"trailer": asdict(trailer)})


def _table(shown: Sheet) -> Iterator[bytes]:
    """With a byte order mark, so that spreadsheets read it as UTF-8; formulas stay text."""
    yield _BOM.encode()
    for cells in chain((shown.headings,), shown.lines):
        yield _commas([_harmless(each) for each in cells])


def _csv(trailer: Trailer) -> bytes:
    return _commas([f"# {name}={value}" for name, value in asdict(trailer).items()])


def _commas(cells: list[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue().encode()


def _harmless(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
