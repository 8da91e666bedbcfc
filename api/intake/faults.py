"""What may be wrong with a list of applicants, each with its row and its column, and the remedy.

No sentence repeats what a cell holds; a heading is repeated where it is known to be one.
"""

from __future__ import annotations

from api.intake.grid import MOST_ROWS
from domain.refusal import Refusal

HEADING_ROW = 1


def pointer(row: int, column: str) -> str:
    """The JSON pointer of a cell: its row as in the sheet, its heading or its column's letter."""
    return f"/rows/{row}/{column}"


def unreadable() -> Refusal:
    """The file is neither a workbook nor comma-separated values."""
    return Refusal(
        "INTAKE_UNREADABLE",
        "无法读取该名单。请另存为不加密、不含宏的 XLSX 工作簿，或以逗号分隔的 CSV 文件，再次上传。",
        "The list can't be read. Save it as an XLSX workbook without password and macros, or as CSV"
        " with commas, and send that.",
    )


def unknown_charset() -> Refusal:
    """The text is not in the charset that it is said to be in, UTF-8 where nothing is said."""
    return Refusal(
        "INTAKE_CHARSET",
        "CSV 文件不是 UTF-8 编码。请另存为“CSV UTF-8（逗号分隔）”；或者在 Content-Type 中声明"
        "实际编码（text/csv; charset=gb18030 或 gbk）。",
        "The CSV is not in UTF-8. Save it as “CSV UTF-8 (comma delimited)”, or declare its charset"
        " in Content-Type (text/csv; charset=gb18030 or gbk).",
    )


def empty() -> Refusal:
    """There is nobody on the list."""
    return Refusal(
        "INTAKE_EMPTY",
        "名单中没有人员。请在表头之下每人填写一行。",
        "There is nobody on the list. Write one row for each person beneath the headings.",
    )


def too_many(count: int) -> Refusal:
    """There are more rows than one list may have; ``count`` is how many."""
    return Refusal(
        "INTAKE_TOO_LONG",
        f"名单共 {count} 人，一次最多 {MOST_ROWS} 人。请分成几份上传。",
        f"The list has {count} rows; at most {MOST_ROWS} are taken at once. Divide it.",
    )


def heading_missing(heading: str) -> Refusal:
    """A column that every list has is not there."""
    return Refusal(
        "INTAKE_HEADING_MISSING",
        f"首行缺少表头「{heading}」。名单须有四列：姓名、证件种类、证件号码、登录名，次序不限。",
        f"The first row lacks the heading {heading}. A list has four columns, in any order: 姓名 or"
        " name, 证件种类 or document kind, 证件号码 or number, 登录名 or login.",
        pointer=pointer(HEADING_ROW, heading),
    )


def heading_twice(heading: str, letter: str) -> Refusal:
    """A heading stands above two columns."""
    return Refusal(
        "INTAKE_HEADING_TWICE",
        f"首行 {letter} 列的表头「{heading}」重复。请只保留一列。",
        f"The heading {heading} in column {letter} of the first row stands there twice. Keep one.",
        pointer=pointer(HEADING_ROW, letter),
    )


def heading_unknown(letter: str, heading: str) -> Refusal:
    """A column is none of a list's; ``heading`` is empty where it may be something else."""
    said = f"「{heading}」" if heading else ""
    named = f", {heading!r}," if heading else ""
    return Refusal(
        "INTAKE_HEADING_UNKNOWN",
        f"{letter} 列{said}不属于名单。请删除该列；名单只有姓名、证件种类、证件号码、登录名四列。",
        f"Column {letter}{named} is none of a list's: name, document kind, number, login. Remove"
        " it.",
        pointer=pointer(HEADING_ROW, letter),
    )


def missing(row: int, heading: str) -> Refusal:
    """A cell is empty."""
    return Refusal(
        "INTAKE_CELL_MISSING",
        f"第 {row} 行「{heading}」未填写。",
        f"Row {row}: {heading} is missing.",
        pointer=pointer(row, heading),
    )


def not_text(row: int, heading: str) -> Refusal:
    """A cell holds a number, a day or the like, of which a spreadsheet keeps 15 digits at most."""
    return Refusal(
        "INTAKE_CELL_NOT_TEXT",
        f"第 {row} 行「{heading}」不是文本。表格软件会改写长数字（第 15 位以后变为 0），"
        "请先把该列的单元格格式设为“文本”，再重新填写。",
        f"Row {row}: {heading} is not text. Spreadsheets alter long numbers (digits after the"
        " fifteenth become 0): format the column as text, then enter it anew.",
        pointer=pointer(row, heading),
    )


def unfit(row: int, heading: str, shortest: int, longest: int) -> Refusal:
    """A cell is too short or too long, or holds what is no text."""
    return Refusal(
        "INTAKE_CELL_UNFIT",
        f"第 {row} 行「{heading}」应为 {shortest} 至 {longest} 个字符，不含换行、控制字符和"
        "改变文字方向的字符。",
        f"Row {row}: {heading} has {shortest} to {longest} characters, without line breaks,"
        " control characters and what turns the direction of the text.",
        pointer=pointer(row, heading),
    )


def kind_unknown(row: int, heading: str, kinds: str) -> Refusal:
    """There is no such kind of document; ``kinds`` are those that there are."""
    return Refusal(
        "INTAKE_KIND_UNKNOWN",
        f"第 {row} 行「{heading}」不是已知的证件种类，可填：{kinds}。",
        f"Row {row}: {heading} is no kind of document; there are: {kinds}.",
        pointer=pointer(row, heading),
    )


def person_twice(row: int, heading: str, before: int) -> Refusal:
    """The document, or its holder, stands in an earlier row."""
    return Refusal(
        "INTAKE_PERSON_TWICE",
        f"第 {row} 行与第 {before} 行是同一证件或同一人。每人只填一行。",
        f"Rows {before} and {row} are of the same document or person. Write one row for each.",
        pointer=pointer(row, heading),
    )


def login_twice(row: int, heading: str, before: int) -> Refusal:
    """The login stands in an earlier row."""
    return Refusal(
        "INTAKE_LOGIN_TWICE",
        f"第 {row} 行与第 {before} 行的登录名相同（不分大小写和全半角）。请另选一个。",
        f"Rows {before} and {row} have the same login, whatever its case and width. Choose"
        " another.",
        pointer=pointer(row, heading),
    )
