"""The draft of the next year's edition: dates and names moved by the years, each to be confirmed.

Nobody's words are made up: the quotes on which moved values rest stand in the draft as comments,
for an official to replace with those of the new notice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.policy.addresses import addresses, at_path
from domain.policy.edition import REFERRING
from domain.policy.whereabouts import Whereabouts
from domain.policy.writing import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.policy.addresses import Path
    from domain.policy.following import Layered
    from domain.policy.law import Law

_YEAR = re.compile(r"[0-9]{4}$")
_DATED = ("batches", "windows", "recurring_windows", "completion", "paper_legs")
"""Sections whose days come again each year; a day elsewhere may be one for all time."""
NAMED_AFTER_YEARS = ("batches", "windows", "recurring_windows", "completion")
"""Sections of which an entry may be named after its year."""

_HEAD = """\
# 承接 {earlier} 第 {version} 版：没有写出的，一律照旧；只写不同的部分。
# 1 日期和名称已照上一版移了 {years} 年，逐个与新通知核对，改成通知的日期。
# 2 每核对一项，删去 [unconfirmed] 里的那一行；全部核对完，这一节也删去。
# 3 [rules] 里各条照新通知逐字改写，删去行首的“# ”。不再适用的，写进 [dropped]，并写明理由。
# 4 ./mingjian policy check 本文件，直到没有问题；再用 ./mingjian policy diff 看与上一版的不同。
"""


def year_of(pack: str) -> int | None:
    """The year at the end of a pack's id."""
    found = _YEAR.search(pack)
    return int(found[0]) if found else None


def succeeding(law: Law, pack: str) -> str:
    """The text of a draft that follows a law under a new id; both ids end with their year."""
    layer = Whereabouts(law.texts).layers[1]
    was, new = year_of(law.id) or 0, year_of(pack) or 0
    moved = dict(_moved(layer, was, new))
    title = _in_text(law.title, was, new)
    notes = {
        "pack.title": f"上一版为「{law.title}」",
        "pack.legal_basis": "上一版的依据",
        **{address: f"上一版为 {old}" for address, (old, _) in moved.items()},
        **dict.fromkeys(_for_all_time(layer), "日期没有移，照旧"),
    }
    if not law.legal_basis:
        del notes["pack.legal_basis"]
    return "\n".join(
        (
            _HEAD.format(earlier=law.id, version=law.version, years=new - was),
            "[pack]",
            f"id = {written(pack)}",
            "version = 1",
            f"title = {written(title)}",
            f"follows = {{ id = {written(law.id)}, version = {law.version} }}",
            '# number = "新通知的文号"',
            "# issued_on = 新通知的落款日期，如 2025-03-31，不加引号",
            "",
            "[rules]",
            *_quotes(law, layer, moved),
            "",
            "[changed]",
            *(f"{written(address)} = {written(value)}" for address, (_, value) in moved.items()),
            "",
            "[unconfirmed]",
            *(f"{written(address)} = {written(note)}" for address, note in notes.items()),
            "",
        )
    )


def moved(law: Law, years: int) -> Law:
    """The same law with its batches and windows so many years later."""
    batches = {
        name: replace(
            each,
            reference=_maybe_later(each.reference, years),
            education_reference=_maybe_later(each.education_reference, years),
        )
        for name, each in law.whole.batches.items()
    }
    windows = {
        name: replace(
            each, opens=_maybe_later(each.opens, years), closes=_maybe_later(each.closes, years)
        )
        for name, each in law.whole.windows.items()
    }
    return replace(law, whole=replace(law.whole, batches=batches, windows=windows))


def _moved(layer: Layered, was: int, new: int) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Every value that names a day or the year, as it is and moved."""
    for address, path in addresses(layer.table).items():
        if path[0] in {"pack", "rules", "names", "refusals"} or _follows_by_itself(path):
            continue
        value = at_path(layer.table, path)
        moved = _value(value, path, was, new)
        if moved != value:
            yield address, (value, moved)


def _for_all_time(layer: Layered) -> Iterator[str]:
    """The days that stay, which an official looks at all the same."""
    for address, path in addresses(layer.table).items():
        if path[0] not in {"pack", *_DATED} and isinstance(at_path(layer.table, path), date):
            yield address


def _follows_by_itself(path: Path) -> bool:
    return any(step in REFERRING.values() for step in path[2:])


def _value(value: Any, path: Path, was: int, new: int) -> Any:  # noqa: ANN401 -- any value
    if path[0] in _DATED and isinstance(value, date):
        return _later(value, new - was)
    if path[0] == "recurring_windows" and "year" in path and isinstance(value, int):
        return value + new - was
    if not isinstance(value, str):
        return value
    if path[-1] == "id":
        return value.replace(str(was), str(new)) if path[0] in NAMED_AFTER_YEARS else value
    return _in_text(value, was, new) if len(path) > 1 and path[-1] != "rule" else value


def _later(day: date, years: int) -> date:
    """The same day so many years later."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, in a year that has none
        return day.replace(year=day.year + years, day=28)


def _maybe_later(day: date | None, years: int) -> date | None:
    return None if day is None else _later(day, years)


def _in_text(text: str, was: int, new: int) -> str:
    """A text with the year moved, but not in the number of a document."""
    return re.sub(rf"(?<![0-9〔\[（(]){was}(?![0-9〕\]）)])", str(new), text)


def _quotes(law: Law, layer: Layered, moved: Mapping[str, Any]) -> Iterator[str]:
    """The quotes behind what was moved, as comments to be rewritten."""
    entries = {address.partition("]")[0] + "]" for address in moved}
    there = addresses(layer.table)
    rules = {
        rule: None
        for entry in entries
        for address, path in there.items()
        if address.startswith(f"{entry}.rule") and isinstance(at_path(layer.table, path), str)
        for rule in [at_path(layer.table, path)]
    }
    for rule, quoted in law.rules.items():
        if rule in rules:
            told = {"clause": quoted.citation.clause, "quote": quoted.citation.quote}
            told |= {"reading": quoted.reading} if quoted.reading else {}
            said = ", ".join(f"{key} = {written(each)}" for key, each in told.items())
            yield f"# {rule} = {{ {said} }}"
