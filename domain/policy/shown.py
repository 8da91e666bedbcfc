"""Lengths and days as words, in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from domain.policy.periods import Length


def shown_length(length: Length) -> tuple[str, str]:
    """``2年3个月`` and ``2 years 3 months``; nothing at all is ``0天``."""
    parts = (
        (length.years, "年", "year"),
        (length.months, "个月", "month"),
        (length.days, "天", "day"),
    )
    chinese = "".join(f"{count}{word}" for count, word, _ in parts if count)
    english = " ".join(
        f"{count} {word}{'s' if count > 1 else ''}" for count, _, word in parts if count
    )
    return (chinese or "0天", english or "0 days")


def shown_when(day: date | None) -> tuple[str, str]:
    """When a requirement of time is reached, as the end of a sentence."""
    if day is None:
        return ("按现有经历不会届满", "the work stated will never reach it")
    return (f"{day.isoformat()}届满", f"it is reached on {day.isoformat()}")
