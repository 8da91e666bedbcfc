"""The events of a case, in the order in which a case meets them.

Signed contracts: the law of compatibility stands in ``domain.event``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

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
from domain.event import Event
from domain.personal import Personal


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event, topic="case:opened:1", chinese="建立申报"):
    """An applicant began a case with an employer under a policy pack (建立申报)."""

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
class ApplicationStated(Event, topic="case:application-stated:1", chinese="填报申请"):
    """The applicant stated the claims on which the application rests (填报申请).

    ``unchanged`` are the ids of the claims that stand word for word as they stood before. It was
    found while the words were there: once they are erased, nobody can compare them.
    """

    application: Application
    unchanged: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MaterialAttached(Event, topic="case:material-attached:1", chinese="材料上传"):
    """A file was attached in support of named claims (材料上传).

    ``kind`` is a word of the pack, ``column`` the place in the form where it was filed,
    ``digest`` the SHA-256 of the sealed bytes in hex, ``size`` that of the file in bytes.
    """

    material: str
    kind: str
    column: str | None
    supports: tuple[str, ...]
    title: Personal
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class MaterialWithdrawn(Event, topic="case:material-withdrawn:1", chinese="材料撤下"):
    """The applicant took an attached file out of the case (材料撤下)."""

    material: str


@dataclass(frozen=True, kw_only=True)
class EligibilityAssessed(Event, topic="case:eligibility-assessed:1", chinese="资格预检"):
    """The law was asked about the application as it stood (资格预检)."""

    law: LawReference
    result: AssessmentResult


@dataclass(frozen=True, kw_only=True)
class JudgementRecorded(Event, topic="case:judgement-recorded:1", chinese="人工判断"):
    """A person answered a question that the law leaves to human judgement (人工判断).

    ``question`` is the code that asked for it, such as ``TABLE_NOT_SUPPLIED``.
    """

    judgement: str
    question: str
    satisfied: bool
    organisation: str
    seat: str
    grounds: Personal
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CaseSubmitted(Event, topic="case:submitted:1", chinese="提交"):
    """The application was filed and the chain of its review fixed (提交).

    ``extensions`` are those of a window without which it would not have been in time.
    """

    law: LawReference
    round: int
    result: AssessmentResult
    chain: tuple[ChainStage, ...]
    materials: tuple[str, ...]
    declared_truthful: bool
    declared_unclassified: bool
    complete_by: date | None
    complete_by_rules: tuple[str, ...]
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HandlerOpinionGiven(Event, topic="case:handler-opinion-given:1", chinese="经办人审查"):
    """A handler verified the claims and gave an opinion (经办人审查)."""

    round: int
    stage: str
    organisation: str
    recommendation: Recommendation
    reasons: tuple[Reason, ...]
    verifications: tuple[Verification, ...]
    opinion: Personal
    substitute: bool


@dataclass(frozen=True, kw_only=True)
class LeaderApproved(Event, topic="case:leader-approved:1", chinese="领导审查通过"):
    """A leader approved the case at a stage (领导审查通过).

    ``departs`` says that the handler had recommended otherwise.
    """

    round: int
    stage: str
    organisation: str
    opinion: Personal | None
    departs: bool
    substitute: bool


@dataclass(frozen=True, kw_only=True)
class CaseForwarded(Event, topic="case:forwarded:1", chinese="上报"):
    """The case went on to the next stage on a day in Beijing (上报).

    Older events leave ``forwarded_on`` to the time at which they were recorded.
    """

    round: int
    from_stage: str
    to_stage: str
    organisation: str
    forwarded_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CaseReturned(Event, topic="case:returned:1", chinese="退回修改"):
    """The case was returned with every item to be mended (退回修改).

    ``raised_late`` are the subjects of items that had stood there unchanged at a return before.
    """

    round: int
    stage: str
    organisation: str
    seat: str
    items: tuple[ReturnItem, ...]
    return_to: str
    resume_stage: str
    due_at: datetime
    due_rules: tuple[str, ...]
    substitute: bool
    raised_late: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseResubmitted(Event, topic="case:resubmitted:1", chinese="重新提交"):
    """The applicant filed the mended case; its next round began (重新提交)."""

    round: int
    resume_stage: str
    materials: tuple[str, ...]
    result: AssessmentResult


@dataclass(frozen=True, kw_only=True)
class CaseNotAccepted(Event, topic="case:not-accepted:1", chinese="不予受理"):
    """An authority's two persons did not accept the filing (不予受理)."""

    round: int
    stage: str
    organisation: str
    notice: str
    reasons: tuple[Reason, ...]
    explanation: Personal
    departs: bool
    substitute: bool


@dataclass(frozen=True, kw_only=True)
class CaseRejected(Event, topic="case:rejected:1", chinese="审核不通过"):
    """An authority's two persons rejected the case on its merits (审核不通过)."""

    round: int
    stage: str
    organisation: str
    notice: str
    reasons: tuple[Reason, ...]
    explanation: Personal
    departs: bool
    substitute: bool


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(Event, topic="case:withdrawn:1", chinese="撤回"):
    """The applicant withdrew the case (撤回)."""

    reason: Personal | None


@dataclass(frozen=True, kw_only=True)
class CaseLapsed(Event, topic="case:lapsed:1", chinese="视为放弃"):
    """The due date of a return passed without a resubmission (视为放弃)."""

    round: int
    due_at: datetime
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SubstituteDesignated(Event, topic="case:substitute-designated:1", chinese="指定代行审查人"):
    """A substitute was designated for a seat in this one case (指定代行审查人)."""

    designation: str
    stage: str
    organisation: str
    seat: str
    person: str
    account: str
    home: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class CaseSuspended(Event, topic="case:suspended:1", chinese="暂停"):
    """The case was held still while something else is clarified (暂停).

    ``days_left`` are the days in Beijing after this one that a return still had.
    """

    cause: str
    investigation: str | None
    days_left: int | None = None


@dataclass(frozen=True, kw_only=True)
class CaseResumed(Event, topic="case:resumed:1", chinese="恢复"):
    """A suspended case went on where it stood (恢复).

    ``due_at`` is by when a return is due now (UTC), where that changed.
    """

    cause: str
    investigation: str | None
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class InvestigationNoted(Event, topic="case:investigation-noted:1", chinese="核查记入"):
    """An investigation began after the title was recognised; no act is a mere slip from then on."""

    investigation: str


@dataclass(frozen=True, kw_only=True)
class OverdueFlagged(Event, topic="case:overdue-flagged:1", chinese="逾期标记"):
    """An act came later than the law asks; it stays valid and is marked (逾期标记)."""

    what: str
    due_on: date
    happened_on: date
    rules: tuple[str, ...]
