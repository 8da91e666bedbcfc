"""Refusals on the way to a re-examination (复查)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date

    from domain.refusal import Citation


def review_under_way() -> Refusal:
    """One re-examination at a time."""
    return Refusal(
        "REVIEW_UNDER_WAY",
        "复查正在进行，无需重复申请。",
        "A re-examination is under way already.",
    )


def review_too_late(last: date, citations: tuple[Citation, ...] = ()) -> Refusal:
    """The term for asking for a re-examination is over."""
    return Refusal(
        "REVIEW_TERM_OVER",
        f"申请复查的期限至 {last} 止，已经届满。仍有异议的，可以投诉举报。",
        f"A re-examination could be asked for until {last}; that day has passed."
        " You can still hand in a complaint.",
        citations,
    )


def no_review_asked() -> Refusal:
    """Nobody asked for a re-examination, or it was decided."""
    return Refusal(
        "NO_REVIEW_ASKED",
        "没有待决定的复查申请。",
        "No re-examination waits for a decision.",
    )


def decided_before(citations: tuple[Citation, ...]) -> Refusal:
    """Whoever had a part in what is re-examined does not decide on it."""
    return Refusal(
        "DECIDED_BEFORE",
        "参与过本案审查、核查或原决定的人员不得决定复查。请由未参与的人员办理。",
        "Whoever reviewed the case or took part in the decision can't decide its re-examination;"
        " let somebody else do it.",
        citations,
    )
