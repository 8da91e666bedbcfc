"""How it ends: what is issued, what misconduct brings, which terms run, what is only told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.law import words
from api.pages.pack.eligibility import answered
from api.pages.pack.parts import Entry, Section, Words, applies, notes, row, table
from domain.policy.in_words import length_in_words
from domain.policy.own_wording import Wording
from domain.policy.periods import Length
from domain.policy.silent import TEXT
from domain.refusals.sentences_by_code import SENTENCES

if TYPE_CHECKING:
    from api.law.readable import Readable
    from domain.policy.layer import Layer
    from domain.policy.reference import Reference
    from domain.policy.sanctions import Sanction


def issued(readable: Readable) -> Section:
    """What a favourable outcome is called, and what it is written on."""
    law = readable.law.whole
    parts = [
        Entry(text=f"结果称为“{each.chinese}”。", cites=each.citations)
        for each in law.labels.values()
    ]
    parts += [
        Entry(
            text=f"{words.ISSUED[each.medium]}{words.ISSUED[each.kind]}：{each.chinese}，"
            f"由{readable.body(each.issuer)}发给。",
            notes=notes(
                applies(readable.when(each.when)),
                "一份文件可以列多人。" if each.names_many else "",
            ),
            cites=each.citations,
        )
        for each in law.documents.values()
    ]
    parts += _afterwards(law, readable)
    return Section(title=Words("结果、文件和证书", "Outcome and documents"), parts=tuple(parts))


def _afterwards(law: Layer, readable: Readable) -> list[Entry]:
    parts = []
    if (roll := law.annual_roll) is not None:
        sender, receiver = readable.body(roll.sender), readable.body(roll.receiver)
        parts.append(
            Entry(
                text=f"{roll.chinese}：由{sender}于次年{roll.due_month}月{roll.due_day}日前报{receiver}。",
                cites=roll.citations,
            )
        )
    if (kept := law.retention) is not None:
        kept_for = "保存期限未确定，不得删除。"
        text = kept_for if kept.years is None else f"保存期限为{kept.years}年。"
        parts.append(Entry(text=text, cites=kept.citations))
    return parts


def sanctions(readable: Readable) -> Section:
    """What misconduct brings, and how long the integrity record runs."""
    rows = []
    for kind in readable.law.whole.sanctions:
        each = readable.law.sanction(kind)
        rows.append(
            row(
                words.MISCONDUCT[each.id],
                each.chinese,
                notes("、".join(each.grounds)),
                notes(*_recorded(each)),
                cites=each.citations,
            )
        )
    head = (
        Words("违规", "Misconduct"),
        Words("后果", "Consequence"),
        Words("情形", "Grounds"),
        Words("诚信记录", "Record"),
    )
    return Section(
        title=Words("违规后果和诚信", "Sanctions and integrity"), parts=table(head, rows)
    )


def _recorded(each: Sanction) -> list[str]:
    effect, elsewhere = words.EFFECTS[each.effect], words.EFFECTS[each.effect_elsewhere]
    within = f"在{words.SCOPES[each.scope]}范围内{effect}，范围以外{elsewhere}"
    source = "" if each.term_source == "notice" else "（期限为「默认」）"
    term = _term(each.term_months, permanent=each.permanent)
    return [
        "；".join(words.ACTS.get(act, act) for act in each.acts),
        f"{term}{source}" if term else "",
        *(
            f"{'、'.join(one.grounds)}的，{_term(one.term_months, permanent=one.permanent)}"
            for one in each.terms
        ),
        effect if effect == elsewhere else within,
    ]


def _term(months: int | None, *, permanent: bool) -> str:
    if permanent:
        return "永久记录"
    return f"记录{length_in_words(Length.of_months(months))[0]}" if months else ""


def terms(readable: Readable) -> Section:
    """The terms of due process."""
    rows = [
        row(each.chinese, each.in_words[0], _forum(each.id, each.forum), cites=each.citations)
        for each in readable.law.whole.process_terms.values()
    ]
    head = (Words("期限", "Term"), Words("长短", "Length"), Words("说明", "Notes"))
    return Section(title=Words("程序期限", "Terms of due process"), parts=table(head, rows))


def _forum(term: str, forum: str) -> str:
    return (
        words.FORUMS[forum] if term == "review_decision" else "自告知（送达）或起算事项的次日起算"
    )


def told(readable: Readable) -> Section:
    """Channels, declarations, duties, and the clauses behind refusals on the way."""
    law = readable.law
    parts = [_reference(each) for each in law.references()]
    parts += [
        Entry(
            text=f"{words.REFERENCES['text']}：{each.document}。",
            notes=("该文件未提供，系统未收录。",),
            cites=each.citations,
        )
        for each in law.whole.silent_about(TEXT)
    ]
    parts += [
        Entry(text=f"办理中的{answered(Wording(code), '……')}", cites=citations)
        for code, citations in law.whole.refusals.items()
        if code in SENTENCES and any(one.source == law.id for one in citations)
    ]
    return Section(
        title=Words("渠道、声明、职责和其他规定", "Channels, declarations, duties"),
        parts=tuple(parts),
    )


def _reference(each: Reference) -> Entry:
    actor = words.ACTORS.get(each.actor or "", "")
    return Entry(
        text=f"{words.REFERENCES[each.kind]}{f'（{actor}）' if actor else ''}：{each.chinese}。",
        notes=notes(
            f"网址：{each.address}" if each.address else "",
        ),
        cites=each.citations,
    )
