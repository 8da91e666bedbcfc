"""Texts that people write and hand to Mingjian: packs, overlays, calendars, examples, facts.

An editor on Windows may save them in another encoding than UTF-8. What names itself by a byte
order mark is read; what does not is not guessed, for a wrong guess would change the words of law.
"""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}


class TextUnreadableError(ValueError):
    """A file is no text in an encoding that is known. The message says where, and what to do."""

    def __init__(self, name: str, before: str) -> None:
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        self._told = {
            "zh": f"{name}: 第 {line} 行第 {column} 列起不是 UTF-8 编码（可能存成了 GBK/ANSI 或"
            " UTF-16）。请用编辑器打开，选择“另存为”，编码选 UTF-8，再试一次",
            "en": f"{name}: line {line}, column {column}: is not UTF-8 (perhaps GBK or UTF-16);"
            " open it in an editor and save it anew in this encoding",
        }
        super().__init__(f"{self._told['zh']} / {self._told['en']}")

    def told(self, language: str) -> str:
        """The message in Chinese (``zh``) or English."""
        return self._told["zh" if language == "zh" else "en"]


def read_text(path: Path) -> str:
    """The text of a file. Raises ``TextUnreadableError``; ``OSError`` where there is none."""
    return text_of(path.name, path.read_bytes())


def text_of(name: str, octets: bytes) -> str:
    """The text that octets stand for; ``name`` is how errors call it."""
    mark = next((each for each in _MARKS if octets.startswith(each)), b"")
    encoding, told = _MARKS.get(mark, "utf-8"), octets.removeprefix(mark)
    try:
        text = told.decode(encoding)
    except UnicodeDecodeError as error:
        raise TextUnreadableError(name, told[: error.start].decode(encoding)) from error
    if "\0" in text:
        raise TextUnreadableError(name, text.partition("\0")[0])
    return text.replace("\r\n", "\n")
