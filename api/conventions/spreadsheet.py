"""A list as a workbook for people: a cover that says what it is, and the sheet with its rows.

The digest on the cover is the SHA-256, in hex, of the rows of the second sheet, the header first,
each written as a JSON array of the texts of its cells (UTF-8, no spaces, "" for an empty one) and
ended by a line feed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice
from typing import IO, TYPE_CHECKING
from unicodedata import east_asian_width

import orjson
import xlsxwriter  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from datetime import datetime

    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

COVER, LIST = "说明", "清单"
_NARROWEST, _WIDEST, _LOOKED_AT = 6, 48, 200
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True)
class Sheet:
    """Headings and lines of texts, as long as each other; ``about`` stands on the cover.

    Each line is asked for once.
    """

    headings: Sequence[str]
    lines: Iterable[Sequence[str]]
    about: Mapping[str, str]

    def write(self, file: IO[bytes], told: Callable[[str], Mapping[str, str]], at: datetime) -> str:
        """Write the workbook, and answer the digest on its cover.

        ``told`` makes of the digest what stands below ``about``; ``at`` is when it was asked for.
        """
        with xlsxwriter.Workbook(file, _OPTIONS) as book:
            book.set_properties({"created": at.replace(tzinfo=None)})
            heading = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1})
            cover, listed = book.add_worksheet(COVER), book.add_worksheet(LIST)
            digest = self._list(listed, heading)
            for line, (name, text) in enumerate({**self.about, **told(digest)}.items()):
                cover.write_string(line, 0, name, heading)
                cover.write_string(line, 1, text)
            cover.set_column(0, 0, 16)
            cover.set_column(1, 1, 80)
        return digest

    def _list(self, sheet: Worksheet, heading: Format) -> str:
        """Write the rows in their order, of which no more than one is kept."""
        lines = iter(self.lines)
        looked_at = list(islice(lines, _LOOKED_AT))
        for number, text in enumerate(self.headings):
            texts = [text, *(row[number] for row in looked_at)]
            sheet.set_column(number, number, _width(texts))
        covered, last = sha256(), 0
        for last, row in enumerate(chain((self.headings,), looked_at, lines)):
            covered.update(orjson.dumps(list(row), option=orjson.OPT_APPEND_NEWLINE))
            for number, text in enumerate(row):
                sheet.write_string(last, number, text, None if last else heading)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(self.headings) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return covered.hexdigest()


def _width(texts: Iterable[str]) -> int:
    """Of a column in half-width characters, by its first lines."""
    return min(max(_NARROWEST, *(_wide(each) + 2 for each in texts)), _WIDEST)


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)
