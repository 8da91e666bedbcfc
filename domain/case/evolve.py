"""How each event changes a case. Never refuses, never consults the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from domain import beijing
from domain.actor import AccountActor
from domain.case import (
    amendment,
    assistance,
    certificate,
    committee,
    consent,
    draft,
    ending,
    extension,
    filing,
    handler_opinion,
    judgement,
    lapse,
    leader_decision,
    next_stage,
    objections,
    paper,
    payment,
    posting_proof,
    publicity,
    purge,
    recusal,
    reexamination,
    rescission,
    resubmission,
    returning,
    substitute,
    supplement,
    suspension,
    takeover,
    urging,
    withdrawal,
    withholding,
)
from domain.case import decision_document as document
from domain.case.consent import ConsentRecorded
from domain.case.decision_document import NamedInDecision
from domain.case.draft import CaseOpened
from domain.case.extension import WindowExtended
from domain.case.filing import CaseSubmitted
from domain.case.judgement import JudgementRecorded
from domain.case.lapse import CaseLapsed
from domain.case.phase import Draft, Ended, Returned, Suspended
from domain.case.posting_proof import PostingProven
from domain.case.remembered import By, Ending
from domain.case.resubmission import CaseResubmitted
from domain.case.returning import CaseReturned
from domain.case.substitute import SubstituteDesignated
from domain.case.supplement import LawSupplemented
from domain.case.takeover import StageTakenOver
from domain.case.urging import CaseUrged
from domain.case.withdrawal import CaseWithdrawn
from domain.policy.windows import Held
from domain.replacing import replace

if TYPE_CHECKING:
    from datetime import date

    from domain.case.state import Case
    from domain.event import Told

Following = (
    draft.Events
    | assistance.Events
    | CaseSubmitted
    | CaseResubmitted
    | CaseWithdrawn
    | CaseLapsed
    | handler_opinion.Events
    | leader_decision.Events
    | JudgementRecorded
    | CaseReturned
    | SubstituteDesignated
    | StageTakenOver
    | recusal.Events
    | next_stage.Events
    | publicity.Events
    | paper.Events
    | payment.Events
    | committee.Events
    | objections.Events
    | suspension.Events
    | rescission.Events
    | WindowExtended
    | withholding.Events
    | amendment.Events
    | CaseUrged
    | LawSupplemented
    | purge.Events
    | reexamination.Events
    | ConsentRecorded
    | NamedInDecision
    | PostingProven
    | certificate.Events
    | ending.Events
)
CaseEvent = CaseOpened | Following
Overtaking = (
    draft.Events
    | CaseSubmitted
    | CaseResubmitted
    | CaseWithdrawn
    | CaseLapsed
    | JudgementRecorded
    | StageTakenOver
    | suspension.CaseSuspended
    | suspension.InvestigationNoted
    | certificate.CertificateVoided
    | ending.ApplicantDisqualified
    | ending.TitleRevoked
    | objections.ReturnedOnObjection
    | objections.RejectedOnObjection
    | reexamination.Events
)
"""What is done on the ground of a reviewing act, after which that act is no slip to rescind."""
Building = (
    leader_decision.LeaderApproved
    | leader_decision.CaseNotAccepted
    | leader_decision.CaseRejected
    | committee.RejectedByVote
    | next_stage.CaseForwarded
    | next_stage.TitleRecognised
    | next_stage.CaseReferredUp
    | objections.ObjectionNoted
    | certificate.CertificateIssued
)
"""What rests on whatever was entered before it, which two persons amend from then on."""


def evolve(state: Case | None, event: CaseEvent, told: Told) -> Case:
    """The case after an event of its stream. Never refuses."""
    if isinstance(event, CaseOpened):
        return draft.opened(event, told.stream)
    assert state is not None
    after, version = _after(state, event, _by(told)), state.version + 1
    after = urging.waiting(state, after, beijing.day(told.recorded_at))
    if after.is_held != state.is_held:
        returned = isinstance(state.phase, Returned)
        after = _held_or_going_on(after, beijing.day(told.recorded_at), returned=returned)
    if isinstance(after.phase, Ended) and not isinstance(state.phase, (Ended, Draft)):
        after = replace(after, ending=_ending(state, told))
    if isinstance(event, Building):
        after = replace(after, built_on=version)
    if isinstance(event, Overtaking):
        return replace(after, version=version, last_act=None, rescission=None)
    return replace(after, version=version)


def _held_or_going_on(case: Case, on: date, *, returned: bool) -> Case:
    """The case that is held still from a day on, or goes on with the days for which it was."""
    if case.held_since is None:
        return replace(case, held_since=on)
    held = Held(case.held_since, on, returned)
    return replace(case, held=case.held.joined(held), held_since=None)


def _by(told: Told) -> By:
    """Whoever did it; nobody where Mingjian itself, or the public, did."""
    actor = told.actor
    if not isinstance(actor, AccountActor):
        return By("", "", told.position)
    return By(actor.person, actor.account, told.position)


def _ending(state: Case, told: Told) -> Ending:
    """How it stood when it ended; what was held still for an objection ends where it was held."""
    before = state.phase.before if isinstance(state.phase, Suspended) else state.phase
    stage = getattr(before, "stage", "")
    return Ending(on=beijing.day(told.recorded_at), stage=stage, before=before)


def _after(state: Case, event: Following, by: By) -> Case:
    if isinstance(event, draft.Events):
        return draft.evolve(state, event)
    if isinstance(event, assistance.Events):
        return assistance.evolve(state, event, by)
    if isinstance(event, CaseSubmitted):
        return filing.evolve(state, event)
    if isinstance(event, CaseResubmitted):
        return resubmission.evolve(state, event)
    if isinstance(event, CaseWithdrawn):
        return withdrawal.evolve(state, event)
    if isinstance(event, CaseLapsed):
        return lapse.evolve(state, event)
    if isinstance(event, handler_opinion.Events):
        return handler_opinion.evolve(state, event, by)
    if isinstance(event, leader_decision.Events):
        return leader_decision.evolve(state, event, by)
    if isinstance(event, JudgementRecorded):
        return judgement.evolve(state, event, by)
    if isinstance(event, CaseReturned):
        return returning.evolve(state, event, by)
    if isinstance(event, SubstituteDesignated):
        return substitute.evolve(state, event)
    if isinstance(event, StageTakenOver):
        return takeover.evolve(state, event)
    if isinstance(event, recusal.Events):
        return recusal.evolve(state, event)
    if isinstance(event, next_stage.Events):
        return next_stage.evolve(state, event)
    if isinstance(event, publicity.Events):
        return publicity.evolve(state, event, by)
    if isinstance(event, paper.Events):
        return paper.evolve(state, event)
    if isinstance(event, payment.Events):
        return payment.evolve(state, event)
    if isinstance(event, committee.Events):
        return committee.evolve(state, event, by)
    if isinstance(event, objections.Events):
        return objections.evolve(state, event)
    if isinstance(event, suspension.Events):
        return suspension.evolve(state, event)
    if isinstance(event, rescission.Events):
        return rescission.evolve(state, event, by)
    if isinstance(event, WindowExtended):
        return extension.evolve(state, event)
    if isinstance(event, withholding.Events):
        return withholding.evolve(state, event)
    if isinstance(event, amendment.Events):
        return amendment.evolve(state, event, by)
    if isinstance(event, CaseUrged):
        return urging.evolve(state, event)
    if isinstance(event, LawSupplemented):
        return supplement.evolve(state, event)
    if isinstance(event, purge.Events):
        return purge.evolve(state, event, by)
    if isinstance(event, reexamination.Events):
        return reexamination.evolve(state, event)
    if isinstance(event, ConsentRecorded):
        return consent.evolve(state, event, by)
    if isinstance(event, NamedInDecision):
        return document.evolve(state, event)
    if isinstance(event, PostingProven):
        return posting_proof.evolve(state, event, by)
    if isinstance(event, certificate.Events):
        return certificate.evolve(state, event, by)
    if isinstance(event, ending.Events):
        return ending.evolve(state, event)
    assert_never(event)
