"""A list as a workbook for people: a cover that says what it is, and the sheet with its rows.

The digest on the cover is the SHA-256, in hex, of the rows of the second sheet, the header first,
each written as a JSON array of the texts of its cells (UTF-8, no spaces, "" for an empty one) and
ended by a line feed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice
from typing import IO, TYPE_CHECKING
from unicodedata import east_asian_width

import orjson
import xlsxwriter  # type: ignore[import-untyped]

from audit.files.scratch import scratch

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

COVER, LIST = "说明", "清单"
_NARROWEST, _WIDEST, _LOOKED_AT = 6, 48, 200
_WIDEST_OF_COVER, _FILTER = 96, 3
"""Of the cover's second column; and what the arrow of the filter takes of a heading."""
_LINE, _MOST_LINES = 16.5, 24
"""Points of a line; a row is 409 points high at most."""
_A4, _A3 = 9, 8
"""Papers by their numbers."""
_PAPERS = ((_A4, 200, 30), (_A3, 290, _NARROWEST))
"""How many half-width characters are still read across a page on its side that is made to fit, and
how narrow the widest column may become for that."""
_HAIR = 7
_CELL = {"text_wrap": True, "valign": "vcenter", "font_name": "宋体", "font_size": 11}
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True)
class Sheet:
    """Headings and lines of texts, as long as each other; ``about`` stands on the cover.

    Each line is asked for once. Columns that are ``folded`` are hidden behind a plus sign above
    the one behind them, and not printed: ids, beside which stands what they are called.
    """

    headings: Sequence[str]
    lines: Iterable[Sequence[str]]
    about: Mapping[str, str]
    folded: Collection[int] = ()

    def write(self, file: IO[bytes], told: Callable[[str], Mapping[str, str]], at: datetime) -> str:
        """Write the workbook, and answer the digest on its cover.

        ``told`` makes of the digest what stands below ``about``; ``at`` is when it was asked for.
        """
        with scratch() as place, _workbook(file, place) as book:
            book.set_properties({"created": at.replace(tzinfo=None)})
            heading = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1, **_CELL})
            plain = book.add_format({**_CELL, "bottom": _HAIR})
            cover, listed = book.add_worksheet(COVER), book.add_worksheet(LIST)
            digest = self._list(listed, heading, plain)
            said = {**self.about, **told(digest)}
            cover.set_column(0, 0, _width(said, bold=True))
            cover.set_column(1, 1, _WIDEST_OF_COVER)
            for line, (name, text) in enumerate(said.items()):
                _heighten(cover, line, [text], [_WIDEST_OF_COVER])
                cover.write_string(line, 0, name, heading)
                cover.write_string(line, 1, text, plain)
            _on_paper(cover)
        return digest

    def _list(self, sheet: Worksheet, heading: Format, plain: Format) -> str:
        """Write the rows in their order, of which no more than one is kept."""
        lines = iter(self.lines)
        looked_at = list(islice(lines, _LOOKED_AT))
        widths, paper = self._fitted(looked_at)
        for number in range(len(self.headings)):
            folded = {"level": 1, "hidden": True} if number in self.folded else {}
            first = number not in self.folded and number - 1 in self.folded
            behind = {"collapsed": True} if first else {}
            sheet.set_column(number, number, widths[number], None, folded | behind)
        covered, last = sha256(), 0
        for last, row in enumerate(chain((self.headings,), looked_at, lines)):
            covered.update(orjson.dumps(list(row), option=orjson.OPT_APPEND_NEWLINE))
            seen = [number for number in range(len(row)) if number not in self.folded]
            _heighten(sheet, last, [row[n] for n in seen], [widths[n] for n in seen])
            look = plain if last else heading
            for number, text in enumerate(row):
                if text:
                    sheet.write_string(last, number, text, look)
                else:
                    sheet.write_blank(last, number, None, look)
            for heights in (sheet.row_info, sheet.row_sizes):  # asked for no more
                heights.pop(last - 1, None)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(self.headings) - 1)
        sheet.repeat_rows(0)
        _on_paper(sheet, paper)
        return covered.hexdigest()

    def _fitted(self, looked_at: Sequence[Sequence[str]]) -> tuple[list[int], int]:
        """How wide the columns are, by their first lines, and on which paper that can be read.

        What is too wide for the larger paper is broken into lines, the widest columns first.
        """
        headed = [_width([text], bold=True) + _FILTER for text in self.headings]
        wanted = [
            min(max(least, _width(row[number] for row in looked_at)), _WIDEST)
            for number, least in enumerate(headed)
        ]
        for paper, room, narrowest in _PAPERS:
            for widest in range(_WIDEST, narrowest - 1, -1):
                both = zip(headed, wanted, strict=True)
                widths = [max(least, min(width, widest)) for least, width in both]
                seen = (each for n, each in enumerate(widths) if n not in self.folded)
                if sum(seen) <= room:
                    return widths, paper
        return widths, paper


@contextmanager
def _workbook(file: IO[bytes], place: Path) -> Iterator[Workbook]:
    """A workbook, put together once all is written; until then what it holds lies in ``place``.

    Where it is not written to its end nothing is put together.
    """
    book = xlsxwriter.Workbook(file, {**_OPTIONS, "tmpdir": str(place)})
    try:
        yield book
    except BaseException:
        for sheet in book.worksheets():
            sheet.row_data_fh.close()
        raise
    book.close()


def _on_paper(sheet: Worksheet, paper: int = _A4) -> None:
    """As wide as the page, which lies on its side, with its number beneath."""
    sheet.set_default_row(_LINE)
    sheet.set_paper(paper)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")


def _width(texts: Iterable[str], *, bold: bool = False) -> int:
    """Of a column in half-width characters, by its first lines."""
    widest = max((_wide(each) for each in texts), default=0)
    return min(max(_NARROWEST, widest + 2 + (widest // 8 if bold else 0)), _WIDEST)


def _heighten(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """Let what is broken into lines be seen whole; of rows of one line nothing is kept."""
    lines = max(map(_lines, texts, widths))
    if lines > 1:
        sheet.set_row(row, _LINE * min(lines, _MOST_LINES))


def _lines(text: str, width: int) -> int:
    """Into how many lines a text is broken in a column of a width."""
    room = width - 1
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(-(-max(_wide(each), 1) // room) for each in text.split("\n"))


def _wide(text: str) -> int:
    """How wide a text is, in half-width characters."""
    if text.isascii():
        return len(text)
    return len(text) + sum(east_asian_width(each) in "WF" for each in text)
