"""The integrity record (诚信档案): entering, and what an active entry does to a new filing.

An entry is active from its first day through 24:00 of its last, in Beijing; expiry is
computed and nothing is deleted (YY-52, A-05).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.area import covers
from domain.person.events import (
    Effect,
    IntegrityRecordAnnulled,
    IntegrityRecordCorrected,
    IntegrityRecordEntered,
)
from domain.personal import Personal
from domain.policy.sanctions import FOREVER
from domain.policy.sentences import refusal
from domain.refusal import Citation, Refusal, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.person.state import IntegrityEntry, Person


@dataclass(frozen=True, kw_only=True)
class CorrectEntry:
    """Set the last day of an entry anew, by a decision after review."""

    entry: str
    ends_on: date
    decision: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class AnnulEntry:
    """Declare an entry void, by a decision after review."""

    entry: str
    decision: str
    reason: Personal


def enter(state: Person, entered: IntegrityRecordEntered) -> tuple[IntegrityRecordEntered, ...]:
    """Enter a finding; several entries of one person stand side by side.

    Raises ``Refused`` when the same finding is already on the record.
    """
    for each in state.entries:
        if each.entry == entered.entry or (
            each.decision == entered.decision and each.authority == entered.authority
        ):
            raise Refused(
                Refusal(
                    "ALREADY_ENTERED",
                    f"该决定（{entered.decision}）已记入诚信档案。",
                    f"The decision {entered.decision} is already on the integrity record.",
                )
            )
    return (entered,)


def amend(
    state: Person, command: CorrectEntry | AnnulEntry, *, by_review: bool = True
) -> tuple[IntegrityRecordCorrected | IntegrityRecordAnnulled, ...]:
    """Correct or annul an entry; what it was before stays in the history.

    No review makes it longer: whoever asks for one has nothing to fear from it. Only the archive
    that an entry came from may correct it so.
    """
    known = {each.entry: each for each in state.entries}
    if command.entry not in known or known[command.entry].annulled:
        raise Refused(
            Refusal(
                "NO_SUCH_ENTRY",
                "没有这条有效的诚信档案记录，可能已被撤销。",
                "There is no such entry in force; it may have been annulled.",
            )
        )
    if isinstance(command, AnnulEntry):
        return (
            IntegrityRecordAnnulled(
                entry=command.entry, decision=command.decision, reason=command.reason
            ),
        )
    if command.ends_on < known[command.entry].starts_on:
        raise Refused(
            Refusal(
                "ENDS_BEFORE_START",
                "记录期的最后一日不得早于起始日；如该记录有误，请作撤销处理。",
                "The last day can't lie before the first; annul the entry if it is void.",
                pointer="/ends_on",
            )
        )
    if by_review and command.ends_on > (last := known[command.entry].ends_on):
        raise Refused(
            Refusal(
                "WORSE_BY_REVIEW",
                f"复查不得加重：新的截止日期不得晚于现截止日期 {last}。",
                f"A review makes nothing worse: the last day is {last} or earlier.",
                pointer="/ends_on",
            )
        )
    return (
        IntegrityRecordCorrected(
            entry=command.entry,
            ends_on=command.ends_on,
            decision=command.decision,
            reason=command.reason,
        ),
    )


def in_scope(entries: Iterable[IntegrityEntry], area: str, on: date) -> tuple[IntegrityEntry, ...]:
    """The entries that stand against a filing on a day in ``area``, the longest first.

    ``entries`` are all that follow one human being; ``area`` is the place of the filing, written
    as in ``domain.area`` (A-06).
    """
    barring = (each for each in entries if each.bars(on))
    scoped = (each for each in barring if covers(each.area, area))
    return tuple(sorted(scoped, key=lambda each: each.ends_on, reverse=True))


def marks(entries: Iterable[IntegrityEntry], area: str, on: date) -> tuple[str, ...]:
    """How a filing in ``area`` is marked for entries that do not block it (A-06).

    ``INTEGRITY_WARNING`` for one in scope that only warns, ``INTEGRITY_ELSEWHERE`` for one whose
    scope lies elsewhere. What an entry says is not told.
    """
    barring = [each for each in entries if each.bars(on)]
    here = [each for each in barring if covers(each.area, area)]
    found = []
    if any(each.effect is Effect.WARN for each in here):
        found.append("INTEGRITY_WARNING")
    if len(here) < len(barring):
        found.append("INTEGRITY_ELSEWHERE")
    return tuple(found)


def blocks(entries: Iterable[IntegrityEntry], citations: tuple[Citation, ...]) -> list[Refusal]:
    """A refusal for the entry that blocks the longest; reviewers learn that it exists, no more."""
    blocking = [each for each in entries if each.effect is Effect.BLOCK]
    if not blocking:
        return []
    last = max(each.ends_on for each in blocking)
    through = (
        ("永久", "for good") if last == FOREVER else (f"至 {last} 24 时止", f"until {last} ends")
    )
    return [refusal("INTEGRITY_BLOCK", citations, through=through)]
