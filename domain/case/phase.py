"""Where a case can stand.

Each phase carries what exists only there, so that an illegal state can't be written down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.case.values import Recommendation, ReturnItem


class PhaseName(StrEnum):
    """The one word for each phase, in every answer, list, file and filter.

    A title with a certificate stands ``recognised`` like one without: the certificate tells.
    """

    DRAFT = "draft"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    AWAITING_PUBLICITY = "awaiting_publicity"
    UNDER_PUBLICITY = "under_publicity"
    PUBLICISED = "publicised"
    SUSPENDED = "suspended"
    RECOGNISED = "recognised"
    REFERRED_UP = "referred_up"
    REVOKED = "revoked"
    NOT_ACCEPTED = "not_accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    DISQUALIFIED = "disqualified"


@dataclass(frozen=True)
class Draft:
    """Being prepared by the applicant."""


@dataclass(frozen=True)
class Opinion:
    """The handler's opinion of this round that a leader's decision follows.

    ``version`` is that of its event.
    """

    person: str
    recommendation: Recommendation
    version: int


@dataclass(frozen=True)
class UnderReview:
    """At a stage of the chain; ``opinion`` is None while the handler has not acted."""

    stage: str
    opinion: Opinion | None = None


@dataclass(frozen=True)
class Returned:
    """With the applicant, to be mended until ``due_at``."""

    stage: str
    resume_stage: str
    due_at: datetime
    due_rules: tuple[str, ...]
    items: tuple[ReturnItem, ...]


@dataclass(frozen=True)
class Posting:
    """One publicity under way or over: it ends at 24:00 of ``ends_on`` in Beijing.

    ``late`` says that it was entered after the day on which it was put up, elsewhere than here;
    ``entry`` is the version of its event, ``proofs`` are the kinds of files that prove it;
    ``announcement`` is that in which it stood with others.
    """

    posting: str
    rule: str
    ends_on: date
    on_breach: str
    rules: tuple[str, ...]
    posted_on: date | None = None
    late: bool = False
    entry: int = 0
    proofs: frozenset[str] = frozenset()
    announcement: str | None = None


@dataclass(frozen=True)
class AwaitingPublicity:
    """Approved at a stage whose publicity has still to be posted, or posted again."""

    stage: str


@dataclass(frozen=True)
class UnderPublicity:
    """Approved at a stage, and public."""

    stage: str
    posting: Posting


@dataclass(frozen=True)
class Publicised:
    """Approved at a stage, and its publicity has run its length."""

    stage: str
    posting: Posting


@dataclass(frozen=True)
class Suspended:
    """Held still; ``before`` is where it goes on.

    ``days_left`` are those that a return had left when the case was first held.
    """

    before: UnderReview | Returned | AwaitingPublicity | UnderPublicity | Publicised
    cause: str
    investigation: str | None
    days_left: int | None = None


@dataclass(frozen=True)
class Certificate:
    """A certificate in force: its number, who issued it, and when it was signed for."""

    number: str
    issued_on: date
    forms: tuple[str, ...]
    person: str
    signed_on: date | None = None


@dataclass(frozen=True)
class Recognised:
    """The title is recognised; ``certificate`` is None until one is issued.

    ``void`` is the number of the one that was declared void last, while no other is issued.
    """

    stage: str
    certificate: Certificate | None = None
    void: str | None = None


@dataclass(frozen=True)
class Revoked:
    """The title was granted and then revoked; ``certificate`` says so from then on."""

    stage: str
    certificate: Certificate | None
    void: str | None = None


@dataclass(frozen=True)
class Ended:
    """Over without a title: not_accepted, rejected, withdrawn, lapsed, disqualified."""

    outcome: str


InPublicity = AwaitingPublicity | UnderPublicity | Publicised
Phase = Draft | UnderReview | InPublicity | Returned | Suspended | Recognised | Revoked | Ended

_NAMES = {
    Draft: PhaseName.DRAFT,
    UnderReview: PhaseName.UNDER_REVIEW,
    Returned: PhaseName.RETURNED,
    AwaitingPublicity: PhaseName.AWAITING_PUBLICITY,
    UnderPublicity: PhaseName.UNDER_PUBLICITY,
    Publicised: PhaseName.PUBLICISED,
    Suspended: PhaseName.SUSPENDED,
    Recognised: PhaseName.RECOGNISED,
    Revoked: PhaseName.REVOKED,
}


def name_of(phase: Phase) -> PhaseName:
    """The word for a phase; for a case that is over, how it ended."""
    return PhaseName(phase.outcome) if isinstance(phase, Ended) else _NAMES[type(phase)]
