"""Refusals for which separation of duties stood in the way: a check that did not pass is a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case.values import Reason, reason_of

if TYPE_CHECKING:
    from domain.refusal import Refused

_CODES = frozenset(
    {
        "SAME_REVIEWER",
        "SELF_REVIEW",
        "HANDLER_FIRST",
        "RECUSED",
        "ASSISTED_FILING",
        "ACTED_AT_OTHER_LEVEL",
    }
)


def separating(refused: Refused) -> tuple[Reason, ...]:
    """The reasons of a refusal that are of this kind; none where it had others."""
    return tuple(reason_of(each) for each in refused.refusals if each.code in _CODES)
