"""The single acts of invented cases: events whose content is as dull as it can be, and valid."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bench.province import moment, words
from domain.case import (
    draft,
    filing,
    handler_opinion,
    judgement,
    leader_decision,
    next_stage,
    publicity,
    returning,
)
from domain.case.application import Application, Education
from domain.case.values import (
    AssessmentResult,
    ChainStage,
    ClaimFinding,
    LawReference,
    Reason,
    Recommendation,
    ReturnItem,
    Verification,
)
from domain.service import Channel, Service

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY = date(2025, 9, 27)
BY_SYSTEM = Service(
    channel=Channel.SYSTEM, on=_DAY, counted_from=_DAY, proof=None, late_entry=False
)
"""Everybody of the bench is told through the system."""
LAW = LawReference(pack="invented-2024", number=1, digest="0" * 64)
STAGES = ("employer", "competent_department", "county_hr")
REASON = Reason(code="MATERIAL_MISSING", rules=("HOUSE-1",))
_TITLE = {"series": "engineering", "specialty": "machinery", "level": "assistant"}


def opened(stream: str, applicant: str, account: str, employer: str) -> draft.CaseOpened:
    """An applicant began a case."""
    return draft.CaseOpened(
        number=f"丙县-2024-{stream[-6:]}",
        applicant=applicant,
        account=account,
        employer=employer,
        law=LAW,
        channel="employer",
        **_TITLE,
    )


def stated(applicant: str) -> draft.ApplicationStated:
    """One claim, of a degree."""
    education = Education(
        claim="education-1",
        level="bachelor",
        mode="full_time",
        major="machinery",
        started_on=date(2018, 9, 1),
        awarded_on=date(2022, 6, 30),
        school=words(applicant, "大学"),
    )
    return draft.ApplicationStated(
        application=Application(
            specialty_studied="machinery",
            specialty_worked="machinery",
            educations=(education,),
            work=(),
            titles=(),
            assessments=(),
            achievements=(),
            licences=(),
            particulars=(),
            insurance=None,
        ),
        unchanged=(),
    )


def attached(material: str, applicant: str) -> draft.MaterialAttached:
    """A scan of the degree."""
    return draft.MaterialAttached(
        material=material,
        kind="diploma",
        column=None,
        supports=("education-1",),
        title=words(applicant, "附件"),
        media_type="application/pdf",
        size=1000,
        digest="1" * 64,
    )


def result() -> AssessmentResult:
    """The law has nothing against it."""
    return AssessmentResult(
        outcome="eligible",
        level="assistant",
        route="bachelor",
        authority="county_hr",
        action=None,
        batch="2024H2",
        reference_date=date(2024, 12, 31),
        reasons=(),
        flags=("NATIONAL_DEFAULT",),
        reckonings=(),
        rules=("HOUSE-6",),
        open=(),
        assessed_at=moment(0),
    )


def submitted(chain: Sequence[str]) -> filing.CaseSubmitted:
    """The case was filed, to pass the organisations of ``chain``."""
    stages = (
        ChainStage(
            stage=stage,
            label=f"{stage}审核",
            body=stage,
            organisation=organisation,
            seats=("handler", "leader"),
            first_to_assert=(),
            decides=stage == STAGES[-1],
            publicity="internal" if stage == STAGES[1] else None,
            rules=("HOUSE-5",),
        )
        for stage, organisation in zip(STAGES, chain, strict=True)
    )
    return filing.CaseSubmitted(
        law=LAW,
        round=1,
        result=result(),
        chain=tuple(stages),
        materials=(),
        declared_truthful=True,
        declared_unclassified=True,
        complete_by=date(2024, 12, 20),
        complete_by_rules=("HOUSE-2",),
    )


def opinion(
    round_: int, stage: str, organisation: str, applicant: str
) -> handler_opinion.HandlerOpinionGiven:
    """A handler is for it."""
    found = Verification(
        claim="education-1", finding=ClaimFinding.CONFIRMED, materials=(), note=None
    )
    return handler_opinion.HandlerOpinionGiven(
        round=round_,
        stage=stage,
        organisation=organisation,
        recommendation=Recommendation.APPROVE,
        reasons=(),
        verifications=(found,),
        established=(),
        opinion=words(applicant, "同意"),
        no_reason_to_recuse=True,
        substitute=False,
    )


def approved(round_: int, stage: str, organisation: str) -> leader_decision.LeaderApproved:
    """A leader is for it, too."""
    return leader_decision.LeaderApproved(
        round=round_,
        stage=stage,
        organisation=organisation,
        opinion=None,
        departs=False,
        no_reason_to_recuse=True,
        substitute=False,
    )


def rejected(
    round_: int, stage: str, organisation: str, applicant: str
) -> leader_decision.CaseRejected:
    """A leader is against it."""
    return leader_decision.CaseRejected(
        round=round_,
        stage=stage,
        organisation=organisation,
        notice="字1号",
        reasons=(REASON,),
        explanation=words(applicant, "不符"),
        departs=True,
        no_reason_to_recuse=True,
        substitute=False,
    )


def returned(round_: int, stage: str, organisation: str, applicant: str) -> returning.CaseReturned:
    """A handler wants one thing mended."""
    item = ReturnItem(item="1", subject="education-1", problem=words(applicant, "模糊"), rules=())
    return returning.CaseReturned(
        round=round_,
        stage=stage,
        organisation=organisation,
        seat="handler",
        items=(item,),
        return_to="applicant",
        resume_stage=STAGES[0],
        due_at=moment(1_000_000),
        due_rules=("HOUSE-7",),
        no_reason_to_recuse=True,
        substitute=False,
        told=BY_SYSTEM,
    )


def posted(posting: str, round_: int, organisation: str) -> publicity.PublicityOpened:
    """The case was made public at the second stage."""
    days = tuple(date(2024, 11, day) for day in (4, 5, 6, 7, 8))
    return publicity.PublicityOpened(
        posting=posting,
        rule="internal",
        round=round_,
        stage=STAGES[1],
        organisation=organisation,
        place="公告栏",
        address=None,
        posted_on=date(2024, 11, 1),
        days=days,
        ends_on=days[-1],
        source=LAW.pack,
        on_breach="refuse",
        content="2" * 64,
        evidence=None,
        late_entry=False,
        rules=("HOUSE-9",),
    )


def judged(named: str, organisation: str, applicant: str) -> judgement.JudgementRecorded:
    """A handler answered what the law leaves open."""
    return judgement.JudgementRecorded(
        judgement=named,
        question="TABLE_NOT_SUPPLIED",
        satisfied=True,
        organisation=organisation,
        seat="handler",
        grounds=words(applicant, "相当"),
        rules=("HOUSE-10",),
    )


def recognised(round_: int, organisation: str) -> next_stage.TitleRecognised:
    """The title was recognised at the last stage."""
    return next_stage.TitleRecognised(
        round=round_,
        stage=STAGES[-1],
        organisation=organisation,
        label="认定",
        effective_on=date(2024, 12, 24),
        law=LAW,
        **_TITLE,
    )
