"""What is wrong with a pack or an example, told to whoever writes one, in both languages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60
_AS_CLOSE = 0.05


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong: in which document, at which key and line, what, and what was meant.

    ``key`` is the path of tables to the key, such as ``windows[B1].closes``; empty for the whole
    document. ``line`` and ``column`` count from 1; None where they are not known. Not ``grave`` is
    what may well be meant as it stands.
    """

    document: str
    key: str
    english: str
    chinese: str
    meant: tuple[str, ...] = ()
    line: int | None = None
    column: int | None = None
    grave: bool = True

    def __str__(self) -> str:
        return f"{'.'.join(each for each in (self.document, self.key) if each)}: {self.english}"

    def told(self, language: str) -> str:
        """The fault in one line, in Chinese (``zh``) or English."""
        if language == "zh":
            line = f"第 {self.line} 行" if self.line else ""
            line += f"第 {self.column} 列" if self.column else ""
            place = "，".join(
                each for each in (f"{self.document} {line}".strip(), self.key) if each
            )
            meant = f"。您是不是想写 {' 或 '.join(self.meant)}？" if self.meant else ""
            return f"{place}：{self.chinese}{meant}"
        line = f"line {self.line}" if self.line else ""
        line += f", column {self.column}" if self.column else ""
        place = ", ".join(each for each in (self.document, line, self.key) if each)
        meant = f"; did you mean {' or '.join(self.meant)}?" if self.meant else ""
        return f"{place}: {self.english}{meant}"


def at(key: str, english: str, chinese: str, meant: tuple[str, ...] = ()) -> Fault:
    """A fault of whatever document is being looked at."""
    return Fault(document="", key=key, english=english, chinese=chinese, meant=meant)


class PackError(ValueError):
    """A policy pack can't be read: every fault that was found, in the order of the document."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults

    def told(self, language: str) -> str:
        """All faults, one a line."""
        return "\n".join(fault.told(language) for fault in self.faults)


def close_to(words: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The known words that were perhaps meant by unknown ones, the closest first."""
    choices = sorted(set(known))
    return tuple(near for word in words for near in _nearest(word, choices))


def _nearest(word: str, choices: list[str]) -> list[str]:
    """The closest, and whatever is about as close."""
    found = get_close_matches(word, choices)
    alike = [SequenceMatcher(None, each, word).ratio() for each in found]
    return [each for each, ratio in zip(found, alike, strict=True) if ratio > alike[0] - _AS_CLOSE]


def unquoted(name: str) -> tuple[str, str]:
    """That a name with a point in it was written without quotation marks."""
    return (
        f'a name with a point in it stands in quotes: "{name}"',
        f'名称里有点的，要加引号："{name}"',
    )


def shown(value: object) -> str:
    """A value as one would write it in a file, shortened where it is long."""
    told = json.dumps(value, ensure_ascii=False, default=str)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"


def listed(words: Iterable[object], language: str) -> str:
    """Several words in a row."""
    return ("、" if language == "zh" else ", ").join(map(str, words))


def quoted(words: Iterable[object], language: str) -> str:
    """Several words in a row, each in quotation marks."""
    marks = "「{}」" if language == "zh" else "'{}'"
    return listed(map(marks.format, words), language)
