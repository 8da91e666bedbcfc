"""The integrity record (诚信档案): entering, and what an active entry does to a new filing.

An entry is active from its first day through 24:00 of its last, in Beijing; expiry is
computed and nothing is deleted (YY-52, A-05).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.area import covers
from domain.event import Event
from domain.personal import Personal
from domain.policy.sanctions import FOREVER
from domain.refusal import Citation, Refusal, Refused
from domain.refusals.sentences_by_code import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable


class Effect(StrEnum):
    """What an active integrity record does to a new filing in its scope."""

    BLOCK = "block"
    WARN = "warn"


class TermSource(StrEnum):
    """Where the term of an integrity record comes from."""

    NOTICE = "notice"
    DEFAULT = "default"


@dataclass(frozen=True, kw_only=True)
class IntegrityRecordEntered(Event, topic="integrity:entered:1", chinese="记入诚信档案"):
    """A finding was entered on the person's integrity record (记入诚信档案).

    ``starts_on`` is the first day, ``ends_on`` the last: active through its 24:00 in Beijing.
    An entry that never ends (永久) has 9999-12-31 there, and no ``months``.
    ``scope`` is a word of the pack (county, city, province), ``area`` the name of the area.
    ``source`` is the archive that sent the entry, None for one that was decided in this record;
    ``authority`` is then a name, and no id.
    """

    entry: str
    case: str | None
    investigation: str | None
    ground: str
    decision: str
    authority: str
    scope: str
    area: str
    starts_on: date
    ends_on: date
    months: int
    term_source: TermSource
    effect: Effect
    rules: tuple[str, ...]
    particulars: Personal
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class IntegrityRecordCorrected(Event, topic="integrity:corrected:1", chinese="诚信记录更正"):
    """An entry was corrected: its last day was set anew by a decision (诚信记录更正)."""

    entry: str
    ends_on: date
    decision: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class IntegrityRecordAnnulled(Event, topic="integrity:annulled:1", chinese="诚信记录撤销"):
    """An entry was annulled: it is void, which is not the same as expired (诚信记录撤销)."""

    entry: str
    decision: str
    reason: Personal


@dataclass(frozen=True)
class IntegrityEntry:
    """One entry of the integrity record with its first and last day in Beijing."""

    entry: str
    case: str | None
    investigation: str | None
    ground: str
    decision: str
    authority: str
    scope: str
    area: str
    starts_on: date
    ends_on: date
    term_source: TermSource
    effect: Effect
    rules: tuple[str, ...]
    annulled: bool = False
    source: str | None = None

    def active(self, on: date) -> bool:
        """Whether the entry is active on a day: through 24:00 of its last (A-05)."""
        return not self.annulled and self.starts_on <= on <= self.ends_on

    def bars(self, on: date) -> bool:
        """Whether the entry stands against an act that is asked for on a day.

        One that was decided here began on the day of its entry: a clock that is set back behind
        that day lifts nothing.
        """
        begun = self.source is None or self.starts_on <= on
        return not self.annulled and begun and on <= self.ends_on


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


def enter(
    entries: Iterable[IntegrityEntry], entered: IntegrityRecordEntered
) -> tuple[IntegrityRecordEntered, ...]:
    """Enter a finding; several entries of one person stand side by side.

    Raises ``Refused`` when the same finding is already on the record.
    """
    for each in entries:
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
    entries: Iterable[IntegrityEntry],
    command: CorrectEntry | AnnulEntry,
    *,
    by_review: bool = True,
) -> tuple[IntegrityRecordCorrected | IntegrityRecordAnnulled, ...]:
    """Correct or annul an entry; what it was before stays in the history.

    No review makes it longer: whoever asks for one has nothing to fear from it. Only the archive
    that an entry came from may correct it so.
    """
    known = {each.entry: each for each in entries}
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


def entry_of(event: IntegrityRecordEntered) -> IntegrityEntry:
    """What is remembered of an entry."""
    return IntegrityEntry(
        entry=event.entry,
        case=event.case,
        investigation=event.investigation,
        ground=event.ground,
        decision=event.decision,
        authority=event.authority,
        scope=event.scope,
        area=event.area,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        term_source=event.term_source,
        effect=event.effect,
        rules=event.rules,
        source=event.source,
    )
