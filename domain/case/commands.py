"""What can be asked of a case: each command is an act that somebody wants to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.account.events import Role
from domain.case.values import (
    Application,
    AssessmentResult,
    ChainStage,
    LawReference,
    Reason,
    Recommendation,
    ReturnItem,
    Verification,
)
from domain.personal import Personal
from domain.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """An applicant begins a case with an employer under a pack."""

    number: str
    applicant: str
    account: str
    employer: str
    law: LawReference
    series: str
    specialty: str
    level: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class StateApplication:
    """The applicant states all claims anew; what was stated before is replaced."""

    application: Application


@dataclass(frozen=True, kw_only=True)
class AttachMaterial:
    """The applicant attaches a file that has already been sealed and stored."""

    material: str
    kind: str
    column: str | None
    supports: tuple[str, ...]
    title: Personal
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class WithdrawMaterial:
    """The applicant takes a file out of the case."""

    material: str


@dataclass(frozen=True, kw_only=True)
class AssessEligibility:
    """The law's answer, asked for ahead of filing, is put on record."""

    result: AssessmentResult
    law: LawReference | None = None


@dataclass(frozen=True, kw_only=True)
class Submit:
    """The applicant files; ``result`` and ``obstacles`` are the law's answer at ``at``.

    ``obstacles`` are all reasons outside the case for which it can't be filed: window,
    eligibility, missing materials, integrity record, an open case.
    """

    result: AssessmentResult
    obstacles: tuple[Refusal, ...]
    chain: tuple[ChainStage, ...]
    declared_truthful: bool
    declared_unclassified: bool
    complete_by: date | None
    complete_by_rules: tuple[str, ...]
    extensions: tuple[str, ...] = ()
    law: LawReference | None = None


@dataclass(frozen=True, kw_only=True)
class Resubmit:
    """The applicant files the mended case again."""

    result: AssessmentResult
    obstacles: tuple[Refusal, ...]
    declared_truthful: bool
    declared_unclassified: bool


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The applicant gives the case up."""

    reason: Personal | None


@dataclass(frozen=True, kw_only=True)
class Lapse:
    """The timekeeper ends a returned case whose due date has passed."""

    round: int


@dataclass(frozen=True, kw_only=True)
class GiveOpinion:
    """A handler verifies the claims and says what the leader should decide."""

    recommendation: Recommendation
    reasons: tuple[Reason, ...]
    verifications: tuple[Verification, ...]
    opinion: Personal


@dataclass(frozen=True, kw_only=True)
class DecideAsLeader:
    """A leader decides a stage; ``notice`` is the number of a negative decision's notice."""

    decision: Recommendation
    reasons: tuple[Reason, ...]
    opinion: Personal | None
    notice: str


@dataclass(frozen=True, kw_only=True)
class ReturnForRevision:
    """A handler or leader returns the case, naming every item at once (A-15)."""

    items: tuple[ReturnItem, ...]
    resume_stage: str | None
    due_at: datetime
    due_rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DesignateSubstitute:
    """Somebody designates who stands in for a seat of a stage in this case (A-14).

    ``home`` is the organisation of the substitute's account, ``roles_of_person`` those of all
    accounts of the person, of whatever organisation.
    """

    designation: str
    stage: str
    seat: str
    person: str
    account: str
    home: str
    reason: Personal
    roles_of_person: frozenset[Role] = frozenset()


@dataclass(frozen=True, kw_only=True)
class RecordJudgement:
    """A reviewer answers a question that the law leaves to human judgement."""

    judgement: str
    question: str
    satisfied: bool
    grounds: Personal
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Suspend:
    """An investigation holds the case still."""

    cause: str
    investigation: str | None


@dataclass(frozen=True, kw_only=True)
class Resume:
    """What held the case still is over."""

    cause: str
    investigation: str | None


@dataclass(frozen=True, kw_only=True)
class Disqualify:
    """An authority's integrity leader disqualifies the applicant for misconduct (XW-32)."""

    investigation: str
    ground: str
    decision: str
    authority: str
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Revoke:
    """An authority's integrity leader revokes a granted title for misconduct (YY-50)."""

    investigation: str
    ground: str
    decision: str
    authority: str
    dependents: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class IssueCertificate:
    """The authority that recognised the title issues its certificate."""

    certificate: str
    forms: tuple[str, ...]
