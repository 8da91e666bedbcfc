"""What one law says otherwise than another, in words and numbers, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from api.law.words import SECTIONS
from domain.policy.differences import Kind
from domain.policy.schema_words import KEYS
from domain.policy.schema_words import SECTIONS as OF_PACKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from api.problems.problem import Language
    from domain.policy.differences import Cites, Difference
    from domain.policy.law import Law

_KINDS = {
    Kind.NEW: ("新增", "new"),
    Kind.GONE: ("不再有", "gone"),
    Kind.CHANGED: ("改", "changed"),
}
_HEADER = {"title": "标题", "number": "文号", "issued_on": "落款日期", "legal_basis": "依据"}
_NAMED = {"id": "编号", "zh": "中文名称", "en": "英文名称", "reference": "年限终算日期"}


class Called(NamedTuple):
    """How a section, an entry and a value are called, and in what way they differ.

    An entry or a value may have no name.
    """

    section: str
    entry: str
    key: str
    kind: str


class Distance(NamedTuple):
    """By how many days a day moved, or by how much a number changed; None where it is neither."""

    days: int | None = None
    amount: int | None = None


def called(one: Difference, before: Law, after: Law, language: Language) -> Called:
    """How that is called in which two laws differ; what is gone as the earlier one called it."""
    chinese, gone = language == "zh", one.kind is Kind.GONE and not one.key
    section = SECTIONS.get(one.section) or OF_PACKS.get(one.section, one.section)
    table = getattr((before if gone else after).whole, one.section, None)
    entry = table.get(one.entry) if isinstance(table, Mapping) else None
    return Called(
        section.partition("：")[0] if chinese else one.section,
        getattr(entry, "chinese" if chinese else "english", ""),
        _key(one) if chinese else "",
        _KINDS[one.kind][0 if chinese else 1],
    )


def _key(one: Difference) -> str:
    key = one.key.rpartition(".")[2]
    told = _HEADER.get(key) if one.section == "pack" else _NAMED.get(key) or KEYS.get(key)
    return (told or "").partition("，")[0].partition("：")[0]


def value_in_words(value: object, language: Language) -> str | None:
    """A value as it is read; None where nothing is said."""
    chinese = language == "zh"
    match value:
        case None:
            return None
        case bool():
            return ("是" if value else "否") if chinese else str(value).lower()
        case list():
            told = (value_in_words(each, language) or "" for each in value)
            return ("、" if chinese else ", ").join(told)
        case _:
            return str(value)


def distance(one: Difference) -> Distance:
    """By how much a day or a number changed."""
    match one.before, one.after:
        case date() as was, date() as now:
            return Distance(days=(now - was).days)
        case int() as before, int() as after if not isinstance(before, bool):
            return Distance(amount=after - before)
        case _:
            return Distance()


def in_words(found: Iterable[Difference], before: Law, after: Law, language: Language) -> list[str]:
    """The lines that tell them: a section, its entries, their values, and what they rest on."""
    told = ((one, called(one, before, after, language)) for one in found)
    return list(_lines(told, language))


def _lines(told: Iterable[tuple[Difference, Called]], language: Language) -> Iterator[str]:
    for section, listed in groupby(told, key=lambda each: each[1].section):
        yield f"【{section}】" if language == "zh" else f"[{section}]"
        for _, several in groupby(listed, key=lambda each: (each[0].entry, each[0].key == "")):
            values = list(several)
            yield f"  {_entry(*values[0], language)}"
            yield from (f"    {_value(*each, language)}" for each in values if each[0].key)
            yield from (f"    {each}" for each in _rests(values[0][0], language))


def _entry(one: Difference, named: Called, language: Language) -> str:
    """An entry by its address and its name, and whether it is new or gone."""
    address = one.address.removesuffix(f".{one.key}") if one.key else one.address
    quoted = f"「{named.entry}」" if language == "zh" else f" {named.entry}"
    told = f"{address}{quoted}" if named.entry else address
    return told if one.key else f"{named.kind} {told}"


def _value(one: Difference, named: Called, language: Language) -> str:
    nothing = "（没有）" if language == "zh" else "(none)"
    was, now = (value_in_words(each, language) or nothing for each in (one.before, one.after))
    if language == "zh":
        name = f"{one.key}（{named.key}）" if named.key else one.key
        return f"{name}：{was} → {now}{_moved(one, language)}"
    return f"{one.key}: {was} → {now}{_moved(one, language)}"


def _moved(one: Difference, language: Language) -> str:
    days, amount = distance(one)
    if days is not None:
        chinese = f"（{'后移' if days > 0 else '前移'} {abs(days)} 日）"
        return chinese if language == "zh" else f" ({days:+} days)"
    if amount is not None:
        return f"（{amount:+}）" if language == "zh" else f" ({amount:+})"
    return ""


def _rests(one: Difference, language: Language) -> Iterator[str]:
    """The words behind the entry, and those behind it before where they are others."""
    if one.section in {"rules", "pack"}:
        return
    if one.rests_on:
        yield f"{'依据' if language == 'zh' else 'rests on'} {_quoted(one.rests_on)}"
    if before := tuple(each for each in one.rested_on if each not in one.rests_on):
        yield f"{'此前依据' if language == 'zh' else 'rested on'} {_quoted(before)}"


def _quoted(cites: Cites) -> str:
    return "；".join(
        f"{each.rule} {each.clause}「{each.quote}」（{each.source}）" for each in cites
    )
