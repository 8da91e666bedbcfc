"""A list as a workbook for people: a cover that says what it is, and the sheet with its rows.

The digest on the cover is the SHA-256, in hex, of the rows of the second sheet, the header first,
each written as a JSON array of the texts of its cells (UTF-8, no spaces, "" for an empty one) and
ended by a line feed.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import orjson
import xlsxwriter  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from datetime import datetime

COVER, LIST = "说明", "清单"
_NARROWEST, _WIDEST, _LOOKED_AT = 6, 48, 200
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True)
class Sheet:
    """Headings and lines of texts, as long as each other; ``about`` stands on the cover."""

    headings: Sequence[str]
    lines: Sequence[Sequence[str]]
    about: Mapping[str, str]

    @property
    def covered(self) -> bytes:
        """What the digest is made of."""
        rows = (self.headings, *self.lines)
        return b"".join(orjson.dumps(list(row), option=orjson.OPT_APPEND_NEWLINE) for row in rows)

    def workbook(self, told: Mapping[str, str], at: datetime) -> bytes:
        """The file; ``told`` stands below ``about``, and ``at`` is when it was asked for."""
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
            book.set_properties({"created": at.replace(tzinfo=None)})
            heading = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1})
            cover = book.add_worksheet(COVER)
            for line, (name, text) in enumerate({**self.about, **told}.items()):
                cover.write_string(line, 0, name, heading)
                cover.write_string(line, 1, text)
            cover.set_column(0, 0, 16)
            cover.set_column(1, 1, 80)
            sheet = book.add_worksheet(LIST)
            for number, text in enumerate(self.headings):
                sheet.write_string(0, number, text, heading)
                sheet.set_column(number, number, self._width(number))
            for line, row in enumerate(self.lines, start=1):
                for number, text in enumerate(row):
                    sheet.write_string(line, number, text)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(len(self.lines), 1), len(self.headings) - 1)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
        return buffer.getvalue()

    def _width(self, column: int) -> int:
        """Of a column in half-width characters, by its first lines."""
        texts = [self.headings[column], *(row[column] for row in self.lines[:_LOOKED_AT])]
        return min(max(_NARROWEST, *(_wide(each) + 2 for each in texts)), _WIDEST)


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)
