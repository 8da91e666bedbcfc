"""Refusals where one thing takes two persons, or somebody who had no part in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from domain.refusal import Citation


def two_officers() -> Refusal:
    """Whoever proposed it does not confirm it."""
    return Refusal(
        "TWO_OFFICERS",
        "须由两名不同的工作人员分别提出和确认。",
        "One officer proposes it, and another confirms it.",
    )


def proposal_first(chinese: str, english: str) -> Refusal:
    """The leader decides only what a handler has proposed, and once; the words name it."""
    return Refusal(
        "PROPOSAL_FIRST",
        f"没有待决定的{chinese}：须先由经办人提出，再由领导决定，且每项只决定一次。",
        f"No {english} awaits a decision; the handler proposes it, then the leader decides, once.",
    )


def not_its_proposer() -> Refusal:
    """The document behind what was proposed comes from who proposed it, who may take it back."""
    return Refusal(
        "NOT_ITS_PROPOSER",
        "附上文书原件、撤回所提请的事项，由提请人办理。",
        "Whoever proposed it attaches its document, or takes it back.",
    )


def own_affair(
    chinese: str, english: str, citations: tuple[Citation, ...] = (), pointer: str = ""
) -> Refusal:
    """Nobody deals with what is their own, whatever office they hold; the words name it."""
    return Refusal(
        "OWN_AFFAIR",
        f"不得办理{chinese}，请由他人办理。",
        f"Nobody deals with {english}; let somebody else do it.",
        citations,
        pointer,
    )


def reviewer_investigates(chinese: str, english: str, citations: tuple[Citation, ...]) -> Refusal:
    """Whoever had a part in the case does not look into it afterwards; the words name the act."""
    return Refusal(
        "REVIEWER_INVESTIGATES",
        f"审查过本案或本案的当事人员不得{chinese}，请由他人办理。",
        f"Whoever reviewed the case or is a party to it can't {english}; let somebody else do it.",
        citations,
    )
