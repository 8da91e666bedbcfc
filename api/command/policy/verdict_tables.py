"""A verdict as tables on a terminal, of characters that are equally wide on every one.

The conditions that speak for or against it, with what was looked at and not taken; what is open,
whose turn that is and by when; what follows; and each clause once, in the notice's words.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.command.policy.of_what import counted_in_english
from api.law.readable import RELATION, Readable
from domain.policy.in_words import computed_in_words, length_in_words
from domain.policy.periods import Length
from domain.policy.verdict import Status
from domain.policy.whose_turn import by_when, called, speakers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from api.command.invocation import Language
    from domain.policy.law import Law
    from domain.policy.verdict import Condition, Verdict
    from domain.refusal import Citation

STATUSES = {
    Status.MET: ("符合", "met"),
    Status.UNMET: ("不符合", "not met"),
    Status.MANUAL: ("须人工判断", "for a human"),
    Status.OPEN: ("待定", "open"),
    Status.UNKNOWN: ("不能确定", "undetermined"),
    Status.NOT_AT_ISSUE: ("未涉及", "not at issue"),
}
OUTCOMES = {
    "eligible": "符合申报资格",
    "ineligible": "不符合申报资格",
    "manual_review": "须人工判断",
    "undetermined": "不能确定",
}
SUMMARY = {
    "level": "可认定级别",
    "best_level": "可达到的最高级别",
    "authority": "认定机关",
    "batch": "批次",
    "reference_date": "年限终算日期",
    "flags": "标注",
    "hint": "提示",
    "next_possible": "下一次可申报",
    "next_possible_on": "最早可申报日期",
    "remedy": "怎样补正",
    "suggested_series": "建议申报系列",
}
HINTS = {"borderline": "差几日或刚满，请核对日期"}
CONDITIONS = (("结论", "verdict"), ("条件", "condition"), ("事实和算式", "facts, arithmetic"))
OPEN = (("待定的事实", "open"), ("由谁说", "who says it"), ("什么时候", "by when"))
SHOWN_BY = ("用什么证明", "shown by")
RULES = ("依据", "rules")
_HAD = re.compile(r"(\d+)y(\d+)m(\d+)d")


def print_verdict(law: Law, verdict: Verdict, language: Language) -> None:
    """Print the verdict, in one language, as wide as the terminal is."""
    _Page(law, 0 if language == "zh" else 1).show(verdict)


class _Page:
    """What is printed of a law's verdicts; ``language`` is 0 for Chinese, 1 for English."""

    def __init__(self, law: Law, language: int) -> None:
        self.law, self.language = law, language
        self.console = Console(highlight=False)

    def show(self, verdict: Verdict) -> None:
        """Outcome first, then everything that it rests on."""
        outcome = verdict.outcome.value
        self._line(f"{self.law.id} v{self.law.version}: {self._in((OUTCOMES[outcome], outcome))}")
        for refusal in verdict.refusals:
            self._line(f"{refusal.code}: {self._in((refusal.chinese, refusal.english))}")
        shown = [*_rows(verdict.root.children)]
        self._conditions(shown)
        self._not_at_issue(verdict.root.children)
        self._open(verdict)
        for name, value in self._summary(verdict).items():
            self._line(self._in((f"{SUMMARY[name]}：{value}", f"{name}: {value}")))
        self._line()
        self._clauses([*(each for _, each in shown)], verdict)

    def _conditions(self, shown: list[tuple[int, Condition]]) -> None:
        table = self._table(CONDITIONS, 10)
        for depth, each in shown:
            table.add_row(
                self._in(STATUSES[each.status]),
                f"{'－' * depth}{self._condition(each)}",
                "\n".join(self._seen(each)),
                _rules(each.citations),
            )
        self.console.print(table)

    def _condition(self, each: Condition) -> str:
        """What is asked; of a requirement of time, of what the time is."""
        chinese, english = each.chinese, each.english
        if each.term is not None:
            chinese = f"{Readable(self.law).counted(each.term)}{chinese}"
            english = f"{english}: {counted_in_english(each.term, self.law)}"
        untaken = ("", "") if each.binding else ("（未采用）", " (not taken)")
        return self._in((chinese + untaken[0], english + untaken[1]))

    def _seen(self, each: Condition) -> Iterator[str]:
        for fact in each.facts:
            had = _HAD.fullmatch(fact)
            length = Length(*map(int, had.groups())) if had else None
            yield self._in(length_in_words(length)) if length is not None else self._fact(fact)
        for computed in each.computed:
            yield self._in(computed_in_words(computed))
        if each.status is Status.OPEN:
            yield from (self._in(called(name, self.law)) for name in sorted(each.open_on))

    def _fact(self, seen: str) -> str:
        """What was looked at: a fact and what it is, or a word of the pack."""
        name, told, value = seen.partition("=")
        if told and name in self.law.facts():
            given = {"true": True, "false": False}.get(value, value)
            called = self.law.means(name)[0]
            return self._in((f"{called}为{Readable(self.law).value(name, given)}", seen))
        whole = self.law.whole
        known = whole.levels.get(seen) or whole.educations.get(seen)
        relation = RELATION.get(seen)
        if known is None:
            return self._in((relation or seen, seen))
        return self._in((known.chinese, known.english))

    def _not_at_issue(self, conditions: Iterable[Condition]) -> None:
        names = [
            self._in((each.chinese, each.english))
            for each in conditions
            if each.status is Status.NOT_AT_ISSUE
        ]
        if names:
            told = self._in(STATUSES[Status.NOT_AT_ISSUE])
            self._line(self._in((f"{told}：{'；'.join(names)}。", f"{told}: {'; '.join(names)}.")))

    def _open(self, verdict: Verdict) -> None:
        if not verdict.open:
            return
        table = self._table((*OPEN, SHOWN_BY))
        for fact in verdict.open:
            material = self.law.whole.materials.get(fact.material or "")
            table.add_row(
                self._in(called(fact.name, self.law)),
                self._in(speakers_of(fact.said_by)),
                self._in(by_when(fact.by, self.law)),
                self._in((material.chinese, material.english)) if material else "",
                _rules(fact.citations),
            )
        self.console.print(table)

    def _summary(self, verdict: Verdict) -> dict[str, str]:
        authority = verdict.authority
        told = {
            "level": self._level(verdict.level),
            "best_level": self._level(verdict.best_level),
            "authority": authority
            and f"{authority.code} {self._in((authority.chinese, authority.english))}",
            "batch": verdict.batch,
            "reference_date": verdict.reference_date
            if verdict.reference_date != date.max
            else None,
            "flags": ", ".join(verdict.flags),
            "hint": self._in((HINTS.get(verdict.hint or "", ""), verdict.hint or "")),
            "next_possible": verdict.next_possible,
            "next_possible_on": verdict.next_possible_on,
            "remedy": verdict.remedy,
            "suggested_series": verdict.suggested_series,
        }
        return {name: str(value) for name, value in told.items() if value}

    def _level(self, level: str | None) -> str | None:
        known = self.law.whole.levels.get(level or "")
        return level if known is None else self._in((known.chinese, known.english))

    def _clauses(self, conditions: list[Condition], verdict: Verdict) -> None:
        """Each clause that is cited, once."""
        cited = [each.citations for each in conditions]
        cited += [each.citations for each in verdict.refusals]
        cited += [each.citations for each in verdict.open]
        for clause in dict.fromkeys(chain.from_iterable(cited)):
            place = f"{clause.rule}（{clause.source} {clause.clause}）"
            self._line(f"{place}「{clause.quote}」", "dim")

    def _table(self, heads: Iterable[tuple[str, str]], narrow: int | None = None) -> Table:
        table = Table(box=MARKDOWN, expand=True, pad_edge=False)
        for number, head in enumerate(heads):
            width = narrow if number == 0 else None
            table.add_column(self._in(head), overflow="fold", width=width)
        table.add_column(self._in(RULES), no_wrap=True)
        return table

    def _in(self, words: tuple[str, str]) -> str:
        return words[self.language]

    def _line(self, text: str = "", style: str = "") -> None:
        self.console.print(Text(text, style))


def _rows(conditions: Iterable[Condition], depth: int = 0) -> Iterator[tuple[int, Condition]]:
    """Every condition that is at issue, those within another beneath it."""
    for each in conditions:
        if each.status is not Status.NOT_AT_ISSUE or depth:
            yield depth, each
            yield from _rows(each.children, depth + 1)


def _rules(citations: Iterable[Citation]) -> str:
    return "\n".join(dict.fromkeys(each.rule for each in citations))
