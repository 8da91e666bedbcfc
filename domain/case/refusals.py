"""The reasons, with their sentences, for which an act on a case is refused by its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal
from domain.refusals.sentences_by_code import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def unknown_stage(stage: str) -> Refusal:
    """A stage that the chain of this case does not have, or not yet."""
    return Refusal(
        "UNKNOWN_STAGE",
        f"本案的审核流程中没有可用的「{stage}」环节。",
        f"The chain of this case has no stage {stage!r} to use here.",
        pointer="/stage",
    )
