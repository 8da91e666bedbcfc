"""A query in words, as the cover of a file says what was asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.http.query.qualifiers import Qualifier
    from api.http.query.reading import Read
    from projections.asking import Asked, Bound, Scalar

_SIGNS = {"=": "", ">=": "不小于 ", ">": "大于 ", "<=": "不大于 ", "<": "小于 "}
_OF_DAYS = {"=": "", ">=": "不早于 ", ">": "晚于 ", "<=": "不晚于 ", "<": "早于 "}
_SORTS = {
    "opened": "建件时间",
    "filed": "提交时间",
    "changed": "变动时间",
    "decided": "决定日",
    "returned": "退回次数",
}


def in_words(read: Read, qualifiers: Mapping[str, Qualifier]) -> str:
    """What is asked, in Chinese; everything, where nothing narrows it."""
    said = [_term(each, qualifiers[each.name]) for each in read.asked]
    if read.sort is not None:
        way = "倒序" if read.sort.startswith("-") else "正序"
        said.append(f"按{_SORTS[read.sort.removeprefix('-')]}{way}")
    return "；".join(said) or "全部"


def _term(asked: Asked, qualifier: Qualifier) -> str:
    values = "、".join(_bound(bound, qualifier) for bound in asked.bounds)
    return f"{qualifier.chinese}{'不是' if asked.negated else '：'}{values}"


def _bound(bound: Bound, qualifier: Qualifier) -> str:
    return "且".join(f"{_sign(sign, value)}{_value(value, qualifier)}" for sign, value in bound)


def _sign(sign: str, value: Scalar) -> str:
    return (_OF_DAYS if isinstance(value, date) else _SIGNS)[sign]


def _value(value: Scalar, qualifier: Qualifier) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    words = qualifier.words() if qualifier.words else {}
    return words.get(str(value), str(value))
