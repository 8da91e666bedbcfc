"""Lengths and days as words, in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.policy.computed import Anniversary, ClosedPeriod, DaysAfter, Sum, WorkingDays
from domain.policy.periods import Length

if TYPE_CHECKING:
    from datetime import date

    from domain.policy.computed import Computed


def length_in_words(length: Length) -> tuple[str, str]:
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


def computed_in_words(computed: Computed) -> tuple[str, str]:
    """One line of arithmetic as a sentence with its dates."""
    match computed:
        case Anniversary(start, years, months, on):
            length = length_in_words(Length(years, months))
            return (f"自{start}起满{length[0]}为{on}", f"{start} plus {length[1]} is {on}")
        case ClosedPeriod(first, last, whole):
            length = length_in_words(whole)
            return (f"{first}至{last}共{length[0]}", f"{first} to {last} is {length[1]}")
        case Sum(parts, whole, on):
            length = length_in_words(whole)
            added = "＋".join(length_in_words(part)[0] for part in parts)
            return (
                f"{added}＝{length[0]}；{when_in_words(on)[0]}",
                f"{' + '.join(map(str, parts))} = {length[1]}; {when_in_words(on)[1]}",
            )
        case WorkingDays(posted, count, ends):
            return (
                f"{posted}发布，公示{count}个工作日至{ends}",
                f"posted {posted}, {count} working days to {ends}",
            )
        case DaysAfter(start, days, on, _, moved):
            later = "" if moved == on else f"，顺延至{moved}"
            put_off = "" if moved == on else f", put off to {moved}"
            return (
                f"{start}后{days}天为{on}{later}",
                f"{days} days after {start} is {on}{put_off}",
            )


def when_in_words(day: date | None) -> tuple[str, str]:
    """When a requirement of time is reached, as the end of a sentence."""
    if day is None:
        return ("按现有经历不会届满", "the work stated will never reach it")
    return (f"{day.isoformat()}届满", f"it is reached on {day.isoformat()}")
