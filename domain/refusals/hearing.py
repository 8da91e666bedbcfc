"""Refusals where somebody is to be told and heard first (告知、陈述申辩)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from domain.refusal import Citation


def allegation_first() -> Refusal:
    """Nobody answers an allegation or a criticism before being told of it."""
    return Refusal(
        "ALLEGATION_FIRST",
        "尚未将所涉问题告知被核查人（被通报的单位或人员），不能先行陈述申辩。请先告知。",
        "Nobody answers an allegation or a criticism before being told of it; tell it first.",
    )


def not_yet_heard(citations: tuple[Citation, ...]) -> Refusal:
    """Nobody is found guilty or criticised unheard, while the term for a statement runs."""
    return Refusal(
        "NOT_YET_HEARD",
        "被核查人（被通报的单位或人员）尚未陈述申辩，且陈述申辩期限未满，不能作出决定。",
        "Whom it is about has not been heard, and the term for a statement still runs.",
        citations,
    )


def term_shortened(citations: tuple[Citation, ...]) -> Refusal:
    """Who was told of a term has at least that long."""
    return Refusal(
        "TERM_SHORTENED",
        "已告知的陈述申辩期限不得缩短，请写明不早于原期限的时间。",
        "A term that the person was told of can't be shortened; name the same or a later.",
        citations,
        "/answer_by",
    )
