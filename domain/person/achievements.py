"""A person's own record of achievements (业绩档案库): kept over the years, and drawn from.

The person enters papers, projects, awards with their day and proof; the employer of that time, or
the one that they have now, compares an entry with its proof and confirms it. A filing draws an
achievement from there instead of stating it anew. An entry is mended by one that stands in its
place, which has to be confirmed itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.entries import occurred_later, reason_missing
from domain.refusals.seats import not_in_seat
from domain.replacing import replace
from domain.separation import HANDLER, LEADER, self_review
from domain.shared_collections import Ledger

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.organisation.seats import Officer
    from domain.policy.law import Law

REVIEWERS = (HANDLER, LEADER)
"""The seats of an employer in which somebody confirms entries."""


class AchievementKind(StrEnum):
    """What kind of achievement an entry is."""

    PAPER = "paper"
    BOOK = "book"
    PROJECT = "project"
    AWARD = "award"
    PATENT = "patent"
    STANDARD = "standard"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class AchievementEntered(Event, topic="person:achievement-entered:1", chinese="业绩入档"):
    """The person entered an achievement in their own record, with its proof (业绩入档).

    ``organisation`` is their employer then; ``gained_on`` the day of the achievement in Beijing;
    ``file`` the uploaded proof. ``corrects`` is the entry in whose place it stands.
    """

    entry: str
    organisation: str
    kind: AchievementKind
    gained_on: date
    title: Personal
    file: str
    media_type: str
    size: int
    digest: str
    corrects: str | None


@dataclass(frozen=True, kw_only=True)
class AchievementReviewed(Event, topic="person:achievement-reviewed:1", chinese="审核业绩"):
    """An employer compared an entry with its proof, and confirms it or does not (审核业绩)."""

    entry: str
    organisation: str
    in_favour: bool
    reason: Personal | None


@dataclass(frozen=True, kw_only=True)
class AchievementWithdrawn(Event, topic="person:achievement-withdrawn:1", chinese="撤下业绩"):
    """The person took an entry out of their record; nothing is drawn from it now (撤下业绩)."""

    entry: str


AchievementEvent = AchievementEntered | AchievementReviewed | AchievementWithdrawn


@dataclass(frozen=True)
class Kept:
    """An entry that stands in the record; ``confirmed`` is None while no employer has looked."""

    entry: str
    organisation: str
    kind: AchievementKind
    gained_on: date
    file: str
    media_type: str
    confirmed: bool | None = None


@dataclass(frozen=True)
class Record:
    """The achievements that stand in somebody's record, by their entries."""

    kept: Ledger[str, Kept] = field(default_factory=Ledger)

    def after(self, event: AchievementEvent) -> Record:
        """The record after an event of its person's stream."""
        match event:
            case AchievementEntered():
                kept = self.kept.struck(event.corrects) if event.corrects else self.kept
                return Record(kept.entered(event.entry, _kept(event)))
            case AchievementReviewed():
                entry = self.kept.under(event.entry)
                if entry is None:
                    return self
                reviewed = replace(entry, confirmed=event.in_favour)
                return Record(self.kept.entered(event.entry, reviewed))
            case AchievementWithdrawn():
                return Record(self.kept.struck(event.entry))
            case _:
                assert_never(event)


def _kept(event: AchievementEntered) -> Kept:
    return Kept(
        event.entry, event.organisation, event.kind, event.gained_on, event.file, event.media_type
    )


@dataclass(frozen=True, kw_only=True)
class EnterAchievement:
    """The person enters an achievement; the file is its proof."""

    kind: AchievementKind
    gained_on: date
    title: Personal
    corrects: str | None
    file: str
    media_type: str
    size: int
    digest: str


def enter(
    record: Record, command: EnterAchievement, *, entry: str, organisation: str, today: date
) -> tuple[AchievementEntered, ...]:
    """The person enters it through their employer of today (Beijing). Raises ``Refused``."""
    refused = []
    if command.gained_on > today:
        refused.append(occurred_later(command.gained_on, "/gained_on"))
    if command.corrects is not None and record.kept.under(command.corrects) is None:
        refused.append(_no_such_achievement("/corrects"))
    if refused:
        raise Refused(*refused)
    return (AchievementEntered(entry=entry, organisation=organisation, **vars(command)),)


def withdraw(record: Record, entry: str) -> tuple[AchievementWithdrawn, ...]:
    """The person takes an entry out of their record. Raises ``Refused``."""
    if record.kept.under(entry) is None:
        raise Refused(_no_such_achievement())
    return (AchievementWithdrawn(entry=entry),)


@dataclass(frozen=True, kw_only=True)
class ReviewAchievement:
    """An employer's officer confirms an entry, or says why not."""

    entry: str
    in_favour: bool
    reason: Personal | None


def review(
    record: Record,
    command: ReviewAchievement,
    officer: Officer,
    law: Law,
    *,
    persons: Collection[str],
    employs: bool,
) -> tuple[AchievementReviewed, ...]:
    """An officer of the employer of that time, or of today's, confirms it or does not (HZ-33).

    ``persons`` are all under whom the record knows whose it is; ``employs`` says that the
    officer's organisation is their employer now. What was found is said anew only where it is
    found otherwise. Raises ``Refused`` with all reasons.
    """
    here, kept = officer.seats.organisation, record.kept.under(command.entry)
    if kept is None or not (employs or kept.organisation == here):
        raise Refused(_no_such_achievement())
    refused = [] if any(map(officer.sits, REVIEWERS)) else [not_in_seat(*REVIEWERS)]
    if officer.humans.among(officer.person, persons):
        refused.append(self_review(law))
    if kept.confirmed is command.in_favour:
        refused.append(_reviewed_so(in_favour=command.in_favour))
    if not command.in_favour and command.reason is None:
        refused.append(reason_missing("/reason"))
    if refused:
        raise Refused(*refused)
    return (AchievementReviewed(organisation=here, **vars(command)),)


def _no_such_achievement(pointer: str = "") -> Refusal:
    return Refusal(
        "NO_SUCH_ACHIEVEMENT",
        "业绩档案库中没有这一条，或者已撤下、已更正。请刷新后按现有条目办理。",
        "The record has no such entry, or it was withdrawn or corrected; look at it again.",
        pointer=pointer,
    )


def _reviewed_so(*, in_favour: bool) -> Refusal:
    return Refusal(
        "ACHIEVEMENT_REVIEWED_SO",
        f"该条业绩已审核{'通过' if in_favour else '不通过'}，无需重复审核。",
        f"The entry was {'confirmed' if in_favour else 'refused'} already.",
        pointer="/in_favour",
    )
