"""What one law says otherwise than another, in words and numbers, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from api.law.words import SECTIONS
from domain.policy.differences import Kind
from domain.policy.schema_words import KEYS
from domain.policy.schema_words import SECTIONS as OF_PACKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.policy.differences import Cites, Difference
    from domain.policy.law import Law

_KINDS = {
    Kind.NEW: ("新增", "new"),
    Kind.GONE: ("不再有", "gone"),
    Kind.CHANGED: ("改", "changed"),
}
_HEADER = {"title": "标题", "number": "文号", "issued_on": "落款日期", "legal_basis": "依据"}
_NAMED = {"id": "编号", "zh": "中文名称", "en": "英文名称", "reference": "年限终算日期"}


def in_words(
    found: Iterable[Difference], before: Law, after: Law, language: Literal["zh", "en"]
) -> list[str]:
    """The lines that tell them: a section, its entries, their values, and what they rest on."""
    return list(_lines(found, before, after, chinese=language == "zh"))


def _lines(found: Iterable[Difference], before: Law, after: Law, *, chinese: bool) -> Iterator[str]:
    for section, listed in groupby(found, key=lambda each: each.section):
        yield _section(section, chinese=chinese)
        for _, several in groupby(listed, key=lambda each: (each.entry, each.key == "")):
            values = list(several)
            law = before if values[0].kind is Kind.GONE and not values[0].key else after
            yield f"  {_entry(values[0], law, chinese=chinese)}"
            yield from (f"    {_value(each, chinese=chinese)}" for each in values if each.key)
            yield from (f"    {each}" for each in _rests(values[0], chinese=chinese))


def _section(section: str, *, chinese: bool) -> str:
    called = SECTIONS.get(section) or OF_PACKS.get(section, section).partition("：")[0]
    return f"【{called}】" if chinese else f"[{section}]"


def _entry(one: Difference, law: Law, *, chinese: bool) -> str:
    """An entry by its address and its name, and whether it is new or gone."""
    address = one.address.removesuffix(f".{one.key}") if one.key else one.address
    table = getattr(law.whole, one.section, None)
    entry = table.get(one.entry) if isinstance(table, Mapping) else None
    name = getattr(entry, "chinese" if chinese else "english", "")
    told = f"{address}「{name}」" if name and chinese else f"{address} {name}".strip()
    return told if one.key else f"{_KINDS[one.kind][0 if chinese else 1]} {told}"


def _value(one: Difference, *, chinese: bool) -> str:
    key = one.key.rpartition(".")[2]
    called = _HEADER.get(key) if one.section == "pack" else _NAMED.get(key) or KEYS.get(key)
    name = f"{one.key}（{called.partition('，')[0].partition('：')[0]}）" if called else one.key
    was, now = _plain(one.before, chinese=chinese), _plain(one.after, chinese=chinese)
    if chinese:
        return f"{name}：{was} → {now}{_distance(one, chinese=True)}"
    return f"{one.key}: {was} → {now}{_distance(one, chinese=False)}"


def _plain(value: object, *, chinese: bool) -> str:
    """A value as it is read; nothing is said to be so."""
    match value:
        case None:
            return "（没有）" if chinese else "(none)"
        case bool():
            return ("是" if value else "否") if chinese else str(value).lower()
        case list():
            return ("、" if chinese else ", ").join(_plain(each, chinese=chinese) for each in value)
        case _:
            return str(value)


def _distance(one: Difference, *, chinese: bool) -> str:
    """By how much a day or a number changed."""
    match one.before, one.after:
        case date() as was, date() as now:
            days = (now - was).days
            told = f"{'后移' if days > 0 else '前移'} {abs(days)} 日", f"{days:+} days"
        case int() as before, int() as after if not isinstance(before, bool):
            told = f"{after - before:+}", f"{after - before:+}"
        case _:
            return ""
    return f"（{told[0]}）" if chinese else f" ({told[1]})"


def _rests(one: Difference, *, chinese: bool) -> Iterator[str]:
    """The words behind the entry, and those behind it before where they are others."""
    if one.section in {"rules", "pack"}:
        return
    if one.rests_on:
        yield f"{'依据' if chinese else 'rests on'} {_quoted(one.rests_on)}"
    if before := tuple(each for each in one.rested_on if each not in one.rests_on):
        yield f"{'此前依据' if chinese else 'rested on'} {_quoted(before)}"


def _quoted(cites: Cites) -> str:
    return "；".join(
        f"{each.rule} {each.clause}「{each.quote}」（{each.source}）" for each in cites
    )
