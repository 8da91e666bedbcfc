"""An's case as values: the events that happen in it, the commands that are asked of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from domain import beijing
from domain.account.events import Role
from domain.case.application import Achievement, Application, Education, Relation, WorkPeriod
from domain.case.draft import ApplicationStated, CaseOpened, MaterialAttached
from domain.case.evolve import CaseEvent, evolve
from domain.case.filing import CaseSubmitted, Submit
from domain.case.handler_opinion import GiveOpinion, HandlerOpinionGiven
from domain.case.judgement import RecordJudgement
from domain.case.lapse import CaseLapsed
from domain.case.leader_decision import CaseRejected, DecideAsLeader, LeaderApproved
from domain.case.next_stage import CaseForwarded, TitleRecognised
from domain.case.resubmission import CaseResubmitted, Resubmit
from domain.case.returning import CaseReturned, ReturnForRevision
from domain.case.substitute import DesignateSubstitute
from domain.case.suspension import CaseSuspended
from domain.case.values import (
    AssessmentResult,
    ChainStage,
    ClaimFinding,
    EstablishedFact,
    ItemAnswer,
    LawReference,
    Reason,
    Recommendation,
    ReturnItem,
    Verification,
)
from domain.personal import Purpose
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    CHEN,
    DENG,
    DEPARTMENT,
    FANG,
    GAO,
    HAN,
    NOON,
    SCHOOL,
    TODAY,
    account_of,
    person_at,
    words,
)
from tests.domain.invented import house as named
from tests.domain.telling import TERM, by_system, told

if TYPE_CHECKING:
    from domain.actor import AccountActor
    from domain.case.state import Case
    from domain.refusal import Refusal

DUE = NOON + timedelta(days=10)
"""When a returned case is due."""
PACK = LawReference(pack="invented-2024", number=1, digest="0" * 64)
REASON = Reason(code="ASSESSMENT_MISSING", rules=("ZZ-1",))

DIPLOMA = Education(
    claim="diploma",
    level="bachelor",
    mode=None,
    major=None,
    started_on=None,
    awarded_on=date(2020, 6, 30),
    school=None,
)
WORK = WorkPeriod(
    claim="work",
    first_day=date(2020, 7, 1),
    last_day=None,
    relation=Relation.SAME,
    professional=True,
    at_employer=True,
    specialty=None,
    workplace=None,
)
PRIZE = Achievement(claim="prize", item="1", year=2023, description=None)
APPLICATION = Application(
    specialty_studied="数学",
    specialty_worked="数学",
    educations=(DIPLOMA,),
    work=(WORK,),
    titles=(),
    assessments=(),
    achievements=(PRIZE,),
    licences=(),
    particulars=(),
    insurance=None,
)


def result(
    outcome: str = "eligible", *reasons: str, flags: tuple[str, ...] = ()
) -> AssessmentResult:
    """The law's answer about the application."""
    return AssessmentResult(
        outcome=outcome,
        level="assistant",
        route="bachelor",
        authority="county_hr",
        action=None,
        batch="B2",
        reference_date=date(2024, 12, 31),
        reasons=tuple(Reason(code=code, rules=("ZZ-2",)) for code in reasons),
        flags=flags,
        reckonings=(),
        rules=("ZZ-2",),
        open=(),
        assessed_at=NOON,
    )


def undetermined(case: Case, *questions: str) -> Case:
    """The same case, about which the law could not say; by default for want of a table."""
    asked = questions or ("TABLE_NOT_SUPPLIED",)
    return replace(case, result=result("undetermined", *asked))


def stage_of(
    stage: str, organisation: str, first_to_assert: tuple[str, ...], *, decides: bool
) -> ChainStage:
    """A stage with two seats."""
    return ChainStage(
        stage=stage,
        label=stage,
        body=stage,
        organisation=organisation,
        seats=("handler", "leader"),
        first_to_assert=first_to_assert,
        decides=decides,
        publicity=None,
        rules=("ZZ-3",),
    )


_ALL = ("education", "work", "achievement")
CHAIN = (
    stage_of("employer", SCHOOL, _ALL, decides=False),
    stage_of("department", DEPARTMENT, _ALL, decides=False),
    stage_of("bureau", BUREAU, ("education",), decides=True),
)

OPENED = CaseOpened(
    number="2024-0001",
    applicant=AN,
    account=account_of(AN),
    employer=SCHOOL,
    law=PACK,
    series="中小学教师",
    specialty="数学",
    level="assistant",
    channel="online",
)
STATED = ApplicationStated(application=APPLICATION, unchanged=())
ATTACHED = MaterialAttached(
    material="scan",
    kind="diploma",
    column=None,
    supports=("diploma",),
    title=words("毕业证书"),
    media_type="image/png",
    size=1000,
    digest="1" * 64,
)
SUBMITTED = CaseSubmitted(
    law=PACK,
    round=1,
    result=result(),
    chain=CHAIN,
    materials=("scan",),
    declared_truthful=True,
    declared_unclassified=True,
    complete_by=date(2024, 12, 20),
    complete_by_rules=("ZZ-4",),
)
RETURNED = CaseReturned(
    round=1,
    stage="employer",
    organisation=SCHOOL,
    seat="handler",
    items=(ReturnItem(item="1", subject="diploma", problem=words("看不清"), rules=("ZZ-5",)),),
    return_to="applicant",
    resume_stage="employer",
    due_at=DUE,
    due_rules=("ZZ-6",),
    no_reason_to_recuse=True,
    substitute=False,
    told=by_system(TODAY),
)
ANSWERS = (ItemAnswer(item="1", answer=words("已重新扫描")),)
RESUBMITTED = CaseResubmitted(
    round=2,
    resume_stage="employer",
    materials=("scan",),
    answers=ANSWERS,
    unmended=("1",),
    result=result(),
)
SUSPENDED = CaseSuspended(cause="investigation", investigation="investigation-1")
LAPSED = CaseLapsed(round=1, due_at=DUE, rules=("ZZ-6",))
RECOGNISED = TitleRecognised(
    round=1,
    stage="bureau",
    organisation=BUREAU,
    label="认定",
    series="中小学教师",
    specialty="数学",
    level="assistant",
    effective_on=TODAY,
    law=PACK,
)


def confirmations(
    *claims: str, finding: ClaimFinding = ClaimFinding.CONFIRMED
) -> tuple[Verification, ...]:
    """The same finding about each of these claims."""
    return tuple(
        Verification(claim=claim, finding=finding, materials=("scan",), note=None)
        for claim in claims
    )


EVERYTHING = confirmations("diploma", "work", "prize")


def opinion_at(stage: str, in_round: int = 1) -> HandlerOpinionGiven:
    """The handler of a stage recommends approval, with every claim confirmed."""
    return HandlerOpinionGiven(
        round=in_round,
        stage=stage,
        organisation=_organisation_of(stage),
        recommendation=Recommendation.APPROVE,
        reasons=(),
        verifications=EVERYTHING,
        established=(),
        opinion=words("属实"),
        no_reason_to_recuse=True,
        substitute=False,
    )


def approval_at(stage: str, in_round: int = 1) -> LeaderApproved:
    """The leader of a stage approves, as the handler recommended."""
    return LeaderApproved(
        round=in_round,
        stage=stage,
        organisation=_organisation_of(stage),
        opinion=None,
        no_reason_to_recuse=True,
        departs=False,
        substitute=False,
    )


TODAY = beijing.day(NOON)


def forwarding(
    from_stage: str, to_stage: str, in_round: int = 1, on: date = TODAY
) -> CaseForwarded:
    """The case goes on, at noon unless another day is named."""
    return CaseForwarded(
        round=in_round,
        from_stage=from_stage,
        to_stage=to_stage,
        organisation=_organisation_of(to_stage),
        forwarded_on=on,
    )


def rejection_at(stage: str) -> CaseRejected:
    """The leader of a stage rejects although the handler recommended approval."""
    return CaseRejected(
        round=1,
        stage=stage,
        organisation=_organisation_of(stage),
        notice="notice-1",
        reasons=(REASON,),
        explanation=words("不具备条件"),
        no_reason_to_recuse=True,
        departs=True,
        substitute=False,
    )


def _organisation_of(stage: str) -> str:
    return next(each.organisation for each in CHAIN if each.stage == stage)


def after(case: Case | None, *happened: tuple[CaseEvent, str]) -> Case:
    """The case after further events, each done by a person."""
    (first, opener), *others = happened
    state = evolve(case, first, told("case-1", _actor(opener)))
    for event, person in others:
        state = evolve(state, event, told("case-1", _actor(person)))
    return state


def unchanged(case: Case, before: Case) -> bool:
    """Whether two states differ in nothing but the number of events."""
    return replace(case, version=before.version) == before


def _actor(person: str) -> AccountActor:
    return person_at(person, named(SCHOOL), "handler").around.actor


def passed(
    stage: str, following: str, handler: str, leader: str, in_round: int = 1
) -> tuple[tuple[CaseEvent, str], ...]:
    """The events by which two persons pass a case on from one stage to the next."""
    return (
        (opinion_at(stage, in_round), handler),
        (approval_at(stage, in_round), leader),
        (forwarding(stage, following, in_round), leader),
    )


DRAFT = after(None, (OPENED, AN), (STATED, AN), (ATTACHED, AN))
AT_THE_EMPLOYER = after(DRAFT, (SUBMITTED, AN))
BEFORE_THE_LEADER = after(AT_THE_EMPLOYER, (opinion_at("employer"), BAI))
AT_THE_DEPARTMENT = after(AT_THE_EMPLOYER, *passed("employer", "department", BAI, CHEN))
AT_THE_BUREAU = after(AT_THE_DEPARTMENT, *passed("department", "bureau", DENG, FANG))
BEFORE_THE_BUREAU_LEADER = after(AT_THE_BUREAU, (opinion_at("bureau"), GAO))
WITH_THE_APPLICANT = after(AT_THE_EMPLOYER, (RETURNED, BAI))
IN_ROUND_TWO = after(WITH_THE_APPLICANT, (RESUBMITTED, AN))
HELD_STILL = after(AT_THE_EMPLOYER, (SUSPENDED, ""))
WITH_A_TITLE = after(BEFORE_THE_BUREAU_LEADER, (approval_at("bureau"), HAN), (RECOGNISED, HAN))


def submit(**declared: bool) -> Submit:
    """An files; both declarations are made unless said otherwise."""
    return Submit(
        result=result(),
        obstacles=(),
        chain=CHAIN,
        declared_truthful=declared.get("truthful", True),
        declared_unclassified=declared.get("unclassified", True),
        complete_by=date(2024, 12, 20),
        complete_by_rules=("ZZ-4",),
    )


def resubmit(**declared: bool) -> Resubmit:
    """An files the mended case."""
    return Resubmit(
        answers=ANSWERS,
        result=result(),
        obstacles=(),
        declared_truthful=declared.get("truthful", True),
        declared_unclassified=declared.get("unclassified", True),
    )


def opinion(
    recommendation: Recommendation = Recommendation.APPROVE,
    reasons: tuple[Reason, ...] = (),
    verifications: tuple[Verification, ...] = EVERYTHING,
    established: tuple[EstablishedFact, ...] = (),
    obstacles: tuple[Refusal, ...] = (),
) -> GiveOpinion:
    """A handler's opinion, every claim confirmed."""
    return GiveOpinion(
        recommendation=recommendation,
        reasons=reasons,
        verifications=verifications,
        established=established,
        obstacles=obstacles,
        opinion=words("属实"),
        no_reason_to_recuse=True,
    )


APPROVE = DecideAsLeader(
    decision=Recommendation.APPROVE,
    reasons=(),
    opinion=None,
    no_reason_to_recuse=True,
    notice="notice-1",
)
REJECT = DecideAsLeader(
    decision=Recommendation.REJECT,
    reasons=(REASON,),
    opinion=words("不具备条件"),
    no_reason_to_recuse=True,
    notice="notice-1",
)
RETURN = ReturnForRevision(
    items=RETURNED.items,
    resume_stage=None,
    no_reason_to_recuse=True,
    told=by_system(TODAY),
    due_at=DUE,
    least=beijing.end(TODAY + timedelta(days=3)),
    term=TERM,
    due_rules=("ZZ-6",),
)


def judge(question: str, *, satisfied: bool) -> RecordJudgement:
    """A human answer to a question of the law."""
    return RecordJudgement(
        judgement="judgement-1",
        question=question,
        satisfied=satisfied,
        grounds=words("经核"),
        rules=("ZZ-7",),
    )


def designate(
    person: str, seat: str, stage: str = "employer", home: str = SCHOOL
) -> DesignateSubstitute:
    """Somebody is to stand in for a seat of a stage."""
    return DesignateSubstitute(
        designation=f"designation-{person}",
        stage=stage,
        seat=seat,
        person=person,
        account=account_of(person),
        home=home,
        reason=words("领导为申报人本人", purpose=Purpose.OFFICIAL),
        roles=frozenset({Role.OFFICIAL}),
    )


def deadline_missed_by(seconds: int) -> datetime:
    """So many seconds after the return was due; before, where negative."""
    return DUE + timedelta(seconds=seconds)
