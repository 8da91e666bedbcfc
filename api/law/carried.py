"""What becomes of the sentences of a notice, in words: who carries them out, or why nobody does."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from api.law.entries import entry_name
from api.law.words import SECTIONS
from domain.policy.notice_sentences import Fate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.policy.law import Law

FATES: Mapping[Fate, tuple[str, str]] = {
    Fate.CARRIED: ("有规则执行", "carried"),
    Fate.REFERENCE: ("供查阅", "for reference"),
    Fate.JUDGED: ("留给人工判断", "left to people"),
    Fate.SET_ASIDE: ("不需执行（有理由）", "set aside"),
    Fate.HEADING: ("小标题", "headings"),
    Fate.NOTHING: ("没有着落", "of which nothing becomes"),
}


def carriers(law: Law, keys: Iterable[str]) -> str:
    """The values that rest on a rule, in Chinese, by section: 审核环节：单位、市局；公示."""
    told = [
        _under(section, [entry_name(law, key, "zh") for key in of])
        for section, of in groupby(keys, key=lambda key: key.partition("[")[0])
    ]
    return "；".join(told)


def _under(section: str, names: list[str]) -> str:
    """What of one section rests on it: the entries by name, or the section where they have none."""
    called = SECTIONS[section]
    entries = dict.fromkeys(each.removeprefix(called).removeprefix("：") for each in names)
    named = [each for each in entries if each]
    return f"{called}：{'、'.join(named)}" if named else called
