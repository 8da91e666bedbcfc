"""The kinds of value that a pack's document holds."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[type, tuple[str, str, Any]] = {
    str: ("a text in quotation marks", "文字，加引号", ""),
    int: ("a whole number without quotation marks", "整数，不加引号", 1),
    bool: ("true or false without quotation marks", "true 或 false，不加引号", False),
    date: (
        "a day such as 2025-03-31 without quotation marks",
        "日期，不加引号，如 2025-03-31",
        date.max,
    ),
    time: (
        "an hour such as 17:00:00 without quotation marks",
        "钟点，不加引号，如 17:00:00",
        time(),
    ),
    dict: ("a table", "一张表，如 { 名称 = 值 }", {}),
    list: ("a list", "列表，如 [ … ]", []),
}
"""Each kind of value: how it is called, and what stands in for one that is not there."""


def is_a(kind: type, value: object) -> bool:
    """Whether a value of a document is of a kind: a flag is no number, an instant no day."""
    if isinstance(value, (bool, datetime)):
        return type(value) is kind
    return isinstance(value, kind) or (kind is list and isinstance(value, tuple))
