"""What is handed in and paid: materials, the form of posts, paper, places, fees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.law import words
from api.law.readable import listed
from api.pages.pack.eligibility import own_words
from api.pages.pack.parts import (
    CASES,
    EVERYBODY,
    Entry,
    Section,
    Words,
    applies,
    day,
    notes,
    row,
    table,
)

if TYPE_CHECKING:
    from api.law.readable import Readable
    from api.pages.pack.parts import Row
    from domain.policy.duties import PaperForm
    from domain.policy.materials import Material
    from domain.policy.places import PaperLeg


def materials(readable: Readable) -> Section:
    """Every material, how it comes, and under whose seal."""
    head = (
        Words("材料", "Material"),
        Words("提交方式", "How"),
        Words("要求", "Form"),
        Words("签章", "Seals"),
        CASES,
    )
    rows = [_material(each, readable) for each in readable.law.whole.materials.values()]
    title = Words("申报材料", "Materials")
    return Section(title=title, parts=(*table(head, rows), *_vacancy_form(readable)))


def _material(each: Material, readable: Readable) -> Row:
    instead = "或者".join(map(readable.material, each.instead))
    supports = "、".join(words.CLAIMS[kind] for kind in each.supports)
    return row(
        notes(each.chinese, "" if each.required else "（有则提交）"),
        notes(words.CHANNELS[each.channel], f"“{each.column}”栏" if each.column else ""),
        notes(
            each.form,
            f"{each.copies}份" if each.copies > 1 else "",
            f"来源：{each.source}" if each.source else "",
            f"可用{instead}代替" if instead else "",
            f"用以证明：{supports}" if supports else "",
            own_words(each.refuses, each.chinese),
        ),
        tuple(map(readable.seal, each.stamps)),
        readable.when(each.when) or EVERYBODY,
        cites=each.citations,
    )


def _vacancy_form(readable: Readable) -> tuple[Entry, ...]:
    form = readable.law.whole.vacancy_form
    if form is None:
        return ()
    per = "每批填报一次" if form.per == "batch" else "全年填报一次"
    sums = (
        f"{words.SUMS[each.id]}（不符的，{words.DIFFERS[each.otherwise]}）"
        for each in form.sums.values()
    )
    seals = (f"{each.chinese}（{words.SEALS[each.by]}）" for each in form.seals.values())
    cites = dict.fromkeys(
        (
            *form.citations,
            *(one for each in form.columns.values() for one in each.citations),
            *(one for each in form.sums.values() for one in each.citations),
            *(one for each in form.seals.values() for one in each.citations),
        )
    )
    return (
        Entry(
            text=f"{form.chinese}：由用人单位{per}。",
            notes=notes(
                applies(readable.when(form.when)),
                f"各列：{listed(each.chinese for each in form.columns.values())}。",
                f"须相符的数字：{'；'.join(sums)}。" if form.sums else "",
                f"依次签章：{'、'.join(seals)}。" if form.seals else "",
            ),
            cites=tuple(cites),
        ),
    )


def paper(readable: Readable) -> Section:
    """Whether paper is asked for, its way in time, its places."""
    law = readable.law.whole
    duties = [
        Entry(
            text=f"{each.chinese}。",
            notes=notes(applies(readable.when(each.when))),
            cites=each.citations,
        )
        for each in law.paper_duties.values()
    ]
    legs = [_leg(each, readable) for each in law.paper_legs.values()]
    forms = [_form(each, readable) for each in law.paper_forms.values()]
    places = [
        row(
            each.address,
            each.phones or "—",
            readable.when(each.when) or EVERYBODY,
            cites=each.citations,
        )
        for each in law.places.values()
    ]
    contacts = [
        row(each.name, each.phones or "—", each.address or "—", cites=each.citations)
        for each in law.contacts.values()
    ]
    phone = Words("电话", "Telephone")
    return Section(
        title=Words("纸质材料、受理地点和咨询电话", "Paper, places, contacts"),
        parts=(
            *duties,
            *table(
                (
                    Words("次序", "Leg"),
                    Words("报送", "From and to"),
                    Words("时间", "When"),
                    CASES,
                ),
                legs,
            ),
            *forms,
            *table((Words("受理地点", "Place"), phone, CASES), places),
            *table((Words("咨询单位", "Office"), phone, Words("地址", "Address")), contacts),
        ),
    )


def _leg(each: PaperLeg, readable: Readable) -> Row:
    senders = "、".join(map(readable.body, each.sender))
    if each.opens and each.closes:
        dates = f"{day(each.opens)}至{day(each.closes)}"
    else:
        dates = f"{day(each.closes)}以前" if each.closes else "通知未规定，由人工确定"
    return row(
        f"第{each.leg}程",
        notes(
            f"{senders}报{readable.body(each.receiver)}",
            "（线上审核通过后）" if each.after_approval else "",
        ),
        dates,
        readable.when(each.when) or EVERYBODY,
        cites=each.citations,
    )


def _form(each: PaperForm, readable: Readable) -> Entry:
    law = readable.law.whole
    if each.publicity is not None:
        posted = law.publicity.get(each.publicity)
        begins = f"“{posted.chinese if posted else each.publicity}”期满后"
    else:
        begins = f"“{readable.stage(each.stage or '')}”环节办结后"
    seals = "、".join(map(readable.seal, each.stamps))
    return Entry(
        text=f"{each.chinese}：{begins}{each.days}日内提交{each.copies}份。",
        notes=notes(
            applies(readable.when(each.when)),
            f"签章：{seals}。" if seals else "",
            "末日逢休息日的，顺延至下一个工作日；逾期的，予以标注。",
        ),
        cites=each.citations,
    )


def fees(readable: Readable) -> Section:
    """What an application costs."""
    rows = [
        row(
            f"{each.fen / 100:.2f}".removesuffix(".00") + "元",
            notes(
                each.chinese,
                "须待缴费提醒之后缴纳，提前的予以标注" if each.after_reminder else "",
            ),
            readable.when(each.when) or EVERYBODY,
            cites=each.citations,
        )
        for each in readable.law.whole.fees.values()
    ]
    head = (Words("金额", "Amount"), Words("缴纳方式", "How it is paid"), CASES)
    return Section(title=Words("收费", "Fees"), parts=table(head, rows))
