"""Refusals of what is entered: a day that does not fit, nothing new, or no reason given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date


def occurred_later(day: date, pointer: str) -> Refusal:
    """What is entered has not happened yet."""
    return Refusal(
        "OCCURRED_LATER",
        f"日期 {day} 晚于今天，只能登记已经发生的事项。",
        f"{day} lies in the future; enter what has happened.",
        pointer=pointer,
    )


def day_of_change(earliest: date, today: date) -> Refusal:
    """What is entered anew counts neither ahead nor from before what it takes the place of."""
    return Refusal(
        "DAY_OF_CHANGE",
        f"生效日期应在 {earliest}（现登记内容的起始日期）至今天 {today} 之间。"
        "尚未生效的，请在生效当日登记。",
        f"The day from which it counts lies from {earliest}, since when the present entry"
        f" holds, to today, {today}. Enter what lies ahead on its day.",
        pointer="/effective_on",
    )


def nothing_changes(pointer: str) -> Refusal:
    """What is entered stands there already."""
    return Refusal(
        "NOTHING_CHANGES",
        "与现登记内容相同，无需变更。",
        "That is what the register says already; there is nothing to change.",
        pointer=pointer,
    )


def reason_missing(pointer: str) -> Refusal:
    """Whoever says no says why."""
    return Refusal(
        "REASON_MISSING",
        "不予受理、不通过或不同意的，须写明理由；审查决定还须写明依据条款。",
        "Whoever is against it names the reasons, and in a review the rules that they rest on.",
        pointer=pointer,
    )
