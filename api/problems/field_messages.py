"""The sentences about single fields, in both languages.

marshmallow speaks English; each of its sentences that our schemas can bring about has its
Chinese counterpart here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from api.problems.problem import FieldError

_CHINESE: tuple[tuple[str, str], ...] = (
    (r"Missing data for required field\.", "必填字段缺失。"),
    (r"Unknown field\.", "未知字段。"),
    (r"Field may not be null\.", "该字段不得为空。"),
    (r"Invalid input type\.", "类型不正确。"),
    (r"Not a valid string\.", "应为文字。"),
    (r"Not a valid integer\.", "应为整数。"),
    (r"Not a valid boolean\.", "应为 true 或 false。"),
    (r"Not a valid list\.", "应为列表。"),
    (r"Not a valid mapping type\.", "应为对象。"),
    (r"Not a valid UUID\.", "应为 UUID。"),
    (r"Not a valid date\.", "应为日期，例如 2024-10-15。"),
    (r"Not a valid (?:aware )?datetime\.", "应为带时区的时间，例如 2024-10-15T09:00:00+08:00。"),
    (
        r"Not a valid day or instant\.",
        "应为日期，或带时区的时间，例如 2024-10-15，或 2024-10-15T09:00:00+08:00。",
    ),
    (r"String does not match expected pattern\.", "格式不正确。"),
    (r"Must be one of: (.*)\.", r"应为下列之一：\1。"),
    (
        r"Must be greater than or equal to (.*) and less than or equal to (.*)\.",
        r"应在 \1 与 \2 之间。",
    ),
    (r"Must be greater than or equal to (.*)\.", r"不得小于 \1。"),
    (r"Must be less than or equal to (.*)\.", r"不得大于 \1。"),
    (r"Shorter than minimum length (.*)\.", r"长度不得少于 \1。"),
    (r"Longer than maximum length (.*)\.", r"长度不得超过 \1。"),
    (r"Length must be between (.*) and (.*)\.", r"长度应在 \1 与 \2 之间。"),
    (r"Length must be (.*)\.", r"长度应为 \1。"),
    (r"Holds nothing that can be seen\.", "不得只有空格或者看不见的字符。"),
    (
        r"Not the number of a document\.",
        "应为发文字号，例如 某人社发〔2024〕12号；处理结果另行选择，不写在文号里。",
    ),
    (r"Does not narrow this list\.", "该清单不按此项筛选。"),
    (r"Holds a control character\.", "含有控制字符。"),
)
_PATTERNS = tuple((re.compile(english), chinese) for english, chinese in _CHINESE)


def field_errors(messages: object) -> tuple[FieldError, ...]:
    """One error for each sentence in marshmallow's tree of messages by location and field.

    The pointers point into the body; a query parameter's is ``/query/<name>``.
    """
    found: list[FieldError] = []
    for location, tree in messages.items() if isinstance(messages, Mapping) else ():
        root = "" if location == "json" else f"/{location}"
        found.extend(
            FieldError(pointer, chinese(said), said) for pointer, said in _walk(tree, root)
        )
    return tuple(found)


def chinese(message: str) -> str:
    """A sentence of marshmallow's, in Chinese; one without a counterpart stays as it is."""
    for pattern, translation in _PATTERNS:
        if (match := pattern.fullmatch(message)) is not None:
            return match.expand(translation)
    return message


def _walk(tree: object, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, Mapping):
        for name, below in tree.items():
            step = (
                "" if name == "_schema" else "/" + str(name).replace("~", "~0").replace("/", "~1")
            )
            yield from _walk(below, pointer + step)
    elif isinstance(tree, list):
        for message in tree:
            yield from _walk(message, pointer)
    else:
        yield pointer, str(tree)
