"""Texts that people write and hand to Mingjian: packs, overlays, calendars, examples, facts.

An editor on Windows may save them in another encoding than UTF-8. What names itself by a byte
order mark is read. GBK names itself by nothing, and a wrong guess would change the words of law:
it is read only where somebody is told of it, and only where nothing speaks against it.
"""

from __future__ import annotations

import tomllib
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_MARKS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
_NO_WRITING = {"Cn", "Co", "Cs"}
"""Kinds of characters that nobody writes: unassigned, of private use, halves of others."""
_FIRST_OF_THREE_OCTETS = "\u0800"


@dataclass(frozen=True)
class ReadAsGbk:
    """A file was no UTF-8, and was read as GBK (GB 18030, which contains it)."""

    name: str

    def told(self, language: str) -> str:
        """The remark in Chinese (``zh``) or English."""
        if language == "zh":
            return (
                f"{self.name}: 不是 UTF-8 编码，已按 GBK（GB18030）读取；"
                "请核对文字，并用编辑器“另存为” UTF-8"
            )
        return (
            f"{self.name}: is not UTF-8 and was read as GBK (GB 18030);"
            " look whether its words are right, and save it anew as UTF-8"
        )


_hears: ContextVar[Callable[[ReadAsGbk], None] | None] = ContextVar("hears", default=None)


@contextmanager
def reading_gbk(tell: Callable[[ReadAsGbk], None]) -> Iterator[None]:
    """Within, files that were saved as GBK are read; ``tell`` hears of each once."""
    told: set[ReadAsGbk] = set()

    def once(remark: ReadAsGbk) -> None:
        if remark not in told:
            told.add(remark)
            tell(remark)

    before = _hears.set(once)
    try:
        yield
    finally:
        _hears.reset(before)


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


def read_text(path: Path, reads: Callable[[str], bool] | None = None) -> str:
    """The text of a file. Raises ``TextUnreadableError``; ``OSError`` where there is none."""
    return text_of(path.name, path.read_bytes(), reads)


def text_of(name: str, octets: bytes, reads: Callable[[str], bool] | None = None) -> str:
    """The text that octets stand for; ``name`` is how errors call it.

    ``reads`` says whether a text has the form of such a file: what has no form is never taken for
    GBK. Raises ``TextUnreadableError``.
    """
    mark = next((each for each in _MARKS if octets.startswith(each)), b"")
    encoding, told = _MARKS.get(mark, "utf-8"), octets.removeprefix(mark)
    try:
        text = told.decode(encoding)
    except UnicodeDecodeError as error:
        as_gbk = None if mark else _gbk(name, octets, reads)
        if as_gbk is None:
            raise TextUnreadableError(name, told[: error.start].decode(encoding)) from error
        text = as_gbk
    if "\0" in text:
        raise TextUnreadableError(name, text.partition("\0")[0])
    return text.replace("\r\n", "\n")


def is_toml(text: str) -> bool:
    """Whether a text has the form of TOML."""
    try:
        tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    return True


def _gbk(name: str, octets: bytes, reads: Callable[[str], bool] | None) -> str | None:
    """The text as GBK, of which somebody was told; None where it may be anything else."""
    hear = _hears.get()
    if hear is None or reads is None or _is_broken_utf_8(octets):
        return None
    try:
        text = octets.decode("gb18030")
    except UnicodeDecodeError:
        return None
    if not all(map(_is_written, text)) or not reads(text.replace("\r\n", "\n")):
        return None
    hear(ReadAsGbk(name))
    return text


def _is_broken_utf_8(octets: bytes) -> bool:
    """Whether at least as much of it is whole Chinese characters in UTF-8 as is none."""
    text = octets.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(each >= _FIRST_OF_THREE_OCTETS for each in text) - broken >= broken


def _is_written(character: str) -> bool:
    return character != "\ufffd" and unicodedata.category(character) not in _NO_WRITING
