"""How publicity, papers, fees, votes, objections and corrections change a case. Never refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from domain.case.acts import reviewed, seated
from domain.case.committee import RejectedByVote, VotesRecorded
from domain.case.correction import (
    ActRescinded,
    MaterialReleased,
    MaterialWithheld,
    RescissionProposed,
    WindowExtended,
    WithholdingCause,
)
from domain.case.objections import (
    ObjectionEnded,
    ObjectionNoted,
    RejectedOnObjection,
    ReturnedOnObjection,
)
from domain.case.paper import FeePaid, PaperDated, PaperReceived, PaymentReminded
from domain.case.phase import (
    AwaitingPublicity,
    Ended,
    InPublicity,
    Posting,
    Publicised,
    Returned,
    UnderPublicity,
)
from domain.case.publicity import (
    DeviationFlagged,
    PublicityClosed,
    PublicityOpened,
    PublicityVoided,
)
from domain.case.purge import MaterialPurged, MaterialPurgeProposed
from domain.case.state import Payment, PurgeProposal, Rescission, Vote
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from domain.case.state import Case

Publicity = PublicityOpened | PublicityClosed | PublicityVoided | DeviationFlagged
Handed = PaperReceived | PaperDated | PaymentReminded | FeePaid | VotesRecorded | RejectedByVote
Disputed = ObjectionNoted | ObjectionEnded | ReturnedOnObjection | RejectedOnObjection
Corrected = (
    RescissionProposed
    | ActRescinded
    | WindowExtended
    | MaterialWithheld
    | MaterialReleased
    | MaterialPurgeProposed
    | MaterialPurged
)
BesideReview = Publicity | Handed | Disputed | Corrected


def beside_review(state: Case, event: BesideReview, person: str) -> Case:
    """The case after one of these events, done by ``person``."""
    if isinstance(event, Publicity):
        return _publicity(state, event, person)
    if isinstance(event, Handed):
        return _handed(state, event, person)
    if isinstance(event, Disputed):
        return _disputed(state, event)
    return _corrected(state, event, person)


def _publicity(state: Case, event: Publicity, person: str) -> Case:
    match event:
        case PublicityOpened():
            posting = Posting(
                event.posting,
                event.rule,
                event.ends_on,
                event.on_breach,
                event.rules,
                event.posted_on,
            )
            posted = seated(state, event, HANDLER, person)
            return replace(
                posted,
                phase=UnderPublicity(event.stage, posting),
                postings=(*state.postings, event.posting),
            )
        case PublicityClosed():
            phase = state.phase
            if isinstance(phase, UnderPublicity):
                run = (phase.posting.rule, event.ended_on)
                publicised = Publicised(phase.stage, phase.posting)
                return replace(state, phase=publicised, ran=(*state.ran, run))
            return state
        case PublicityVoided():
            assert isinstance(state.phase, InPublicity)
            ran = state.ran[:-1] if isinstance(state.phase, Publicised) else state.ran
            return replace(state, phase=AwaitingPublicity(state.phase.stage), ran=ran)
        case DeviationFlagged():
            return state
        case _:
            assert_never(event)


def _handed(state: Case, event: Handed, person: str) -> Case:
    match event:
        case PaperReceived():
            legs = state.paper_legs if event.leg is None else state.paper_legs | {event.leg}
            return replace(state, papers=state.papers | set(event.items), paper_legs=legs)
        case PaperDated():
            return state
        case PaymentReminded():
            return replace(state, reminded=True)
        case FeePaid():
            paid = Payment(event.amount, event.channel, event.receipt)
            return replace(state, payments=(*state.payments, paid))
        case VotesRecorded():
            vote = Vote(event.round, event.stage, event.carried)
            return replace(reviewed(state, event, HANDLER, person), votes=(*state.votes, vote))
        case RejectedByVote():
            return replace(state, phase=Ended("rejected"))
        case _:
            assert_never(event)


def _disputed(state: Case, event: Disputed) -> Case:
    match event:
        case ObjectionNoted():
            return replace(state, objections=state.objections | {event.objection})
        case ObjectionEnded():
            return replace(state, objections=state.objections - {event.objection})
        case ReturnedOnObjection():
            mending = Returned(
                event.stage, event.resume_stage, event.due_at, event.due_rules, event.items
            )
            return replace(state, phase=mending)
        case RejectedOnObjection():
            return replace(state, phase=Ended("rejected"))
        case _:
            assert_never(event)


def _corrected(state: Case, event: Corrected, person: str) -> Case:
    match event:
        case RescissionProposed():
            proposed = seated(state, event, HANDLER, person)
            return replace(proposed, rescission=Rescission(event.act, person))
        case ActRescinded():
            assert state.last_act is not None
            return replace(
                seated(state, event, LEADER, person),
                phase=state.last_act.before,
                assertions=state.last_act.assertions,
                votes=state.last_act.votes,
                returns=tuple(each for each in state.returns if each.version != event.act),
                passed=tuple(each for each in state.passed if each[0] != event.stage),
                last_act=None,
                rescission=None,
            )
        case WindowExtended():
            return replace(state, extensions=(*state.extensions, (event.bound, event.until)))
        case MaterialWithheld():
            classified = event.cause is WithholdingCause.CLASSIFIED_SUSPECTED
            suspected = {event.material} if classified else set()
            return replace(
                state,
                withheld=state.withheld | {event.material},
                suspected=state.suspected | suspected,
            )
        case MaterialReleased():
            return replace(
                state,
                withheld=state.withheld - {event.material},
                suspected=state.suspected - {event.material},
            )
        case MaterialPurgeProposed():
            proposal = PurgeProposal(event.material, event.cause, event.organisation, person)
            return replace(state, purges=(*state.purges, proposal))
        case MaterialPurged():
            left = tuple(each for each in state.purges if each.material != event.material)
            return replace(state, purges=left, purged=state.purged | {event.material})
        case _:
            assert_never(event)
