"""The reasons for which law is not put in force, or nothing is filed under it, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.law.events import Step
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from domain.law.events import Edition
    from domain.policy.faults import Fault

_STEPS: Mapping[Step, str] = {
    Step.PUT_IN_FORCE: "施行",
    Step.WITHDRAW: "撤回",
    Step.SUSPEND: "暂停受理",
    Step.RESUME: "恢复受理",
}


def faulty(fault: Fault) -> Refusal:
    """The text does not read, or lacks what a law needs."""
    return Refusal(
        "EDITION_FAULTY",
        f"政策文本有误：{fault.told('zh').rstrip('。')}。",
        f"The text is at fault: {fault.told('en').rstrip('.')}.",
        pointer="/text",
    )


def backdated(starts_on: date, today: date) -> Refusal:
    """Law binds from the day on which it is put in force, or from a later one."""
    return Refusal(
        "EDITION_BACKDATED",
        f"施行日期（{starts_on}）早于今日（{today}）；政策不溯及既往，请改为今日或以后。",
        f"It would hold since {starts_on}, before today ({today}); nothing is law for the past."
        " Name today or a later day.",
        pointer="/starts_on",
    )


def superseded(last: Edition) -> Refusal:
    """There is an edition of this number or a later one already."""
    return _number(
        f"「{last.law}」已有第 {last.number} 版，新版的版本号须更大，同一版本号的内容不得改动。",
        f"There is edition {last.number} of {last.law} already; a new one has a higher number, and"
        " what stands under a number never changes.",
        "/text",
    )


def overtaken(last: Edition, since: date) -> Refusal:
    """An earlier number begins later, and would take the place of this one again."""
    return _number(
        f"「{last.law}」第 {last.number} 版自 {since} 起施行，届时会取代这一版；"
        f"请把生效日期改为当日或以后，或者先撤回第 {last.number} 版。",
        f"Edition {last.number} of {last.law} begins on {since} and would take the place of this"
        " one again; name that day or a later one, or withdraw that edition first.",
        "/starts_on",
    )


def _number(chinese: str, english: str, pointer: str) -> Refusal:
    """The number of an edition is not in the order of the others."""
    return Refusal("EDITION_NUMBER", chinese, english, pointer=pointer)


def other_place(last: Edition) -> Refusal:
    """The text of that id is law for another place, or of another kind."""
    return Refusal(
        "EDITION_ELSEWHERE",
        f"「{last.law}」此前适用于“{last.jurisdiction or '全部地区'}”，同一编号的政策不能改换"
        "适用地区、办理方式或者所叠加的政策包，请另取编号。",
        f"{last.law} is law for {last.jurisdiction or 'the whole record'}; under the same id"
        " neither its area nor its procedure nor what it extends changes. Choose another id.",
        pointer="/text",
    )


def without_reason(last: Edition) -> Refusal:
    """What takes the place of an edition that was put in force says why."""
    return Refusal(
        "EDITION_WITHOUT_REASON",
        f"「{last.law}」第 {last.number} 版已经施行，替换它须说明理由。",
        f"Edition {last.number} of {last.law} was put in force; say why this one takes its place.",
        pointer="/reason",
    )


def another_digest(digest: str) -> Refusal:
    """What was read is not what was proposed."""
    return Refusal(
        "EDITION_DIGEST",
        f"确认的文本与提请的文本不一致（提请文本的摘要为 {digest}），请重新审阅后再确认。",
        f"What you confirm is not what was proposed, whose digest is {digest}; read that first.",
        pointer="/digest",
    )


def without_notice() -> Refusal:
    """No pack is law unless the notice that it says is on record."""
    return Refusal(
        "EDITION_WITHOUT_NOTICE",
        "尚未附上通知原件，不能施行；请提请人先上传并附上。",
        "The notice itself has not been attached yet; whoever proposed it uploads and attaches it.",
    )


def another_notice(digest: str | None) -> Refusal:
    """What was read beside it is not the notice that is attached."""
    return Refusal(
        "EDITION_NOTICE",
        f"对照的通知原件与所附的不一致（所附原件的摘要为 {digest or '无'}），"
        "请对照所附原件重新审阅后再确认。",
        "What you read beside it is not the notice that is attached, whose digest is"
        f" {digest or 'none'}; read that first.",
        pointer="/notice",
    )


def other_clauses(lacking: Sequence[str], strange: Sequence[str]) -> Refusal:
    """Each clause is confirmed by itself, and none that is not there."""
    return Refusal(
        "EDITION_CLAUSES",
        f"须逐条确认；未确认：{_listed(lacking)}；文本中没有：{_listed(strange)}。",
        f"Each clause is confirmed by itself; not confirmed: {', '.join(lacking) or 'none'};"
        f" not in the text: {', '.join(strange) or 'none'}.",
        pointer="/rules",
    )


def nothing_proposed() -> Refusal:
    """Nothing waits for another official."""
    return Refusal(
        "EDITION_DECIDED",
        "没有待确认的事项，可能已经确认或者不予施行。",
        "Nothing waits to be confirmed; it was decided already.",
    )


def step_out_of_place(step: Step) -> Refusal:
    """An edition that stands so can't be given that turn."""
    return Refusal(
        "EDITION_STEP",
        f"该政策目前的状态不能{_STEPS[step]}。",
        f"As the edition stands now, it can't be given this turn: {step.value}.",
        pointer="/step",
    )


def binds_already(since: date) -> Refusal:
    """What has begun to bind is corrected or suspended, never withdrawn."""
    return Refusal(
        "EDITION_BINDS",
        f"该政策自 {since} 起已经施行，不能撤回；请施行更正后的新版，或者暂停受理。",
        f"It is law since {since} and can't be withdrawn; put a corrected edition in force, or"
        " suspend filings.",
        pointer="/step",
    )


def filings_suspended(edition: Edition, reason: str) -> Refusal:
    """No filings are taken under the law for the time being."""
    return Refusal(
        "FILINGS_SUSPENDED",
        f"《{edition.title}》暂停受理：{reason.rstrip('。')}。恢复受理后再申报，已保存的内容不受影响。",
        f"No filings are taken for the time being; the public reason: {reason.rstrip('.')}."
        " File once they are taken again; what you saved stays.",
    )


def other_law_holds(right: Sequence[Edition]) -> Refusal:
    """Another law holds for the employer today than the one that was named."""
    chinese = "、".join(f"{each.law}《{each.title}》" for each in right)
    return Refusal(
        "OTHER_LAW_HOLDS",
        f"申报人无须指定政策；用人单位所在地目前施行的是：{chinese or '无'}。",
        "Which law holds is found and need not be named; for the employer it is now: "
        f"{', '.join(each.law for each in right) or 'none'}.",
        pointer="/pack",
    )


def _listed(rules: Iterable[str]) -> str:
    return "、".join(rules) or "无"
