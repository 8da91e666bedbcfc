"""The events of an investigation. The law of compatibility stands in ``domain.event``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.event import Event
from domain.personal import Personal
from domain.service import Service
from domain.takeover import TakeoverCause


class Ground(StrEnum):
    """What kind of misconduct it is, in the words of the notices."""

    FRAUD = "弄虚作假"
    BACKROOM_DEALING = "暗箱操作"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class InvestigationOpened(Event, topic="investigation:opened:1", chinese="启动核查"):
    """A suspicion was taken up (启动核查)."""

    case: str
    subject: str
    organisation: str
    raised_at_stage: str | None
    suspicion: Personal
    due_on: date
    """The day by which it is to be concluded."""
    rules: tuple[str, ...]
    cause: str = "review"
    """What gave rise to it: ``review``, ``objection``, ``complaint`` or ``clue``."""
    source: str | None = None
    """The objection or complaint that did."""


@dataclass(frozen=True, kw_only=True)
class TermExtended(Event, topic="investigation:term-extended:1", chinese="延长核查期限"):
    """The second officer extended the term of the investigation, once, with a reason."""

    due_on: date
    reason: Personal
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class InvestigationTakenOver(
    Event, topic="investigation:taken-over:1", chinese="核查提级办理、指定办理"
):
    """Another organisation conducts it from now on; what was done stays done, and was heard.

    ``by_organisation`` is whose integrity leader took it over: ``to_organisation`` itself, or one
    that named it.
    """

    from_organisation: str
    to_organisation: str
    by_organisation: str
    cause: TakeoverCause
    document: str


@dataclass(frozen=True, kw_only=True)
class AllegationNotified(Event, topic="investigation:allegation-notified:1", chinese="告知当事人"):
    """The person was told what is alleged and until when to answer (告知当事人).

    ``hearing_on`` is the day of a hearing, where one is held.
    """

    allegation: Personal
    told: Service
    answer_by: datetime
    hearing_on: date | None
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StatementReceived(Event, topic="investigation:statement-received:1", chinese="收到陈述申辩"):
    """The person's statement was received (收到陈述申辩)."""

    statement: Personal


@dataclass(frozen=True, kw_only=True)
class FindingProposed(Event, topic="investigation:finding-proposed:1", chinese="拟定查实"):
    """The first of the two officers proposed a finding (拟定查实)."""

    ground: Ground
    evidence: tuple[str, ...]
    finding: Personal


@dataclass(frozen=True, kw_only=True)
class MisconductFound(Event, topic="investigation:misconduct-found:1", chinese="查实违规"):
    """The second officer found misconduct (查实违规); ``late``: after the term for it."""

    ground: Ground
    decision: str
    evidence: tuple[str, ...]
    finding: Personal
    late: bool


@dataclass(frozen=True, kw_only=True)
class InvestigationClosed(Event, topic="investigation:closed:1", chinese="核查了结（未查实）"):
    """The suspicion was not confirmed (核查了结（未查实）); ``late``: after the term for it."""

    decision: str
    reason: Personal
    late: bool


class ReviewOutcome(StrEnum):
    """What a review of a finding ends in."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    ANNULLED = "annulled"


@dataclass(frozen=True, kw_only=True)
class DecisionServed(Event, topic="investigation:decision-served:1", chinese="送达"):
    """The decision, or that nothing was confirmed, was served on the person (送达).

    ``remedy`` is what the person is told of their remedy, None where nothing was confirmed;
    ``review_by`` is the last day for asking for a re-examination. ``late``: after the term for it.
    """

    told: Service
    remedy: Personal | None
    review_by: date | None
    late: bool
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewRequested(Event, topic="investigation:review-requested:1", chinese="申请复查"):
    """The person asked for a re-examination of the finding, to be decided by ``decide_by``."""

    grounds: Personal
    decide_by: date
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewDecided(Event, topic="investigation:review-decided:1", chinese="复查决定"):
    """The review was decided, by somebody who had no part in the finding.

    ``ends_on`` is the new last day of the entry where it was corrected. ``late``: after its term.
    """

    outcome: ReviewOutcome
    decision: str
    ends_on: date | None
    reason: Personal
    late: bool
