"""What is written in the town: applications, chains, opinions, all as short as they may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from bench.town.town import BUREAU, DEPARTMENT
from domain.case.values import (
    Application,
    AssessmentResult,
    ChainStage,
    LawReference,
    Reason,
    Relation,
    Verification,
    WorkPeriod,
)

if TYPE_CHECKING:
    from domain.case.state import Case
    from domain.case.values import ClaimFinding

PACK = LawReference(pack="town", number=1, digest="0" * 64)
REASON = Reason(code="TOO_SHORT", rules=("TOWN-1",))
QUESTION = "TABLE_NOT_SUPPLIED"

_WORK = WorkPeriod(
    claim="work",
    first_day=date(2020, 7, 1),
    last_day=None,
    relation=Relation.SAME,
    professional=True,
    at_employer=True,
    specialty=None,
    workplace=None,
)
SHORTER = Application(
    specialty_studied=None,
    specialty_worked=None,
    educations=(),
    work=(_WORK,),
    titles=(),
    assessments=(),
    achievements=(),
    licences=(),
    particulars=(),
    insurance=None,
)
LONGER = replace(
    SHORTER,
    work=(replace(_WORK, first_day=date(2019, 7, 1)), replace(_WORK, claim="earlier work")),
)
APPLICATIONS = (SHORTER, LONGER)


def chain(employer: str) -> tuple[ChainStage, ...]:
    """Employer, department, bureau; one organisation may stand in it twice."""
    return (
        _stage("employer", employer, decides=False),
        _stage("department", DEPARTMENT, decides=False),
        _stage("bureau", BUREAU, decides=True),
    )


def public_chain(employer: str) -> tuple[ChainStage, ...]:
    """The same with a publicity at the employer and one of the result."""
    first, second, last = chain(employer)
    return (replace(first, publicity="first"), second, replace(last, publicity="result"))


def voting_chain(employer: str) -> tuple[ChainStage, ...]:
    """The same with a committee that votes before the bureau decides."""
    first, second, last = chain(employer)
    return (first, second, replace(last, votes=True))


CHAINS = (chain, chain, public_chain, voting_chain)


def answer(outcome: str, at: datetime) -> AssessmentResult:
    """The law's answer; where it does not know, it asks its one question."""
    asked = () if outcome == "eligible" else (Reason(code=QUESTION, rules=("TOWN-2",)),)
    return AssessmentResult(
        outcome=outcome,
        level="assistant",
        route=None,
        authority=None,
        batch=None,
        reference_date=None,
        reasons=asked,
        flags=(),
        reckonings=(),
        rules=(),
        assessed_at=at,
    )


def verifications(case: Case, finding: ClaimFinding) -> tuple[Verification, ...]:
    """The same finding about every claim."""
    return tuple(
        Verification(claim=claim, finding=finding, materials=(), note=None) for claim in case.claims
    )


def _stage(stage: str, organisation: str, *, decides: bool) -> ChainStage:
    return ChainStage(
        stage=stage,
        label=stage,
        body=stage,
        organisation=organisation,
        seats=("handler", "leader"),
        first_to_assert=() if decides else ("work",),
        decides=decides,
        publicity=None,
        rules=(),
    )
