"""From the octets of a file to the cells of its first sheet.

An XLSX is looked at from outside first, as every attached file is, and then read by a process of
its own; see ``api.intake.reader``. A CSV is text: in UTF-8, or in GB 18030 where that is said.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from api.intake.faults import unknown_charset, unreadable
from api.intake.grid import Grid, grid_of
from api.media import kinds
from api.media.looking import media_type
from api.problems import Problem
from domain.account.intake import ListFormat
from domain.refusal import Refused

XLSX = kinds.XLSX
CSV = "text/csv"
FORMATS = {XLSX: ListFormat.XLSX, CSV: ListFormat.CSV}
"""The media types of lists."""

_ROOT = Path(__file__).parents[2]
_SECONDS = 20
"""By the clock, for a reader that waits for the processor."""
_at_once = BoundedSemaphore(2)
"""In one process: each reader may take all the memory that it is allowed."""
_CHARSETS = {"utf-8": "utf-8-sig", "utf8": "utf-8-sig"} | dict.fromkeys(
    ("gbk", "gb2312", "gb18030"), "gb18030"
)
"""Those that may be declared; GB 18030 holds the other two."""


def read_csv(octets: bytes, charset: str) -> Grid:
    """The cells of a CSV file. Raises ``Refused`` where it is not one, or not in that charset."""
    encoding = _CHARSETS.get(charset.casefold())
    if encoding is None:
        raise Refused(unknown_charset())
    try:
        text = octets.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(unknown_charset()) from None  # the error holds the octets
    try:
        return grid_of(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise Refused(unreadable()) from None


def read_xlsx(octets: bytes) -> Grid:
    """The cells of the first sheet of a workbook.

    Raises ``Refused`` where there is none, and the problem of a file that no upload takes.
    """
    try:
        kind = media_type([octets])
    except kinds.MediaRefusedError as error:
        if error.reason in ("MEDIA_TYPE", "MEDIA_TRUNCATED", "MEDIA_OUTDATED"):
            raise Refused(unreadable()) from error
        raise Problem(error.reason) from error
    if kind != XLSX:
        raise Refused(unreadable())
    return _read_apart(octets)


def _read_apart(octets: bytes) -> Grid:
    """What the program of ``api.intake.reader`` tells of a file; dying, it tells enough."""
    try:
        with _at_once:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "api.intake.reader"],
                input=octets,
                env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_ROOT)},
                cwd="/",
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a traceback may hold what a cell holds
                timeout=_SECONDS,
                check=True,
            )
    except subprocess.SubprocessError:
        raise Refused(unreadable()) from None
    told = json.loads(done.stdout)
    return Grid(tuple(tuple(row) for row in told["rows"]), told["count"], told["wider"])
