"""Who may apply: the levels, the conditions with the words quoted, those who hold a title."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from api.law import words
from api.law.checks import check_in_words
from api.pages.pack.parts import Entry, Section, Words, applies, notes
from domain.policy.checks.achievements import SomeOf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.law.readable import Readable
    from domain.policy.case_types import CaseType
    from domain.policy.condition import Rule
    from domain.policy.own_wording import Wording


def scope(readable: Readable) -> Section:
    """The levels that are dealt with, and whom the conditions are for."""
    law = readable.law.whole
    parts: list[Entry] = []
    if law.handled is not None:
        levels = "、".join(map(readable.level, law.handled.levels))
        whose = f"（{said}）" if (said := readable.when(law.handled.when)) else ""
        parts.append(
            Entry(text=f"办理的级别{whose}：{levels}。", cites=law.handled.citations, quoted=True)
        )
    if law.areas:
        named = "、".join(law.areas)
        cites = dict.fromkeys(each for area in law.areas.values() for each in area.citations)
        parts.append(Entry(text=f"所辖地区：{named}。", cites=tuple(cites)))
    return Section(title=Words("办理范围", "What is dealt with"), parts=tuple(parts))


def conditions(readable: Readable) -> Section:
    """Every condition, with the notice's words."""
    law = readable.law.whole
    return Section(
        title=Words("申报条件", "Conditions"),
        parts=tuple(
            entry
            for rule in law.conditions.values()
            if not rule.only_where_asked
            for entry in condition(rule, readable)
        ),
    )


def condition(rule: Rule, readable: Readable, number: str = "") -> Iterator[Entry]:
    """One condition, and what it lists."""
    yield Entry(
        text=f"{rule.chinese}。",
        notes=notes(
            applies(readable.when(rule.when)),
            _stopped("系统据以判断：", check_in_words(rule.check, readable)),
            _otherwise(rule),
            _stopped("补正办法：", rule.remedy[0] if rule.remedy else ""),
            _stopped("可以改报：", rule.suggests or ""),
        ),
        cites=rule.citations,
        quoted=True,
        number=number,
    )
    if isinstance(rule.check, SomeOf):
        for item in rule.check.listed:
            yield Entry(
                text=f"（业绩）{item.chinese}。",
                notes=notes(
                    _stopped("认可的情形：", readable.when(item.when)),
                    f"限最近{item.within_years}年。" if item.within_years is not None else "",
                    f"须有{item.count}项。" if item.count > 1 else "",
                ),
                cites=item.citations,
                quoted=True,
            )


def repetition(readable: Readable) -> Section:
    """Those who hold a title already; the first kind that fits is taken."""
    kinds = readable.law.whole.case_types.values()
    parts = tuple(
        Entry(
            text=f"{kind.chinese}：{words.REPEATED[kind.outcome]}。",
            notes=notes(
                _stopped("指的是：", _held(kind, readable)),
                "新取得的职称代替原职称。" if kind.supersedes else "",
                own_words(kind.refuses, kind.chinese),
            ),
            cites=kind.citations,
            quoted=True,
        )
        for kind in kinds
    )
    title = Words("已有职称的人（依次对照，取第一种符合的）", "Who holds a title already")
    return Section(title=title, parts=parts)


def _held(kind: CaseType, readable: Readable) -> str:
    title = readable.like(kind.title) if kind.title else ""
    return "；".join(notes(f"已有职称的{title}" if title else "", readable.when(kind.when)))


def answered(wording: Wording, condition: str) -> str:
    """What is answered, with what only a case can tell left open as ``……``."""
    told = {"condition": condition, "material": condition}
    pieces = [
        text + ("" if name is None else told.get(name, "……"))
        for text, name, _, _ in Formatter().parse(wording.sentence.chinese)
    ]
    return f"答复：{''.join(pieces)}"


def own_words(wording: Wording | None, condition: str) -> str:
    """What the notice has answered in words of its own; empty where it has none."""
    return answered(wording, condition) if wording and wording.own else ""


def _otherwise(rule: Rule) -> str:
    """What follows where the condition is not met, with the engine's sentence for it."""
    told = rule.otherwise == "refuse" or rule.refuses.own
    answer = f"，{answered(rule.refuses, rule.chinese)}" if told else "。"
    return f"{words.OTHERWISE[rule.otherwise]}{answer}"


def _stopped(label: str, text: str) -> str:
    """A note that begins with its label; empty where there is nothing to say."""
    return f"{label}{text}。" if text else ""
