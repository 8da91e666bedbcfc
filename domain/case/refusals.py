"""The reasons, with their sentences, for which an act on a case is refused by its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain import beijing
from domain.policy.refusal_sentences import refusal
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.case.state import Case
    from domain.refusal import Citation


def wrong_phase(case: Case, act_chinese: str, act_english: str) -> Refusal:
    """The case does not stand where this act belongs."""
    phase = type(case.phase).__name__
    chinese = {
        "Draft": "草稿",
        "UnderReview": "审核中",
        "AwaitingPublicity": "待公示",
        "UnderPublicity": "公示中",
        "Publicised": "公示期满",
        "Returned": "已退回修改",
        "Suspended": "中止审核",
        "Recognised": "已认定",
        "Revoked": "已撤销",
        "Ended": "已终结",
    }[phase]
    return out_of_order(
        f"本案目前为「{chinese}」，不能{act_chinese}，请刷新后按所列可办事项办理",
        f"the case is now {phase}, so it can't be {act_english};"
        " reload it and choose an act that is offered",
    )


def out_of_order(
    chinese: str, english: str, citations: tuple[Citation, ...] = (), pointer: str = ""
) -> Refusal:
    """Something else comes first; the words say how the case stands and what to do."""
    return refusal("STAGE_ORDER", citations, pointer=pointer, standing=(chinese, english))


def other_level(citations: tuple[Citation, ...]) -> Refusal:
    """Nobody acts at two levels of a case where the notice says so."""
    return Refusal(
        "ACTED_AT_OTHER_LEVEL",
        "您已在另一层级办理本案，按规定不得再在本层级办理。请由另一人办理，或指定代行审查人。",
        "You acted in this case at another level. Let somebody else act, or designate a"
        " substitute.",
        citations,
    )


def investigator_reviews(citations: tuple[Citation, ...]) -> Refusal:
    """Whoever investigated the case can't review it afterwards."""
    return Refusal(
        "INVESTIGATOR_REVIEWS",
        "参与过本案核查的人员不得再审查本案。请由另一人办理，或指定代行审查人。",
        "Whoever investigated the case can't review it. Let somebody else act, or designate a"
        " substitute.",
        citations,
    )


def objection_officer_reviews(citations: tuple[Citation, ...]) -> Refusal:
    """Whoever dealt with an objection to the case can't review it afterwards."""
    return Refusal(
        "OBJECTION_OFFICER_REVIEWS",
        "办理过本案异议（含受理审查）的人员不得再审查本案。请由另一人办理，或指定代行审查人。",
        "Whoever dealt with an objection to the case, screening included, can't review it."
        " Let somebody else act, or designate a substitute.",
        citations,
    )


def reason_to_recuse(citations: tuple[Citation, ...]) -> Refusal:
    """A reviewer does not say that no reason to recuse themselves exists."""
    return Refusal(
        "REASON_TO_RECUSE",
        "未声明不存在回避事由的，不得办理。存在回避事由的，请申报自行回避，由他人或代行审查人办理。",
        "Nobody reviews without saying that no reason to recuse themselves exists. Where one"
        " does, declare recusal, and let somebody else or a substitute act.",
        citations,
        "/no_reason_to_recuse",
    )


def assisted_filing(citations: tuple[Citation, ...]) -> Refusal:
    """Who filed for the applicant reviews nothing of the case."""
    return Refusal(
        "ASSISTED_FILING",
        "本案由该人员帮办申报，其不得在任何环节、任何岗位办理本案的审查事项。"
        "请由另一人办理，或指定代行审查人。",
        "Whoever filed the case for its applicant reviews nothing of it, at no stage and in no"
        " seat. Let somebody else act, or designate a substitute.",
        citations,
    )


def recused(citations: tuple[Citation, ...]) -> Refusal:
    """Who is recused does nothing more in the case."""
    return Refusal(
        "RECUSED",
        "已在本案回避的人员不得再办理本案的任何事项。请由另一人办理，或指定代行审查人。",
        "Whoever is recused does nothing more in this case. Let somebody else act, or designate"
        " a substitute.",
        citations,
    )


def recusal_pending(citations: tuple[Citation, ...]) -> Refusal:
    """Whose recusal is applied for does nothing in the case until that is decided."""
    return Refusal(
        "RECUSAL_PENDING",
        "对该人员的回避申请尚未决定，决定前其不得办理本案。请先决定回避申请，或由另一人办理。",
        "An application for their recusal has not been decided; until then they do nothing in"
        " this case. Have it decided, or let somebody else act.",
        citations,
    )


def unknown_recusal_ground(ground: str, known: Iterable[str]) -> Refusal:
    """A ground for recusal that the law of the case does not have."""
    listed = sorted(known)
    return Refusal(
        "UNKNOWN_RECUSAL_GROUND",
        f"没有「{ground}」这一回避事由。可用：{'、'.join(listed)}。",
        f"There is no ground for recusal {ground!r}. Known: {', '.join(listed)}.",
        pointer="/ground",
    )


def recusal_words_missing() -> Refusal:
    """A ground that says nothing by itself."""
    return Refusal(
        "RECUSAL_WORDS_MISSING",
        "以该事由回避的，须写明具体情况。",
        "This ground for recusal has to be explained in words.",
        pointer="/words",
    )


def reviewer_not_named(accounts: Iterable[str]) -> Refusal:
    """An application for recusal that does not say whom of those who fill the seat."""
    listed = sorted(accounts)
    return Refusal(
        "REVIEWER_NOT_NAMED",
        f"请指明该岗位上的一名审查人（account）。现有：{'、'.join(listed) or '无'}。",
        "Name one reviewer who fills this seat (account)."
        f" There are: {', '.join(listed) or 'none'}.",
        pointer="/account",
    )


def recusal_applied_for() -> Refusal:
    """An application against the same person waits for its decision."""
    return Refusal(
        "RECUSAL_APPLIED_FOR",
        "对该审查人的回避申请正在处理，请等待决定。",
        "An application for the recusal of this reviewer is waiting for its decision.",
    )


def recusal_refused_before() -> Refusal:
    """The same application was refused before."""
    return Refusal(
        "RECUSAL_REFUSED_BEFORE",
        "以同一事由对该审查人的回避申请已被驳回，不得重复申请。有新的事由的，请另行列明。",
        "The recusal of this reviewer on this ground was refused before. State another ground"
        " where there is one.",
        pointer="/ground",
    )


def recusal_not_pending() -> Refusal:
    """There is no such application that waits for a decision."""
    return Refusal(
        "RECUSAL_NOT_PENDING",
        "本案没有这一待决定的回避申请，请刷新后查看。",
        "No such application for recusal is waiting in this case; reload it.",
    )


def not_in_chain() -> Refusal:
    """The organisation does not take part in the review of this case."""
    return Refusal(
        "NOT_IN_CHAIN",
        "您所在单位不是本案的办理单位。",
        "Your organisation takes no part in the review of this case.",
    )


def application_missing() -> Refusal:
    """Nothing has been claimed yet."""
    return Refusal(
        "APPLICATION_MISSING",
        "尚未填写申报内容，请先填报学历、资历等信息。",
        "Nothing has been stated yet; state education, work and the rest first.",
        pointer="/application",
    )


def declaration_missing(chinese: str, english: str, pointer: str) -> Refusal:
    """A declaration that every filing needs was not made."""
    return Refusal(
        "DECLARATION_MISSING",
        f"提交前须作出声明：{chinese}。",
        f"Before filing you have to declare that {english}.",
        pointer=pointer,
    )


def said_twice(said: Iterable[str]) -> Refusal:
    """What has one answer is stated more than once, and nobody knows which of them holds."""
    return Refusal(
        "SAID_TWICE",
        f"以下内容写了不止一次：{'、'.join(said)}。每一年度的考核、每一事项只写一条，请删去其余各条。",
        f"These are stated more than once: {', '.join(said)}. Each year's assessment and each fact"
        " has one answer; take the others out.",
        pointer="/application",
    )


def duplicate_claims(claims: Iterable[str], pointer: str = "/application") -> Refusal:
    """Two claims have one id, or two findings one claim."""
    return Refusal(
        "CLAIM_ID_REPEATED",
        f"以下条目编号重复：{'、'.join(claims)}。每一条目须有自己的编号。",
        f"These claims share an id: {', '.join(claims)}. Give each its own.",
        pointer=pointer,
    )


def unknown_claims(claims: Iterable[str], pointer: str) -> Refusal:
    """Something is said about a claim that the application does not make."""
    return Refusal(
        "UNKNOWN_CLAIM",
        f"申报内容中没有以下条目：{'、'.join(claims)}。",
        f"The application makes no such claims: {', '.join(claims)}.",
        pointer=pointer,
    )


def unknown_materials(materials: Iterable[str], pointer: str) -> Refusal:
    """Something is said about a material that the case does not have."""
    return Refusal(
        "UNKNOWN_MATERIAL",
        f"本案没有以下材料：{'、'.join(materials)}。",
        f"The case has no such materials: {', '.join(materials)}.",
        pointer=pointer,
    )


def classified_suspected(materials: Iterable[str], citations: tuple[Citation, ...]) -> Refusal:
    """A file may be classified; the case pauses until it is released or removed."""
    listed = ("、".join(materials), ", ".join(materials))
    return refusal("CLASSIFIED_SUSPECTED", citations, pointer="/materials", materials=listed)


def unverified_claims(claims: Iterable[str]) -> Refusal:
    """A handler recommends approval without having verified each claim."""
    return Refusal(
        "CLAIM_UNVERIFIED",
        f"以下条目尚未逐项核实：{'、'.join(claims)}。请对每一条目给出核实结论。",
        f"These claims have not been verified: {', '.join(claims)}. Give a finding for each.",
        pointer="/verifications",
    )


def refuted_claims(claims: Iterable[str]) -> Refusal:
    """A handler recommends approval although claims were found untrue or doubtful."""
    return Refusal(
        "CLAIM_NOT_CONFIRMED",
        f"以下条目的核实结论不是「属实」：{'、'.join(claims)}。请退回修改，或建议不予通过。",
        f"These claims were not confirmed: {', '.join(claims)}."
        " Return the case or recommend against it.",
        pointer="/verifications",
    )


def first_assertion(claims: Iterable[str], citations: tuple[Citation, ...]) -> Refusal:
    """An authority would be the first to vouch for work history or achievements (XW-34)."""
    return Refusal(
        "FIRST_ASSERTION",
        f"以下条目须先由用人单位（人事代理机构）及其主管部门审查，本级不得首先认定：{'、'.join(claims)}。"
        "请退回并从用人单位重新审查。",
        "The employer and its competent department have to review these claims before this"
        f" authority: {', '.join(claims)}. Return the case so that it resumes at the employer.",
        citations,
        "/verifications",
    )


def not_asked(question: str, asked: Iterable[str]) -> Refusal:
    """A judgement on what the law did not leave to anybody's judgement in this case."""
    chinese, english = "、".join(asked) or "无", ", ".join(asked) or "none"
    return Refusal(
        "UNKNOWN_QUESTION",
        f"本案没有「{question}」这一待判断事项。现有：{chinese}。",
        f"The law asks no {question!r} in this case. It asks: {english}.",
        pointer="/question",
    )


def items_missing() -> Refusal:
    """A return that does not say what to mend."""
    return Refusal(
        "RETURN_ITEMS_MISSING",
        "退回须一次性列明全部需要修改的事项。",
        "A return names every item to be mended, all at once.",
        pointer="/items",
    )


def items_unanswered(items: Iterable[str]) -> Refusal:
    """A filing again that says nothing to some items of the return."""
    return Refusal(
        "RETURN_ITEMS_UNANSWERED",
        f"请逐项答复退回所列事项，尚未答复：第{'、'.join(items)}项。",
        f"Answer every item of the return; not answered yet: {', '.join(items)}.",
        pointer="/answers",
    )


def items_strange(items: Iterable[str]) -> Refusal:
    """Answers to what the return does not name, or twice to the same."""
    return Refusal(
        "RETURN_ITEMS_UNKNOWN",
        f"退回没有列出、或者答复了两次的事项：第{'、'.join(items)}项。",
        f"These are no items of the return, or answered twice: {', '.join(items)}.",
        pointer="/answers",
    )


def past_due(due_at: datetime, citations: tuple[Citation, ...] = ()) -> Refusal:
    """A resubmission after the return's due date."""
    return refusal(
        "STAGE_DEADLINE_MISSED",
        citations,
        closed=(f"北京时间 {beijing.told(due_at)} ", f"{beijing.told(due_at)} (Beijing)"),
        next=("可在下一批次重新申报", "file again in a later batch"),
    )


def unknown_stage(stage: str) -> Refusal:
    """A stage that the chain of this case does not have, or not yet."""
    return Refusal(
        "UNKNOWN_STAGE",
        f"本案的审核流程中没有可用的「{stage}」环节。",
        f"The chain of this case has no stage {stage!r} to use here.",
        pointer="/stage",
    )


def judgement_missing(questions: Iterable[str], cited: tuple[Citation, ...]) -> Refusal:
    """The law left something to human judgement, and nobody has answered."""
    return Refusal(
        "JUDGEMENT_MISSING",
        f"以下事项通知未给出标准，须先作出并记录人工判断：{'、'.join(questions)}。",
        f"The notice leaves these to human judgement; record one first: {', '.join(questions)}.",
        cited,
    )


def judged_unsatisfied(questions: Iterable[str], cited: tuple[Citation, ...]) -> Refusal:
    """The recorded human judgement says that a condition is not met."""
    return Refusal(
        "JUDGED_UNSATISFIED",
        f"已记录的人工判断认为以下条件不具备：{'、'.join(questions)}，不能通过。",
        f"The recorded judgement is that these conditions are not met: {', '.join(questions)}.",
        cited,
    )


def already_certified(certificate: str) -> Refusal:
    """The case has its certificate."""
    return Refusal(
        "ALREADY_CERTIFIED",
        f"本案已发证，证书编号 {certificate}。",
        f"The certificate has been issued already: {certificate}.",
    )
