"""The way of a case: stages, publicity, who decides, returns, recusal, votes, accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.law import words
from api.pages.pack.eligibility import own_words
from api.pages.pack.parts import (
    CASES,
    EVERYBODY,
    Entry,
    Section,
    Words,
    applies,
    notes,
    row,
    table,
)
from domain.policy.chain import CLAIM_KINDS
from domain.policy.publicity import UNIT
from domain.separation import SEATS

if TYPE_CHECKING:
    from fractions import Fraction

    from api.law.readable import Readable
    from api.pages.pack.parts import Row
    from domain.policy.chain import Stage
    from domain.policy.publicity import Publicity
    from domain.policy.votes import VoteRule

USUAL_AGEING = 15
"""Days at a stage that no notice sets: a number of the reader's own, and nothing to be printed."""


def chain(readable: Readable) -> Section:
    """The stages in order, and that nobody sits on both sides."""
    law = readable.law.whole
    separated = law.separation
    parts: list[Entry] = []
    if separated is not None:
        level = "不得办理" if separated.other_level == "refuse" else "予以标注"
        parts.append(
            Entry(
                text="每一环节先经办人、后领导，须为不同的人；申报人不得审查本人的材料。",
                notes=notes(
                    f"同一人在不同层级办理同一申报的，{level}。",
                    "可以为一件申报指定代行审查人，并说明理由。" if separated.substitutes else "",
                ),
                cites=separated.citations,
            )
        )
    head = (
        Words("环节", "Stage"),
        Words("承办单位", "Body"),
        Words("经办人／领导", "Seats"),
        Words("说明", "Notes"),
        CASES,
    )
    rows = [_stage(stage, readable) for stage in law.stages.values()]
    return Section(
        title=Words("审核环节（依次办理）", "The chain of review"),
        parts=(*table(head, rows), *parts, *_recusal(readable), *_votes(readable)),
    )


def _stage(stage: Stage, readable: Readable) -> Row:
    posted = readable.law.whole.publicity.get(stage.publicity or "")
    first = "、".join(words.CLAIMS[each] for each in stage.first_to_assert)
    some = set(stage.first_to_assert) != set(CLAIM_KINDS)
    seats = "、".join(SEATS.get(each, each) for each in stage.seats)
    others = (
        f"下列情形由{words.BODIES[other.body]}承办：{readable.when(other.when) or EVERYBODY}"
        for other in stage.instead
    )
    return row(
        stage.chinese,
        words.BODIES[stage.body],
        "评审委员会表决" if stage.votes else seats,
        notes(
            "在此作出决定" if stage.decides else "",
            f"其间进行“{posted.chinese}”" if posted else "",
            f"没有的，由{words.BODIES[stage.stands_in]}代" if stage.stands_in else "",
            f"可以首先核实：{first}" if some and first else "",
            *others,
            f"停留{stage.ageing_days}日的，列入提示" if stage.ageing_days != USUAL_AGEING else "",
        ),
        readable.when(stage.when) or EVERYBODY,
        cites=(*stage.citations, *(one for other in stage.instead for one in other.citations)),
    )


def _recusal(readable: Readable) -> tuple[Entry, ...]:
    grounds = readable.law.recusal_grounds().values()
    named = "、".join(
        f"{each.chinese}{'（须另写具体情况）' if each.explained else ''}" for each in grounds
    )
    cites = tuple(dict.fromkeys(one for each in grounds for one in each.citations))
    return (Entry(text=f"回避事由：{named}。", cites=cites),) if named else ()


def _votes(readable: Readable) -> tuple[Entry, ...]:
    law = readable.law.whole
    if law.votes is None or not any(stage.votes for stage in law.stages.values()):
        return ()
    others = (
        f"下列情形另定——{readable.when(each.when) or EVERYBODY}：{_vote(each.rule)}。"
        for each in law.votes.instead
    )
    text = f"表决：{_vote(law.votes)}。"
    return (Entry(text=text, notes=tuple(others), cites=law.votes.citations),)


def _vote(rule: VoteRule) -> str:
    of = "出席人数" if rule.of == "present" else "全体成员人数"
    return "；".join(
        notes(
            f"出席不少于成员的{_part(rule.quorum)}",
            f"同意票不少于{of}的{_part(rule.majority)}为通过",
            f"成员不少于{rule.members}人" if rule.members else "",
            f"出席不少于{rule.present}人" if rule.present else "",
        )
    )


def _part(fraction: Fraction) -> str:
    return f"{fraction.denominator}分之{fraction.numerator}"


def publicity(readable: Readable) -> Section:
    """Every publicity, its length, and how its days are counted."""
    rows = [_publicity(each, readable) for each in readable.law.publicities()]
    head = (
        Words("公示", "Publicity"),
        Words("地点", "Place"),
        Words("期限", "Length"),
        Words("未公示期满的", "Before it has ended"),
    )
    objections = readable.law.whole.objections
    parts: list[Entry] = []
    if objections is not None:
        parts.append(
            Entry(
                text=f"公示期内提出的异议，自次日起{objections.screening_working_days}"
                "个工作日内受理审查。",
                notes=notes(
                    "异议人身份经核实的，可以记明其人，供回避比对。"
                    if objections.objector_may_be_named
                    else "",
                ),
                cites=objections.citations,
            )
        )
    title = Words("公示和异议", "Publicity and objections")
    return Section(title=title, parts=(*table(head, rows), *parts))


def _publicity(each: Publicity, readable: Readable) -> Row:
    then = "不得上报下一环节" if each.before == "forward" else "不得发文、发证"
    breach = then if each.on_breach == "refuse" else f"应当{then}；违反的，予以标注"
    stage = readable.law.whole.stages.get(each.stage)
    said = readable.law.whole.publicity[each.id]
    length = "「默认」" if said.working_days is None else ""
    counted = "「默认」" if said.counting is None else ""
    whose = f"（{told}）" if (told := readable.when(said.when)) else ""
    return row(
        notes(each.chinese, f"（{stage.chinese}）" if stage else "", whose),
        f"{each.place}（单位内部，凭编号查阅）" if each.shown_to == UNIT else each.place,
        (f"不少于{each.length[0]}{length}", f"{words.COUNTING[each.counting]}{counted}"),
        breach,
        cites=each.citations,
    )


def authority(readable: Readable) -> Section:
    """Who decides; the first that fits."""
    law = readable.law.whole
    deciding = [
        Entry(
            text=f"{each.chinese}。",
            notes=notes(
                applies(readable.when(each.when)),
                "先受理，再逐级上报。" if each.action else "",
                "予以标注。" if each.flag else "",
                "本系统不受理。" if each.refuses else "",
                own_words(each.refuses, each.chinese),
            ),
            cites=each.citations,
            quoted=True,
        )
        for each in law.authorities.values()
    ]
    title = Words("审批权限（依次对照，取第一个符合的）", "Who decides")
    return Section(title=title, parts=tuple(deciding))


def returns(readable: Readable) -> Section:
    """Returns for revision, and what is asked of accounts and of those who stand in."""
    law = readable.law.whole
    parts: list[Entry] = []
    if law.returns is not None:
        first = law.returns.resume == "first"
        resumed = "从第一个审核环节重新开始" if first else "回到退回的环节"
        parts.append(
            Entry(
                text=f"退回修改的，须在{law.returns.days}日内重新提交；重新提交后，{resumed}。",
                notes=notes(
                    "退回期间，尚未满足的申报时间继续计算。" if law.returns.clock_runs else "",
                ),
                cites=law.returns.citations,
            )
        )
    return Section(title=Words("退回", "Returns"), parts=tuple(parts))


def accounts(readable: Readable) -> Section:
    """Who opens accounts, and what holds for them."""
    law = readable.law.whole
    opened = [
        row(
            "单位账号" if each.creates == "unit" else "申报人账号",
            each.chinese,
            readable.when(each.when) or EVERYBODY,
            cites=each.citations,
        )
        for each in law.account_creators.values()
    ]
    head = (Words("账号", "Account"), Words("由谁创建", "Opened by"), CASES)
    parts: list[Entry] = []
    if (rules := law.accounts) is not None:
        parts.append(
            Entry(
                text="；".join(
                    notes(
                        "审查人账号实行实名制" if rules.real_name else "",
                        "首次登录须先更换初始密码" if rules.change_initial_secret else "",
                        "身份信息与参保信息一致" if rules.matches_insurance else "",
                        f"人员变动{rules.stale_after_days}日未更改的，列入提示",
                    )
                )
                + "。",
                cites=rules.citations,
            )
        )
    return Section(title=Words("账号", "Accounts"), parts=(*table(head, opened), *parts))
