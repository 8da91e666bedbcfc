"""On which line of a TOML document a key stands; its own reader keeps no lines.

Only for documents that are TOML: what is none is told before anybody asks for a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'"
    r"|#[^\n]*|[\n\[\]{},=.]|[^\s\[\]{},=.\"'#]+",
    re.DOTALL,
)
_LAST = -1


def line_of(text: str, table: Mapping[str, Any], key: str) -> int | None:
    """The line of a key such as ``windows[B1].closes``, or of what it would stand in."""
    return line_in(lines_of(text, table), key)


def line_in(lines: Mapping[str, int], key: str) -> int | None:
    """The line of a key among those of a document, or of what it would stand in."""
    while key and key not in lines:
        key = key[: max(key.rfind("."), key.rfind("["), 0)]
    return lines.get(key)


def lines_of(text: str, table: Mapping[str, Any]) -> dict[str, int]:
    """Every key of a document with its line."""
    lines: dict[str, int] = {}
    for path, line in _Scan(text).paths():
        for length in range(1, len(path) + 1):
            lines.setdefault(_named(path[:length], table), line)
    return lines


def _named(path: tuple[str | int, ...], table: Any) -> str:  # noqa: ANN401 -- whatever stands there
    """A path as faults tell it: an entry of a list by its id, else by its number."""
    told = ""
    for step in path:
        try:
            table = table[step]
        except (KeyError, IndexError, TypeError):
            table = None
        if isinstance(step, str):
            told += f".{step}" if told else step
        else:
            told += f"[{table.get('id', step) if isinstance(table, Mapping) else step}]"
    return told


class _Scan:
    """One walk over a document's marks, each with its line."""

    def __init__(self, text: str) -> None:
        self._marks: list[tuple[str, int]] = []
        line = 1
        for found in _MARK.finditer(text):
            if not found[0].startswith("#"):
                self._marks.append((found[0], line))
            line += found[0].count("\n")
        self._at = 0
        self._counts: dict[tuple[str | int, ...], int] = {}

    def _next(self, *, blank: bool = False) -> tuple[str, int]:
        """The next mark; line ends only count where ``blank`` says so."""
        while self._at < len(self._marks):
            self._at += 1
            if blank or self._marks[self._at - 1][0] != "\n":
                return self._marks[self._at - 1]
        return "", 0

    def _peek(self) -> str:
        return self._marks[self._at][0] if self._at < len(self._marks) else ""

    def paths(self) -> Iterator[tuple[tuple[str | int, ...], int]]:
        """Every table and key with its line, in the document's order."""
        head: tuple[str | int, ...] = ()
        while (mark := self._next())[0]:
            if mark[0] == "[":
                head = self._header()
                yield head, mark[1]
            else:
                self._at -= 1
                yield from self._pair(head)

    def _header(self) -> tuple[str | int, ...]:
        listed = self._peek() == "["
        self._at += listed
        steps = self._key("]")
        self._at += listed
        head: tuple[str | int, ...] = ()
        for number, step in enumerate(steps, 1):
            head = (*head, step)
            if listed and number == len(steps):
                self._counts[head] = self._counts.get(head, _LAST) + 1
            if head in self._counts:
                head = (*head, self._counts[head])
        return head

    def _key(self, end: str) -> list[str]:
        steps: list[str] = []
        while (mark := self._next()[0]) not in {end, ""}:
            if mark != ".":
                steps.append(mark.strip("\"'"))
        return steps

    def _pair(self, head: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], int]]:
        line = self._marks[self._at][1]
        path = head
        for step in self._key("="):
            path = (*path, step)
            yield path, line
        yield from self._value(path)

    def _value(self, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], int]]:
        opening = self._next(blank=True)[0]
        if opening not in {"[", "{"}:
            while self._peek() not in {"\n", ",", "]", "}", ""}:
                self._at += 1
            return
        number = 0
        while (mark := self._next())[0] not in {"]", "}", ""}:
            if mark[0] == ",":
                continue
            self._at -= 1
            if opening == "{":
                yield from self._pair(path)
            else:
                yield (*path, number), mark[1]
                yield from self._value((*path, number))
                number += 1
