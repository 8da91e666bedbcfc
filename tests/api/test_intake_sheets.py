"""Lists of applicants as they come in: workbooks and CSV, read whole or refused whole."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from api.http.labels import DOCUMENT_KINDS
from api.intake.faults import unreadable
from api.intake.files import read_csv, read_xlsx
from api.intake.grid import MOST_COLUMNS, MOST_ROWS, grid_of
from api.intake.reader import MEMORY
from api.intake.sheet import Column, Line, Sheet, read_sheet
from api.problems import Problem
from domain.document import DocumentKind
from domain.refusal import Refused
from tests.api.intakes import CARD, HEADINGS, commas, workbook
from tests.media.corpus import compound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.intake.grid import Grid

KINDS = {DocumentKind(each): called for each, called in DOCUMENT_KINDS.items()}
NUMBER = "360734190001011232"
ROW = ("某甲", CARD, NUMBER, "jia")
_ONLOOKER = """
import resource, subprocess, sys
read = subprocess.run([sys.executable, *sys.argv[1:]], stdin=sys.stdin, stdout=2, stderr=2)
print(read.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
LINE = Line(2, "某甲", DocumentKind.RESIDENT_IDENTITY_CARD, NUMBER, "jia")


def listed(rows: Sequence[Sequence[object]], headings: Sequence[object] = HEADINGS) -> Sheet:
    return read_sheet(grid_of((headings, *rows)), KINDS)


def faults(sheet: Sheet) -> list[tuple[str, str]]:
    return [(each.code, each.pointer) for each in sheet.faults]


def refused(octets: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_xlsx(octets)
    return caught.value.refusals[0].code


def repacked(octets: bytes, name: str, content: bytes) -> bytes:
    """A workbook with another part in the place of one."""
    anew = BytesIO()
    with zipfile.ZipFile(BytesIO(octets)) as old, zipfile.ZipFile(anew, "w", 8) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return anew.getvalue()


class TestAFile:
    def test_reads_the_same_as_a_workbook_and_as_csv(self) -> None:
        grids: list[Grid] = [
            read_xlsx(workbook([ROW])),
            *(read_csv(commas([ROW], encoding=each), "utf-8") for each in ("utf-8", "utf-8-sig")),
            *(read_csv(commas([ROW], encoding="gb18030"), each) for each in ("GBK", "gb18030")),
        ]
        for grid in grids:
            sheet = read_sheet(grid, KINDS)
            assert (sheet.lines, sheet.faults) == ((LINE,), ())

    def test_in_another_charset_than_it_says_is_told_both_ways_out(self) -> None:
        for octets, charset in (
            (commas([ROW], encoding="gb18030"), "utf-8"),
            (commas([ROW]), "latin-1"),
        ):
            with pytest.raises(Refused) as caught:
                read_csv(octets, charset)
            (refusal,) = caught.value.refusals
            assert refusal.code == "INTAKE_CHARSET"
            assert "UTF-8" in refusal.chinese
            assert "gb18030" in refusal.chinese

    def test_that_is_no_csv_is_refused(self) -> None:
        with pytest.raises(Refused, match="INTAKE_UNREADABLE"):
            read_csv(b'"open', "utf-8")

    def test_that_is_no_workbook_is_refused(self) -> None:
        whole = workbook([ROW])
        for octets in (b"", b"name,number", whole[: len(whole) // 2], b"%PDF-1.7 and so on %%EOF"):
            assert refused(octets) == "INTAKE_UNREADABLE"
        broken = repacked(whole, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>")
        assert refused(broken) in ("INTAKE_UNREADABLE", "INTAKE_EMPTY")

    def test_with_a_password_or_macros_is_refused_as_any_upload_is(self) -> None:
        octets = BytesIO(workbook([ROW]))
        with zipfile.ZipFile(octets, "a") as packed:
            packed.writestr("xl/vbaProject.bin", compound("_VBA_PROJECT"))
        with pytest.raises(Problem, match="MEDIA_ACTIVE"):
            read_xlsx(octets.getvalue())

    def test_takes_nobodys_memory_by_a_cell_far_away(self) -> None:
        far = (
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            b'<row r="1000000"><c r="CV1000000"><v>1</v></c></row></sheetData></worksheet>'
        )
        bomb = repacked(workbook([ROW]), "xl/worksheets/sheet1.xml", far)
        assert refused(bomb) == "INTAKE_UNREADABLE"
        # A process of its own looks on: what this one holds would count for its children.
        onlooker = [sys.executable, "-P", "-c", _ONLOOKER, "-P", "-m", "api.intake.reader"]
        seen = subprocess.run(onlooker, input=bomb, capture_output=True, check=True)
        status, kilobytes = map(int, seen.stdout.split())
        assert status != 0
        assert kilobytes < MEMORY >> 10

    def test_that_unpacks_to_too_much_is_refused(self) -> None:
        much = b"<worksheet>" + b" " * (600 << 20)
        with pytest.raises(Problem, match="MEDIA_BOMB"):
            read_xlsx(repacked(workbook([ROW]), "xl/worksheets/sheet1.xml", much))

    def test_says_nothing_of_what_it_holds(self) -> None:
        grid = read_csv(commas([ROW]), "utf-8")
        sheet = read_sheet(grid, KINDS)
        assert NUMBER not in f"{grid!r}{sheet.lines[0]!r}{sheet!r}"


class TestHeadings:
    def test_stand_in_any_order_in_chinese_or_english(self) -> None:
        backwards = [tuple(reversed(ROW))]
        for headings in (
            tuple(reversed(HEADINGS)),
            ("Login", "number", "document_kind", " Name "),
            ("登录名", "number", "证件种类", "name"),
        ):
            sheet = listed(backwards, headings)
            assert (sheet.lines, sheet.faults) == ((LINE,), ())

    def test_that_are_missing_or_stand_there_twice_are_named(self) -> None:
        sheet = listed([(*ROW[:3], "某")], ("姓名", "证件种类", "姓名", "备注"))
        assert faults(sheet) == [
            ("INTAKE_HEADING_TWICE", "/rows/1/C"),
            ("INTAKE_HEADING_MISSING", "/rows/1/证件号码"),
            ("INTAKE_HEADING_MISSING", "/rows/1/登录名"),
            ("INTAKE_HEADING_UNKNOWN", "/rows/1/D"),
        ]

    def test_that_are_none_of_a_lists_are_named_where_they_are_headings(self) -> None:
        unknown = listed([(*ROW, "某")], (*HEADINGS, "备注")).faults
        assert [(each.code, each.pointer) for each in unknown] == [
            ("INTAKE_HEADING_UNKNOWN", "/rows/1/E")
        ]
        assert "备注" in unknown[0].chinese
        for headings in ((*HEADINGS, NUMBER), ROW):
            said = "".join(each.chinese for each in listed([ROW], headings).faults)
            assert NUMBER not in said
            assert "某甲" not in said

    def test_are_missed_above_a_column_with_something_in_it(self) -> None:
        assert faults(listed([(*ROW, "", "某")])) == [("INTAKE_HEADING_UNKNOWN", "/rows/1/F")]
        far = (*ROW, *([""] * MOST_COLUMNS), "某")
        assert faults(listed([far])) == [("INTAKE_HEADING_UNKNOWN", "/rows/1/Q")]
        assert not faults(listed([(*ROW, "", " ")]))


class TestRows:
    def test_that_are_empty_at_the_end_are_no_rows(self) -> None:
        sheet = listed([ROW, ("", " ", "", ""), ()])
        assert (sheet.lines, sheet.faults) == ((LINE,), ())

    def test_that_are_empty_in_between_are_missed(self) -> None:
        assert faults(listed([ROW, (), ROW])) == [
            ("INTAKE_CELL_MISSING", f"/rows/3/{each}") for each in HEADINGS
        ]

    def test_are_as_many_as_one_list_may_have(self) -> None:
        assert faults(listed([])) == [("INTAKE_EMPTY", "")]
        assert faults(listed([], ())) == [
            *(("INTAKE_HEADING_MISSING", f"/rows/1/{each}") for each in HEADINGS),
            ("INTAKE_EMPTY", ""),
        ]
        assert not listed([ROW] * MOST_ROWS).faults
        many = listed([ROW] * (MOST_ROWS + 7))
        assert faults(many) == [("INTAKE_TOO_LONG", "")]
        assert str(MOST_ROWS + 7) in many.faults[0].chinese
        assert str(MOST_ROWS) in many.faults[0].chinese

    def test_name_everything_that_is_wrong_with_their_cells(self) -> None:
        sheet = listed(
            [
                ("", "某证", 3.60734e17, "ab"),
                ("某\n甲", "passport", "3.60734E+17", True),
                ("某" * 101, "护照", "E" * 41, "jia"),
                ("某\u202e甲", "护照", "E0000001", "jiayi"),
            ]
        )
        assert faults(sheet) == [
            ("INTAKE_CELL_MISSING", "/rows/2/姓名"),
            ("INTAKE_CELL_NOT_TEXT", "/rows/2/证件号码"),
            ("INTAKE_CELL_UNFIT", "/rows/2/登录名"),
            ("INTAKE_KIND_UNKNOWN", "/rows/2/证件种类"),
            ("INTAKE_CELL_UNFIT", "/rows/3/姓名"),
            ("INTAKE_CELL_NOT_TEXT", "/rows/3/证件号码"),
            ("INTAKE_CELL_NOT_TEXT", "/rows/3/登录名"),
            ("INTAKE_CELL_UNFIT", "/rows/4/姓名"),
            ("INTAKE_CELL_UNFIT", "/rows/4/证件号码"),
            ("INTAKE_CELL_UNFIT", "/rows/5/姓名"),
        ]
        assert CARD in sheet.faults[3].chinese
        assert sheet.lines[1].kind is DocumentKind.PASSPORT
        assert sheet.heading(Column.NAME) == "姓名"

    def test_of_a_workbook_are_counted_as_it_counts_them(self) -> None:
        octets = BytesIO()
        with xlsxwriter.Workbook(octets, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, HEADINGS)
            sheet.write_row(2, 0, ROW)
            sheet.write_number(2, 2, 360734190001011232)
            sheet.write_blank(900, 0, None, book.add_format({"bold": True}))
        read = read_sheet(read_xlsx(octets.getvalue()), KINDS)
        assert faults(read)[-1] == ("INTAKE_CELL_NOT_TEXT", "/rows/3/证件号码")
        assert len(read.lines) == 2


def test_what_is_wrong_is_said_in_both_languages() -> None:
    assert unreadable().chinese.endswith("。")
    assert unreadable().english.endswith(".")
