"""What is left to people, and what the notice says nothing of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.law import words
from api.pages.pack.parts import EVERYBODY, Entry, Section, Words
from domain.policy.checks.specialty import SpecialtiesAgree
from domain.policy.law import NATIONAL_DEFAULT
from domain.policy.silent import DATES, TEXT, YEARS
from domain.policy.soundness import citations_within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.law.readable import Readable
    from domain.policy.layer import Layer

ASKED = (
    "batches",
    "windows silent.dates",
    "completion",
    "handled",
    "years",
    "conditions",
    "case_types",
    "routes silent.years",
    "stages",
    "publicity",
    "publicity_default",
    "authorities",
    "materials",
    "paper_duties",
    "places",
    "contacts",
    "fees",
    "account_creators",
    "accounts",
    "separation",
    "recusal_grounds",
    "returns",
    "votes",
    "vacancy_form",
    "labels",
    "documents",
    "sanctions",
    "process_terms",
    "objections",
    "annual_roll",
    "retention",
    "areas",
)
"""The questions that a notice may answer, by the sections of a pack, of which one is enough."""


_SILENT = {
    YEARS: "学历与年限表（{document}）未提供",
    DATES: "时间由“{document}”规定，未提供",
    TEXT: "提到的“{document}”未提供",
}
"""What is said of a silence, by what it is about."""


def for_people(readable: Readable) -> Section:
    """What the system leaves to human judgement."""
    title = Words("留给人工判断的", "Left to human judgement")
    return Section(title=title, parts=tuple(_judged(readable)))


def _judged(readable: Readable) -> Iterator[Entry]:
    law = readable.law.whole
    for rule in law.conditions.values():
        if rule.otherwise in {"manual", "undetermined"}:
            yield Entry(
                text=f"{rule.chinese}：{words.OTHERWISE[rule.otherwise]}。", cites=rule.citations
            )
        elif isinstance(rule.check, SpecialtiesAgree) and rule.check.differing == "judge":
            yield Entry(text=f"{rule.chinese}：文字不同的，由人工判断。", cites=rule.citations)
    for kind in law.case_types.values():
        if kind.outcome == "manual":
            yield Entry(text=f"{kind.chinese}。", cites=kind.citations)
    for route in law.routes.values():
        if route.exceptional:
            yield Entry(text=f"{route.chinese}：由人工判断。", cites=route.citations)
    for silent in law.silent.values():
        case = readable.when(silent.when) or EVERYBODY
        text = f"{_SILENT[silent.about].format(document=silent.document)}：{case}。"
        yield Entry(text=text, cites=silent.citations)
    for each in law.authorities.values():
        if each.code == "UNDETERMINED":
            yield Entry(text=f"审批权限：{each.chinese}。", cites=each.citations)
    for leg in law.paper_legs.values():
        if leg.closes is None:
            case = readable.when(leg.when) or EVERYBODY
            yield Entry(text=f"纸质材料第{leg.leg}程的时间未规定：{case}。", cites=leg.citations)
    for reference in readable.law.references():
        if reference.kind == "judgement":
            yield Entry(text=f"{reference.chinese}。", cites=reference.citations)


def set_aside(readable: Readable) -> Section:
    """What the notice says and nothing has to carry out, each with the reason."""
    every = readable.law.whole.set_aside.items()
    title = Words("通知里不需要执行的话", "Words that nothing has to carry out")
    return Section(
        title=title,
        parts=tuple(Entry(text=f"「{words}」：{reason}。") for words, reason in every),
    )


def unregulated(readable: Readable) -> Section:
    """The questions that the notice does not answer: those with a default, those with none."""
    defaulted, open_ones = [], []
    for sections in ASKED:
        question = words.SECTIONS[sections.partition(" ")[0]]
        values = tuple(_said(readable.law.whole, each) for each in sections.split())
        cites = tuple(citations_within(values))
        if not cites:
            open_ones.append(question)
        elif all(each.source == NATIONAL_DEFAULT for each in cites):
            defaulted.append(question)
    parts = []
    if defaulted:
        text = f"通知没有规定、适用国家层面「默认」规则的：{'、'.join(defaulted)}。"
        parts.append(Entry(text=text))
    if open_ones:
        text = f"通知没有规定，也没有默认规则，系统不作要求的：{'、'.join(open_ones)}。"
        parts.append(Entry(text=text))
    return Section(
        title=Words("通知没有规定的", "What the notice does not regulate"), parts=tuple(parts)
    )


def _said(law: Layer, section: str) -> object:
    """What the law says under a section, or where it is silent about one thing."""
    _, _, about = section.partition("silent.")
    return law.silent_about(about) if about else getattr(law, section)
