"""How each event changes a case. Never refuses, never consults the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from domain.case.acts import reviewed
from domain.case.beside_review import BesideReview, beside_review
from domain.case.decision import NamedInDecision
from domain.case.events import (
    ApplicationStated,
    CaseForwarded,
    CaseLapsed,
    CaseNotAccepted,
    CaseOpened,
    CaseRejected,
    CaseResubmitted,
    CaseResumed,
    CaseReturned,
    CaseSubmitted,
    CaseSuspended,
    CaseWithdrawn,
    EligibilityAssessed,
    HandlerOpinionGiven,
    InvestigationNoted,
    JudgementRecorded,
    LeaderApproved,
    MaterialAttached,
    MaterialWithdrawn,
    OverdueFlagged,
    SubstituteDesignated,
)
from domain.case.notice import remembered
from domain.case.objections import RejectedOnObjection, ReturnedOnObjection
from domain.case.outcome import (
    ApplicantDisqualified,
    CertificateIssued,
    RevocationAnnulled,
    TitleRecognised,
    TitleRevoked,
)
from domain.case.phase import (
    AwaitingPublicity,
    Ended,
    InPublicity,
    Opinion,
    Recognised,
    Returned,
    Revoked,
    Suspended,
    UnderReview,
)
from domain.case.state import Act, Assertion, Case, Judgement, Material, Substitute
from domain.case.values import ClaimFinding
from domain.growing import Ledger
from domain.replacing import replace
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from datetime import date

    from domain.event import Told

Filing = (
    ApplicationStated
    | MaterialAttached
    | MaterialWithdrawn
    | EligibilityAssessed
    | CaseSubmitted
    | CaseResubmitted
    | CaseWithdrawn
    | CaseLapsed
)
Review = (
    HandlerOpinionGiven
    | LeaderApproved
    | CaseForwarded
    | CaseReturned
    | CaseNotAccepted
    | CaseRejected
    | JudgementRecorded
    | SubstituteDesignated
)
Ending = (
    CaseSuspended
    | CaseResumed
    | InvestigationNoted
    | TitleRecognised
    | CertificateIssued
    | OverdueFlagged
    | NamedInDecision
    | ApplicantDisqualified
    | TitleRevoked
    | RevocationAnnulled
)
CaseEvent = CaseOpened | Filing | Review | Ending | BesideReview
Overtaking = (
    Filing
    | JudgementRecorded
    | CaseSuspended
    | InvestigationNoted
    | ApplicantDisqualified
    | TitleRevoked
    | ReturnedOnObjection
    | RejectedOnObjection
)
"""What is done on the ground of a reviewing act, after which that act is no slip to rescind."""


def evolve(state: Case | None, event: CaseEvent, told: Told) -> Case:
    """The case after an event of its stream. Never refuses."""
    if isinstance(event, CaseOpened):
        return Case(
            case=told.stream,
            number=event.number,
            applicant=event.applicant,
            account=event.account,
            employer=event.employer,
            law=event.law,
            series=event.series,
            specialty=event.specialty,
            level=event.level,
            channel=event.channel,
            version=1,
        )
    assert state is not None
    after, version = _after(state, event, getattr(told.actor, "person", "")), state.version + 1
    if isinstance(event, Overtaking):
        return replace(after, version=version, last_act=None, rescission=None)
    return replace(after, version=version)


def _after(state: Case, event: Filing | Review | Ending | BesideReview, person: str) -> Case:
    if isinstance(event, Filing):
        return _filing(state, event)
    if isinstance(event, Review):
        return _review(state, event, person)
    if isinstance(event, Ending):
        return _ending(state, event)
    return beside_review(state, event, person)


def _filing(state: Case, event: Filing) -> Case:
    match event:
        case ApplicationStated():
            return _restated(state, event)
        case MaterialAttached():
            attached = Material(
                event.material, event.kind, event.column, event.supports, event.media_type
            )
            return replace(state, materials=state.materials.entered(event.material, attached))
        case MaterialWithdrawn():
            return replace(state, materials=state.materials.struck(event.material))
        case EligibilityAssessed():
            return state
        case CaseSubmitted():
            return replace(
                state,
                phase=UnderReview(event.chain[0].stage),
                law=event.law,
                round=event.round,
                result=event.result,
                filed_at=event.result.assessed_at,
                chain=event.chain,
                complete_by=event.complete_by,
                complete_by_rules=event.complete_by_rules,
            )
        case CaseResubmitted():
            return replace(
                _void_from(state, event.resume_stage),
                phase=UnderReview(event.resume_stage),
                round=event.round,
                result=event.result,
            )
        case CaseWithdrawn():
            return replace(state, phase=Ended("withdrawn"))
        case CaseLapsed():
            return replace(state, phase=Ended("lapsed"))
        case _:
            assert_never(event)


def _review(state: Case, event: Review, person: str) -> Case:
    match event:
        case HandlerOpinionGiven():
            return replace(
                reviewed(state, event, HANDLER, person),
                phase=UnderReview(event.stage, Opinion(person, event.recommendation)),
                assertions=state.assertions.joined(*_confirmed(event)),
            )
        case LeaderApproved():
            acted = reviewed(state, event, LEADER, person)
            if state.stage(event.stage).publicity is None:
                return acted
            return replace(acted, phase=AwaitingPublicity(event.stage))
        case CaseForwarded():
            return replace(
                state,
                phase=UnderReview(event.to_stage),
                forwarded=state.forwarded.joined(event.from_stage),
                passed=_passed(state, event.from_stage, event.forwarded_on),
            )
        case CaseReturned():
            return replace(
                reviewed(state, event, event.seat, person),
                phase=Returned(
                    event.stage, event.resume_stage, event.due_at, event.due_rules, event.items
                ),
                returns=state.returns.entered(state.version + 1, remembered(state, event)),
            )
        case CaseNotAccepted():
            acted = reviewed(state, event, LEADER, person)
            return replace(acted, phase=Ended("not_accepted"))
        case CaseRejected():
            return replace(reviewed(state, event, LEADER, person), phase=Ended("rejected"))
        case JudgementRecorded():
            return _judged(state, event, person)
        case SubstituteDesignated():
            named = Substitute(
                event.designation,
                event.stage,
                event.organisation,
                event.seat,
                event.person,
                event.account,
            )
            return replace(state, substitutes=state.substitutes.added(named))
        case _:
            assert_never(event)


def _ending(state: Case, event: Ending) -> Case:
    match event:
        case CaseSuspended():
            held = state.phase.before if isinstance(state.phase, Suspended) else state.phase
            assert isinstance(held, (UnderReview, Returned, InPublicity))
            by = () if event.investigation is None else (event.investigation,)
            return replace(
                state,
                phase=Suspended(held, event.cause, event.investigation, event.days_left),
                investigations=state.investigations.added(*by),
            )
        case CaseResumed():
            assert isinstance(state.phase, Suspended)
            goes_on = state.phase.before
            if isinstance(goes_on, Returned) and event.due_at is not None:
                goes_on = replace(goes_on, due_at=event.due_at)
            return replace(state, phase=goes_on)
        case InvestigationNoted():
            return replace(state, investigations=state.investigations.added(event.investigation))
        case TitleRecognised():
            on = event.effective_on
            passed = _passed(state, event.stage, on)
            return replace(state, phase=Recognised(event.stage), passed=passed)
        case CertificateIssued():
            assert isinstance(state.phase, Recognised)
            return replace(state, phase=Recognised(state.phase.stage, event.certificate))
        case OverdueFlagged():
            return state
        case NamedInDecision():
            return replace(state, decision=event.decision)
        case ApplicantDisqualified():
            return replace(state, phase=Ended("disqualified"))
        case TitleRevoked():
            assert isinstance(state.phase, Recognised)
            return replace(state, phase=Revoked(state.phase.stage, state.phase.certificate))
        case RevocationAnnulled():
            assert isinstance(state.phase, Revoked)
            return replace(state, phase=Recognised(state.phase.stage, state.phase.certificate))
        case _:
            assert_never(event)


def _passed(state: Case, stage: str, on: date | None) -> Ledger[str, tuple[str, date]]:
    """The stages with the day on which each was passed last."""
    others = state.passed.struck(stage)
    return others if on is None else others.entered(stage, (stage, on))


def _restated(state: Case, event: ApplicationStated) -> Case:
    """What was vouched for in other words is vouched for no more, nor judged."""
    stated, now = event.application, state.version + 1
    worded = {claim: since for claim, since in state.worded if claim in event.unchanged}
    worded = {claim: worded.get(claim, now) for claim in stated.claims()}
    restated = replace(state, application=stated, worded=frozenset(worded.items()))
    if restated.worded == state.worded and stated.specialties == state.specialties:
        return restated
    reworded = (each for each in state.assertions if each.claim not in event.unchanged)
    return replace(restated, assertions=state.assertions.left(*reworded), judgements=Ledger())


def _void_from(state: Case, stage: str) -> Case:
    """What a stage that is now repeated vouched for and judged is void in the new round (A-15)."""
    ids = [each.stage for each in state.chain]
    kept = ids[: ids.index(stage)]
    judgements = state.judgements
    for each in state.judgements:
        if each.stage not in kept:
            judgements = judgements.struck((each.question, each.stage))
    void = (each for each in state.assertions if each.stage not in kept)
    return replace(state, assertions=state.assertions.left(*void), judgements=judgements)


def _confirmed(event: HandlerOpinionGiven) -> tuple[Assertion, ...]:
    return tuple(
        Assertion(each.claim, event.stage)
        for each in event.verifications
        if each.finding is ClaimFinding.CONFIRMED
    )


def _judged(state: Case, event: JudgementRecorded, person: str) -> Case:
    """A judgement is an act of its seat: whoever gave it can't fill the opposite one."""
    assert isinstance(state.phase, UnderReview)
    stage = state.phase.stage
    act = Act(state.round, stage, event.organisation, event.seat, person)
    judged = Judgement(event.question, event.satisfied, stage)
    judgements = state.judgements.entered((event.question, stage), judged)
    return replace(state, acts=state.acts.added(act), judgements=judgements)
