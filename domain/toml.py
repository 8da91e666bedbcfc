"""TOML as people write it: what can't be read is told with its line and column, and the remedy."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEPT = 8
"""Of so many texts it is remembered what they hold: of a law's layers, while it is examined."""
_PLACE = re.compile(r"(.*) \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'|#.*")
_SYNTAX = dict(zip("“”‘’＝，［］｛｝＃．", "\"\"''=,[]{}#.", strict=True))
"""Chinese punctuation that stands where TOML's own belongs, and what is to be written instead."""

_UNSEEN = "\u202a-\u202e\u2066-\u2069"
"""By which what is read on a screen stands in another order than what is written."""
_HIDDEN = re.compile(rf"[{_UNSEEN}]")
_ESCAPED = re.compile(
    r"\\(?:[bfe]|u00(?:[01][0-9A-Fa-f]|7[Ff]|[89][0-9A-Fa-f])|u20(?:2[A-Ea-e]|6[6-9]))"
)
_CONTROL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_UNSEEN}]")
_NOT_SEEN = (
    "holds a character that nobody sees; take it out",
    "含有看不见的控制字符，请删去",
)
_NAMES = (
    "a name is written in letters, digits, - and _, or in quotation marks",
    "名称只能用字母、数字、- 和 _，其他文字须加引号",
)
_TWICE = "the same name stands twice", "同一名称写了两次，请删去一处"
_SAID = {
    "Cannot declare": _TWICE,
    "Cannot overwrite": _TWICE,
    "Cannot mutate": _TWICE,
    "Cannot redefine": _TWICE,
    "Duplicate inline": _TWICE,
    "Expected '=' after": ("a name is followed by =", "名称后面须有等号，如 名称 = 值"),
    "Expected newline or end": (
        "only one name = value stands on a line",
        "一行只写一个“名称 = 值”，值后面多了内容，或引号没有成对",
    ),
    "Invalid value": (
        "no value stands here; texts have quotation marks",
        "这里没有可读的值：文字要加半角引号，真假写 true 或 false",
    ),
    "Invalid statement": _NAMES,
    "Invalid initial character": _NAMES,
    "Illegal character": (
        "quotation marks are not closed on their line",
        "引号没有在同一行成对，或含有不能用的字符",
    ),
    "Unterminated string": ("quotation marks are not closed", "引号没有成对"),
    "Expected '\"'": ("quotation marks are not closed", "引号没有成对"),
    "Unclosed array": ("a list is not closed by ]", "列表没有用 ] 结束，或项目之间缺少逗号"),
    "Unclosed inline table": (
        "a table is not closed by }, or its commas are wrong",
        "表没有用 } 结束，或项目之间缺少逗号",
    ),
    "Expected ']": ("a heading is not closed by ]", "小标题的方括号没有成对"),
    "Invalid date": ("there is no such day or hour", "没有这一日或这一时刻"),
    "Unescaped": ("a backslash in a text is written \\\\", "文字里的反斜线须写成 \\\\"),
}
"""What the reader of TOML says, by how it begins, in words for who never programmed."""
_ELSE = (
    "check quotation marks, = and brackets",
    "请核对引号、等号、括号是否成对",
)


@dataclass(frozen=True)
class TomlProblem:
    """One place that is no TOML."""

    line: int
    column: int
    english: str
    chinese: str


class TomlError(ValueError):
    """A text is no TOML. The message says where, and what to do."""

    def __init__(self, name: str, problems: tuple[TomlProblem, ...]) -> None:
        self.problems = problems
        self._name = name
        super().__init__(f"{self.told('zh')} / {self.told('en')}")

    def told(self, language: str) -> str:
        """Each problem in one line, in Chinese (``zh``) or English."""
        return "\n".join(
            f"{self._name}: 第 {each.line} 行第 {each.column} 列：{each.chinese}"
            if language == "zh"
            else f"{self._name}: line {each.line}, column {each.column}: {each.english}"
            for each in self.problems
        )


@lru_cache(maxsize=KEPT)
def table_in(text: str) -> Mapping[str, Any]:
    """The table that a text holds, which nobody changes; read once, for whoever asks of it next.

    Raises ``tomllib.TOMLDecodeError``, or ``RecursionError`` for what is nested beyond reading.
    """
    return tomllib.loads(text)


def read_toml(name: str, text: str) -> Mapping[str, Any]:
    """The table that a document holds; ``name`` is how errors call it. Raises ``TomlError``."""
    try:
        table = table_in(text)
    except (tomllib.TOMLDecodeError, RecursionError) as wrong:
        raise TomlError(name, tuple(_problems(str(wrong), text))) from wrong
    if _HIDDEN.search(text) or any(map(_CONTROL.search, _texts(table))):
        raise TomlError(name, (_unseen(text),))
    return table


def _texts(value: object) -> Iterator[str]:
    """Every text of a value, the names of its tables too."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case dict() as table:
                waiting += [*table, *table.values()]
            case list() as several:
                waiting += several
            case _:
                pass


def _unseen(text: str) -> TomlProblem:
    """Where the first character stands that nobody sees, as itself or by its number."""
    found = _HIDDEN.search(text) or _ESCAPED.search(text)
    before = text[: found.start()] if found else ""
    column = len(before) - before.rfind("\n")
    return TomlProblem(before.count("\n") + 1, column, *_NOT_SEEN)


def _problems(problem: str, text: str) -> Iterator[TomlProblem]:
    """Each line with Chinese punctuation from the first error on; else the error itself."""
    placed = _PLACE.fullmatch(problem)
    said, line, column = placed.groups() if placed else (problem, None, None)
    lines = text.splitlines() or [""]
    number = int(line or len(lines))
    first = _chinese_syntax(lines[number - 1]) if number <= len(lines) else None
    if first is None:
        words = next((told for begins, told in _SAID.items() if said.startswith(begins)), _ELSE)
        at = int(column or len(lines[-1]) + 1)
        yield TomlProblem(number, at, f"is no TOML: {words[0]}", f"不符合 TOML 的写法：{words[1]}")
        return
    yield _instead(number, *first)
    if '"""' in text or "'''" in text:
        return
    for further, each in enumerate(lines[number:], number + 1):
        if found := _chinese_syntax(each):
            yield _instead(further, *found)


def _instead(line: int, column: int, mark: str) -> TomlProblem:
    return TomlProblem(
        line,
        column,
        f"is no TOML: write {_SYNTAX[mark]} instead of {mark}",
        f"此处的中文标点「{mark}」不是 TOML 的符号，请改为半角「{_SYNTAX[mark]}」",
    )


def _chinese_syntax(line: str) -> tuple[int, str] | None:
    """The column and the mark of the first Chinese punctuation outside of texts and comments."""
    bare = _STRING.sub(lambda text: " " * len(text[0]), line)
    return next(((at, mark) for at, mark in enumerate(bare, 1) if mark in _SYNTAX), None)
