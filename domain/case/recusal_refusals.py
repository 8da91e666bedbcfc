"""Why nobody who is recused, or may have to be, acts in a case (回避), with the sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.refusal import Citation


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
