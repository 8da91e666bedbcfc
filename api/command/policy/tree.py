"""A verdict as a tree on a terminal. No status is told by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from domain.policy.in_words import computed_in_words
from domain.policy.verdict import Status
from domain.policy.whose_turn import still_open

if TYPE_CHECKING:
    from api.command.invocation import Language
    from domain.policy.law import Law
    from domain.policy.verdict import Condition, Verdict

MARKS = {
    Status.MET: ("✓", "符合", "met"),
    Status.UNMET: ("✗", "不符合", "not met"),
    Status.MANUAL: ("☞", "须人工判断", "for a human"),
    Status.OPEN: ("○", "待定", "open"),
    Status.UNKNOWN: ("?", "不能确定", "undetermined"),
    Status.NOT_AT_ISSUE: ("·", "未涉及", "not at issue"),
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


def print_verdict(law: Law, verdict: Verdict, language: Language) -> None:
    """Print the verdict: outcome first, then each condition with facts, arithmetic and words."""
    chinese = language == "zh"
    outcome = verdict.outcome.value
    head = f"{law.id} v{law.version}: {OUTCOMES[outcome] if chinese else outcome}"
    tree = Tree(Text(head))
    for condition in verdict.root.children:
        _add(tree, condition, chinese=chinese)
    console = Console(highlight=False, soft_wrap=True)
    console.print(tree)
    for refusal in verdict.refusals:
        console.print(Text(f"{refusal.code}: {refusal.chinese if chinese else refusal.english}"))
    for fact in verdict.open:
        console.print(Text(still_open(fact, law)[0 if chinese else 1]))
    for name, value in _summary(law, verdict, chinese=chinese).items():
        console.print(Text(f"{SUMMARY[name]}：{value}" if chinese else f"{name}: {value}"))


def _add(tree: Tree, condition: Condition, *, chinese: bool) -> None:
    mark, zh, en = MARKS[condition.status]
    words = condition.chinese if chinese else condition.english
    line = f"{mark} {words} [{zh if chinese else en}]"
    if not condition.binding:
        line += "（未采用）" if chinese else " (not taken)"
    branch = tree.add(Text(line))
    if condition.facts:
        branch.add(Text(("事实：" if chinese else "facts: ") + "、".join(condition.facts)))
    for computed in condition.computed:
        branch.add(Text(computed_in_words(computed)[0 if chinese else 1]))
    for citation in condition.citations:
        branch.add(
            Text(f"{citation.rule} {citation.clause}「{citation.quote}」 {citation.source}", "dim")
        )
    for child in condition.children:
        _add(branch, child, chinese=chinese)


def _summary(law: Law, verdict: Verdict, *, chinese: bool) -> dict[str, str]:
    authority = verdict.authority
    told = {
        "level": _level(law, verdict.level, chinese=chinese),
        "best_level": _level(law, verdict.best_level, chinese=chinese),
        "authority": authority
        and f"{authority.code} {authority.chinese if chinese else authority.english}",
        "batch": verdict.batch,
        "reference_date": verdict.reference_date,
        "flags": ", ".join(verdict.flags),
        "hint": HINTS.get(verdict.hint or "", verdict.hint) if chinese else verdict.hint,
        "next_possible": verdict.next_possible,
        "next_possible_on": verdict.next_possible_on,
        "remedy": verdict.remedy,
        "suggested_series": verdict.suggested_series,
    }
    return {name: str(value) for name, value in told.items() if value}


def _level(law: Law, level: str | None, *, chinese: bool) -> str | None:
    known = law.whole.levels.get(level or "")
    return level if known is None else known.chinese if chinese else known.english
